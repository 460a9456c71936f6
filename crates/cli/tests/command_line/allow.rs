//! What is allowed: by comments, by `--allow`, and what becomes of it in the forms of a list.

use std::fs;

use serde_json::Value;

use crate::netpol::{Place, SHOP, documents, policy};

/// Two items mean OR, and a rule lets everyone in.
const OPEN: &str = "\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: elsewhere}
spec:
  podSelector: {}
  ingress:
  - from:
    - podSelector: {matchLabels: {app: web}}
    - namespaceSelector: {matchLabels: {team: ops}}
";

/// With a comment above the second item.
fn allowed() -> String {
    OPEN.replace(
        "    - namespaceSelector",
        "    # netpol: allow selectors-ored because either of them will do\n    - namespaceSelector",
    )
}

#[test]
fn what_a_comment_allows_is_counted_and_decides_nothing() {
    let place = Place::named("allow_comment").with("a.yaml", OPEN).with("b.yaml", allowed());
    let deny = |file| place.netpol(&["lint", file, "--deny", "warnings"]).code;
    assert_eq!((deny("a.yaml"), deny("b.yaml")), (1, 0));
    let run = place.netpol(&["lint", "b.yaml"]);
    assert_eq!(run.out, "no problems in 1 file; 1 finding allowed by comments\n");
    assert_eq!(place.netpol(&["check", "b.yaml"]).out, "no problems in 1 file\n");
    // a file that is given twice is counted once
    let run = place.netpol(&["lint", "b.yaml", "--cluster", "b.yaml"]);
    assert!(run.out.ends_with("; 1 finding allowed by comments\n"), "{}", run.out);
}

