//! A `Service` document → [`Service`].

use super::{
    meta::Kind,
    walk::{Field, Walker},
};
use crate::{
    objects::{Service, ServicePort, TargetPort},
    ports::Protocol,
    scalar::Scalar,
    yaml::Value,
};

impl<'n> Walker<'_> {
    /// The Service; an `ExternalName` one has no pods behind it.
    pub(super) fn service(&mut self, object: &Field<'n>) -> Option<Service> {
        let meta = self.meta(object, Kind::Namespaced);
        let spec = object.get("spec");
        let get = |name: &str| spec.as_ref().and_then(|spec| spec.get(name));
        let is_external =
            get("type").is_some_and(|field| field.node.as_str() == Some("ExternalName"));
        let selector =
            get("selector").filter(|_| !is_external).map(|field| self.labels(field, "ServiceSpec"));
        let ports = get("ports").map_or_else(Vec::new, |list| list.items().collect());
        let service = Service {
            meta,
            selector: selector.filter(|labels| !labels.is_empty()),
            is_headless: get("clusterIP").is_some_and(|field| field.node.as_str() == Some("None")),
            ports: ports.iter().filter_map(service_port).collect(),
        };
        (!self.has_errors).then_some(service)
    }
}

fn service_port(field: &Field<'_>) -> Option<ServicePort> {
    let number = |field: &Field<'_>| match field.node.value {
        Value::Scalar(Scalar::Int(number)) => {
            u16::try_from(number).ok().filter(|number| *number > 0)
        }
        _ => None,
    };
    let port = number(&field.get("port")?)?;
    let protocol = match field.get("protocol") {
        Some(name) => Protocol::from_name(name.node.as_str()?)?,
        None => Protocol::Tcp,
    };
    let target = match field.get("targetPort") {
        None => TargetPort::Number(port),
        Some(target) => match target.node.as_str() {
            Some(name) => TargetPort::Name(name.to_owned()),
            None => TargetPort::Number(number(&target)?),
        },
    };
    Some(ServicePort { port, protocol, target })
}
