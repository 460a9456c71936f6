//! What in a policy is about DNS, for the lints that speak of it.

use super::known::namespace_names;
use crate::{
    policy::{NetworkPolicy, Peer, PolicyPort, PolicyPortNumber, Rule},
    ports::Protocol,
};

/// The port of DNS, and where the pods of `OpenShift` answer.
const PORTS: [u16; 2] = [53, 5353];

/// Whether an item of `ports` is there for DNS: it says the number alone, or a name that tells.
pub(super) fn is_for_dns(item: &PolicyPort) -> bool {
    match &item.port {
        PolicyPortNumber::Any => false,
        PolicyPortNumber::Range(range) => {
            range.first() == range.last() && PORTS.contains(&range.first())
        }
        PolicyPortNumber::Named(name) => name.contains("dns") || item.protocol == Protocol::Udp,
    }
}

/// Whether an item of `ports` admits questions over UDP.
pub(super) fn admits_udp(item: &PolicyPort) -> bool {
    let admits = |port| item.numbers().is_some_and(|set| set.contains(Protocol::Udp, port));
    PORTS.into_iter().any(admits)
}

/// Whether some egress rule may lead to DNS. Who means it says the port; who opens every port says
/// where to, and anywhere but the own namespace may be it.
pub(super) fn leads_to_dns(policy: &NetworkPolicy, rule: &Rule) -> bool {
    if rule.ports.iter().any(is_for_dns) {
        return true;
    }
    let is_open = rule.ports.is_empty() || rule.ports.iter().any(admits_udp);
    is_open && (rule.peers.is_empty() || rule.peers.iter().any(|peer| may_be_dns(policy, peer)))
}

fn may_be_dns(policy: &NetworkPolicy, peer: &Peer) -> bool {
    let is_home = |namespace: &String| namespace.contains("dns") || namespace == "kube-system";
    match peer {
        Peer::IpBlock(_) => true,
        Peer::Pods { namespaces: None, .. } => is_home(&policy.meta.name.namespace),
        Peer::Pods { namespaces: Some(selector), .. } => {
            namespace_names(selector).is_none_or(|names| names.iter().any(is_home))
        }
    }
}
