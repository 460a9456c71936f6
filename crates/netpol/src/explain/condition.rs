//! What a pod has to have for a column's rules to open, whoever is there: "`purpose=ml-ops`".

use super::few;
use crate::{
    cluster::Cluster,
    objects::Pod,
    plugin::Plugin,
    policy::{Direction, Peer, PolicyPort, PolicyPortNumber, Rule},
    ports::PortSet,
    scoreboard::{Column, Reach, Share, reach},
    selector::LabelSelector,
    survey::rule_ports,
};

/// Conditions named before the rest is counted.
const MOST: usize = 4;
/// Conditions looked at: nobody reads so many.
const MOST_LOOKED_AT: usize = 64;

/// What has to be met, and what that opens.
struct Condition {
    text: String,
    ports: PortSet,
}

/// The conditions of a share's rules in one column, in words: `purpose=ml-ops`, `app=web of env=prod or
/// app=api`. With the ports that every one of them opens, where those are the same.
pub(super) fn conditions(
    cluster: &Cluster,
    share: &Share,
    column: Column,
    direction: Direction,
) -> (String, Option<PortSet>) {
    let mut found: Vec<Condition> = Vec::new();
    let subject = share.subjects.first().and_then(|id| cluster.pod(id));
    let own = subject.map_or("", Pod::namespace);
    let labels = cluster.namespace_labels(own);
    let policies = share.policies.iter().filter_map(|id| cluster.policy(*id));
    let rules = policies.flat_map(|policy| policy.rules(direction));
    for rule in rules.take(MOST_LOOKED_AT * MOST) {
        let on_condition =
            rule.peers.iter().filter(|peer| reach(peer, column, own, labels) == Reach::OnCondition);
        let texts: Vec<String> = match unknown_name(rule, direction) {
            Some(name) => vec![name],
            None => on_condition.take(MOST_LOOKED_AT).map(asks).collect(),
        };
        if texts.is_empty() {
            continue;
        }
        let called = if direction == Direction::Ingress { subject } else { None };
        let ports = rule_ports(rule, called, Plugin::USUAL);
        for text in texts {
            if let Some(known) = found.iter_mut().find(|known| known.text == text) {
                known.ports.add(&ports);
            } else if found.len() < MOST_LOOKED_AT {
                found.push(Condition { text, ports: ports.clone() });
            }
        }
    }
    let texts: Vec<String> = found.iter().map(|condition| condition.text.clone()).collect();
    let words = match texts.as_slice() {
        [one, other] => format!("{one} or {other}"),
        several => few(several, MOST),
    };
    let mut ports = found.iter().map(|condition| &condition.ports);
    let first = ports.next().filter(|ports| !ports.is_empty());
    (words, first.filter(|first| ports.all(|other| other == *first)).cloned())
}

/// What an entry asks for, as `kubectl get -l` writes it.
fn asks(peer: &Peer) -> String {
    let Peer::Pods { namespaces, pods } = peer else { return String::new() };
    let is_asking = |selector: &&LabelSelector| !selector.is_empty();
    match (namespaces.as_ref().filter(is_asking), pods.as_ref().filter(is_asking)) {
        (Some(namespaces), Some(pods)) => format!("{pods} of {namespaces}"),
        (Some(one), None) | (None, Some(one)) => one.to_string(),
        (None, None) => String::new(),
    }
}

/// Egress looks a port's name up on the pod that is called, so the name is a condition as well.
fn unknown_name(rule: &Rule, direction: Direction) -> Option<String> {
    let name = |port: &PolicyPort| match &port.port {
        PolicyPortNumber::Named(name) => Some(format!("a port called {name}")),
        _ => None,
    };
    let named = rule.ports.iter().find_map(name);
    named.filter(|_| direction == Direction::Egress && rule.peers.is_empty())
}
