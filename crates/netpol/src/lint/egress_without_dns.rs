//! `egress-without-dns`: pods that may call others, but cannot ask for their addresses.

use std::collections::BTreeSet;

use fixedbitset::FixedBitSet;

use super::{
    Finding, contained,
    dns::leads_to_dns,
    linter::{Linter, Written},
};
use crate::{
    diagnostic::Code,
    objects::Pod,
    policy::{Direction, NetworkPolicy, Peer, Rule},
    rewrite::Rewrite,
    selector::LabelSelector,
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    let ways: Vec<Written<'_>> = linter
        .policies()
        .filter(|policy| has_rule(policy.policy, |rule| leads_to_dns(policy.policy, rule)))
        .collect();
    // who resolves names, and who has been spoken of
    let mut done = FixedBitSet::with_capacity(linter.cluster.pods().len());
    let mut selectors: BTreeSet<(&str, String)> = BTreeSet::new();
    for way in &ways {
        let firsts = linter.subjects(*way).into_iter().filter_map(|class| class.pods.first());
        firsts.for_each(|id| done.insert(id.0));
    }
    for policy in linter.policies().filter(|policy| has_rule(policy.policy, calls_pods)) {
        let subjects = linter.subjects(policy);
        let lost: Vec<&Pod> = subjects
            .iter()
            .filter(|class| class.pods.first().is_some_and(|first| !done.put(first.0)))
            .map(|class| class.representative)
            .collect();
        let selector = &policy.policy.pod_selector;
        let who = if !subjects.is_empty() {
            (!lost.is_empty()).then(|| Linter::names(&lost))
        } else if ways.iter().any(|way| covers(*way, policy)) {
            None
        } else {
            let is_new = selectors.insert((policy.namespace(), selector.to_string()));
            is_new.then(|| by_selector(selector))
        };
        found.extend(who.and_then(|who| finding(linter, policy, &who)));
    }
}

fn has_rule(policy: &NetworkPolicy, is_it: impl Fn(&Rule) -> bool) -> bool {
    policy.affects(Direction::Egress) && policy.rules(Direction::Egress).iter().any(is_it)
}

/// Whether a rule admits pods by their labels: they are called by name.
fn calls_pods(rule: &Rule) -> bool {
    rule.peers.iter().any(|peer| matches!(peer, Peer::Pods { .. }))
}

/// Whether a policy selects all that another one does, whatever pods there are.
fn covers(one: Written<'_>, other: Written<'_>) -> bool {
    one.namespace() == other.namespace()
        && contained::selector(&other.policy.pod_selector, &one.policy.pod_selector)
}

fn by_selector(selector: &LabelSelector) -> String {
    if selector.is_empty() { "every pod".to_owned() } else { format!("pods with `{selector}`") }
}

fn finding(linter: &Linter<'_>, policy: Written<'_>, who: &str) -> Option<Finding> {
    let own = policy.namespace();
    let message = format!(
        "{who} of `{own}` cannot resolve names: isolated for egress, and nothing admits UDP 53"
    );
    let list = policy.field("spec.egress");
    let finding = linter.finding(Code::EgressWithoutDns, &list, message)?.help(
        "admit kube-dns; a NodeLocal DNSCache (169.254.20.10) or a resolver outside needs an `ipBlock`",
    );
    Some(finding.fix("Add the DNS rule", hatch(linter, policy)))
}

/// The rule that lets pods ask the cluster's DNS.
fn hatch(linter: &Linter<'_>, policy: Written<'_>) -> Option<Rewrite> {
    let (list, rewriter) = (policy.field("spec.egress"), linter.rewriter);
    rewriter.add_item(&list, BLOCK).or_else(|| rewriter.add_item(&list, LINE))
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
