//! Pods, and workloads as the pod that their template would start. Fields that nobody asks for are
//! not looked at: dumps of a cluster hold thousands.

use std::net::IpAddr;

use super::{
    meta::Kind,
    walk::{Field, Walker, go},
};
use crate::{
    meta::Labels,
    objects::{ContainerPort, Phase, Pod},
};

/// The kinds that start pods from a template: API version, kind, Go's name of what is under `spec`.
pub(super) const WORKLOADS: &[(&str, &str, &str)] = &[
    ("apps/v1", "Deployment", "v1.DeploymentSpec"),
    ("apps/v1", "StatefulSet", "v1.StatefulSetSpec"),
    ("apps/v1", "DaemonSet", "v1.DaemonSetSpec"),
    ("apps/v1", "ReplicaSet", "v1.ReplicaSetSpec"),
    ("v1", "ReplicationController", "v1.ReplicationControllerSpec"),
    ("batch/v1", "Job", "v1.JobSpec"),
    ("batch/v1", "CronJob", "v1.CronJobSpec"),
];

impl<'n> Walker<'_> {
    /// A `Pod` document.
    pub(super) fn pod(&mut self, object: &Field<'n>) -> Option<Pod> {
        let meta = self.meta(object, Kind::Namespaced);
        let spec = self.map_of(object, "spec", go("Pod", "v1.PodSpec"));
        let mut pod = Pod {
            meta,
            kind: "Pod",
            ports: Vec::new(),
            addresses: Vec::new(),
            has_declared_address: false,
            host_network: false,
            phase: Phase::Running,
            host_address: None,
            ordinals: None,
        };
        self.pod_spec(spec, &mut pod);
        if let Some(status) = self.map_of(object, "status", go("Pod", "v1.PodStatus")) {
            pod.phase = match self.text_of(&status, "phase", go("PodStatus", "v1.PodPhase")) {
                "Succeeded" | "Failed" => Phase::Finished,
                "Pending" => Phase::Pending,
                _ => Phase::Running,
            };
            pod.addresses = self.pod_addresses(&status);
            pod.has_declared_address = !pod.addresses.is_empty();
            pod.host_address = self.address_of(&status, "hostIP", "PodStatus");
        }
        (!self.has_errors).then_some(pod)
    }

    /// A workload: one pod, named after it, with its template's labels and those that its controller adds. `replicas: 0`
    /// starts none.
    pub(super) fn workload(
        &mut self,
        object: &Field<'n>,
        kind: &'static str,
        of_type: &'static str,
    ) -> Option<Pod> {
        let mut meta = self.meta(object, Kind::Namespaced);
        meta.labels = Labels::new();
        let mut pod = Pod {
            meta,
            kind,
            ports: Vec::new(),
            addresses: Vec::new(),
            has_declared_address: false,
            host_network: false,
            phase: Phase::Running,
            host_address: None,
            ordinals: None,
        };
        let mut spec = self.map_of(object, "spec", go(kind, of_type));
        let mut owner = of_type.trim_start_matches("v1.");
        let is_off = spec.as_ref().is_some_and(|spec| self.is_off(spec, owner));
        if kind == "CronJob" {
            let job = spec
                .and_then(|at| self.map_of(&at, "jobTemplate", go(owner, "v1.JobTemplateSpec")));
            spec = job.and_then(|at| self.map_of(&at, "spec", go("JobTemplateSpec", "v1.JobSpec")));
            owner = "JobSpec";
        }
        let template = spec
            .as_ref()
            .and_then(|at| self.map_of(at, "template", go(owner, "v1.PodTemplateSpec")));
        if let Some(template) = template {
            let owner = "PodTemplateSpec";
            let metadata = self.map_of(&template, "metadata", go(owner, "v1.ObjectMeta"));
            if let Some(labels) = metadata.and_then(|metadata| metadata.get("labels")) {
                pod.meta.labels = self.checked_labels(&labels, "ObjectMeta");
            }
            let spec = self.map_of(&template, "spec", go(owner, "v1.PodSpec"));
            self.pod_spec(spec, &mut pod);
        }
        if let Some(spec) = &spec {
            self.controlled(kind, spec, &mut pod);
        }
        let is_off = is_off || pod.ordinals.as_ref().is_some_and(|ordinals| ordinals.count == 0);
        (!self.has_errors && !is_off).then_some(pod)
    }

