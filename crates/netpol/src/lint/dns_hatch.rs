//! The way to the cluster's DNS as an edit: a rule among those that are there, or a policy beside one
//! that has none.

use std::{collections::BTreeSet, fmt::Write as _};

use super::linter::{Linter, Written};
use crate::{
    rewrite::Rewrite,
    scalar::written,
    selector::{LabelSelector, Operator, Written as At},
};

/// The longest name that the API server takes for a policy.
const MAX_NAME: usize = 253;

/// The rule that lets pods ask the cluster's DNS, at the end of the policy's egress rules.
pub(super) fn rule(linter: &Linter<'_>, policy: Written<'_>) -> Option<Rewrite> {
    let (list, rewriter) = (policy.field("spec.egress"), linter.rewriter);
    rewriter.add_item(&list, BLOCK).or_else(|| rewriter.add_item(&list, LINE))
}

/// A policy of its own for the same pods, behind the document of a policy that shuts: policies add
/// up, and the one that denies stays as it is. It takes one of the names that are free.
pub(super) fn policy(
    linter: &Linter<'_>,
    policy: Written<'_>,
    taken: &mut BTreeSet<(String, String)>,
) -> Option<Rewrite> {
    let selector = &policy.policy.pod_selector;
    let mut text = format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: {}\n",
        written(&free_name(policy, taken))
    );
    // where none is written, what applies them knows
    if linter.node(&policy.field("metadata.namespace")).is_some() {
        let _ = writeln!(text, "  namespace: {}", written(policy.namespace()));
    }
    text.push_str("spec:\n");
    put_selector(&mut text, selector);
    text.push_str("  policyTypes:\n  - Egress\n  egress:\n  - ");
    text.push_str(&BLOCK.replace('\n', "\n    "));
    linter.rewriter.add_document(policy.origin, &text)
}

fn free_name(policy: Written<'_>, taken: &mut BTreeSet<(String, String)>) -> String {
    let own = policy.policy.meta.name.name.trim_end_matches(['*', '-']);
    let is_short = own.len() + "-allow-dns-1000000".len() <= MAX_NAME;
    let base = if policy.policy.pod_selector.is_empty() || !is_short {
        "allow-dns".to_owned()
    } else {
        format!("{own}-allow-dns")
    };
    let mut name = base.clone();
    for number in 2.. {
        if taken.insert((policy.namespace().to_owned(), name.clone())) {
            break;
        }
        name = format!("{base}-{number}");
    }
    name
}

fn put_selector(text: &mut String, selector: &LabelSelector) {
    if selector.is_empty() {
        text.push_str("  podSelector: {}\n");
        return;
    }
    text.push_str("  podSelector:\n");
    let of = |at: fn(&At) -> bool| selector.requirements.iter().filter(move |one| at(&one.written));
    let labels: Vec<_> = of(|at| *at == At::MatchLabels).collect();
    if !labels.is_empty() {
        text.push_str("    matchLabels:\n");
    }
    for label in labels {
        let value = label.values.first().map_or("", String::as_str);
        let _ = writeln!(text, "      {}: {}", written(&label.key), written(value));
    }
    let expressions: Vec<_> = of(|at| *at != At::MatchLabels).collect();
    if !expressions.is_empty() {
        text.push_str("    matchExpressions:\n");
    }
    for expression in expressions {
        let operator = match expression.operator {
            Operator::In => "In",
            Operator::NotIn => "NotIn",
            Operator::Exists => "Exists",
            Operator::DoesNotExist => "DoesNotExist",
        };
        let _ =
            write!(text, "    - key: {}\n      operator: {operator}\n", written(&expression.key));
        if !expression.values.is_empty() {
            let values: Vec<String> =
                expression.values.iter().map(|value| written(value)).collect();
            let _ = writeln!(text, "      values: [{}]", values.join(", "));
        }
    }
}

const BLOCK: &str = "\
to:
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: kube-system
  podSelector:
    matchLabels:
      k8s-app: kube-dns
ports:
- protocol: UDP
  port: 53
- protocol: TCP
  port: 53";

const LINE: &str = "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]}";
