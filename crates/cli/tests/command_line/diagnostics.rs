//! What is said on standard error, and where it points.

use crate::netpol::{Place, SHOP, documents, policy};

#[test]
fn an_error_is_shown_as_a_compiler_shows_it() {
    let text = "\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: shop}
spec:
  podSelector: {}
  ingress:
  - from:
    - {}
";
    let run =
        Place::named("diagnostics_error").with("dir/p.yaml", text).netpol(&["table", "dir/p.yaml"]);
    assert_eq!(run.code, 2);
    let expected = "\
error[required-value]: spec.ingress[0].from[0]: Required value: must specify a peer
  --> dir/p.yaml:8:7
8 |     - {}
  |       ^^
  = help: ";
    assert!(run.err.starts_with(expected), "{}", run.err);
}

#[test]
fn a_place_counts_characters_and_the_mark_counts_cells() {
    let text = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop, annotations: {世界: ✓}, größe: 1}\n";
    let run = Place::named("diagnostics_unicode").with("ü.yaml", text).netpol(&["table", "ü.yaml"]);
    assert_eq!(run.code, 2, "{}", run.err);
    let place = "  --> ü.yaml:3:60\n3 | metadata: {name: p, namespace: shop, annotations: {世界: ✓}, größe: 1}\n";
    assert!(run.err.contains(place), "{}", run.err);
    assert!(run.err.contains(&format!("  | {}^^^^^\n", " ".repeat(61))), "{}", run.err);
}

#[test]
fn warnings_and_notes_leave_the_exit_code_alone() {
    let text = documents(&[
        SHOP,
        &policy("p", "{ingress: [{from: [{ipBlock: {cidr: 2001:DB8::/32}}]}]}"),
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n",
    ]);
    let run = Place::named("diagnostics_warning").with("p.yaml", text).netpol(&["table", "p.yaml"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("warning[cidr-not-canonical]: "), "{}", run.err);
    assert!(run.err.contains("note[kind-not-used]: "), "{}", run.err);
}

#[test]
fn the_same_thing_is_said_once() {
    let place = Place::named("diagnostics_once")
        .with("cluster.yaml", documents(&[SHOP, "kind: Pod\nmetadata: {name: x}\n"]))
        .with("1.yaml", "#? shop/web -> shop/db:80 allowed\n")
        .with("2.yaml", "#? shop/web -> shop/db:80 allowed\n");
    let run = place.netpol(&["test", "1.yaml", "2.yaml", "--cluster", "cluster.yaml"]);
    assert_eq!((run.code, run.closing_line()), (2, "0 passed, 0 failed"));
    assert_eq!(run.err.matches("error[not-an-object]").count(), 1, "{}", run.err);
}

#[test]
fn text_from_a_file_cannot_command_the_terminal() {
    let text = policy("p", "{policyTypes: [\"\\e[2J\\u202E\"]}");
    let run = Place::named("diagnostics_escape").with("p.yaml", text).netpol(&["table", "p.yaml"]);
    assert_eq!(run.code, 2);
    assert!(!run.err.contains(['\u{1b}', '\u{202e}']), "{}", run.err);
    assert!(run.err.contains("\\u{1b}[2J"), "{}", run.err);
}

#[test]
fn wrong_arguments_are_an_input_error() {
    let place = Place::named("diagnostics_arguments").with("p.yaml", SHOP);
    for arguments in [
        &["table"][..],
        &["frobnicate"],
        &["table", "p.yaml", "--direction", "sideways"],
        &["table", "p.yaml", "--output", "sarif"],
    ] {
        let run = place.netpol(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
    }
    assert_eq!(place.netpol(&["--help"]).code, 0);
}
