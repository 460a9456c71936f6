//! The cluster's own objects: namespaces, and pods with what a policy can ask of them.

use std::net::IpAddr;

use crate::{
    addresses::Cidr,
    meta::{Labels, NamespacedName, ObjectMeta},
    ports::Protocol,
};

/// A Namespace. Its labels are what `namespaceSelector` looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namespace {
    /// Name (in `name.name`; `name.namespace` is the same) and labels.
    pub meta: ObjectMeta,
}

impl Namespace {
    /// One that nobody wrote.
    pub(crate) fn assumed(name: &str, labels: Labels) -> Self {
        Self { meta: ObjectMeta { name: NamespacedName::new(name, name), labels, origin: None } }
    }
}

/// A Pod, or what a workload's pod template would start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pod {
    /// Name, namespace and labels. A workload's pod is called like the workload.
    pub meta: ObjectMeta,
    /// What was written: `Pod`, or the workload's kind.
    pub kind: &'static str,
    /// The declared ports of all its long-running containers: only named ports need them.
    pub ports: Vec<ContainerPort>,
    /// `status.podIPs`, or an address assumed for it.
    pub addresses: Vec<IpAddr>,
    /// Whether the addresses were written in the manifest.
    pub has_declared_address: bool,
    /// `spec.hostNetwork`: it uses its node's network, and the effect of policies on it is
    /// undefined.
    pub host_network: bool,
    /// How far it has come.
    pub phase: Phase,
    /// `status.hostIP`: its node's address, from which it can always be reached.
    pub host_address: Option<IpAddr>,
    /// The numbers of the pods that a `StatefulSet` or an Indexed Job starts; this one stands for all of them.
    pub ordinals: Option<Ordinals>,
}

/// The numbers by which the pods of one workload differ.
///
/// "For a `StatefulSet` with N replicas, each Pod in the `StatefulSet` will be assigned an integer ordinal, that is unique
/// over the Set." Of an Indexed Job it is the completion index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordinals {
    /// The workload's name: its pods are called `base-0`, `base-1` and so on.
    pub base: String,
    /// `spec.ordinals.start`, else 0.
    pub first: u32,
    /// How many there are: `replicas` or `completions`.
    pub count: u32,
    /// The labels that tell the number.
    pub by: Numbered,
}

/// The labels by which a controller numbers its pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered {
    /// Its value is the number.
    pub index: &'static str,
    /// Its value is the pod's name.
    pub name: Option<&'static str>,
}

impl Ordinals {
    /// Whether one of them has this number.
    pub fn has(&self, ordinal: u32) -> bool {
        ordinal.checked_sub(self.first).is_some_and(|at| at < self.count)
    }

    /// What the pod of a number is called.
    pub fn name(&self, ordinal: u32) -> String {
        format!("{}-{ordinal}", self.base)
    }

    /// The number of the pod of that name.
    pub fn of_name(&self, name: &str) -> Option<u32> {
        let digits = name.strip_prefix(self.base.as_str())?.strip_prefix('-')?;
        let ordinal = digits.parse().ok()?;
        (self.has(ordinal) && self.name(ordinal) == name).then_some(ordinal)
    }
}

/// `status.phase`, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Phase {
    /// Not started: selectors match it, but it has no address unless one is written.
    Pending,
    /// Running, or no status was written.
    #[default]
    Running,
    /// Succeeded or Failed: it has no address any more and takes part in nothing.
    Finished,
}

impl Pod {
    /// A running pod of which nothing more is known.
    pub(crate) const fn new(meta: ObjectMeta, kind: &'static str) -> Self {
        Self {
            meta,
            kind,
            ports: Vec::new(),
            addresses: Vec::new(),
            has_declared_address: false,
            host_network: false,
            phase: Phase::Running,
            host_address: None,
            ordinals: None,
        }
    }

    /// `metadata.namespace`.
    pub fn namespace(&self) -> &str {
        &self.meta.name.namespace
    }

