//! A connection to a Service → the connections that arrive at its pods, or at the addresses that somebody
//! keeps for it. Policies see only those.

use std::{collections::BTreeMap, fmt};

use crate::{
    backends::{Backend, Door, Landing, alike, port_at},
    cluster::Cluster,
    connection::{Connection, Entity},
    evaluate::{UnknownPod, evaluate},
    policy::Direction,
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
    /// The Service has no selector, and nothing here tells its addresses.
    NoEndpoint(Entity),
}

/// The verdicts of a connection: one, or one for each end behind the Service that it calls.
///
/// "NetworkPolicies … work at layer 3 or 4": they see the pod's address and port, so a Service's
/// port means nothing to them. Which pod a caller gets is chance, so a connection to a Service is
/// allowed when it is to all of them.
pub fn answers(cluster: &Cluster, connection: &Connection) -> Result<Vec<Verdict>, Unresolved> {
    let connection = &to_service(cluster, connection);
    if !matches!(connection.destination, Entity::Service(_)) {
        return Ok(vec![answer(cluster, connection)?]);
    }
    let backends = backends(cluster, connection)?;
    backends.into_iter().map(|backend| arrive(cluster, connection, backend)).collect()
}

/// Answers many questions about one cluster: what is behind a Service is looked up once.
pub struct Resolver<'c> {
    cluster: &'c Cluster,
    has_blocks: bool,
    behind: Vec<Result<Behind, Unresolved>>,
    /// By Service and port, where it is in `behind`.
    index: BTreeMap<String, usize>,
}

/// What is behind a port of a Service.
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
        Self { cluster, has_blocks, behind: Vec::new(), index: BTreeMap::new() }
    }

    /// The same as [`answers`], with one verdict for all ends behind a Service that get the same.
    pub fn answers(&mut self, connection: &Connection) -> Result<Vec<Verdict>, Unresolved> {
        let connection = &to_service(self.cluster, connection);
        let Connection { source, destination, .. } = connection;
        if !matches!(destination, Entity::Service(_)) {
            return Ok(vec![answer(self.cluster, connection)?]);
        }
        let cluster = self.cluster;
        let Some(behind) = self.behind(connection)? else { return Ok(Vec::new()) };
        let judged = behind.representatives(cluster, source);
        judged.into_iter().map(|(backend, _)| arrive(cluster, connection, backend)).collect()
    }

    /// Where a connection arrives: one verdict for each end, of so many at most, those that are denied
    /// first. What is alike is asked once, however much of it there is.
    pub fn arrivals(
        &mut self,
        connection: &Connection,
        most: usize,
    ) -> Result<Arrivals, Unresolved> {
        let connection = &to_service(self.cluster, connection);
        let cluster = self.cluster;
        let Connection { source, destination, .. } = connection;
        if !matches!(destination, Entity::Service(_)) {
            let verdict = answer(cluster, connection)?;
            let ends = vec![(destination.clone(), connection.port)];
            let denied = usize::from(!verdict.is_allowed());
            return Ok(Arrivals { verdicts: vec![verdict], denied, ends });
        }
        let mut ends: Vec<(bool, Backend)> = Vec::new();
        for (backend, alike) in self
            .behind(connection)?
            .map_or_else(Vec::new, |behind| behind.representatives(cluster, source))
        {
            let is_allowed = arrive(cluster, connection, backend)?.is_allowed();
            ends.extend(alike.into_iter().map(|one| (is_allowed, one)));
        }
        ends.sort_unstable();
        let denied = ends.iter().filter(|(is_allowed, _)| !is_allowed).count();
        let shown = ends.iter().take(most).map(|(_, one)| arrive(cluster, connection, *one));
        let verdicts = shown.collect::<Result<_, _>>()?;
        ends.sort_unstable_by_key(|(_, backend)| *backend);
        let named = |(_, one): &(bool, Backend)| Some((one.at.entity(cluster)?, one.port));
        Ok(Arrivals { verdicts, denied, ends: ends.iter().filter_map(named).collect() })
    }

    /// What is behind the port of a Service.
    fn behind(&mut self, connection: &Connection) -> Result<Option<&Behind>, Unresolved> {
        let Connection { destination, port, protocol, .. } = connection;
        let (cluster, has_blocks) = (self.cluster, self.has_blocks);
        let key = format!("{destination} {port} {protocol}");
        let at = *self.index.entry(key).or_insert(self.behind.len());
        if at == self.behind.len() {
            let all = backends(cluster, connection);
            let behind =
                |all: Vec<Backend>| Behind { alike: alike(cluster, &all, has_blocks), all };
            self.behind.push(all.map(behind));
        }
        self.behind.get(at).map(|behind| behind.as_ref().map_err(Clone::clone)).transpose()
    }
}

/// One that stands for others, and all for which it stands.
type Representative = (Backend, Vec<Backend>);

impl Behind {
    /// One of each kind, as a source sees them, with all of that kind.
    fn representatives(&self, cluster: &Cluster, source: &Entity) -> Vec<Representative> {
        // a pod reaches itself whatever the policies say, so it stands for nobody else
        let itself = match source {
            Entity::Pod(name) => cluster.find_pod(name).map(Landing::Pod),
            _ => None,
        };
        let own = itself.and_then(|at| Some(Backend { at, port: port_at(&self.all, at)? }));
        let own = own.map(|backend| (backend, vec![backend]));
        let others = self.alike.iter().filter_map(|ends| {
            let others = ends.iter().copied().filter(|backend| Some(backend.at) != itself);
            let others: Vec<Backend> = others.collect();
            Some((*others.first()?, others))
        });
        own.into_iter().chain(others).collect()
    }
}

/// Where a connection arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrivals {
    /// The verdicts that were asked for, denied ones first.
    pub verdicts: Vec<Verdict>,
    /// At how many ends it is denied.
    pub denied: usize,
    /// All ends, with the port where it arrives.
    pub ends: Vec<(Entity, u16)>,
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

fn arrive(
    cluster: &Cluster,
    connection: &Connection,
    Backend { at, port }: Backend,
) -> Result<Verdict, Unresolved> {
    let Connection { source, destination, protocol, .. } = connection;
    let destination = at.entity(cluster).unwrap_or_else(|| destination.clone());
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
    let door = Door::of(service, *port, *protocol).ok_or_else(|| Unresolved::ServicePort {
        service: destination.clone(),
        port: *port,
        protocol: *protocol,
    })?;
    let backends = door.backends(cluster);
    match (backends.is_empty(), &service.selector) {
        (false, _) => Ok(backends),
        (true, Some(_)) => Err(Unresolved::NoBackend(destination.clone())),
        (true, None) => Err(Unresolved::NoEndpoint(destination.clone())),
    }
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
            Self::NoEndpoint(service) => write!(
                f,
                "Service `{service}` has no selector, and no EndpointSlice or Endpoints here tells where this port leads"
            ),
        }
    }
}
