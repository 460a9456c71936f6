//! Expectation files: a cluster, its policies and `#?` lines that must come true. Comes in a folder
//! below `tests/` of the workspace, goes out what is wrong with each of its files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use netpol::{Analysis, Inputs, Release, Source, Witnesses};

/// Every `.yaml` file of a folder and of the folders in it, in order.
pub(crate) fn files(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests").join(folder);
    let mut folders = vec![root];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "yaml") {
                found.push(entry);
            }
        }
    }
    found.sort();
    found
}

/// A file's text and what the core makes of it, as the release that it is about; nothing is added to its cluster.
pub(crate) fn analysis(path: &Path) -> (String, Analysis) {
    let text = fs::read_to_string(path).unwrap();
    let source = Source::new(path.file_name().unwrap().to_string_lossy(), text.clone());
    let is_old = path.parent().is_some_and(|folder| folder.ends_with("until_1_35"));
    let kubernetes = if is_old { "1.35".parse().unwrap() } else { Release::default() };
    let witnesses = Witnesses::Off;
    let inputs = Inputs { text: vec![source], witnesses, kubernetes, ..Inputs::default() };
    (text, Analysis::of(inputs))
}

/// What is wrong with a file that must be accepted, and all of whose expectations must hold.
pub(crate) fn complaints(path: &Path) -> Vec<String> {
    let (text, analysis) = analysis(path);
    let name = path.display();
    let mut complaints: Vec<String> = Vec::new();
    for diagnostic in analysis.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()) {
        complaints.push(format!("{name}: {diagnostic}"));
    }
    for checked in &analysis.expectations {
        if let Some(verdict) = checked.verdict(&analysis.cluster) {
            let line = netpol::explain::verdict_line(&analysis.cluster, &verdict);
            complaints.push(format!(
                "{name}:{}: {} but {line}",
                checked.expectation.line, checked.expectation
            ));
        }
    }
    let written = text.lines().filter(|line| line.trim_start().starts_with("#?")).count();
    if written == 0 || analysis.expectations.len() != written {
        complaints.push(format!(
            "{name}: {} of {written} expectations were checked",
            analysis.expectations.len()
        ));
    }
    complaints
}

/// Panics with every complaint about a folder, or when files have gone missing from it.
pub(crate) fn assert_all_hold(folder: &str, at_least: usize) {
    let files = files(folder);
    assert!(files.len() >= at_least, "only {} files in {folder}", files.len());
    let complaints: Vec<String> = files.iter().flat_map(|path| complaints(path)).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
