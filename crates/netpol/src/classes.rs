//! Pods in classes: those that no policy can tell apart. Asking each class once instead of each pod
//! is what keeps large clusters fast; there is no second evaluator.

use std::collections::BTreeMap;

use crate::{
    cluster::{Cluster, PodId},
    objects::Pod,
};

/// Pods that get the same answers.
pub(crate) struct Class<'c> {
    /// One of them.
    pub(crate) representative: &'c Pod,
    /// All of them, in order.
    pub(crate) pods: Vec<PodId>,
}

/// The classes of a cluster's running pods, those on their node's network left out: equal namespace, labels and ports; where address blocks
/// are looked at, equal addresses too.
pub(crate) fn classes(cluster: &Cluster, by_address: bool) -> Vec<Class<'_>> {
    let mut classes: BTreeMap<_, Class<'_>> = BTreeMap::new();
    for (id, pod) in cluster.running_pods().filter(|(_, pod)| !pod.host_network) {
        let addresses = if by_address { pod.addresses.as_slice() } else { &[] };
        let key = (pod.namespace(), pod.labels(), &pod.ports, addresses);
        let class = classes.entry(key);
        class.or_insert_with(|| Class { representative: pod, pods: Vec::new() }).pods.push(id);
    }
    classes.into_values().collect()
}
