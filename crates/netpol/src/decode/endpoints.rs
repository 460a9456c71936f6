//! `EndpointSlice` and `Endpoints` documents → [`EndpointSlice`]: the addresses behind a Service.
//! Fields that nobody asks for are not looked at.

use super::{
    fields::{Field, go},
    meta::Kind,
    walk::Walker,
};
use crate::{
    meta::NamespacedName,
    objects::{Endpoint, EndpointPort, EndpointSlice, EndpointSubset},
};

/// The label by which an `EndpointSlice` says whose it is.
const SERVICE_NAME: &str = "kubernetes.io/service-name";

impl<'n> Walker<'_> {
    /// An `EndpointSlice`; one without the Service's name serves none.
    pub(super) fn endpoint_slice(&mut self, object: &Field<'n>) -> Option<EndpointSlice> {
        let meta = self.meta(object, Kind::Namespaced);
        let name = meta.labels.get(SERVICE_NAME).cloned();
        // host names instead of addresses lead to nothing that a policy could see
        let is_names =
            self.text_of(object, "addressType", go("EndpointSlice", "v1.AddressType")) == "FQDN";
        let mut subset = EndpointSubset::default();
        for item in self.items_of(object, "endpoints", go("EndpointSlice", "[]v1.Endpoint")) {
            let owner = "Endpoint";
            let Some(map) = self.struct_of(item, go("EndpointSlice", "v1.Endpoint")) else {
                continue;
            };
            let conditions = self.map_of(&map, "conditions", go(owner, "v1.EndpointConditions"));
            let is_ready = conditions.is_none_or(|conditions| {
                conditions.get("ready").is_none()
                    || self.bool_of(&conditions, "ready", "EndpointConditions")
            });
            let mut pod = self.target_pod(&map, owner);
            let list = map.get("addresses").filter(|_| is_ready && !is_names);
            let texts = list.map_or_else(Vec::new, |list| self.texts(list, go(owner, "[]string")));
            for field in texts {
                // "clients may choose to only use the first element": that one is the pod's
                let address = self.address(&field);
                subset
                    .endpoints
                    .extend(address.map(|address| Endpoint { address, pod: pod.take() }));
            }
        }
        subset.ports = self.endpoint_ports(object, "EndpointSlice", "[]v1.EndpointPort");
        let service = NamespacedName::new(meta.name.namespace.clone(), name?);
        let slice = EndpointSlice { meta, kind: "EndpointSlice", service, subsets: vec![subset] };
        (!self.has_errors).then_some(slice)
    }

    /// An `Endpoints` object, which bears the name of its Service.
    pub(super) fn endpoints(&mut self, object: &Field<'n>) -> Option<EndpointSlice> {
        let meta = self.meta(object, Kind::Namespaced);
        let mut subsets = Vec::new();
        for item in self.items_of(object, "subsets", go("Endpoints", "[]v1.EndpointSubset")) {
            let owner = "EndpointSubset";
            let Some(map) = self.struct_of(item, go("Endpoints", "v1.EndpointSubset")) else {
                continue;
            };
            let mut subset = EndpointSubset::default();
            for item in self.items_of(&map, "addresses", go(owner, "[]v1.EndpointAddress")) {
                let Some(map) = self.struct_of(item, go(owner, "v1.EndpointAddress")) else {
                    continue;
                };
                let pod = self.target_pod(&map, "EndpointAddress");
                let address = map.get("ip").and_then(|field| {
                    self.text(&field, go("EndpointAddress", "string"))?;
                    self.address(&field)
                });
                subset.endpoints.extend(address.map(|address| Endpoint { address, pod }));
            }
            subset.ports = self.endpoint_ports(&map, owner, "[]v1.EndpointPort");
            subsets.push(subset);
        }
        let service = meta.name.clone();
        let slice = EndpointSlice { meta, kind: "Endpoints", service, subsets };
        (!self.has_errors).then_some(slice)
    }

    /// `targetRef`, where it is a pod.
    fn target_pod(&mut self, map: &Field<'n>, owner: &'static str) -> Option<NamespacedName> {
        let target = self.map_of(map, "targetRef", go(owner, "v1.ObjectReference"))?;
        let text = |walker: &mut Self, name| {
            walker.text_of(&target, name, go("ObjectReference", "string"))
        };
        let (kind, namespace) = (text(self, "kind"), text(self, "namespace"));
        let name = text(self, "name");
        (kind == "Pod").then(|| NamespacedName::new(namespace, name))
    }

    /// Ports without a number are for others than kube-proxy.
    fn endpoint_ports(
        &mut self,
        map: &Field<'n>,
        owner: &'static str,
        of_type: &'static str,
    ) -> Vec<EndpointPort> {
        let mut ports = Vec::new();
        for item in self.items_of(map, "ports", go(owner, of_type)) {
            let owner = "EndpointPort";
            let Some(map) = self.struct_of(item, go("EndpointSlice", "v1.EndpointPort")) else {
                continue;
            };
            let name = self.text_of(&map, "name", go(owner, "string")).to_owned();
            let protocol = self.protocol(&map, owner);
            let number = map.get("port").and_then(|field| {
                let number = self.int32(&field, owner)?;
                self.checked_port(&field, number)
            });
            if let (Some(port), Some(protocol)) = (number, protocol) {
                ports.push(EndpointPort { name, port, protocol });
            }
        }
        ports
    }
}
