//! Objects → [`Cluster`]: defaults applied, names unique, every namespace known. The only input of
//! the evaluator; whoever holds one holds a valid one.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr},
};

use crate::{
    addresses::{Cidr, IpSet},
    decode::Objects,
    field::Origin,
    meta::{Labels, NAMESPACE_NAME_LABEL, NamespacedName, ObjectMeta},
    objects::{EndpointSlice, Namespace, Node, Phase, Pod, Service},
    policy::NetworkPolicy,
};

/// A pod of one cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PodId(pub(crate) usize);

/// A policy of one cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyId(pub(crate) usize);

/// The addresses that pods are assumed to have where their manifests tell none.
pub const POD_NETWORK: (Ipv4Addr, u8) = (Ipv4Addr::new(10, 244, 0, 0), 16);

/// Namespaces, pods and policies as the API server would hold them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cluster {
    namespaces: Vec<Namespace>,
    pods: Vec<Pod>,
    services: Vec<Service>,
    endpoints: Vec<EndpointSlice>,
    nodes: Vec<Node>,
    policies: Vec<NetworkPolicy>,
    namespace_index: BTreeMap<String, usize>,
    /// By `namespace/name`.
    pod_index: BTreeMap<String, usize>,
    /// By address, of the running pods that declare one.
    address_index: BTreeMap<String, usize>,
    /// The policies of each namespace, by its index.
    policies_of: Vec<Vec<PolicyId>>,
    namesakes: BTreeMap<String, usize>,
    /// Services by `namespace/name`, and by their own addresses.
    services_by_name: BTreeMap<String, usize>,
    services_by_address: BTreeMap<IpAddr, usize>,
    /// What keeps the endpoints of a Service, by its name.
    endpoints_index: BTreeMap<NamespacedName, Vec<usize>>,
}

/// A fact about the objects that spans more than one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// An object is replaced by a later one of the same kind and name.
    Replaced {
        /// `NetworkPolicy`, `Namespace`, `Service`, `Pod`, a workload's kind…
        kind: &'static str,
        /// Its full name.
        name: NamespacedName,
        /// The one that does not count.
        origin: Option<Origin>,
    },
    /// A workload's pod has to be called otherwise than the workload, because an object of another
    /// kind bears the same name.
    Renamed {
        /// The workload's kind.
        kind: &'static str,
        /// The workload's name.
        name: NamespacedName,
        /// The kind of the one that has the name.
        other: &'static str,
        /// What the pod is called.
        pod: String,
        /// The workload.
        origin: Option<Origin>,
    },
    /// A namespace is used but not declared, so it is assumed with its name label only.
    NamespaceAssumed {
        /// Its name.
        name: String,
        /// The first object that uses it.
        origin: Option<Origin>,
    },
}

impl Cluster {
    /// Builds the cluster that applying these objects one after the other would leave.
    pub fn build(objects: Objects) -> (Self, Vec<Remark>) {
        let mut remarks = Vec::new();
        let mut cluster = Self {
            namespaces: last_wins(objects.namespaces, |n| ("Namespace", &n.meta), &mut remarks),
            pods: last_wins(objects.pods, |pod| (pod.kind, &pod.meta), &mut remarks),
            services: last_wins(objects.services, |s| ("Service", &s.meta), &mut remarks),
            endpoints: last_wins(objects.endpoints, |e| (e.kind, &e.meta), &mut remarks),
            nodes: last_wins(objects.nodes, |node| ("Node", &node.meta), &mut remarks),
            policies: last_wins(objects.policies, |p| ("NetworkPolicy", &p.meta), &mut remarks),
            ..Self::default()
        };
        tell_apart(&mut cluster.pods, &mut remarks);
        cluster.assume_namespaces(&mut remarks);
        for namespace in &mut cluster.namespaces {
            let name = namespace.meta.name.name.clone();
            namespace.meta.labels.insert(NAMESPACE_NAME_LABEL.to_owned(), name);
        }
        cluster.assume_addresses();
        cluster.index();
        (cluster, remarks)
    }

