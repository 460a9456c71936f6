//! A connection to a Service → the connections that arrive at its pods. Policies see only those.

use std::fmt;

use crate::{
    cluster::Cluster,
    connection::{Connection, Entity},
    evaluate::{UnknownPod, evaluate},
    objects::{ContainerPort, Phase, Pod, Service, ServicePort, TargetPort},
    ports::Protocol,
    verdict::Verdict,
};

/// Why a connection has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unresolved {
    /// No pod of that name.
    Pod(Entity),
    /// No Service of that name.
    Service(Entity),
    /// The Service has no such port.
    ServicePort {
        /// The Service.
        service: Entity,
        /// What was asked for.
        port: u16,
        /// Its protocol.
        protocol: Protocol,
    },
    /// No running pod is behind the Service.
    NoBackend(Entity),
}

/// The verdicts of a connection: one, or one for each pod behind the Service that it calls.
///
/// "NetworkPolicies … work at layer 3 or 4": they see the pod's address and port, so a Service's
/// port means nothing to them. Which pod a caller gets is chance, so a connection to a Service is
/// allowed when it is to all of them.
pub fn answers(cluster: &Cluster, connection: &Connection) -> Result<Vec<Verdict>, Unresolved> {
    let arriving = match &connection.destination {
        Entity::Service(_) => backends(cluster, connection)?,
        _ => vec![connection.clone()],
    };
    let verdict = |connection| {
        evaluate(cluster, connection).map_err(|UnknownPod(entity)| Unresolved::Pod(entity))
    };
    arriving.iter().map(verdict).collect()
}

fn backends(cluster: &Cluster, connection: &Connection) -> Result<Vec<Connection>, Unresolved> {
    let Connection { source, destination, port, protocol } = connection;
    let Entity::Service(name) = destination else { return Ok(Vec::new()) };
    let service =
        cluster.find_service(name).ok_or_else(|| Unresolved::Service(destination.clone()))?;
    let target = target(service, *port, *protocol).ok_or_else(|| Unresolved::ServicePort {
        service: destination.clone(),
        port: *port,
        protocol: *protocol,
    })?;
    let arriving = |pod: &Pod| {
        let port = port_on(pod, &target, *protocol)?;
        let destination = Entity::Pod(pod.meta.name.clone());
        Some(Connection { source: source.clone(), destination, port, protocol: *protocol })
    };
    let pods = cluster.running_pods().map(|(_, pod)| pod).filter(|pod| is_behind(service, pod));
    let arriving: Vec<Connection> = pods.filter_map(arriving).collect();
    if arriving.is_empty() { Err(Unresolved::NoBackend(destination.clone())) } else { Ok(arriving) }
}

fn port_on(pod: &Pod, target: &TargetPort, protocol: Protocol) -> Option<u16> {
    match target {
        TargetPort::Number(number) => Some(*number),
        TargetPort::Name(name) => {
            let is_named = |port: &&ContainerPort| {
                port.name.as_ref() == Some(name) && port.protocol == protocol
            };
            Some(pod.ports.iter().find(is_named)?.port)
        }
    }
}

/// The ports of a Service with the ports of a pod behind it where they lead.
pub(crate) fn leads<'s>(service: &'s Service, pod: &Pod) -> Vec<(&'s ServicePort, u16)> {
    if service.is_headless || !is_behind(service, pod) {
        return Vec::new();
    }
    let lead = |port: &'s ServicePort| Some((port, port_on(pod, &port.target, port.protocol)?));
    service.ports.iter().filter_map(lead).collect()
}

/// Where a port of the Service leads; a headless one translates nothing.
fn target(service: &Service, port: u16, protocol: Protocol) -> Option<TargetPort> {
    if service.is_headless {
        return Some(TargetPort::Number(port));
    }
    let found =
        service.ports.iter().find(|known| known.port == port && known.protocol == protocol)?;
    Some(found.target.clone())
}

fn is_behind(service: &Service, pod: &Pod) -> bool {
    let matches = |selector: &crate::meta::Labels| {
        selector.iter().all(|(key, value)| pod.labels().get(key) == Some(value))
    };
    pod.namespace() == service.meta.name.namespace
        && pod.phase == Phase::Running
        && service.selector.as_ref().is_some_and(matches)
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pod(entity) => write!(f, "no pod `{entity}` in this cluster"),
            Self::Service(entity) => write!(f, "no Service `{entity}` in this cluster"),
            Self::ServicePort { service, port, protocol } => {
                write!(f, "Service `{service}` has no port {port}/{protocol}")
            }
            Self::NoBackend(service) => {
                write!(f, "no running pod is behind Service `{service}` for this port")
            }
        }
    }
}
