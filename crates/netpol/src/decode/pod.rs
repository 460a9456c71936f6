//! Pods, and workloads as the pod that their template would start. Fields that nobody asks for are
//! not looked at: dumps of a cluster hold thousands.

use std::net::IpAddr;

use super::{
    fields::{Field, go},
    kind::kind_span,
    meta::Kind,
    walk::Walker,
};
use crate::{
    diagnostic::Code,
    kinds::Workload,
    meta::Labels,
    objects::{ContainerPort, Phase, Pod},
};

impl<'n> Walker<'_> {
    /// A `Pod` document.
    pub(super) fn pod(&mut self, object: &Field<'n>) -> Option<Pod> {
        let meta = self.meta(object, Kind::Namespaced);
        let spec = self.map_of(object, "spec", go("Pod", "v1.PodSpec"));
        let mut pod = Pod::new(meta, "Pod");
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
    pub(super) fn workload(&mut self, object: &Field<'n>, workload: &Workload) -> Option<Pod> {
        let mut meta = self.meta(object, Kind::Namespaced);
        meta.labels = Labels::new();
        let mut pod = Pod::new(meta, workload.kind);
        let spec = self.map_of(object, "spec", go(workload.kind, workload.spec));
        let owner = type_name(workload.spec);
        let is_off = spec.as_ref().is_some_and(|spec| self.is_off(spec, owner));
        let (spec, template) = spec.map_or((None, None), |spec| self.template(spec, workload));
        // a Rollout with `workloadRef` leaves the template to another object
        let is_elsewhere = template.is_none() && !workload.is_kubernetes();
        if is_elsewhere {
            let message = format!(
                "this `{}` has no pod template: it starts no pods of its own",
                workload.kind
            );
            self.report(Code::KindNotUsed, &object.path.key("kind"), kind_span(object), message);
        }
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
            self.controlled(workload.kind, spec, &mut pod);
        }
        let is_off = is_off || pod.ordinals.as_ref().is_some_and(|ordinals| ordinals.count == 0);
        (!self.has_errors && !is_off && !is_elsewhere).then_some(pod)
    }

    /// The spec that holds the pod template of a workload, and the template, both below its `spec`.
    fn template(
        &mut self,
        spec: Field<'n>,
        workload: &Workload,
    ) -> (Option<Field<'n>>, Option<Field<'n>>) {
        let mut owner = type_name(workload.spec);
        let mut at = spec;
        for name in workload.template.split('.').skip(1) {
            let of_type = match name {
                "template" => "v1.PodTemplateSpec",
                "jobTemplate" => "v1.JobTemplateSpec",
                _ => "v1.JobSpec",
            };
            let Some(below) = self.map_of(&at, name, go(owner, of_type)) else {
                return (Some(at), None);
            };
            if name == "template" {
                return (Some(at), Some(below));
            }
            at = below;
            owner = type_name(of_type);
        }
        (None, Some(at))
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

/// Go's name of a type without its package.
fn type_name(of_type: &'static str) -> &'static str {
    of_type.split_once('.').map_or(of_type, |(_, name)| name)
}
