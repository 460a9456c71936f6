//! A `Service` document → [`Service`]. Fields that nobody asks for are not looked at.

use std::net::IpAddr;

use super::{
    complaint::quoted,
    fields::{Field, go},
    meta::Kind,
    walk::Walker,
};
use crate::{
    objects::{Service, ServicePort, TargetPort},
    validate,
    yaml::Node,
};

impl<'n> Walker<'_> {
    /// The Service; an `ExternalName` one has no pods behind it.
    pub(super) fn service(&mut self, object: &Field<'n>) -> Option<Service> {
        let meta = self.meta(object, Kind::Namespaced);
        let spec = self.map_of(object, "spec", go("Service", "v1.ServiceSpec"));
        let mut service = Service {
            meta,
            selector: None,
            is_headless: false,
            cluster_ips: Vec::new(),
            ports: Vec::new(),
        };
        if let Some(spec) = spec {
            let labels =
                spec.get("selector").map(|field| self.checked_labels(&field, "ServiceSpec"));
            let is_external = self.is_external(&spec);
            service.selector = labels.filter(|labels| !is_external && !labels.is_empty());
            self.cluster_ips(&spec, &mut service);
            let items = self.items_of(&spec, "ports", go("ServiceSpec", "[]v1.ServicePort"));
            service.ports = items.into_iter().filter_map(|item| self.service_port(item)).collect();
        }
        (!self.has_errors).then_some(service)
    }

    fn is_external(&mut self, spec: &Field<'n>) -> bool {
        let Some(field) = spec.get("type") else { return false };
        let text = self.text(&field, go("ServiceSpec", "v1.ServiceType")).unwrap_or("");
        if !matches!(text, "" | "ClusterIP" | "ExternalName" | "LoadBalancer" | "NodePort") {
            let supported = "\"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"";
            self.unsupported(&field, text, supported);
        }
        text == "ExternalName"
    }

    /// `clusterIPs`, and `clusterIP`, which is the first of them.
    fn cluster_ips(&mut self, spec: &Field<'n>, service: &mut Service) {
        let mut fields = Vec::new();
        if let Some(field) = spec.get("clusterIP")
            && self.text(&field, go("ServiceSpec", "string")).is_some()
        {
            // the API server speaks of the list, whichever was written
            fields.push(Field { path: spec.path.key("clusterIPs").index(0), ..field });
        }
        if let Some(list) = spec.get("clusterIPs") {
            fields.extend(self.texts(list, go("ServiceSpec", "[]string")));
        }
        let mut seen: Vec<&Node> = Vec::new();
        for field in fields {
            // most Services have one address, written twice
            if seen.iter().any(|node| node.value == field.node.value) {
                continue;
            }
            seen.push(field.node);
            if field.node.as_str() == Some("None") {
                service.is_headless = true;
            } else {
                service.cluster_ips.extend(self.address(&field));
            }
        }
    }

    fn service_port(&mut self, item: Field<'n>) -> Option<ServicePort> {
        let owner = "ServicePort";
        let map = self.struct_of(item, go("ServiceSpec", "v1.ServicePort"))?;
        let written = map.get("port");
        let number = written.as_ref().map_or(Some(0), |field| self.int32(field, owner))?;
        let at = written.unwrap_or_else(|| Field { path: map.path.key("port"), ..map.clone() });
        let port = self.checked_port(&at, number);
        let protocol = self.protocol(&map, owner);
        let target = match map.get("targetPort") {
            Some(field) => self.target_port(&field, port.unwrap_or(0)),
            None => port.map(TargetPort::Number),
        };
        let node_port = match map.get("nodePort") {
            Some(field) => match self.int32(&field, owner)? {
                0 => None,
                number => Some(self.checked_port(&field, number)?),
            },
            None => None,
        };
        let name = self.text_of(&map, "name", go(owner, "string")).to_owned();
        Some(ServicePort { name, port: port?, protocol: protocol?, target: target?, node_port })
    }

    /// `targetPort: 0` and `""` are the same as none.
    fn target_port(&mut self, field: &Field<'n>, port: u16) -> Option<TargetPort> {
        match field.node.as_str() {
            Some("") => Some(TargetPort::Number(port)),
            Some(name) => {
                self.port_name(field, name);
                Some(TargetPort::Name(name.to_owned()))
            }
            None => match self.int32(field, "ServicePort")? {
                0 => Some(TargetPort::Number(port)),
                number => self.checked_port(field, number).map(TargetPort::Number),
            },
        }
    }

    /// An address of a pod, a node or a Service; none where the text is empty or no address.
    pub(super) fn address(&mut self, field: &Field<'n>) -> Option<IpAddr> {
        let text = field.node.as_str().filter(|text| !text.is_empty())?;
        let address = validate::address(text);
        if address.is_none() {
            let complaint = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
            self.invalid(field, &quoted(text), &[complaint.to_owned()]);
        }
        address
    }
}
