//! Objects → [`Cluster`]: defaults applied, names unique, every namespace known. The only input of
//! the evaluator; whoever holds one holds a valid one.

mod assumed;
mod unique;

use std::{
    collections::{BTreeMap, BTreeSet},
    net::IpAddr,
};

pub use self::assumed::POD_NETWORK;
use self::unique::{last_wins, tell_apart};
use crate::{
    addresses::{Cidr, IpSet},
    decode::Objects,
    field::Origin,
    meta::{Labels, NAMESPACE_NAME_LABEL, NamespacedName},
    objects::{EndpointSlice, Namespace, Node, Pod, Service},
    policy::NetworkPolicy,
    replicas::{self, Replicas},
};

/// A pod of one cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PodId(pub(crate) usize);

/// A policy of one cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyId(pub(crate) usize);

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
    /// The namespaces in which somebody wrote a pod.
    own_namespaces: BTreeSet<String>,
    /// The workloads that number their pods, by `namespace/name`.
    replicas: BTreeMap<String, Replicas>,
    /// The workload of each pod that is told apart from others of the same one.
    replica_of: BTreeMap<usize, String>,
    /// Services by `namespace/name`, and by their own addresses.
    services_by_name: BTreeMap<String, usize>,
    services_by_address: BTreeMap<IpAddr, usize>,
    /// What keeps the endpoints of a Service, by its name.
    endpoints_index: BTreeMap<NamespacedName, Vec<usize>>,
    pod_addresses: IpSet,
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
    /// For some policies there are too many to assume everyone whom they name.
    NotAllAssumed {
        /// How many.
        policies: usize,
        /// The first one.
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
        cluster.replicas =
            replicas::tell_apart(&mut cluster.pods, &cluster.policies, &cluster.services);
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

    /// Other policies on the namespaces and pods of this cluster.
    pub(crate) fn with_policies(&self, policies: Vec<NetworkPolicy>) -> Self {
        let (namespaces, pods) = (self.namespaces.clone(), self.pods.clone());
        let (mut cluster, _) =
            Self::build(Objects { namespaces, pods, policies, ..Objects::default() });
        cluster.own_namespaces.clone_from(&self.own_namespaces);
        cluster.pod_addresses = cluster.addresses_inside();
        cluster
    }

    /// The same cluster where its pods are nobody's own: those of an example that stands in for them.
    pub(crate) fn among_strangers(mut self) -> Self {
        self.own_namespaces.clear();
        self.pod_addresses = self.addresses_inside();
        self
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
        let own = self.pods.iter().filter(|pod| !pod.is_assumed());
        self.own_namespaces = own.map(|pod| pod.namespace().to_owned()).collect();
        for (workload, replicas) in &self.replicas {
            if replicas.all().nth(1).is_some() {
                self.replica_of.extend(replicas.all().map(|at| (at, workload.clone())));
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
        self.pod_addresses = self.addresses_inside();
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

    /// Whether somebody wrote a pod of this namespace, so that it is no namespace of strangers.
    pub fn is_own_namespace(&self, namespace: &str) -> bool {
        self.own_namespaces.contains(namespace)
    }

    /// Whether a pod is only there for others to meet: an assumed one beside pods that
    /// somebody wrote. Which pods a policy selects is never told from such a one.
    pub fn is_only_peer(&self, id: PodId) -> bool {
        self.pod(id).is_some_and(|pod| pod.is_assumed() && self.is_own_namespace(pod.namespace()))
    }

    /// The pods that a policy is judged by, whoever else takes part in connections.
    pub(crate) fn subjects(&self) -> impl Iterator<Item = (PodId, &Pod)> {
        self.running_pods().filter(|(id, _)| !self.is_only_peer(*id))
    }

    /// A policy of this cluster. The id must come from this very cluster.
    pub fn policy(&self, id: PolicyId) -> Option<&NetworkPolicy> {
        self.policies.get(id.0)
    }

    /// The pod of that name. A number of a `StatefulSet` or an Indexed Job that no selector tells apart is the pod that
    /// stands for all of them.
    pub fn find_pod(&self, name: &NamespacedName) -> Option<PodId> {
        let known = self.pod_index.get(&name.to_string()).copied();
        let numbered = || {
            let (base, _) = name.name.rsplit_once('-')?;
            let workload = NamespacedName::new(name.namespace.as_str(), base);
            self.replicas.get(&workload.to_string())?.named(&name.name)
        };
        known.or_else(numbered).map(PodId)
    }

    /// The pods of the workload of that name, where selectors tell them apart by their numbers.
    pub fn replicas(&self, workload: &NamespacedName) -> Vec<PodId> {
        let replicas = self.replicas.get(&workload.to_string());
        replicas.into_iter().flat_map(Replicas::all).map(PodId).collect()
    }

    /// Some pods for a list: where all pods of a workload that numbers them are among them, the first one with the
    /// workload's name, and not the others.
    pub fn folded(&self, pods: &[PodId]) -> Vec<(PodId, Option<NamespacedName>)> {
        if self.replica_of.is_empty() {
            return pods.iter().map(|id| (*id, None)).collect();
        }
        let workload = |id: &PodId| self.replica_of.get(&id.0);
        let mut found: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for id in pods {
            if let Some(workload) = workload(id) {
                found.entry(workload.as_str()).or_default().insert(id.0);
            }
        }
        found.retain(|workload, found| {
            let all = self.replicas.get(*workload).map_or(0, |replicas| replicas.all().count());
            found.len() == all
        });
        let mut folded = Vec::with_capacity(pods.len());
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for id in pods {
            match workload(id).filter(|workload| found.contains_key(workload.as_str())) {
                None => folded.push((*id, None)),
                Some(workload) => {
                    if named.insert(workload) {
                        folded.push((*id, workload.parse().ok()));
                    }
                }
            }
        }
        folded
    }

    /// The workloads that number their pods.
    pub(crate) fn numbered_workloads(&self) -> impl Iterator<Item = NamespacedName> {
        self.replicas.keys().filter_map(|name| name.parse().ok())
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
    pub const fn pod_addresses(&self) -> &IpSet {
        &self.pod_addresses
    }

    fn addresses_inside(&self) -> IpSet {
        // beside pods that somebody wrote, those that are assumed tell nothing of the cluster's network
        let counts = |pod: &&Pod| self.own_namespaces.is_empty() || !pod.is_assumed();
        let pods = || {
            let pods = self.running_pods().map(|(_, pod)| pod).filter(counts);
            pods.filter(|pod| !pod.host_network)
        };
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
