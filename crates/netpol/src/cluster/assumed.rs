//! What a cluster has to have and nobody wrote: the namespaces that are used, and addresses of pods.

use std::net::{IpAddr, Ipv4Addr};

use super::{Cluster, Remark};
use crate::{
    meta::Labels,
    objects::{Namespace, Phase, Pod},
};

/// The addresses that pods are assumed to have where their manifests tell none.
pub const POD_NETWORK: (Ipv4Addr, u8) = (Ipv4Addr::new(10, 244, 0, 0), 16);

impl Cluster {
    /// Adds the namespaces that are used and not declared, in the order of their first use.
    pub(super) fn assume_namespaces(&mut self, remarks: &mut Vec<Remark>) {
        for (at, namespace) in self.namespaces.iter().enumerate() {
            self.namespace_index.insert(namespace.meta.name.name.clone(), at);
        }
        let pods = self.pods.iter().map(|pod| &pod.meta);
        for meta in pods.chain(self.policies.iter().map(|policy| &policy.meta)) {
            let name = &meta.name.namespace;
            if self.namespace_index.contains_key(name) {
                continue;
            }
            self.namespace_index.insert(name.clone(), self.namespaces.len());
            self.namespaces.push(Namespace::assumed(name, Labels::new()));
            remarks
                .push(Remark::NamespaceAssumed { name: name.clone(), origin: meta.origin.clone() });
        }
    }

    /// Gives pods without a declared address one of [`POD_NETWORK`], in order, none twice.
    pub(super) fn assume_addresses(&mut self) {
        let first = u32::from(POD_NETWORK.0);
        let mut taken = vec![false; 1 << (32 - POD_NETWORK.1)];
        for address in self.pods.iter().flat_map(|pod| &pod.addresses) {
            if let IpAddr::V4(address) = address
                && let Some(slot) = u32::from(*address).checked_sub(first)
                && let Some(slot) = taken.get_mut(slot as usize)
            {
                *slot = true;
            }
        }
        // neither the network's own address nor the last one
        let mut free = (first..).zip(taken).skip(1).take(0xFFFE).filter(|(_, is_taken)| !is_taken);
        // a pod on its node's network has its node's address
        for pod in self.pods.iter_mut().filter(|pod| pod.host_network && pod.addresses.is_empty()) {
            pod.addresses.extend(pod.host_address);
        }
        let homeless = |pod: &&mut Pod| {
            pod.addresses.is_empty() && pod.phase == Phase::Running && !pod.host_network
        };
        for pod in self.pods.iter_mut().filter(homeless) {
            pod.addresses.extend(free.next().map(|(address, _)| IpAddr::V4(address.into())));
        }
    }
}
