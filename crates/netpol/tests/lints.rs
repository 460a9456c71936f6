//! The lints: each speaks on its page's bad example and is quiet on the good one, and its fix mends it.
#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

use netpol::{
    Analysis, Code, Inputs, Source, Witnesses,
    lint::{Finding, lints},
};

fn analysis(text: &str) -> Analysis {
    let text = vec![Source::new("text.yaml", text)];
    let analysis = Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() });
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics);
    analysis
}

fn found(text: &str) -> Vec<Finding> {
    lints(&analysis(text))
}

fn codes(text: &str) -> Vec<Code> {
    found(text).iter().map(|finding| finding.diagnostic.code).collect()
}

/// The codes of lints: they are only found in what is legal.
fn lint_codes() -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(|code| code.is_lint())
}

/// The examples of a code's page: the bad one, the good one.
fn examples(code: Code) -> [&'static str; 2] {
    let mut blocks = code.page().split("```yaml\n").skip(1);
    let mut next = || blocks.next().unwrap().split("```").next().unwrap();
    [next(), next()]
}

#[test]
fn each_lint_speaks_on_the_bad_example_of_its_page_and_is_quiet_on_the_good_one() {
    for code in lint_codes() {
        let [bad, good] = examples(code);
        assert_eq!(codes(bad), [code], "the bad example of {}", code.as_str());
        assert_eq!(codes(good), [], "the good example of {}", code.as_str());
    }
}

#[test]
fn each_fix_mends_what_it_is_offered_for_and_breaks_nothing() {
    for code in lint_codes() {
        let [bad, _] = examples(code);
        let finding = found(bad).remove(0);
        let Some(fix) = finding.fix else { continue };
        let mended = fix.rewrite.apply(bad);
        assert!(!codes(&mended).contains(&code), "{}:\n{mended}", fix.title);
        let comments = |text: &str| text.matches('#').count();
        assert_eq!(comments(&mended), comments(bad), "{}:\n{mended}", fix.title);
    }
}

#[test]
fn the_dash_between_two_selectors_is_named_with_what_it_changes() {
    let text = "
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Namespace, metadata: {name: ops, labels: {team: ops}}}
- {apiVersion: v1, kind: Pod, metadata: {name: monitor, namespace: ops, labels: {app: monitor}}}
- {apiVersion: v1, kind: Pod, metadata: {name: shell, namespace: ops, labels: {app: shell}}}
- {apiVersion: v1, kind: Pod, metadata: {name: monitor, namespace: shop, labels: {app: monitor}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: shop}
spec:
  podSelector: {}
  ingress:
  - from:
    - podSelector: {matchLabels: {app: monitor}}
    - namespaceSelector: {matchLabels: {team: ops}}  # one dash
";
    let [finding] = found(text).try_into().unwrap();
    assert_eq!(
        finding.diagnostic.message,
        "two items mean OR: pods with `app=monitor` of `shop`, and every pod of namespaces with `team=ops`: 3 pods here; as one item (AND) only 1"
    );
    assert_eq!(finding.diagnostic.field.to_string(), "spec.ingress[0].from[1]");
    let mended = finding.fix.unwrap().rewrite.apply(text);
    assert!(mended.contains("\n      namespaceSelector: {matchLabels: {team: ops}}  # one dash\n"));
}
