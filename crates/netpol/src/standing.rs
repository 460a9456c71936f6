//! What an address stands for, where the objects say so, or a convention that every cluster keeps: a
//! Service, the API server, a node, its DNS cache, the metadata of the cloud.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use crate::{
    cluster::Cluster,
    field::Origin,
    meta::{NamespacedName, ObjectMeta},
    objects::{EndpointSlice, Node, Pod, Service},
};

/// What an address stands for.
#[derive(Debug, Clone, Copy)]
pub enum Standing<'c> {
    /// A `clusterIP`: "cluster ingress and egress mechanisms often require rewriting the source or
    /// destination IP of packets", and most network plugins do so before policies look.
    ClusterIp(&'c Service),
    /// Behind the Service `kubernetes` of `default`: the API server.
    ApiServer(&'c EndpointSlice),
    /// One of a Node's `status.addresses`.
    Node(&'c Node),
    /// `status.hostIP` of a pod: the node that it runs on.
    NodeOf(&'c Pod),
    /// An endpoint that somebody keeps for a Service.
    Endpoint(&'c EndpointSlice),
    /// Link-local, by convention: the DNS cache on each node.
    NodeLocalDns,
    /// Link-local, by convention: what a cloud tells a machine about itself, credentials among it.
    Metadata,
}

/// Addresses that mean the same everywhere.
const CONVENTIONS: [(IpAddr, Standing<'static>); 3] = [
    (IpAddr::V4(Ipv4Addr::new(169, 254, 20, 10)), Standing::NodeLocalDns),
    (IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254)), Standing::Metadata),
    (IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)), Standing::Metadata),
];

impl<'c> Standing<'c> {
    /// What an address of this cluster stands for.
    pub fn of(cluster: &'c Cluster, address: IpAddr) -> Option<Self> {
        if let Some(service) = cluster.find_service_address(address) {
            return Some(Self::ClusterIp(service));
        }
        known(cluster).find(|(known, _)| *known == address).map(|(_, standing)| standing)
    }

    /// What all addresses stand for that stand for something.
    pub fn all(cluster: &'c Cluster) -> BTreeMap<IpAddr, Self> {
        let services = cluster.services().iter().flat_map(|service| {
            service.cluster_ips.iter().map(move |address| (*address, Self::ClusterIp(service)))
        });
        let mut all = BTreeMap::new();
        for (address, standing) in services.chain(known(cluster)) {
            all.entry(address).or_insert(standing);
        }
        all
    }

    /// For a sentence: "the `clusterIP` of Service `kube-system/kube-dns`".
    pub fn name(self) -> String {
        match self {
            Self::ClusterIp(service) => {
                format!("the `clusterIP` of Service `{}`", service.meta.name)
            }
            Self::ApiServer(_) => "the API server".to_owned(),
            Self::Node(node) => format!("an address of Node `{}`", node.meta.name.name),
            Self::NodeOf(pod) => format!("the node of `{}`", pod.meta.name),
            Self::Endpoint(slice) => format!("an endpoint of Service `{}`", slice.service),
            Self::NodeLocalDns => "by convention the NodeLocal DNSCache on each node".to_owned(),
            Self::Metadata => {
                "by convention the cloud's metadata service, which hands out credentials".to_owned()
            }
        }
    }

    /// What that means to policies.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::ClusterIp(_) => "policies see the pods behind it",
            Self::ApiServer(_) => {
                "it runs on its node's network, where no selector finds it; only an `ipBlock` does"
            }
            Self::Node(_) | Self::NodeOf(_) => {
                "no selector finds a node, only an `ipBlock` does; a pod and its own node always reach each other"
            }
            Self::Endpoint(_) => "policies see this address, not the Service's",
            Self::NodeLocalDns => {
                "no selector finds it; some network plugins count it as the pod's own node, for others it needs an `ipBlock`"
            }
            Self::Metadata => "no selector finds it, and every block around it admits it",
        }
    }

    /// Where it is written.
    pub fn place(self) -> Option<Origin> {
        let of = |meta: &ObjectMeta, field: &str| meta.origin.as_ref().map(|one| one.key(field));
        match self {
            Self::ClusterIp(service) => of(&service.meta, "spec.clusterIP"),
            Self::ApiServer(slice) | Self::Endpoint(slice) => {
                let field = if slice.kind == "Endpoints" { "subsets" } else { "endpoints" };
                of(&slice.meta, field)
            }
            Self::Node(node) => of(&node.meta, "status.addresses"),
            Self::NodeOf(pod) => of(&pod.meta, "status.hostIP"),
            Self::NodeLocalDns | Self::Metadata => None,
        }
    }
}

/// Everything but the addresses of Services; the first that is said of an address counts.
fn known(cluster: &Cluster) -> impl Iterator<Item = (IpAddr, Standing<'_>)> {
    let api = NamespacedName::new("default", "kubernetes");
    let servers: Vec<_> = cluster
        .endpoints_of(&api)
        .flat_map(|slice| addresses(slice).map(move |one| (one, Standing::ApiServer(slice))))
        .collect();
    let nodes = cluster.nodes().iter().flat_map(|node| {
        node.addresses.iter().map(move |address| (*address, Standing::Node(node)))
    });
    let pods = cluster.running_pods();
    let hosts = pods.filter_map(|(_, pod)| Some((pod.host_address?, Standing::NodeOf(pod))));
    let endpoints = cluster
        .endpoints()
        .iter()
        .flat_map(|slice| addresses(slice).map(move |one| (one, Standing::Endpoint(slice))));
    servers.into_iter().chain(nodes).chain(hosts).chain(endpoints).chain(CONVENTIONS)
}

fn addresses(slice: &EndpointSlice) -> impl Iterator<Item = IpAddr> {
    slice.subsets.iter().flat_map(|subset| subset.endpoints.iter().map(|one| one.address))
}
