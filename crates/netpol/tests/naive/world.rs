//! Objects → the world that they describe, as applying them one after the other would leave it.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_yaml::Value;

use super::{
    address::Address,
    evaluator::Who,
    manifest::{
        Container, ContainerPort, Labels, Metadata, NamespaceObject, PodObject, PodSpec,
        PolicyObject, Spec, WorkloadObject, objects,
    },
};

/// Everything that there is.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) namespaces: Vec<Namespace>,
    pub(crate) pods: Vec<Pod>,
    pub(crate) policies: Vec<Policy>,
}

#[derive(Debug)]
pub(crate) struct Namespace {
    pub(crate) name: String,
    pub(crate) labels: BTreeMap<String, String>,
}

#[derive(Debug)]
pub(crate) struct Pod {
    pub(crate) namespace: String,
    pub(crate) name: String,
    pub(crate) labels: BTreeMap<String, String>,
    /// Labels whose value only the cluster knows, with what it starts with.
    pub(crate) unknown: BTreeMap<String, String>,
    pub(crate) ports: Vec<ContainerPort>,
    pub(crate) addresses: Vec<Address>,
    pub(crate) is_declared: bool,
    pub(crate) host_network: bool,
    pub(crate) host_address: Option<Address>,
    pub(crate) phase: String,
}

#[derive(Debug)]
pub(crate) struct Policy {
    pub(crate) namespace: String,
    pub(crate) name: String,
    pub(crate) spec: Spec,
}

impl Pod {
    /// What the controllers' documentation says that they add; of a workload that has one pod at most.
    fn add_labels_of(&mut self, kind: &str) {
        let name = self.name.clone();
        let known: Vec<(&str, String)> = match kind {
            "StatefulSet" => vec![
                ("statefulset.kubernetes.io/pod-name", format!("{name}-0")),
                ("apps.kubernetes.io/pod-index", "0".to_owned()),
            ],
            _ => Vec::new(),
        };
        self.labels.extend(known.into_iter().map(|(key, value)| (key.to_owned(), value)));
        let unknown: Vec<(&str, String)> = match kind {
            "Deployment" => vec![("pod-template-hash", String::new())],
            "DaemonSet" => vec![
                ("controller-revision-hash", String::new()),
                ("pod-template-generation", String::new()),
            ],
            "StatefulSet" => vec![("controller-revision-hash", format!("{name}-"))],
            "CronJob" => vec![
                ("job-name", format!("{name}-")),
                ("batch.kubernetes.io/job-name", format!("{name}-")),
            ],
            _ => Vec::new(),
        };
        for (key, start) in unknown {
            // the Job of a run takes what its template says; other controllers overwrite it
            if kind == "CronJob" && self.labels.contains_key(key) {
                continue;
            }
            self.labels.remove(key);
            self.unknown.insert(key.to_owned(), start);
        }
        let of_jobs = ["job-name", "batch.kubernetes.io/job-name"];
        for key in of_jobs.into_iter().filter(|_| kind == "Job") {
            self.labels.entry(key.to_owned()).or_insert_with(|| name.clone());
        }
        let uids = ["controller-uid", "batch.kubernetes.io/controller-uid"];
        for key in uids.into_iter().filter(|_| kind.ends_with("Job")) {
            if !self.labels.contains_key(key) {
                self.unknown.insert(key.to_owned(), String::new());
            }
        }
    }

    /// A pod of which nothing but its labels is known.
    fn stranger(namespace: &str, labels: BTreeMap<String, String>) -> Self {
        Self {
            namespace: namespace.to_owned(),
            name: "stranger".to_owned(),
            labels,
            unknown: BTreeMap::new(),
            ports: Vec::new(),
            addresses: Vec::new(),
            is_declared: false,
            host_network: false,
            host_address: None,
            phase: String::new(),
        }
    }

    /// Whether it is the one that is asked for. The address of a finished pod, of a pod's node, or one
    /// that is only assumed, is nobody's.
    pub(crate) fn is(&self, who: &Who) -> bool {
        match who {
            Who::Pod(namespace, name) => (&self.namespace, &self.name) == (namespace, name),
            Who::Address(address) => {
                let is_free = self.is_finished() || self.host_network || !self.is_declared;
                !is_free && self.addresses.contains(address)
            }
        }
    }

    /// "Succeeded" and "Failed" pods have stopped; their addresses are free for others.
    pub(crate) fn is_finished(&self) -> bool {
        self.phase == "Succeeded" || self.phase == "Failed"
    }
}

