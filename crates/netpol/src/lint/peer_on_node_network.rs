//! `peer-on-node-network`: an entry of `from` or `to` that finds none but pods on their node's network,
//! which most network plugins take for the node. A note where only the labels tell.

use super::{
    Finding,
    known::{asks, namespace_names},
    linter::{Linter, Written, names},
};
use crate::{
    addresses::Cidr,
    diagnostic::Code,
    field::Origin,
    policy::Peer,
    selector::{LabelSelector, Operator},
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        for rule in policy.rules() {
            for (at, peer) in rule.rule.peers.iter().enumerate() {
                let item = rule.peers().index(at);
                found.extend(
                    of_pods(linter, policy, peer, &item)
                        .or_else(|| of_labels(linter, policy, peer, &item)),
                );
            }
        }
    }
}

/// What is on its node's network.
const NODE: &str =
    "most network plugins take their traffic for the node's, which no selector finds";

fn of_pods(
    linter: &Linter<'_>,
    policy: Written<'_>,
    peer: &Peer,
    item: &Origin,
) -> Option<Finding> {
    if !linter.knows_peer(policy, peer) {
        return None;
    }
    let pods = linter.finds(policy, peer);
    let is_on_node = !pods.is_empty() && pods.iter().all(|one| one.representative.host_network);
    if !is_on_node {
        return None;
    }
    let found = names(pods.iter().map(|class| class.representative.name()));
    let message = format!("all that this item finds is on its node's network ({found}): {NODE}");
    let mut blocks: Vec<String> = pods
        .iter()
        .filter_map(|class| Cidr::of(*class.representative.addresses.first()?))
        .map(|block| block.to_string())
        .collect();
    blocks.sort_unstable();
    blocks.dedup();
    let help = if blocks.is_empty() {
        HELP.to_owned()
    } else {
        let blocks = names(blocks.iter().map(String::as_str));
        format!("{HELP}: {blocks}")
    };
    let finding = linter.finding(Code::PeerOnNodeNetwork, item, message)?.help(help);
    // whoever opens to a namespace may mean pods that stand elsewhere
    let is_asked = matches!(peer, Peer::Pods { pods: Some(pods), .. } if asks(pods));
    Some(if is_asked { finding } else { finding.noted() })
}

const HELP: &str = "admit the addresses of their nodes with an `ipBlock`";

/// Labels of pods of `kube-system` that use their node's network wherever they run as pods: kubeadm's
/// static pods, and what Kubernetes itself ships for every node.
const ON_NODES: &[(&str, &[&str])] = &[
    ("component", &["kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"]),
    ("k8s-app", &["node-local-dns", "kube-proxy"]),
];

/// The labels of a peer that tell as much, where no pods are known that have them.
pub(super) fn on_node_by_labels<'p>(
    linter: &Linter<'_>,
    policy: Written<'_>,
    peer: &'p Peer,
) -> Option<&'p LabelSelector> {
    let Peer::Pods { namespaces, pods: Some(pods) } = peer else { return None };
    let is_home = match namespaces {
        None => policy.namespace() == "kube-system",
        Some(selector) if selector.is_empty() => true,
        Some(selector) => match namespace_names(selector) {
            Some(names) => names == ["kube-system"],
            None => selector.requirements.iter().any(|one| one.values == ["kube-system"]),
        },
    };
    let is_on_node = pods.requirements.iter().any(|one| {
        let known = ON_NODES.iter().find(|(key, _)| *key == one.key);
        let is_known =
            |value: &String| known.is_some_and(|(_, values)| values.contains(&value.as_str()));
        one.operator == Operator::In && one.values.iter().all(is_known)
    });
    (is_home && is_on_node && linter.finds(policy, peer).is_empty()).then_some(pods)
}

fn of_labels(
    linter: &Linter<'_>,
    policy: Written<'_>,
    peer: &Peer,
    item: &Origin,
) -> Option<Finding> {
    let pods = on_node_by_labels(linter, policy, peer)?;
    let message = format!("pods with `{pods}` run on their node's network: {NODE}");
    Some(linter.finding(Code::PeerOnNodeNetwork, item, message)?.help(HELP).noted())
}