#[test]
fn what_the_command_line_allows_is_counted_by_itself() {
    let place = Place::named("allow_flag")
        .with(
            "a.yaml",
            documents(&[OPEN, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"]),
        )
        .with("b.yaml", allowed().replace("name: p", "name: q"));
    let run =
        place.netpol(&["lint", "a.yaml", "b.yaml", "--allow", "selectors-ored,kind-not-used"]);
    assert!(run.out.ends_with("; 1 finding allowed by comments, 2 by --allow\n"), "{}", run.out);
    let run =
        place.netpol(&["lint", "a.yaml", "--allow", "selectors-ored", "--allow", "kind-not-used"]);
    assert_eq!(run.out, "no problems in 1 file; 2 findings allowed by --allow\n");
    let run = place.netpol(&["check", "a.yaml", "--allow", "kind-not-used"]);
    assert_eq!(run.out, "no problems in 1 file; 1 finding allowed by --allow\n");
    // nobody is told that it allows nothing: it is for many files
    let run = place.netpol(&["lint", "a.yaml", "--allow", "ipv4-only"]);
    assert!(!run.out.contains("unused-allow"), "{}", run.out);
}

#[test]
fn a_code_that_is_none_or_an_errors_is_a_wrong_argument() {
    let place = Place::named("allow_wrong").with("a.yaml", OPEN);
    let run = place.netpol(&["lint", "a.yaml", "--allow", "selector-ored"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    let said = "no code `selector-ored`; did you mean `selectors-ored`?";
    assert!(run.err.contains(said), "{}", run.err);
    let run = place.netpol(&["check", "a.yaml", "--allow", "unknown-field"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("`unknown-field` is an error, and errors cannot be allowed"));
    assert_eq!(place.netpol(&["table", "a.yaml", "--allow", "ipv4-only"]).code, 2);
}

#[test]
fn what_a_comment_allows_stands_in_no_other_answer_either() {
    let comment = "# netpol: allow namespace-missing because Helm adds it\n";
    let bare = policy("p", "{podSelector: {}}").replace(", namespace: shop", "");
    let place = Place::named("allow_table").with("a.yaml", format!("{comment}{bare}"));
    for command in ["table", "matrix", "render"] {
        let run = place.netpol(&[command, "a.yaml"]);
        assert!(!run.err.contains("namespace-missing"), "{command}: {}", run.err);
    }
}

#[test]
fn json_leaves_out_what_is_allowed_and_sarif_says_who_allows_it_and_why() {
    let place = Place::named("allow_forms")
        .with(
            "b.yaml",
            documents(&[&allowed(), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"]),
        )
        .with("clean.yaml", OPEN.replace("name: p", "name: q"));
    assert_eq!(
        place.netpol(&["lint", "b.yaml", "-o", "json", "--allow", "kind-not-used"]).out,
        "[]\n"
    );
    let sarif = |arguments: &[&str]| -> Value {
        let run = place.netpol(&[&["lint", "-o", "sarif"], arguments].concat());
        serde_json::from_str::<Value>(&run.out).unwrap()["runs"][0]["results"].take()
    };
    let results = sarif(&["b.yaml", "clean.yaml", "--allow", "kind-not-used"]);
    let of = |code: &str, line: u64| {
        let results = results.as_array().unwrap();
        let is_it = |one: &&Value| {
            let region = &one["locations"][0]["physicalLocation"]["region"];
            one["ruleId"] == code && region["startLine"] == line
        };
        results.iter().find(is_it).unwrap()["suppressions"].clone()
    };
    let comment =
        serde_json::json!([{"kind": "inSource", "justification": "either of them will do"}]);
    assert_eq!(of("selectors-ored", 10), comment);
    assert_eq!(of("kind-not-used", 13), serde_json::json!([{"kind": "external"}]));
    assert_eq!(of("selectors-ored", 9), serde_json::json!([]));
    // where nothing is allowed, nothing is said of it
    assert!(sarif(&["clean.yaml"])[0].get("suppressions").is_none());
}

#[test]
fn what_is_allowed_is_not_mended_and_the_comment_stays() {
    let mended = OPEN.replace("name: p", "name: q");
    let place = Place::named("allow_fix").with("a.yaml", documents(&[&allowed(), &mended]));
    let run = place.netpol(&["lint", "a.yaml", "--fix"]);
    assert!(run.err.ends_with("note: 1 fix made\n"), "{}", run.err);
    let text = fs::read_to_string(place.path("a.yaml")).unwrap();
    assert!(text.starts_with(&allowed()), "{text}");
    assert!(text.ends_with("      namespaceSelector: {matchLabels: {team: ops}}\n"), "{text}");
    let run = place.netpol(&["lint", "a.yaml", "--fix", "--allow", "selectors-ored"]);
    assert_eq!(run.err, "note: 0 fixes made\n");
}

#[test]
fn a_fix_beside_a_comment_keeps_it_at_its_line() {
    let comment = "# netpol: allow rules-without-type, ipv4-only because of the lobby";
    let other = OPEN
        .replace("matchLabels: {team: ops}}", &format!("matchLabels: {{team: ops}}}} {comment}"));
    let place = Place::named("allow_fix_beside").with("a.yaml", &other);
    place.netpol(&["lint", "a.yaml", "--fix"]);
    let text = fs::read_to_string(place.path("a.yaml")).unwrap();
    assert_ne!(text, other);
    assert!(text.ends_with(&format!("matchLabels: {{team: ops}}}} {comment}\n")), "{text}");
}

#[test]
fn an_allowance_that_allows_nothing_is_told_where_everything_is_looked_at() {
    let place = Place::named("allow_unused")
        .with("a.yaml", allowed().replace("selectors-ored", "all-namespaces"))
        .with("c.yaml", SHOP);
    let run = place.netpol(&["lint", "a.yaml", "c.yaml"]);
    assert!(
        run.out.contains(
            "\
note[unused-allow]: there is no `all-namespaces` to allow in what begins on line 10
  --> a.yaml:9:21
"
        ),
        "{}",
        run.out
    );
    assert_eq!(place.netpol(&["check", "a.yaml"]).out, "no problems in 1 file\n");
    let run = place.netpol(&["lint", "a.yaml", "--allow", "unused-allow,selectors-ored"]);
    assert_eq!(run.out, "no problems in 1 file; 2 findings allowed by --allow\n");
}