    /// Adds the namespaces that are used and not declared, in the order of their first use.
    fn assume_namespaces(&mut self, remarks: &mut Vec<Remark>) {
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
            let assumed = ObjectMeta {
                name: NamespacedName::new(name.clone(), name.clone()),
                labels: Labels::new(),
                origin: None,
            };
            self.namespaces.push(Namespace { meta: assumed });
            remarks
                .push(Remark::NamespaceAssumed { name: name.clone(), origin: meta.origin.clone() });
        }
    }

    /// Gives pods without a declared address one of [`POD_NETWORK`], in order, none twice.
    fn assume_addresses(&mut self) {
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

    fn index(&mut self) {
        for (at, pod) in self.pods.iter().enumerate() {
            self.pod_index.insert(pod.meta.name.to_string(), at);
            if pod.has_declared_address && !pod.host_network && !pod.is_finished() {
                for address in &pod.addresses {
                    self.address_index.entry(address.to_string()).or_insert(at);
                }
            }
            if !pod.is_finished() {
                *self.namesakes.entry(pod.name().to_owned()).or_default() += 1;
            }
        }
        for (at, service) in self.services.iter().enumerate() {
            self.services_by_name.insert(service.meta.name.to_string(), at);
            for address in &service.cluster_ips {
                self.services_by_address.entry(*address).or_insert(at);
            }
        }
        for (at, slice) in self.endpoints.iter().enumerate() {
            self.endpoints_index.entry(slice.service.clone()).or_default().push(at);
        }
        self.policies_of = vec![Vec::new(); self.namespaces.len()];
        for (at, policy) in self.policies.iter().enumerate() {
            let namespace = self.namespace_index.get(&policy.meta.name.namespace);
            if let Some(policies) = namespace.and_then(|at| self.policies_of.get_mut(*at)) {
                policies.push(PolicyId(at));
            }
        }
    }

    /// All namespaces, declared ones first.
    pub fn namespaces(&self) -> &[Namespace] {
        &self.namespaces
    }

    /// All pods, finished ones included.
    pub fn pods(&self) -> &[Pod] {
        &self.pods
    }

    /// The pods that take part in connections, with their ids: finished ones do not.
    pub fn running_pods(&self) -> impl Iterator<Item = (PodId, &Pod)> {
        self.pods
            .iter()
            .enumerate()
            .filter(|(_, pod)| !pod.is_finished())
            .map(|(at, pod)| (PodId(at), pod))
    }

    /// All policies with their ids, in the order written.
    pub fn policies(&self) -> impl Iterator<Item = (PolicyId, &NetworkPolicy)> {
        self.policies.iter().enumerate().map(|(at, policy)| (PolicyId(at), policy))
    }

    /// A pod of this cluster. The id must come from this very cluster.
    pub fn pod(&self, id: PodId) -> Option<&Pod> {
        self.pods.get(id.0)
    }

    /// A policy of this cluster. The id must come from this very cluster.
    pub fn policy(&self, id: PolicyId) -> Option<&NetworkPolicy> {
        self.policies.get(id.0)
    }

    /// The pod of that name.
    pub fn find_pod(&self, name: &NamespacedName) -> Option<PodId> {
        self.pod_index.get(&name.to_string()).copied().map(PodId)
    }

    /// Whether pods of several namespaces bear this name, so that it alone would not tell which.
    pub fn is_ambiguous(&self, pod_name: &str) -> bool {
        self.namesakes.get(pod_name).is_some_and(|count| *count > 1)
    }

    /// The pod whose declared address this is. Assumed addresses are nobody's to name.
    pub fn find_address(&self, address: IpAddr) -> Option<PodId> {
        self.address_index.get(&address.to_string()).copied().map(PodId)
    }

    /// The Service that has this address within the cluster (`spec.clusterIPs`).
    pub fn find_service_address(&self, address: IpAddr) -> Option<&Service> {
        self.services_by_address.get(&address).and_then(|at| self.services.get(*at))
    }

    /// The Service of that name.
    pub fn find_service(&self, name: &NamespacedName) -> Option<&Service> {
        self.services_by_name.get(&name.to_string()).and_then(|at| self.services.get(*at))
    }

    /// What somebody keeps as the endpoints of a Service.
    pub fn endpoints_of(&self, service: &NamespacedName) -> impl Iterator<Item = &EndpointSlice> {
        let kept = self.endpoints_index.get(service).map_or(&[][..], Vec::as_slice);
        kept.iter().filter_map(|at| self.endpoints.get(*at))
    }

    /// All `EndpointSlice`s and `Endpoints`.
    pub fn endpoints(&self) -> &[EndpointSlice] {
        &self.endpoints
    }

    /// All Nodes that are among the objects.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// All Services.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The policies of a namespace, in the order written.
    pub fn policies_in(&self, namespace: &str) -> impl Iterator<Item = (PolicyId, &NetworkPolicy)> {
        let at = self.namespace_index.get(namespace);
        let ids = at.and_then(|at| self.policies_of.get(*at)).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| Some((*id, self.policy(*id)?)))
    }

    /// The labels of a namespace, its name label among them.
    pub fn namespace_labels(&self, name: &str) -> Option<&Labels> {
        let at = self.namespace_index.get(name)?;
        self.namespaces.get(*at).map(|namespace| &namespace.meta.labels)
    }

    /// What is no address outside the cluster: the addresses of its pods and of its Services, those that
    /// its nodes give to pods, and where those of pods are assumed the whole of [`POD_NETWORK`]. A pod on its node's network has its node's address, which is
    /// outside.
    pub fn pod_addresses(&self) -> IpSet {
        let pods = || self.running_pods().map(|(_, pod)| pod).filter(|pod| !pod.host_network);
        let is_assumed = pods().any(|pod| !pod.has_declared_address);
        let network = is_assumed.then(|| Cidr::new(IpAddr::V4(POD_NETWORK.0), POD_NETWORK.1));
        let declared = pods().filter(|pod| pod.has_declared_address).flat_map(|pod| &pod.addresses);
        let services = self.services.iter().flat_map(|service| &service.cluster_ips);
        let sets: Vec<IpSet> = declared
            .chain(services)
            .filter_map(|address| Cidr::of(*address))
            .chain(network.flatten())
            .chain(self.nodes.iter().flat_map(|node| &node.pod_networks).copied())
            .map(IpSet::from)
            .collect();
        IpSet::union_of(&sets)
    }
}