impl World {
    /// Reads a text that an API server would take; `None` where something that it needs is missing.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut world = Self::default();
        for (kind, object) in objects(text)? {
            match kind.as_str() {
                "Namespace" => world.add_namespace(read(object)?)?,
                "Pod" => world.add_pod(read(object)?)?,
                "NetworkPolicy" => world.add_policy(read(object)?)?,
                "Deployment"
                | "StatefulSet"
                | "DaemonSet"
                | "ReplicaSet"
                | "ReplicationController"
                | "Job"
                | "CronJob" => {
                    world.add_workload(&kind, read(object)?)?;
                }
                _ => {}
            }
        }
        world.assume_addresses();
        Some(world)
    }

    /// Pods that might come: to one namespace, or to all others and one more; without labels, with each one
    /// that somebody has, with each key at a value of which nobody has heard, and with all of those keys.
    pub(crate) fn strangers(&self, namespace: &str, are_here: bool) -> Vec<Pod> {
        let mut kinds = vec![BTreeMap::new(), BTreeMap::new()];
        for (key, value) in self.pods.iter().flat_map(|pod| &pod.labels) {
            let fresh = "unheard-of".to_owned();
            kinds.push([(key.clone(), value.clone())].into());
            kinds.push([(key.clone(), fresh.clone())].into());
            kinds[1].insert(key.clone(), fresh);
        }
        let others = self.namespaces.iter().map(|other| other.name.as_str());
        let others = others.chain(["of-which-nothing-is-known"]);
        let namespaces: Vec<&str> = if are_here {
            vec![namespace]
        } else {
            others.filter(|other| *other != namespace).collect()
        };
        let of = |kind: &BTreeMap<_, _>| {
            namespaces.iter().map(|namespace| Pod::stranger(namespace, kind.clone())).collect()
        };
        kinds.iter().flat_map(|kind| -> Vec<Pod> { of(kind) }).collect()
    }

    fn add_namespace(&mut self, object: NamespaceObject) -> Option<()> {
        let name = object.metadata.name?;
        let mut labels = texts(object.metadata.labels);
        // "The Kubernetes control plane sets an immutable label kubernetes.io/metadata.name on all
        // namespaces, the value of the label is the namespace name."
        labels.insert("kubernetes.io/metadata.name".to_owned(), name.clone());
        self.namespaces.retain(|other| other.name != name);
        self.namespaces.push(Namespace { name, labels });
        Some(())
    }

    fn add_pod(&mut self, object: PodObject) -> Option<()> {
        let mut addresses = Vec::new();
        let mut phase = String::new();
        let mut host = None;
        if let Some(status) = object.status {
            phase = status.phase.unwrap_or_default();
            host = status.host_ip.and_then(|text| Address::parse(&text));
            let listed = status.pod_ips.unwrap_or_default().into_iter().map(|item| item.ip);
            for text in status.pod_ip.into_iter().chain(listed) {
                let address = Address::parse(&text)?;
                if !addresses.contains(&address) {
                    addresses.push(address);
                }
            }
        }
        let labels = texts(object.metadata.labels.clone());
        self.push_pod(&object.metadata, labels, object.spec.as_ref(), addresses, phase)?;
        self.pods.last_mut()?.host_address = host;
        Some(())
    }

    /// A workload starts pods of its template; one stands for all of them.
    fn add_workload(&mut self, kind: &str, object: WorkloadObject) -> Option<()> {
        let mut spec = object.spec;
        if let Some(job) = spec.job_template {
            spec = job.spec;
        }
        if spec.replicas == Some(0) {
            return Some(());
        }
        let template = spec.template?;
        let labels = texts(template.metadata.and_then(|metadata| metadata.labels));
        let (addresses, phase) = (Vec::new(), String::new());
        self.push_pod(&object.metadata, labels, template.spec.as_ref(), addresses, phase)?;
        self.pods.last_mut()?.add_labels_of(kind);
        Some(())
    }

    fn push_pod(
        &mut self,
        metadata: &Metadata,
        labels: BTreeMap<String, String>,
        spec: Option<&PodSpec>,
        addresses: Vec<Address>,
        phase: String,
    ) -> Option<()> {
        let namespace = namespace_of(metadata);
        let name = metadata.name.clone()?;
        self.pods.retain(|other| (&other.namespace, &other.name) != (&namespace, &name));
        self.pods.push(Pod {
            is_declared: !addresses.is_empty(),
            host_network: spec.and_then(|spec| spec.host_network).unwrap_or(false),
            host_address: None,
            ports: spec.map(ports).unwrap_or_default(),
            namespace,
            name,
            labels,
            unknown: BTreeMap::new(),
            addresses,
            phase,
        });
        Some(())
    }

    fn add_policy(&mut self, object: PolicyObject) -> Option<()> {
        let namespace = namespace_of(&object.metadata);
        let name = object.metadata.name?;
        self.policies.retain(|other| (&other.namespace, &other.name) != (&namespace, &name));
        self.policies.push(Policy { namespace, name, spec: object.spec.unwrap_or_default() });
        Some(())
    }

    /// The assumption that the page states: a running pod that tells no address has the next free
    /// one of 10.244.0.0/16.
    fn assume_addresses(&mut self) {
        let taken: Vec<Address> =
            self.pods.iter().flat_map(|pod| pod.addresses.iter().copied()).collect();
        let mut next = 0x0AF4_0001;
        for pod in &mut self.pods {
            let has_none = pod.is_finished() || pod.host_network || pod.phase == "Pending";
            if pod.is_declared || has_none {
                continue;
            }
            while taken.contains(&Address::V4(next)) {
                next += 1;
            }
            pod.addresses.push(Address::V4(next));
            next += 1;
        }
    }
}

fn read<T: DeserializeOwned>(object: Value) -> Option<T> {
    serde_yaml::from_value(object).ok()
}

fn texts(labels: Option<Labels>) -> BTreeMap<String, String> {
    let labels = labels.unwrap_or_default();
    labels.into_iter().map(|(key, value)| (key, value.unwrap_or_default())).collect()
}

fn namespace_of(metadata: &Metadata) -> String {
    metadata.namespace.clone().unwrap_or_else(|| "default".to_owned())
}

/// The ports of all containers that run as long as the pod: those that only initialise it do not.
fn ports(spec: &PodSpec) -> Vec<ContainerPort> {
    let mut ports = Vec::new();
    let mut add = |container: &Container| ports.extend(container.ports.clone().unwrap_or_default());
    for container in spec.containers.iter().flatten() {
        add(container);
    }
    for container in spec.init_containers.iter().flatten() {
        if container.restart_policy.as_deref() == Some("Always") {
            add(container);
        }
    }
    ports
}
