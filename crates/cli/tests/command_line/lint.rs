//! `netpol lint`: what it lists beside what `netpol check` says, and what `--fix` does to the files.

use std::fs;

use serde_json::Value;

use crate::netpol::{Place, SHOP, documents, policy};

/// `team=ops` is no label of any namespace here, and needs none: two items mean OR.
pub(crate) const ORED: &str = "\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: elsewhere}
spec:
  podSelector: {}
  ingress:
  - from:
    - podSelector: {matchLabels: {app: web}}
    - namespaceSelector: {matchLabels: {team: ops}} # ops
";

/// Where somebody has made two items one.
pub(crate) fn joined() -> String {
    ORED.replace("    - namespaceSelector", "      namespaceSelector")
}

#[test]
fn a_lint_is_shown_as_a_compiler_shows_it_with_the_fix_that_it_offers() {
    let place = Place::named("lint_text").with("p.yaml", ORED);
    let run = place.netpol(&["lint", "p.yaml"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("warning[selectors-ored]: two items mean OR"), "{}", run.out);
    let rest = "  --> p.yaml:9:7
9 |     - namespaceSelector: {matchLabels: {team: ops}} # ops
  |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: without the second dash both selectors are one item, and a pod must meet both
  = fix available: Make it one item (AND)
1 warning in 1 file
";
    assert!(run.out.ends_with(rest), "{}", run.out);
    assert_eq!(place.netpol(&["check", "p.yaml"]).out, "no problems in 1 file\n");
}

#[test]
fn what_check_says_is_said_too_by_place_and_the_exit_codes_are_the_same() {
    let place = Place::named("lint_all")
        .with(
            "a.yaml",
            documents(&["apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n", ORED]),
        )
        .with("b.yaml", "a: 1\n")
        .with("clean.yaml", policy("p", "{podSelector: {}}"));
    let run = place.netpol(&["lint", "a.yaml"]);
    let codes: Vec<&str> = run
        .out
        .split(['[', ']'])
        .filter(|part| part.contains('-') && !part.contains(' '))
        .collect();
    assert_eq!(codes, ["kind-not-used", "selectors-ored"], "{}", run.out);
    assert_eq!(run.closing_line(), "1 warning, 1 note in 1 file");
    let code = |arguments: &[&str]| place.netpol(arguments).code;
    assert_eq!(code(&["lint", "clean.yaml", "--deny", "warnings"]), 0);
    assert_eq!(code(&["lint", "a.yaml"]), 0);
    assert_eq!(code(&["lint", "a.yaml", "--deny", "warnings", "-o", "json"]), 1);
    assert_eq!(code(&["lint", "a.yaml", "b.yaml", "--deny", "warnings"]), 2);
    assert_eq!(code(&["lint", "gone.yaml"]), 2);
}

#[test]
fn the_edits_of_a_fix_count_the_bytes_of_the_file() {
    let text = format!("# größe 😀\n---\n{ORED}");
    let place = Place::named("lint_json")
        .with("p.yaml", &text)
        .with("c.yaml", "kind: ConfigMap\napiVersion: v1\n");
    let run = place.netpol(&["lint", "p.yaml", "c.yaml", "-o", "json"]);
    let found: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    assert!(found[1]["fix"].is_null(), "{}", run.out);
    let fix = &found[0]["fix"];
    assert_eq!(fix["title"], "Make it one item (AND)");
    let [edit] = fix["edits"].as_array().unwrap().as_slice() else { panic!("{fix}") };
    let number = |key: &str| usize::try_from(edit[key].as_u64().unwrap()).unwrap();
    let mut mended = text;
    mended.replace_range(number("start")..number("end"), edit["text"].as_str().unwrap());
    assert!(mended.ends_with(&joined()), "{mended}");
    let keys: Vec<&String> = found[0].as_object().unwrap().keys().collect();
    assert!(keys.iter().any(|key| *key == "fix"));
    assert!(place.netpol(&["check", "c.yaml", "-o", "json"]).out.contains("\"column\": 1\n"));
}

#[test]
fn fixes_are_written_to_the_files_and_told() {
    let text = documents(&[ORED, &ORED.replace("name: p,", "name: q,")]);
    let place = Place::named("lint_fix").with("p.yaml", &text).with("clean.yaml", SHOP);
    let run = place.netpol(&["lint", "p.yaml", "clean.yaml", "--fix"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let said = "\
note: p.yaml:9: Make it one item (AND)
note: p.yaml:19: Make it one item (AND)
note: 2 fixes made
";
    assert_eq!(run.err, said);
    assert!(!run.out.contains("selectors-ored"), "what remains is listed: {}", run.out);
    let mended = documents(&[&joined(), &joined().replace("name: p,", "name: q,")]);
    assert_eq!(fs::read_to_string(place.path("p.yaml")).unwrap(), mended);
    assert_eq!(fs::read_to_string(place.path("clean.yaml")).unwrap(), SHOP);
    let again = place.netpol(&["lint", "p.yaml", "clean.yaml", "--fix"]);
    assert_eq!(again.err, "note: 0 fixes made\n");
}

#[test]
fn files_of_the_cluster_are_not_changed() {
    let place = Place::named("lint_fix_cluster").with("p.yaml", SHOP).with("c.yaml", ORED);
    let run = place.netpol(&["lint", "p.yaml", "--cluster", "c.yaml", "--fix"]);
    assert!(run.err.contains("note: 0 fixes made"), "{}", run.err);
    assert!(run.out.contains("selectors-ored"), "{}", run.out);
    assert_eq!(fs::read_to_string(place.path("c.yaml")).unwrap(), ORED);
}

#[test]
fn of_standard_input_the_mended_text_is_printed() {
    let place = Place::named("lint_fix_stdin");
    let run = place.netpol_reading(ORED, &["lint", "-", "--fix"]);
    assert_eq!((run.code, run.out), (0, joined()));
    assert!(run.err.starts_with("note: <stdin>:9: Make it one item (AND)\nnote: 1 fix made\n"));
    assert!(run.err.ends_with(" in 1 file\n"), "{}", run.err);
    let run = place.netpol_reading(ORED, &["lint", "-", "--fix", "-o", "json"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
}

#[test]
fn of_fixes_that_do_not_go_together_the_first_is_made() {
    let item = "    - podSelector: {matchLabels: {app: db}}\n";
    let text = format!("{ORED}{item}");
    let place = Place::named("lint_fix_meeting").with("p.yaml", &text);
    let run = place.netpol(&["lint", "p.yaml", "-o", "json"]);
    assert_eq!(run.out.matches("\"selectors-ored\"").count(), 2, "{}", run.out);
    // with both, one item would have two `podSelector`s
    let run = place.netpol(&["lint", "p.yaml", "--fix"]);
    let said = "\
note: p.yaml:9: Make it one item (AND)
note: 1 fix made; 1 fix left that would not go with them
";
    assert_eq!((run.code, run.err.as_str()), (0, said));
    assert_eq!(run.out, "no problems in 1 file\n");
    assert_eq!(fs::read_to_string(place.path("p.yaml")).unwrap(), joined() + item);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_is_an_error() {
    use std::os::unix::fs::symlink;
    let place = Place::named("lint_fix_refused");
    fs::create_dir(place.path("d")).unwrap();
    symlink("/dev/stdin", place.path("d/p.yaml")).unwrap();
    // a stream is empty when it is read again
    let run = place.netpol_reading(ORED, &["lint", "d/p.yaml", "--fix"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("cannot write `d/p.yaml`: it is no longer what was read"));
}

#[test]
fn nobody_is_missed_in_the_built_in_cluster() {
    let stray = policy("p", "{podSelector: {matchLabels: {app: gone}}}");
    let place = Place::named("lint_fallback")
        .with("p.yaml", stray.replace("namespace: shop", "namespace: ai-platform"))
        .with("own.yaml", documents(&[SHOP, &stray]));
    assert_eq!(place.netpol(&["lint", "p.yaml"]).out, "no problems in 1 file\n");
    assert!(place.netpol(&["lint", "own.yaml"]).out.contains("warning[selects-no-pod]"));
}