    /// `metadata.name`.
    pub fn name(&self) -> &str {
        &self.meta.name.name
    }

    /// Whether nobody wrote it: it is assumed, for a policy to have somebody to speak of.
    pub const fn is_assumed(&self) -> bool {
        self.meta.origin.is_none()
    }

    /// Whether it has come to its end.
    pub const fn is_finished(&self) -> bool {
        matches!(self.phase, Phase::Finished)
    }

    /// `metadata.labels`.
    pub const fn labels(&self) -> &Labels {
        &self.meta.labels
    }
}

/// A Service. No policy ever sees one: a connection to it arrives at a pod, at the pod's own port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Name and namespace.
    pub meta: ObjectMeta,
    /// `spec.selector`: the pods behind it. `None` where somebody else keeps its endpoints.
    pub selector: Option<Labels>,
    /// `spec.clusterIP: None`: callers get the pods' own addresses, and nothing translates ports.
    pub is_headless: bool,
    /// `spec.clusterIP` and `spec.clusterIPs`: its own addresses, where it has any written.
    pub cluster_ips: Vec<IpAddr>,
    /// `spec.ports`.
    pub ports: Vec<ServicePort>,
}

/// One entry of `ports` of a Service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServicePort {
    /// `name`, empty where there is none: endpoints that somebody else keeps are found by it.
    pub name: String,
    /// `port`: what callers dial.
    pub port: u16,
    /// `protocol`, TCP where it is left out.
    pub protocol: Protocol,
    /// `targetPort`: where it arrives. The same number where it is left out.
    pub target: TargetPort,
    /// `nodePort`: what callers outside dial at any node.
    pub node_port: Option<u16>,
}

/// `targetPort` of a Service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetPort {
    /// A port number of the pod.
    Number(u16),
    /// The name of a container port, looked up on each pod.
    Name(String),
}

/// The endpoints of a Service as somebody keeps them: an `EndpointSlice`, or an `Endpoints` object.
///
/// "`EndpointSlice` represents a set of service endpoints." A Service without a selector leads to these
/// and nowhere else; beside a selector they repeat what it finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointSlice {
    /// Name and namespace.
    pub meta: ObjectMeta,
    /// What was written: `EndpointSlice` or `Endpoints`.
    pub kind: &'static str,
    /// The Service: by the label `kubernetes.io/service-name`, or by its name.
    pub service: NamespacedName,
    /// Endpoints with the ports that they share.
    pub subsets: Vec<EndpointSubset>,
}

/// Endpoints that listen on the same ports.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EndpointSubset {
    /// Those that are ready; "a nil value should be interpreted as true".
    pub endpoints: Vec<Endpoint>,
    /// Their ports.
    pub ports: Vec<EndpointPort>,
}

/// One address behind a Service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The address.
    pub address: IpAddr,
    /// `targetRef`, where it is a pod.
    pub pod: Option<NamespacedName>,
}

/// A port of endpoints: where a Service's port of the same name arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointPort {
    /// `name`, empty where there is none.
    pub name: String,
    /// The number.
    pub port: u16,
    /// `protocol`, TCP where it is left out.
    pub protocol: Protocol,
}

/// A Node, by its addresses: "traffic to and from the node where a Pod is running is always allowed",
/// and no selector matches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its name, in `name.name`.
    pub meta: ObjectMeta,
    /// `status.addresses`, as far as they are no names.
    pub addresses: Vec<IpAddr>,
    /// `spec.podCIDRs`: the addresses that its pods get.
    pub pod_networks: Vec<Cidr>,
}

/// One entry of `ports` of a container.
///
/// "Not specifying a port here DOES NOT prevent that port from being exposed": a number in a policy
/// needs none of these, a name does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContainerPort {
    /// `name`, where it has one.
    pub name: Option<String>,
    /// `containerPort`.
    pub port: u16,
    /// `protocol`, TCP where it is left out.
    pub protocol: Protocol,
}
