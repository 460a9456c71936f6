//! The expectation files, checked as a user would: through the command line.
//! A run that checked nothing counts as a failure.

use std::fs;

use crate::process;
use crate::project::{Outcome, Project};

/// This project's own cases, and those after Kubernetes' truth tables and the well-known recipes.
const FOLDERS: [&str; 2] = ["tests/cases", "tests/upstream"];
/// Documents that must be refused: `netpol test` does refuse them, and the core's own tests compare the messages.
const REFUSED: &str = "bad";

/// What newer releases of Kubernetes refuse is asked of the last one that takes it.
const OLD: (&str, &str) = ("tests/cases/until_1_35", "1.35");

/// Runs `netpol test` over every folder of cases that holds valid documents.
pub(crate) fn run(project: &Project) -> Outcome {
    let mut folders = folders(project)?;
    let (folder, release) = OLD;
    folders.retain(|name| name != folder);
    let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
    passes(project, &folders)?;
    passes(project, &[folder, "--kubernetes", release])
}

fn passes(project: &Project, words: &[&str]) -> Outcome {
    let mut arguments = vec!["run", "--quiet", "--locked", "--package", "netpol-cli", "--", "test"];
    arguments.extend(words);
    let (outcome, output) = process::run_and_read(&mut project.command("cargo", &arguments));
    outcome?;
    if passed(&output) == 0 {
        return Err("no expectation was checked".into());
    }
    Ok(())
}

fn folders(project: &Project) -> Result<Vec<String>, String> {
    let mut folders = Vec::new();
    for parent in FOLDERS {
        let entries = fs::read_dir(project.at(parent))
            .map_err(|error| format!("cannot read {parent}: {error}"))?;
        let names = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.path().is_dir())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name != REFUSED);
        folders.extend(names.map(|name| format!("{parent}/{name}")));
    }
    folders.sort();
    Ok(folders)
}

/// The number in the closing line `N passed, N failed`.
fn passed(output: &str) -> usize {
    let count = output.lines().last().and_then(|line| line.split_once(" passed"));
    count.and_then(|(count, _)| count.trim().parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_checked_nothing_counts_nothing() {
        assert_eq!(passed("a.yaml: ok\n12 passed, 0 failed\n"), 12);
        assert_eq!(passed("0 passed, 0 failed\n"), 0);
        assert_eq!(passed(""), 0);
    }

    #[test]
    fn every_case_is_tried_but_the_documents_that_must_be_refused() {
        let folders = folders(&Project::of_this_checkout()).unwrap();
        for folder in ["tests/cases/peers", "tests/upstream/e2e", "tests/upstream/recipes"] {
            assert!(folders.contains(&folder.to_string()), "{folder}");
        }
        assert!(!folders.iter().any(|folder| folder.ends_with("bad")));
    }
}
