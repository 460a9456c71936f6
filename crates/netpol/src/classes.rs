//! Pods in classes: those that no policy can tell apart. Asking each class once instead of each pod
//! is what keeps large clusters fast; there is no second evaluator.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
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

/// The classes of a cluster's running pods, those on their node's network left out,
/// in the order of their first pods: equal namespace, labels and ports; where address blocks
/// are looked at, equal addresses too.
pub(crate) fn classes(cluster: &Cluster, by_address: bool) -> Vec<Class<'_>> {
    classes_of(cluster.running_pods().filter(|(_, pod)| !pod.host_network), by_address)
}

/// The same for some pods; those on their node's network are in classes of their own.
pub(crate) fn classes_of<'c>(
    pods: impl Iterator<Item = (PodId, &'c Pod)>,
    by_address: bool,
) -> Vec<Class<'c>> {
    let mut classes: Vec<Class<'c>> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (id, pod) in pods {
        let at = *known.entry(key(pod, by_address)).or_insert(classes.len());
        match classes.get_mut(at) {
            Some(class) => class.pods.push(id),
            None => classes.push(Class { representative: pod, pods: vec![id] }),
        }
    }
    classes
}

/// What must be equal, as one text; lengths before the parts keep them apart whatever they hold.
fn key(pod: &Pod, by_address: bool) -> String {
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
    for address in pod.addresses.iter().filter(|_| by_address) {
        put(&address.to_string());
    }
    key
}
