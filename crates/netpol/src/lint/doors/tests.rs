//! What it takes to look at the ways through Services, in ways.

use super::{super::lints, MAX_VISITS};
use crate::{Analysis, Code, Inputs, Source, Witnesses, steps};

/// Pods that all differ behind a Service of many ports, and rules of so many ports about them or about each by itself.
fn analysis(pods: usize, ports: usize, rules: usize, is_about_each: bool) -> Analysis {
    let pod = |at| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: p{at}, namespace: x, labels: {{a: \"{at}\", b: c}}}}\n---\n"
        )
    };
    let all: String = (0..pods).map(pod).collect();
    let port = |at| format!("{{name: a{at}, port: {}, targetPort: {}}}", 1 + at, 30_001 + at);
    let ports: Vec<String> = (0..ports).map(port).collect();
    let service = format!(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: s, namespace: x}}\nspec: {{selector: {{b: c}}, ports: [{}]}}\n---\n",
        ports.join(", ")
    );
    let rule = |at: usize| {
        let values = if is_about_each { (at % pods).to_string() } else { String::new() };
        let operator = if is_about_each { "NotIn, values: [\"" } else { "Exists}]}}]" };
        let end = if is_about_each { "\"]}]}}]" } else { "" };
        format!(
            "{{to: [{{podSelector: {{matchExpressions: [{{key: a, operator: {operator}{values}{end}, ports: [{{port: 1}}]}}"
        )
    };
    let rules: Vec<String> = (0..rules).map(rule).collect();
    let policy = format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: a, namespace: x}}\nspec: {{podSelector: {{}}, policyTypes: [Egress], egress: [{}]}}\n",
        rules.join(", ")
    );
    let text = vec![Source::new("text", [all, service, policy].concat())];
    let analysis = Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() });
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics.first());
    analysis
}

fn told(analysis: &Analysis, code: Code) -> usize {
    lints(analysis).iter().filter(|finding| finding.diagnostic.code == code).count()
}

#[test]
fn the_ways_of_the_same_pods_are_gone_through_once() {
    let analysis = analysis(50, 100, 200, false);
    let (found, steps) = steps::of(|| told(&analysis, Code::ServicePort));
    assert_eq!(found, 200);
    assert!(steps < 2 * 50 * 101 + 50 * 200, "{steps}");
}

#[test]
fn what_is_too_much_to_go_through_is_told() {
    let analysis = analysis(100, 200, 200, true);
    let (found, steps) = steps::of(|| told(&analysis, Code::TooLarge));
    assert_eq!(found, 1);
    assert!(steps < 2 * MAX_VISITS, "{steps}");
}
