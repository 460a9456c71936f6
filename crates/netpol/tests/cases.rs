//! The expectation files of `tests/cases`: what each says must be true of the evaluator.
//! They were written from the specification; when one fails, one of the two is wrong.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]
#![expect(clippy::disallowed_methods, reason = "the core reads no files, its tests do")]

mod expectation_files;

use std::path::PathBuf;

use expectation_files::analysis;
use netpol::{Analysis, Inputs, Severity, Source, Witnesses};

fn files(folder: &str) -> Vec<PathBuf> {
    expectation_files::files(&format!("cases/{folder}"))
}

fn assert_all_hold(folder: &str, at_least: usize) {
    expectation_files::assert_all_hold(&format!("cases/{folder}"), at_least);
}

#[test]
fn isolation_is_as_specified() {
    assert_all_hold("isolation", 20);
}

#[test]
fn policies_combine_as_specified() {
    assert_all_hold("combine", 5);
}

#[test]
fn peers_match_as_specified() {
    assert_all_hold("peers", 15);
}

#[test]
fn selectors_match_as_specified() {
    assert_all_hold("selectors", 10);
}

#[test]
fn ports_match_as_specified() {
    assert_all_hold("ports", 15);
}

#[test]
fn addresses_match_as_specified() {
    assert_all_hold("addresses", 14);
}

#[test]
fn facts_that_span_objects_are_as_specified() {
    assert_all_hold("cluster", 10);
}

#[test]
fn services_lead_to_their_pods() {
    assert_all_hold("services", 6);
}

#[test]
fn pods_are_as_their_controllers_make_them() {
    assert_all_hold("controllers", 8);
}

#[test]
fn nodes_and_their_pods_are_as_documented() {
    assert_all_hold("nodes", 2);
}

/// `#! spec.ingress[0].from[0]: Required value: must specify a peer`, a line for each error in order.
#[test]
fn what_the_api_server_refuses_is_refused_in_its_words() {
    let files = files("bad");
    assert!(files.len() >= 40, "only {} files", files.len());
    let mut complaints = Vec::new();
    for path in &files {
        let (text, analysis) = analysis(path);
        let expected: Vec<&str> =
            text.lines().filter_map(|line| line.strip_prefix("#! ")).collect();
        let found: Vec<String> =
            analysis.diagnostics.iter().filter(|d| d.is_error()).map(ToString::to_string).collect();
        if found != expected || expected.is_empty() {
            complaints
                .push(format!("{}\n  expected {expected:#?}\n  found {found:#?}", path.display()));
        }
    }
    assert!(complaints.is_empty(), "{} files\n{}", complaints.len(), complaints.join("\n"));
}

/// `#~ part of the warning`, and the `#?` lines of the file hold all the same.
#[test]
fn what_is_taken_with_a_warning_is_warned_of_and_evaluated() {
    let mut complaints = Vec::new();
    let files = ["warn", "until_1_35"].into_iter().flat_map(files);
    for path in files {
        complaints.extend(expectation_files::complaints(&path));
        let (text, analysis) = analysis(&path);
        let warnings: Vec<String> = analysis
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity() == Severity::Warning)
            .map(ToString::to_string)
            .collect();
        for expected in text.lines().filter_map(|line| line.strip_prefix("#~ ")) {
            if !warnings.iter().any(|warning| warning.contains(expected)) {
                complaints.push(format!(
                    "{}: no warning says {expected:?}, but {warnings:#?}",
                    path.display()
                ));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// What Kubernetes 1.36 refuses and older versions take counts with either, and older ones warn of it.
#[test]
fn what_only_newer_servers_refuse_counts_all_the_same_and_is_a_warning_of_older_ones() {
    let files = files("bad/strict_cidr");
    assert!(files.len() >= 3, "only {} files", files.len());
    for path in files {
        let (text, new) = analysis(&path);
        let old = Analysis::of(Inputs {
            text: vec![Source::new("policy.yaml", text.clone())],
            witnesses: Witnesses::Off,
            kubernetes: "1.35".parse().unwrap(),
            ..Inputs::default()
        });
        assert!(new.has_errors() && !old.has_errors(), "{}", path.display());
        assert_eq!(new.cluster.policies().count(), 1, "{}", path.display());
        assert_eq!(new.cluster, old.cluster, "{}", path.display());
        for diagnostic in new.diagnostics.iter().filter(|one| one.is_error()) {
            let help = diagnostic.help.as_deref().unwrap();
            assert!(help.starts_with("write `") && help.contains("1.35"), "{help}");
        }
        let warnings: Vec<String> = old.diagnostics.iter().map(ToString::to_string).collect();
        for expected in text.lines().filter_map(|line| line.strip_prefix("#! ")) {
            let (field, refusal) =
                (expected.split(": ").next().unwrap(), expected.rsplit(": ").next().unwrap());
            let says = |warning: &String| {
                warning.starts_with(field) && warning.contains("1.36") && warning.ends_with(refusal)
            };
            assert!(
                warnings.iter().any(says),
                "{}: {expected} is not in {warnings:#?}",
                path.display()
            );
        }
    }
}

/// How the lines begin that `docs/semantics.md 12, section 1.2 and 14` leads to, from behind the name of the page.
fn cited(text: &str) -> Vec<String> {
    let mut starts = Vec::new();
    let mut is_section = false;
    for word in text.split([' ', ',', ':', ';']).filter(|word| !["", "and"].contains(word)) {
        let number = word.split('.').next().unwrap();
        match word {
            "section" => is_section = true,
            _ if number.parse::<u32>().is_err() => break,
            _ if std::mem::take(&mut is_section) => starts.push(format!("## {number}. ")),
            _ => starts.push(format!("| {number} | ")),
        }
    }
    starts
}

#[test]
fn what_a_case_cites_is_in_the_checklist() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = std::fs::read_to_string(root.join("docs/semantics.md")).unwrap();
    let has = |start: &&String| page.lines().any(|line| line.starts_with(start.as_str()));
    let mut count = 0;
    for file in ["cases", "upstream"].into_iter().flat_map(expectation_files::files) {
        let text = std::fs::read_to_string(&file).unwrap();
        for line in text.lines() {
            assert!(!line.contains("SEMANTICS"), "{}: write docs/semantics.md", file.display());
            let Some((_, behind)) = line.split_once("docs/semantics.md ") else { continue };
            let cited = cited(behind);
            assert!(!cited.is_empty(), "{} cites no number: {line}", file.display());
            let missing = cited.iter().find(|start| !has(start));
            assert_eq!(missing, None, "{} cites what is not there: {line}", file.display());
            count += cited.len();
        }
    }
    assert!(count > 190, "only {count} citations were found");
}
