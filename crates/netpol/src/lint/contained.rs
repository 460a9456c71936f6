//! Whether one thing admits all that another one admits, in every cluster whatever: read off the texts
//! alone. "No" only means that it does not show.

use crate::{
    addresses::IpSet,
    meta::NAMESPACE_NAME_LABEL,
    policy::{Peer, PolicyPort, PolicyPortNumber, Rule},
    ports::PortSet,
    selector::{LabelSelector, LabelSelectorRequirement, Operator},
};

/// Comparisons of two lists' entries beyond this number are not made.
const MAX_COMPARISONS: usize = 10_000;

/// Whether everything that `inner` admits `outer` admits too; both belong to policies of the namespace.
pub(super) fn rule(inner: &Rule, outer: &Rule, namespace: &str) -> bool {
    ports(&inner.ports, &outer.ports) && peers(&inner.peers, &outer.peers, namespace)
}

/// Whether a list of ports lies in another one.
pub(super) fn ports(inner: &[PolicyPort], outer: &[PolicyPort]) -> bool {
    if outer.is_empty() || inner.is_empty() {
        return outer.is_empty();
    }
    let numbers: Vec<_> = outer.iter().filter_map(PolicyPort::numbers).collect();
    let numbers = PortSet::union_of(&numbers);
    let is_within = |item: &PolicyPort| match item.numbers() {
        Some(ports) => numbers.intersection(&ports) == ports,
        None => outer.contains(item) || outer.contains(&any_of(item)),
    };
    inner.len() * outer.len() <= MAX_COMPARISONS && inner.iter().all(is_within)
}

fn any_of(item: &PolicyPort) -> PolicyPort {
    PolicyPort { protocol: item.protocol, port: PolicyPortNumber::Any }
}

/// Whether everyone of some peers is among others'; no peers at all are everyone.
pub(super) fn peers(inner: &[Peer], outer: &[Peer], namespace: &str) -> bool {
    if outer.is_empty() || inner.is_empty() {
        return outer.is_empty();
    }
    let addresses = blocks(outer);
    let is_within = |peer: &Peer| match peer {
        Peer::IpBlock(block) => addresses.covers(&block.addresses()),
        Peer::Pods { .. } => outer.iter().any(|other| pods(peer, other, namespace)),
    };
    inner.len() * outer.len() <= MAX_COMPARISONS && inner.iter().all(is_within)
}

fn blocks(peers: &[Peer]) -> IpSet {
    let of = |peer: &Peer| match peer {
        Peer::IpBlock(block) => Some(block.addresses()),
        Peer::Pods { .. } => None,
    };
    IpSet::union_of(&peers.iter().filter_map(of).collect::<Vec<_>>())
}

fn pods(inner: &Peer, outer: &Peer, namespace: &str) -> bool {
    let Peer::Pods { namespaces, pods } = inner else { return false };
    let Peer::Pods { namespaces: other_namespaces, pods: other_pods } = outer else { return false };
    let by_name = by_name(namespace);
    let everyone = LabelSelector::default();
    let own = |selector: &Option<LabelSelector>| selector.clone().unwrap_or(by_name.clone());
    let all = |selector: &Option<LabelSelector>| selector.clone().unwrap_or(everyone.clone());
    selector(&own(namespaces), &own(other_namespaces)) && selector(&all(pods), &all(other_pods))
}

/// What selects a namespace by the label that it alone has.
fn by_name(namespace: &str) -> LabelSelector {
    let requirement = LabelSelectorRequirement {
        key: NAMESPACE_NAME_LABEL.to_owned(),
        operator: Operator::In,
        values: vec![namespace.to_owned()],
        written: crate::selector::Written::MatchLabels,
    };
    LabelSelector { requirements: vec![requirement] }
}

/// Whether all labels that match `inner` match `outer` too.
pub(super) fn selector(inner: &LabelSelector, outer: &LabelSelector) -> bool {
    inner.requirements.len() * outer.requirements.len() <= MAX_COMPARISONS
        && outer.requirements.iter().all(|wanted| {
            inner.requirements.iter().any(|given| given.key == wanted.key && implies(given, wanted))
        })
}

/// Whether a label that meets one requirement meets another one of the same key.
fn implies(given: &LabelSelectorRequirement, wanted: &LabelSelectorRequirement) -> bool {
    let all_of = |values: &[String], others: &[String]| values.iter().all(|v| others.contains(v));
    match (given.operator, wanted.operator) {
        (Operator::In, Operator::In) => all_of(&given.values, &wanted.values),
        (Operator::In, Operator::NotIn) => !given.values.iter().any(|v| wanted.values.contains(v)),
        (Operator::NotIn, Operator::NotIn) => all_of(&wanted.values, &given.values),
        (Operator::In | Operator::Exists, Operator::Exists)
        | (Operator::DoesNotExist, Operator::NotIn | Operator::DoesNotExist) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
