//! What Kubernetes said of small policies with slips in them, and what is said here: the same verdict, the same
//! words, the same unknown fields.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]
#![expect(clippy::disallowed_methods, reason = "the core reads no files, its tests do")]

use std::{fs, path::Path};

use netpol::{Analysis, Code, Diagnostic, Inputs, Severity, Source, Witnesses};
use serde::Deserialize;

/// What the API server answered; `tests/validation/README.md` has the meaning of the fields.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    yaml: String,
    accepted: bool,
    #[serde(default)]
    unreadable: Option<String>,
    #[serde(default)]
    unknown_fields: Vec<String>,
    #[serde(default)]
    errors: Vec<String>,
    #[serde(default)]
    warnings: Vec<String>,
}

fn recorded() -> Vec<Recorded> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/validation/recorded.jsonl");
    let text = fs::read_to_string(path).unwrap();
    // JSON is YAML
    text.lines().map(|line| serde_yaml::from_str(line).unwrap()).collect()
}

fn read(text: &str, kubernetes: &str) -> Analysis {
    let text = vec![Source::new("policy.yaml", text)];
    let kubernetes = kubernetes.parse().unwrap();
    Analysis::of(Inputs { text, witnesses: Witnesses::Off, kubernetes, ..Inputs::default() })
}

/// Only the beginning of what is missing: the API server goes on with the whole object.
fn words(unreadable: &str) -> &str {
    unreadable.split_once(" in '").map_or(unreadable, |(words, _)| words)
}

/// The API server goes through the keys in the order of the alphabet; here they come as they are written.
fn in_order(mut fields: Vec<String>) -> Vec<String> {
    fields.sort();
    fields
}

/// The one thing that the API server says and this project does not, on purpose: a peer whose only field has a wrong
/// name is there, so that it is missing is said by nobody who has just told the field.
fn is_left_unsaid(recorded: &Recorded, error: &str) -> bool {
    let Some(peer) = error.strip_suffix(": Required value: must specify a peer") else {
        return false;
    };
    let is_in_peer = |field: &String| {
        let name = field.strip_prefix(peer).and_then(|rest| rest.strip_prefix('.'));
        name.is_some_and(|name| !name.contains('.'))
    };
    recorded.unknown_fields.iter().any(is_in_peer)
}

fn differences(recorded: &Recorded) -> Vec<String> {
    let said = read(&recorded.yaml, "1.37.2").diagnostics;
    let errors: Vec<&Diagnostic> = said.iter().filter(|one| one.is_error()).collect();
    let mut differences = Vec::new();
    if recorded.accepted != errors.is_empty() {
        differences.push(format!("accepted: {}", recorded.accepted));
    }
    if let Some(unreadable) = &recorded.unreadable {
        let words = words(unreadable);
        if !errors.iter().any(|error| error.message == words) {
            differences.push(format!("unreadable: {words}"));
        }
    } else {
        let unknown = |error: &&&Diagnostic| error.code == Code::UnknownField;
        let fields = errors.iter().filter(unknown).map(|error| error.message.clone());
        let fields = in_order(fields.collect());
        let expected = recorded.unknown_fields.iter();
        let expected =
            in_order(expected.map(|field| format!("unknown field \"{field}\"")).collect());
        if fields != expected {
            differences.push(format!("unknown fields: {expected:#?}"));
        }
        let words: Vec<String> =
            errors.iter().filter(|error| !unknown(error)).map(ToString::to_string).collect();
        let expected = recorded.errors.iter().filter(|error| !is_left_unsaid(recorded, error));
        let expected: Vec<&String> = expected.collect();
        if words.iter().ne(expected.iter().copied()) {
            differences.push(format!("errors: {expected:#?}"));
        }
    }
    if !differences.is_empty() {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        differences.push(format!("said here: {errors:#?}\nof:\n{}", recorded.yaml));
    }
    differences
}

#[test]
fn the_verdict_the_words_and_the_unknown_fields_are_the_api_servers() {
    let recorded = recorded();
    assert!(recorded.len() >= 453, "only {} answers", recorded.len());
    let found: Vec<String> = recorded
        .iter()
        .map(differences)
        .filter(|differences| !differences.is_empty())
        .map(|differences| differences.join("\n"))
        .collect();
    assert!(
        found.is_empty(),
        "{} of {} differ\n{}",
        found.len(),
        recorded.len(),
        found.join("\n\n")
    );
}

/// What 1.37.2 says along with its refusal is what older servers say alone, and they take the policy.
#[test]
fn what_only_new_servers_refuse_is_the_warning_of_old_ones_and_counts_with_both() {
    let is_warned_of = |recorded: &Recorded| !recorded.warnings.is_empty();
    let recorded: Vec<Recorded> = recorded().into_iter().filter(is_warned_of).collect();
    assert!(recorded.len() >= 12, "only {} warnings", recorded.len());
    let mut counting = 0;
    for Recorded { yaml, warnings, errors, .. } in &recorded {
        let [old, new] = ["1.35", "1.36"].map(|release| read(yaml, release));
        let of_cidrs = |analysis: &Analysis, severity| {
            let is_it = |one: &&Diagnostic| {
                (one.code, one.severity()) == (Code::CidrNotCanonical, severity)
            };
            analysis.diagnostics.iter().filter(is_it).map(ToString::to_string).collect::<Vec<_>>()
        };
        let [told, refused] = [of_cidrs(&old, Severity::Warning), of_cidrs(&new, Severity::Error)];
        assert_eq!((told.len(), refused.len()), (warnings.len(), warnings.len()), "{yaml}");
        assert!(of_cidrs(&old, Severity::Error).is_empty(), "{yaml}");
        for ((told, warning), refused) in told.iter().zip(warnings).zip(&refused) {
            assert!(told.starts_with(&format!("{warning}; ")), "{told} is not {warning}");
            assert!(errors.contains(refused), "{refused}");
        }
        let policies = |analysis: &Analysis| {
            analysis.manifest.objects.iter().map(|objects| objects.policies.len()).sum::<usize>()
        };
        // other errors leave it out with both
        let is_taken = errors.len() == refused.len();
        assert_eq!([policies(&old), policies(&new)], [usize::from(is_taken); 2], "{yaml}");
        assert_eq!(old.cluster, new.cluster, "{yaml}");
        counting += usize::from(is_taken);
    }
    assert!(counting >= 5, "only {counting} of them count");
}
