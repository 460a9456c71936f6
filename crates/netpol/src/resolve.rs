//! A connection to a Service → the connections that arrive at its pods. Policies see only those.

use std::{collections::BTreeMap, fmt};

use crate::{
    classes::classes_of,
    cluster::{Cluster, PodId},
    connection::{Connection, Entity},
    evaluate::{UnknownPod, evaluate},
    names::{Nameless, Names, nearest},
    objects::{ContainerPort, Phase, Pod, Service, ServicePort, TargetPort},
    policy::Direction,
    ports::Protocol,
    verdict::Verdict,
};

/// Why a connection has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unresolved {
    /// No pod of that name.
    Pod(Entity),
    /// Pods of several namespaces have that name, or many that are not alike.
    Several {
        /// The name.
        name: Entity,
        /// Those that could be meant, the first ones.
        candidates: Vec<String>,
    },
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
    let mut verdicts = Vec::new();
    for connection in Names::new(cluster).meant(connection)? {
        let connection = &to_service(cluster, &connection);
        if !matches!(connection.destination, Entity::Service(_)) {
            verdicts.push(answer(cluster, connection)?);
            continue;
        }
        for backend in backends(cluster, connection)? {
            verdicts.push(arrive(cluster, connection, backend)?);
        }
    }
    Ok(verdicts)
}

/// The connection with the names of its ends in full: those of the pods, or of the workloads where several are meant.
pub fn in_full(cluster: &Cluster, connection: &Connection) -> Result<Connection, Unresolved> {
    let mut names = Names::new(cluster);
    if let [one] = names.meant(connection)?.as_slice() {
        return Ok(one.clone());
    }
    let source = names.whole(&connection.source)?;
    let destination = names.whole(&connection.destination)?;
    Ok(Connection { source, destination, ..*connection })
}

/// What was most likely meant by a name that means nobody, as a piece of advice.
pub fn did_you_mean(cluster: &Cluster, unresolved: &Unresolved) -> Option<String> {
    let names = match unresolved {
        Unresolved::Several { candidates, .. } => candidates.clone(),
        Unresolved::Pod(entity) => nearest(cluster, entity),
        _ => return None,
    };
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("did you mean {one}?")),
        [others @ .., last] => Some(format!("did you mean {} or {last}?", others.join(", "))),
    }
}

impl From<(Entity, Nameless)> for Unresolved {
    fn from((name, nameless): (Entity, Nameless)) -> Self {
        match nameless {
            Nameless::Unknown => Self::Pod(name),
            Nameless::Several(candidates) => Self::Several { name, candidates },
        }
    }
}

/// Answers many questions about one cluster: what is behind a Service is looked up once.
pub struct Resolver<'c> {
    cluster: &'c Cluster,
    has_blocks: bool,
    names: Names<'c>,
    behind: Vec<Result<Behind, Unresolved>>,
    /// By Service and port, where it is in `behind`.
    index: BTreeMap<String, usize>,
}

/// A pod behind a Service, and the port where a connection arrives.
type Backend = (PodId, u16);

/// The pods behind a port of a Service.
struct Behind {
    all: Vec<Backend>,
    /// The same, those together that get the same answer.
    alike: Vec<Vec<Backend>>,
}

impl<'c> Resolver<'c> {
    /// About this cluster.
    pub fn new(cluster: &'c Cluster) -> Self {
        let has_blocks = cluster.policies().any(|(_, policy)| {
            Direction::ALL.into_iter().any(|direction| policy.blocks(direction).next().is_some())
        });
        let names = Names::new(cluster);
        Self { cluster, has_blocks, names, behind: Vec::new(), index: BTreeMap::new() }
    }

    /// The same as [`answers`], with one verdict for all pods behind a Service that get the same.
    pub fn answers(&mut self, connection: &Connection) -> Result<Vec<Verdict>, Unresolved> {
        let mut verdicts = Vec::new();
        for connection in self.names.meant(connection)? {
            verdicts.extend(self.answers_of_one(&connection)?);
        }
        Ok(verdicts)
    }

