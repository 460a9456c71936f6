//! Lints on what admits too much or does nothing: where they speak, and where they must not.
#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

mod addresses;
mod bounds;
mod built_in;
mod directions;
mod needless;
mod open;

#[path = "../../benches/generator/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the benches use more of it")]
mod generator;

use netpol::{
    Analysis, Code, Inputs, Source, Witnesses,
    lint::{Finding, lints},
};

fn found(text: &str, code: Code) -> Vec<Finding> {
    let text = vec![Source::new("text.yaml", text)];
    let analysis = Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() });
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics);
    let findings = lints(&analysis).into_iter();
    findings.filter(|finding| finding.diagnostic.code == code).collect()
}

/// What a lint says about a text, with the field that it speaks of.
fn says(text: &str, code: Code) -> Vec<String> {
    let sentence =
        |finding: &Finding| format!("{}: {}", finding.diagnostic.field, finding.diagnostic.message);
    found(text, code).iter().map(sentence).collect()
}

fn is_quiet(text: &str, code: Code) {
    assert_eq!(says(text, code), Vec::<String>::new(), "{text}");
}

/// The text after the fix of the only finding.
fn mended(text: &str, code: Code) -> String {
    let [finding] = found(text, code).try_into().unwrap();
    finding.fix.unwrap().rewrite.apply(text)
}

/// A policy of `shop`, its spec as one line or several.
fn policy(name: &str, spec: &str) -> String {
    let spec = spec.replace('\n', "\n  ");
    format!(
        "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: shop}}\nspec:\n  {spec}\n"
    )
}

fn ingress(rules: &str) -> String {
    policy("p", &format!("podSelector: {{}}\ningress: {rules}"))
}

fn egress(rules: &str) -> String {
    policy("p", &format!("podSelector: {{}}\npolicyTypes: [Egress]\negress: {rules}"))
}

/// A pod of `shop` with `app: <name>`.
fn pod(name: &str, status: &str) -> String {
    format!(
        "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: shop, labels: {{app: {name}}}}}\nspec: {{containers: [{{name: main, image: x}}]}}\nstatus: {status}\n"
    )
}