/// Keeps the last of the objects of one kind and name, at the place where the last one stands.
fn last_wins<T>(
    mut objects: Vec<T>,
    meta: impl Fn(&T) -> (&'static str, &ObjectMeta),
    remarks: &mut Vec<Remark>,
) -> Vec<T> {
    let metas: Vec<_> = objects.iter().map(meta).collect();
    let mut is_last = last_of_each_name(&metas, remarks).into_iter();
    objects.retain(|_| is_last.next().unwrap_or(true));
    objects
}

fn last_of_each_name(
    metas: &[(&'static str, &ObjectMeta)],
    remarks: &mut Vec<Remark>,
) -> Vec<bool> {
    let key = |kind: &str, meta: &ObjectMeta| format!("{kind} {}", meta.name);
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    for (at, (kind, meta)) in metas.iter().enumerate() {
        last.insert(key(kind, meta), at);
    }
    let mut is_last = Vec::with_capacity(metas.len());
    for (at, (kind, meta)) in metas.iter().enumerate() {
        let ObjectMeta { name, origin, .. } = meta;
        // `generateName` makes a new object each time
        let is_generated = name.name.ends_with('*');
        let is_replaced = !is_generated && last.get(&key(kind, meta)) != Some(&at);
        if is_replaced {
            remarks.push(Remark::Replaced { kind, name: name.clone(), origin: origin.clone() });
        }
        is_last.push(!is_replaced);
    }
    is_last
}

/// Gives pods whose name another one has names of their own: workloads of different kinds, and what
/// `generateName` starts. In a real cluster those names are made up, and never meet.
fn tell_apart(pods: &mut [Pod], remarks: &mut Vec<Remark>) {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut homonyms: Vec<(usize, usize)> = Vec::new();
    // a Pod bears its own name
    for is_pod in [true, false] {
        for (at, pod) in pods.iter().enumerate() {
            if (pod.kind == "Pod") == is_pod {
                let first = *names.entry(pod.meta.name.to_string()).or_insert(at);
                if first != at {
                    homonyms.push((at, first));
                }
            }
        }
    }
    // the number that was given last, by the name without it
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for (at, first) in homonyms {
        let other = pods.get(first).map_or("", |pod| pod.kind);
        let Some(pod) = pods.get_mut(at) else { continue };
        let name = pod.meta.name.clone();
        let is_generated = name.name.ends_with('*');
        let base = if is_generated {
            name.name.clone()
        } else {
            format!("{}-{}", name.name, pod.kind.to_ascii_lowercase())
        };
        pod.meta.name.name.clone_from(&base);
        let number = numbers.entry(pod.meta.name.to_string()).or_insert(usize::from(is_generated));
        loop {
            *number += 1;
            if *number > 1 {
                pod.meta.name.name = format!("{base}-{number}");
            }
            if *names.entry(pod.meta.name.to_string()).or_insert(at) == at {
                break;
            }
        }
        if !is_generated {
            let (kind, pod, origin) = (pod.kind, pod.name().to_owned(), pod.meta.origin.clone());
            remarks.push(Remark::Renamed { kind, name, other, pod, origin });
        }
    }
}