    fn answers_of_one(&mut self, connection: &Connection) -> Result<Vec<Verdict>, Unresolved> {
        let connection = &to_service(self.cluster, connection);
        let Connection { source, destination, port, protocol } = connection;
        if !matches!(destination, Entity::Service(_)) {
            return Ok(vec![answer(self.cluster, connection)?]);
        }
        let (cluster, has_blocks) = (self.cluster, self.has_blocks);
        let key = format!("{destination} {port} {protocol}");
        let at = *self.index.entry(key).or_insert(self.behind.len());
        if at == self.behind.len() {
            let all = backends(cluster, connection);
            self.behind.push(all.map(|all| Behind::of(cluster, all, has_blocks)));
        }
        let Some(behind) = self.behind.get(at) else { return Ok(Vec::new()) };
        let Behind { all, alike } = behind.as_ref().map_err(Clone::clone)?;
        // a pod reaches itself whatever the policies say, so it stands for nobody else
        let itself = match source {
            Entity::Pod(name) => cluster.find_pod(name),
            _ => None,
        };
        let others = alike
            .iter()
            .filter_map(|pods| pods.iter().copied().find(|(pod, _)| Some(*pod) != itself));
        let own = itself.and_then(|itself| Some((itself, port_of(all, itself)?)));
        own.into_iter().chain(others).map(|backend| arrive(cluster, connection, backend)).collect()
    }
}

impl Behind {
    fn of(cluster: &Cluster, all: Vec<Backend>, has_blocks: bool) -> Self {
        let pods = all.iter().filter_map(|(id, _)| Some((*id, cluster.pod(*id)?)));
        let host = |id: &PodId| cluster.pod(*id).and_then(|pod| pod.host_address);
        let mut alike: Vec<Vec<Backend>> = Vec::new();
        for class in classes_of(pods, has_blocks) {
            // what is always allowed depends on the node
            let mut of_node: BTreeMap<String, usize> = BTreeMap::new();
            for id in class.pods {
                let node = host(&id).map_or_else(String::new, |address| address.to_string());
                let at = *of_node.entry(node).or_insert(alike.len());
                let port = port_of(&all, id).unwrap_or_default();
                match alike.get_mut(at) {
                    Some(pods) => pods.push((id, port)),
                    None => alike.push(vec![(id, port)]),
                }
            }
        }
        Self { all, alike }
    }
}

/// A call to a Service's own address is a call to the Service.
fn to_service(cluster: &Cluster, connection: &Connection) -> Connection {
    let service = match connection.destination {
        Entity::Address(address) => cluster.find_service_address(address),
        _ => None,
    };
    let destination = service.map(|service| Entity::Service(service.meta.name.clone()));
    let destination = destination.unwrap_or_else(|| connection.destination.clone());
    Connection { destination, ..connection.clone() }
}

/// The port at which a connection arrives at one of the pods, which are in order.
fn port_of(backends: &[Backend], pod: PodId) -> Option<u16> {
    let at = backends.binary_search_by_key(&pod, |(id, _)| *id).ok()?;
    backends.get(at).map(|(_, port)| *port)
}

fn arrive(
    cluster: &Cluster,
    connection: &Connection,
    (pod, port): Backend,
) -> Result<Verdict, Unresolved> {
    let Connection { source, destination, protocol, .. } = connection;
    let name = cluster.pod(pod).map(|pod| Entity::Pod(pod.meta.name.clone()));
    let destination = name.unwrap_or_else(|| destination.clone());
    answer(cluster, &Connection { source: source.clone(), destination, port, protocol: *protocol })
}

fn answer(cluster: &Cluster, connection: &Connection) -> Result<Verdict, Unresolved> {
    evaluate(cluster, connection).map_err(|UnknownPod(entity)| Unresolved::Pod(entity))
}

fn backends(cluster: &Cluster, connection: &Connection) -> Result<Vec<Backend>, Unresolved> {
    let Connection { destination, port, protocol, .. } = connection;
    let Entity::Service(name) = destination else { return Ok(Vec::new()) };
    let service =
        cluster.find_service(name).ok_or_else(|| Unresolved::Service(destination.clone()))?;
    let target = target(service, *port, *protocol).ok_or_else(|| Unresolved::ServicePort {
        service: destination.clone(),
        port: *port,
        protocol: *protocol,
    })?;
    let pods = cluster.subjects().filter(|(_, pod)| is_behind(service, pod));
    let arriving: Vec<Backend> =
        pods.filter_map(|(id, pod)| Some((id, port_on(pod, &target, *protocol)?))).collect();
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
            Self::Several { name, .. } => write!(f, "`{name}` could be several pods"),
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
