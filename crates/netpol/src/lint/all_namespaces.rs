//! `all-namespaces`: an empty `namespaceSelector` opens the door to the whole cluster.

use super::{
    Finding,
    linter::{Linter, Written, WrittenRule},
};
use crate::{
    diagnostic::Code,
    policy::{Direction, Peer, PolicyPort},
    ports::PortSet,
    selector::LabelSelector,
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        // names are asked for wherever DNS runs, and this is how that is written
        for rule in policy.rules().filter(|rule| !rule.is_dns()) {
            let peers = rule.rule.peers.iter().enumerate().filter(|(_, peer)| is_all(peer));
            found.extend(peers.filter_map(|(at, _)| of_item(linter, policy, rule, at)));
        }
    }
}

fn is_all(peer: &Peer) -> bool {
    let Peer::Pods { namespaces: Some(namespaces), pods } = peer else { return false };
    namespaces.is_empty() && pods.as_ref().is_none_or(LabelSelector::is_empty)
}

fn of_item(
    linter: &Linter<'_>,
    policy: Written<'_>,
    rule: WrittenRule<'_>,
    at: usize,
) -> Option<Finding> {
    let numbers: Option<Vec<_>> = rule.rule.ports.iter().map(PolicyPort::numbers).collect();
    let ports = match numbers {
        Some(ports) if !ports.is_empty() => format!(" on {}", PortSet::union_of(&ports)),
        _ => String::new(),
    };
    let who = match rule.direction {
        Direction::Ingress => "may connect",
        Direction::Egress => "may be called",
    };
    let message = format!(
        "an empty `namespaceSelector` matches every namespace: every pod of the cluster {who}{ports}"
    );
    let own = policy.namespace();
    let help = format!(
        "`podSelector: {{}}` alone is every pod of `{own}`; `kubernetes.io/metadata.name` names another namespace"
    );
    Some(linter.finding(Code::AllNamespaces, &rule.peers().index(at), message)?.help(help))
}
