//! What no table and no matrix can show: pods on the network of their nodes, pods that came to an end, and that a pod and its
//! own node always reach each other.

use netpol::{Cluster, objects::Pod};

use crate::ink::harmless;

/// How many pods are named.
const MOST_NAMES: usize = 5;

/// The pods of a cluster that are left out of answers about all of them.
pub(crate) struct Omissions {
    /// On the network of their nodes.
    pub(crate) host_network: Vec<String>,
    /// Succeeded or failed.
    pub(crate) finished: Vec<String>,
    /// Whether some pod that is not left out tells its node's address, and a policy could be thought to keep the two apart.
    knows_nodes: bool,
}

impl Omissions {
    /// Those of a cluster.
    pub(crate) fn of(cluster: &Cluster) -> Self {
        let names = |is_left_out: fn(&Pod) -> bool| {
            let pods = cluster.pods().iter().filter(|pod| is_left_out(pod));
            pods.map(|pod| pod.meta.name.to_string()).collect()
        };
        let mut pods = cluster.running_pods().map(|(_, pod)| pod);
        let knows_nodes = pods.any(|pod| !pod.host_network && pod.host_address.is_some());
        Self {
            host_network: names(|pod| pod.host_network && !pod.is_finished()),
            finished: names(Pod::is_finished),
            knows_nodes: knows_nodes && cluster.policies().next().is_some(),
        }
    }

    /// `left out: 2 pods on the network of their nodes, where the effect of policies is undefined: shop/a, shop/b`
    pub(crate) fn sentences(&self, answer: &str) -> Vec<String> {
        let reasons = [
            (
                &self.host_network,
                "on the network of their nodes, where the effect of policies is undefined",
            ),
            (&self.finished, "that came to an end"),
        ];
        let left_out = reasons.into_iter().filter(|(names, _)| !names.is_empty());
        let mut sentences: Vec<String> = left_out
            .map(|(names, reason)| {
                let shown: Vec<&str> = names.iter().take(MOST_NAMES).map(String::as_str).collect();
                let more = match names.len().saturating_sub(MOST_NAMES) {
                    0 => String::new(),
                    more => format!(" +{more}"),
                };
                let pods = if names.len() == 1 { "pod" } else { "pods" };
                let list = format!("{}{more}", shown.join(", "));
                format!("left out: {} {pods} {reason}: {}", names.len(), harmless(&list))
            })
            .collect();
        if self.knows_nodes {
            sentences.push(format!(
                "a pod and its own node (`status.hostIP`) always reach each other, whatever the {answer} says"
            ));
        }
        sentences
    }
}
