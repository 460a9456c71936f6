//! Pods, and workloads as the pod that their template would start.

use std::net::IpAddr;

use super::{
    meta::Kind,
    walk::{Field, Walker, go},
};
use crate::{
    meta::Labels,
    objects::{ContainerPort, Phase, Pod},
    ports::Protocol,
    scalar::Scalar,
    yaml::Value,
};

/// The kinds that start pods from a template: API version, kind, where the template is.
pub(super) const WORKLOADS: &[(&str, &str, &str)] = &[
    ("apps/v1", "Deployment", "spec.template"),
    ("apps/v1", "StatefulSet", "spec.template"),
    ("apps/v1", "DaemonSet", "spec.template"),
    ("apps/v1", "ReplicaSet", "spec.template"),
    ("v1", "ReplicationController", "spec.template"),
    ("batch/v1", "Job", "spec.template"),
    ("batch/v1", "CronJob", "spec.jobTemplate.spec.template"),
];

impl<'n> Walker<'_> {
    /// A `Pod` document.
    pub(super) fn pod(&mut self, object: &Field<'n>) -> Option<Pod> {
        let meta = self.meta(object, Kind::Namespaced);
        let status = object.get("status");
        let phase = status.as_ref().and_then(|status| status.get("phase"));
        let phase = match phase.and_then(|phase| phase.node.as_str()) {
            Some("Succeeded" | "Failed") => Phase::Finished,
            Some("Pending") => Phase::Pending,
            _ => Phase::Running,
        };
        let addresses = status.as_ref().map_or_else(Vec::new, addresses);
        let spec = object.get("spec");
        let pod = Pod {
            meta,
            kind: "Pod",
            ports: spec.as_ref().map_or_else(Vec::new, container_ports),
            has_declared_address: !addresses.is_empty(),
            addresses,
            host_network: spec.as_ref().is_some_and(is_host_network),
            phase,
            host_address: status.as_ref().and_then(|status| address(&status.get("hostIP")?)),
        };
        (!self.has_errors).then_some(pod)
    }

    /// A workload: one pod, named after it, with its template's labels. `replicas: 0` starts none.
    pub(super) fn workload(
        &mut self,
        object: &Field<'n>,
        kind: &'static str,
        template: &str,
    ) -> Option<Pod> {
        let mut meta = self.meta(object, Kind::Namespaced);
        let get = |from: Option<Field<'n>>, path: &str| {
            path.split('.').fold(from, |at, name| at?.get(name))
        };
        let replicas = get(Some(object.clone()), "spec.replicas");
        let is_off = replicas.is_some_and(|r| r.node.value == Value::Scalar(Scalar::Int(0)));
        let template = get(Some(object.clone()), template);
        let labels = get(template.clone(), "metadata.labels");
        meta.labels =
            labels.map_or_else(Labels::new, |field| self.checked_labels(&field, "ObjectMeta"));
        let spec = get(template, "spec")
            .and_then(|spec| self.map(spec, go("PodTemplateSpec", "v1.PodSpec")));
        let pod = Pod {
            meta,
            kind,
            ports: spec.as_ref().map_or_else(Vec::new, container_ports),
            addresses: Vec::new(),
            has_declared_address: false,
            host_network: spec.as_ref().is_some_and(is_host_network),
            phase: Phase::Running,
            host_address: None,
        };
        (!self.has_errors && !is_off).then_some(pod)
    }
}

fn is_host_network(spec: &Field<'_>) -> bool {
    spec.get("hostNetwork")
        .is_some_and(|field| field.node.value == Value::Scalar(Scalar::Bool(true)))
}

fn address(field: &Field<'_>) -> Option<IpAddr> {
    field.node.as_str().and_then(|text| text.parse().ok())
}

fn addresses(status: &Field<'_>) -> Vec<IpAddr> {
    let listed = status.get("podIPs").into_iter().flat_map(|list| list.items().collect::<Vec<_>>());
    let mut addresses: Vec<IpAddr> = listed.filter_map(|item| address(&item.get("ip")?)).collect();
    if let Some(address) = status.get("podIP").as_ref().and_then(address)
        && !addresses.contains(&address)
    {
        addresses.insert(0, address);
    }
    addresses
}

/// The ports of the containers that run as long as the pod does: sidecars (init containers with
/// `restartPolicy: Always`) among them, other init containers not.
fn container_ports(spec: &Field<'_>) -> Vec<ContainerPort> {
    let containers =
        |name: &str| spec.get(name).into_iter().flat_map(|list| list.items().collect::<Vec<_>>());
    let is_sidecar = |container: &Field<'_>| {
        container.get("restartPolicy").is_some_and(|policy| policy.node.as_str() == Some("Always"))
    };
    containers("containers")
        .chain(containers("initContainers").filter(is_sidecar))
        .flat_map(|container| {
            container
                .get("ports")
                .into_iter()
                .flat_map(|list| list.items().collect::<Vec<_>>())
                .collect::<Vec<_>>()
        })
        .filter_map(|port| container_port(&port))
        .collect()
}

fn container_port(field: &Field<'_>) -> Option<ContainerPort> {
    let Value::Scalar(Scalar::Int(number)) = field.get("containerPort")?.node.value else {
        return None;
    };
    let text = |name| field.get(name).and_then(|field| field.node.as_str().map(str::to_owned));
    let protocol = match text("protocol") {
        Some(name) => Protocol::from_name(&name)?,
        None => Protocol::Tcp,
    };
    Some(ContainerPort { name: text("name"), port: u16::try_from(number).ok()?, protocol })
}
