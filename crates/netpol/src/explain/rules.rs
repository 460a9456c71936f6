//! The rules of one policy, asked about one column: whom an item matches there, and whether it opens
//! anything at all.

use crate::{
    addresses::IpSet,
    cluster::{Cluster, PodId},
    evaluate::{End, peer_trace, port_trace, selects},
    objects::Pod,
    plugin::Plugin,
    policy::{Direction, NetworkPolicy, Peer, PolicyPort, Rule},
    scoreboard::Column,
};

/// One policy in one column.
pub(super) struct Rules<'c> {
    pub(super) cluster: &'c Cluster,
    pub(super) policy: &'c NetworkPolicy,
    pub(super) direction: Direction,
    pub(super) column: Column,
    /// The addresses that are no outside ones.
    pub(super) inside: &'c IpSet,
}

impl<'c> Rules<'c> {
    /// The pods of the column.
    pub(super) fn peers(&self) -> impl Iterator<Item = (PodId, &'c Pod)> {
        let own = self.policy.meta.name.namespace.as_str();
        let is_same = self.column == Column::Same;
        let cluster = self.cluster;
        cluster
            .running_pods()
            .filter(move |(_, pod)| !pod.host_network && (pod.namespace() == own) == is_same)
            .filter(|_| self.column != Column::External)
    }

    /// Whether an item matches anyone of the column, with the usual network plugin.
    pub(super) fn matches_any(&self, item: &Peer) -> bool {
        let own = self.policy.meta.name.namespace.as_str();
        match (self.column, item) {
            (Column::External, Peer::IpBlock(block)) => {
                !block.addresses().difference(self.inside).is_empty()
            }
            (Column::External, Peer::Pods { .. }) => false,
            _ => self.peers().any(|(_, pod)| {
                peer_trace(self.cluster, own, item, End::Pod(pod)).matches(Plugin::USUAL)
            }),
        }
    }

    /// Whether a rule matches anyone of the column on any port.
    pub(super) fn opens(&self, rule: &Rule) -> bool {
        (rule.peers.is_empty() || rule.peers.iter().any(|item| self.matches_any(item)))
            && (rule.ports.is_empty() || rule.ports.iter().any(|port| self.is_port(port)))
    }

    /// Whether a port means one on any pod that is called.
    pub(super) fn is_port(&self, port: &PolicyPort) -> bool {
        port.numbers().is_some()
            || self
                .called()
                .iter()
                .any(|pod| !port_trace(port, Some(pod)).ports(Plugin::USUAL).is_empty())
    }

    /// The pods on which port names are looked up: the selected ones, or those of the column.
    pub(super) fn called(&self) -> Vec<&'c Pod> {
        match self.direction {
            Direction::Ingress => {
                let pods = self.cluster.subjects().map(|(_, pod)| pod);
                pods.filter(|pod| selects(self.policy, pod)).collect()
            }
            Direction::Egress => self.peers().map(|(_, pod)| pod).collect(),
        }
    }
}
