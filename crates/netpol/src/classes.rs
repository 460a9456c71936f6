//! Pods in classes: those that no policy can tell apart. Asking each class once instead of each pod
//! is what keeps large clusters fast; there is no second evaluator.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
    net::{IpAddr, Ipv6Addr},
};

use crate::{
    addresses::Cidr,
    cluster::{Cluster, PodId},
    objects::Pod,
};

/// Pods that get the same answers.
#[derive(Debug)]
pub(crate) struct Class<'c> {
    /// One of them.
    pub(crate) representative: &'c Pod,
    /// All of them, in order.
    pub(crate) pods: Vec<PodId>,
}

/// The classes of a cluster's running pods, those on their node's network left out, namespace by
/// namespace and there in the order of their first pods: equal labels and ports, and addresses
/// between which none of the borders of address blocks lies.
pub(crate) fn classes<'c>(cluster: &'c Cluster, borders: &[IpAddr]) -> Vec<Class<'c>> {
    let pods = cluster.running_pods().filter(|(_, pod)| !pod.host_network);
    let mut classes = grouped(pods, |(id, pod)| {
        let part = |address| borders.partition_point(|border| *border <= address);
        let mut key = key(pod, |address| Some(part(address)));
        if cluster.is_only_peer(id) {
            key.push_str("peer");
        }
        key
    });
    let mut namespaces: BTreeMap<String, usize> = BTreeMap::new();
    for class in &classes {
        let next = namespaces.len();
        namespaces.entry(class.representative.namespace().to_owned()).or_insert(next);
    }
    classes.sort_by_key(|class| namespaces.get(class.representative.namespace()));
    classes
}

/// Where addresses begin to be treated otherwise: at the ends of some blocks.
pub(crate) fn borders(blocks: impl Iterator<Item = Cidr>) -> Vec<IpAddr> {
    // IPv6 begins where IPv4 ends
    let mut borders = vec![IpAddr::V6(Ipv6Addr::UNSPECIFIED)];
    for block in blocks {
        borders.push(block.address());
        borders.extend(block.next());
    }
    borders.sort_unstable();
    borders.dedup();
    borders
}

/// The classes of some pods in the order of their first ones; where address blocks are looked at, by
/// address. Those on their node's network are in classes of their own.
pub(crate) fn classes_of<'c>(
    pods: impl Iterator<Item = (PodId, &'c Pod)>,
    by_address: bool,
) -> Vec<Class<'c>> {
    grouped(pods, |(_, pod)| key(pod, |address| by_address.then_some(address)))
}

fn grouped<'c>(
    pods: impl Iterator<Item = (PodId, &'c Pod)>,
    key: impl Fn((PodId, &'c Pod)) -> String,
) -> Vec<Class<'c>> {
    let mut classes: Vec<Class<'c>> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (id, pod) in pods {
        let at = *known.entry(key((id, pod))).or_insert(classes.len());
        match classes.get_mut(at) {
            Some(class) => class.pods.push(id),
            None => classes.push(Class { representative: pod, pods: vec![id] }),
        }
    }
    classes
}

/// What must be equal, as one text; lengths before the parts keep them apart whatever they hold.
fn key<P: fmt::Display>(pod: &Pod, place: impl Fn(IpAddr) -> Option<P>) -> String {
    let mut key = String::new();
    let mut put = |part: &str| {
        let _ = write!(key, "{}:{part}", part.len());
    };
    put(pod.namespace());
    if pod.host_network {
        put("hostNetwork");
    }
    for (label, value) in pod.labels() {
        put(label);
        put(value);
    }
    put("ports");
    for port in &pod.ports {
        put(port.name.as_deref().unwrap_or(""));
        put(&format!("{}/{}", port.port, port.protocol));
    }
    put("addresses");
    for place in pod.addresses.iter().filter_map(|address| place(*address)) {
        put(&place.to_string());
    }
    key
}
