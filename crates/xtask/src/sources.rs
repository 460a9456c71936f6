//! Looks through the tracked files for what must not be published: paths of somebody's machine, unfinished places,
//! registry hosts, files too large to be source; and for actions of a workflow that somebody else could exchange.

use std::fs;

use crate::project::{Outcome, Project};

const LARGEST: u64 = 400_000;

/// Folders that exist on one machine only. Written in two halves, or this file would find itself.
const MACHINE_PATHS: [&str; 3] =
    [concat!("/roo", "t/"), concat!("/hom", "e/"), concat!("/User", "s/")];
const UNFINISHED: [&str; 7] = [
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("dbg", "!("),
    concat!("#[ign", "ore"),
    concat!("test.", "skip("),
    concat!("test.", "fixme("),
    concat!("test.", "only("),
];

/// Fails when a tracked file holds any of it, and names the places.
pub(crate) fn check(project: &Project) -> Outcome {
    let Some(listing) = project.ask("git", &["ls-files", "-z"]) else {
        println!("this is no git checkout, so there are no tracked files to look through");
        return Ok(());
    };
    let mut findings = Vec::new();
    let mut looked = 0;
    for name in listing.split('\0').filter(|name| !name.is_empty()) {
        // Deleted in the working tree, but still tracked.
        let Ok(bytes) = fs::read(project.at(name)) else { continue };
        looked += 1;
        if bytes.len() as u64 > LARGEST {
            findings.push(format!("{name}: {} bytes is no source file", bytes.len()));
        }
        if let Ok(text) = String::from_utf8(bytes) {
            findings.extend(findings_in(name, &text));
        }
    }
    for finding in &findings {
        println!("{finding}");
    }
    println!("{looked} files looked through");
    if findings.is_empty() {
        Ok(())
    } else {
        Err(format!("{} places must not be published", findings.len()))
    }
}

fn findings_in(name: &str, text: &str) -> Vec<String> {
    let extension = name.rsplit('.').next().unwrap_or_default();
    let mut forbidden: Vec<&str> = Vec::new();
    if extension != "lock" {
        forbidden.extend(MACHINE_PATHS);
    }
    if ["rs", "mjs", "ts"].contains(&extension) {
        forbidden.extend(UNFINISHED);
    }
    if name == "package-lock.json" {
        forbidden.push("\"resolved\"");
    }
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for word in forbidden.iter().filter(|word| line.contains(**word)) {
            findings.push(format!("{name}:{}: `{word}`", index + 1));
        }
        let action = line.trim_start_matches([' ', '-']).strip_prefix("uses:");
        let is_of_workflow = name.starts_with(".github/workflows/");
        if let Some(action) = action.filter(|action| is_of_workflow && !is_pinned(action)) {
            findings.push(format!("{name}:{}:{action} is not named by its commit", index + 1));
        }
    }
    findings
}

/// Whether an action is named by a commit: a tag can be moved.
fn is_pinned(action: &str) -> bool {
    let reference = action.split_once('@').and_then(|(_, rest)| rest.split_whitespace().next());
    reference.is_some_and(|name| name.len() == 40 && name.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_that_is_named_by_a_tag_is_found() {
        let pinned = format!("      - uses: a/b@{} # v5\n", "0f".repeat(20));
        let text = format!("{pinned}      - uses: a/b@v5\n        uses: c/d\n");
        let found = findings_in(".github/workflows/x.yml", &text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains(":2: a/b@v5 is not named"), "{found:?}");
        assert!(findings_in("README.md", &text).is_empty());
    }

    #[test]
    fn an_unfinished_place_is_found_with_its_line() {
        let text = format!("fn a() {{\n    {}\n}}\n", concat!("todo", "!()"));
        assert_eq!(findings_in("a.rs", &text), [format!("a.rs:2: `{}`", concat!("todo", "!("))]);
        assert!(findings_in("a.md", &text).is_empty());
    }

    #[test]
    fn a_machine_path_is_found_in_any_text_but_a_lock_file() {
        let text = concat!("see /hom", "e/someone/notes\n");
        assert_eq!(findings_in("README.md", text).len(), 1);
        assert!(findings_in("Cargo.lock", text).is_empty());
    }

    #[test]
    fn a_registry_host_in_the_npm_lock_file_is_found() {
        assert_eq!(
            findings_in("package-lock.json", "\"resolved\": \"https://registry.example/a.tgz\"\n")
                .len(),
            1
        );
    }
}
