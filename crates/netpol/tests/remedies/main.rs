//! Help that leads there: each help is followed, by its fix where it has one, else as its words say, and the policy then
//! means what was meant and nothing wider. `fixes.txt` and `words.txt` hold a case a block: code and help, a spec, what becomes of it,
//! who may connect then.
#![expect(clippy::indexing_slicing, reason = "what is not there fails the test")]
#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

mod never_wider;
mod slips;
mod texts;

use netpol::{Analysis, Diagnostic, Inputs, Source, Witnesses, repair};

const WORLD: &str = r#"
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: a}}}
- {apiVersion: v1, kind: Namespace, metadata: {name: other, labels: {team: b}}}
- {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web, tier: front}}, spec: {containers: [{name: c, ports: [{name: http, containerPort: 80}]}]}}
- {apiVersion: v1, kind: Pod, metadata: {name: api, namespace: shop, labels: {app: api, tier: front}}}
- {apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db, version: "1.10"}}}
- {apiVersion: v1, kind: Pod, metadata: {name: api, namespace: other, labels: {app: api, version: "1.10"}}}
"#;

/// A policy with this spec, whose `#?` lines stay where they are.
fn policy(spec: &str) -> String {
    let indented: String = spec.lines().flat_map(|line| ["  ", line, "\n"]).collect();
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: shop}}\nspec:\n{indented}"
    )
}

fn analysis(text: &str) -> Analysis {
    let text = vec![Source::new("text.yaml", text)];
    Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() })
}

fn refused(analysis: &Analysis) -> Vec<&Diagnostic> {
    analysis.diagnostics.iter().filter(|one| one.is_error()).collect()
}

/// The text after the first fix of what is wrong with it.
fn mended_once(text: &str) -> Option<String> {
    let analysis = analysis(text);
    let fix = |one: &Diagnostic| repair::fix(&analysis.manifest, one);
    Some(refused(&analysis).into_iter().find_map(fix)?.rewrite.apply(text))
}

/// The text after all fixes of what is wrong with it, one after the other.
fn mended(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..8 {
        let Some(after) = mended_once(&text) else { break };
        text = after;
    }
    text
}

/// What is not as it should be in the cases of a file.
fn wrong(cases: &str, is_fixed: bool) -> Vec<String> {
    let cases = cases.replace("\\u{200b}", "\u{200b}").replace("\\u{a0}", "\u{a0}");
    let blocks: Vec<&str> = cases.split("=== ").skip(1).collect();
    assert!(blocks.len() > 20);
    blocks.into_iter().flat_map(|block| wrong_in(block, is_fixed)).collect()
}

fn wrong_in(block: &str, is_fixed: bool) -> Vec<String> {
    let (head, rest) = block.split_once('\n').unwrap();
    let (code, help) = head.split_once(": ").unwrap();
    let (before, rest) = rest.split_once("\n---\n").unwrap();
    let (after, expected) = rest.trim_end().split_once("\n#? ").unwrap();
    let text = |spec: &str| format!("{}#? {expected}\n{WORLD}", policy(spec));
    let (before, after) = (text(before), text(after));
    let mut wrong = Vec::new();
    let said = analysis(&before);
    let first = refused(&said)[0];
    let words = first.help.as_deref().unwrap_or_default();
    if first.code.as_str() != code || !words.contains(help) {
        wrong.push(format!("{}: {first}: {words}", first.code));
    }
    let mended = mended(&before);
    if mended != if is_fixed { after.as_str() } else { before.as_str() } {
        wrong.push(mended);
    }
    let then = analysis(&after);
    wrong.extend(refused(&then).into_iter().map(|error| format!("afterwards: {error}")));
    let broken = then.expectations.iter().filter(|checked| !checked.holds());
    wrong
        .extend(broken.map(|checked| format!("does not hold: {}", checked.expectation.connection)));
    if then.expectations.len() != expected.lines().count() {
        wrong.push("an expectation cannot be read".to_owned());
    }
    wrong.into_iter().map(|wrong| format!("{block}   {wrong}")).collect()
}

#[test]
fn each_fix_leads_to_what_was_meant_and_to_nothing_wider() {
    let wrong = wrong(include_str!("fixes.txt"), true);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_words_of_each_help_lead_to_what_was_meant_and_to_nothing_wider() {
    let wrong = wrong(include_str!("words.txt"), false);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