    /// Whether `replicas` is 0.
    fn is_off(&mut self, spec: &Field<'n>, owner: &'static str) -> bool {
        let Some(field) = spec.get("replicas") else { return false };
        let replicas = self.int32(&field, owner);
        if let Some(count) = replicas.filter(|count| *count < 0) {
            let complaint = "must be greater than or equal to 0".to_owned();
            self.invalid(&field, &count.to_string(), &[complaint]);
        }
        replicas == Some(0)
    }

    fn pod_spec(&mut self, spec: Option<Field<'n>>, pod: &mut Pod) {
        let Some(spec) = spec else { return };
        pod.host_network = self.bool_of(&spec, "hostNetwork", "PodSpec");
        pod.ports = self.container_ports(&spec);
    }

    fn address_of(&mut self, map: &Field<'n>, name: &str, owner: &'static str) -> Option<IpAddr> {
        let field = map.get(name)?;
        self.text(&field, go(owner, "string"))?;
        self.address(&field)
    }

    fn pod_addresses(&mut self, status: &Field<'n>) -> Vec<IpAddr> {
        let mut addresses: Vec<IpAddr> = Vec::new();
        addresses.extend(self.address_of(status, "podIP", "PodStatus"));
        for item in self.items_of(status, "podIPs", go("PodStatus", "[]v1.PodIP")) {
            let map = self.struct_of(item, go("PodStatus", "v1.PodIP"));
            let address = map.and_then(|map| self.address_of(&map, "ip", "PodIP"));
            addresses.extend(address.filter(|address| !addresses.contains(address)));
        }
        addresses
    }

    /// The ports of the containers that run as long as the pod does: sidecars (init containers with
    /// `restartPolicy: Always`) among them, other init containers not.
    fn container_ports(&mut self, spec: &Field<'n>) -> Vec<ContainerPort> {
        let mut ports = Vec::new();
        for list in ["containers", "initContainers"] {
            for item in self.items_of(spec, list, go("PodSpec", "[]v1.Container")) {
                let Some(container) = self.struct_of(item, go("PodSpec", "v1.Container")) else {
                    continue;
                };
                let policy = go("Container", "v1.ContainerRestartPolicy");
                let stays = list == "containers"
                    || self.text_of(&container, "restartPolicy", policy) == "Always";
                if stays {
                    let items =
                        self.items_of(&container, "ports", go("Container", "[]v1.ContainerPort"));
                    ports.extend(items.into_iter().filter_map(|item| self.container_port(item)));
                }
            }
        }
        ports
    }

    fn container_port(&mut self, item: Field<'n>) -> Option<ContainerPort> {
        let owner = "ContainerPort";
        let map = self.struct_of(item, go("Container", "v1.ContainerPort"))?;
        let name = self.text_of(&map, "name", go(owner, "string"));
        if !name.is_empty() {
            let path = map.path.key("name");
            let node = map.node.get("name").unwrap_or(map.node);
            self.port_name(&Field { node, path }, name);
        }
        let field = map.get("containerPort");
        let port = match field.as_ref().map_or(Some(0), |field| self.int32(field, owner)) {
            Some(0) => {
                let span = field.map_or(map.node.span, |field| field.node.span);
                self.required(&map.path.key("containerPort"), span, "");
                None
            }
            Some(number) => field.and_then(|field| self.checked_port(&field, number)),
            None => None,
        };
        let protocol = self.protocol(&map, owner);
        let name = (!name.is_empty()).then(|| name.to_owned());
        Some(ContainerPort { name, port: port?, protocol: protocol? })
    }
}
