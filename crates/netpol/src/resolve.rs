//! A connection to a Service → the connections that arrive at its pods, or at the addresses that somebody
//! keeps for it. Policies see only those.

use std::{collections::BTreeMap, fmt};

use crate::{
    backends::{Backend, Door, Landing, alike, port_at},
    cluster::Cluster,
    connection::{Connection, Entity},
    evaluate::{UnknownPod, evaluate},
    names::{Nameless, Names, nearest},
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
    /// The Service has no selector, and nothing here tells its addresses.
    NoEndpoint(Entity),
}

/// The verdicts of a connection: one, or one for each end behind the Service that it calls.
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

/// What is behind a port of a Service.
struct Behind {
    all: Vec<Backend>,
    /// The same, those together that get the same answer.
    alike: Vec<Vec<Backend>>,
}

/// Where a connection arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrivals {
    /// The verdicts that were asked for, denied ones first.
    pub verdicts: Vec<Verdict>,
    /// How many of all connections are denied.
    pub denied: usize,
    /// Whether for some of them neither answer can be told.
    pub is_unknown: bool,
    /// All connections that were meant, as they arrive.
    pub connections: Vec<Connection>,
}

/// A verdict, and all connections that get the same.
type Judged = (Verdict, Vec<Connection>);

impl<'c> Resolver<'c> {
    /// About this cluster.
    pub fn new(cluster: &'c Cluster) -> Self {
        let has_blocks = cluster.policies().any(|(_, policy)| {
            Direction::ALL.into_iter().any(|direction| policy.blocks(direction).next().is_some())
        });
        let names = Names::new(cluster);
        Self { cluster, has_blocks, names, behind: Vec::new(), index: BTreeMap::new() }
    }

    /// The same as [`answers`], with one verdict for all ends behind a Service that get the same.
    pub fn answers(&mut self, connection: &Connection) -> Result<Vec<Verdict>, Unresolved> {
        Ok(self.judged(connection)?.into_iter().map(|(verdict, _)| verdict).collect())
    }

    /// Where a connection arrives: one verdict for each end, of so many at most, those that are denied
    /// first. What is alike is asked once, however much of it there is.
    pub fn arrivals(
        &mut self,
        connection: &Connection,
        most: usize,
    ) -> Result<Arrivals, Unresolved> {
        let mut all: Vec<((bool, bool), Connection)> = Vec::new();
        for (verdict, alike) in self.judged(connection)? {
            let rank = (verdict.is_allowed(), !verdict.is_unknown());
            all.extend(alike.into_iter().map(|connection| (rank, connection)));
        }
        all.sort_by(|(_, a), (_, b)| a.cmp(b));
        let connections = all.iter().map(|(_, connection)| connection.clone()).collect();
        all.sort_by_key(|(rank, _)| *rank);
        let denied = all.iter().filter(|((is_allowed, _), _)| !is_allowed).count();
        let is_unknown = all.iter().any(|((_, is_known), _)| !is_known);
        let shown = all.iter().take(most).map(|(_, connection)| answer(self.cluster, connection));
        let verdicts = shown.collect::<Result<_, _>>()?;
        Ok(Arrivals { verdicts, denied, is_unknown, connections })
    }

    /// All that a connection may mean, and where it arrives.
    fn judged(&mut self, connection: &Connection) -> Result<Vec<Judged>, Unresolved> {
        let mut judged = Vec::new();
        for connection in self.names.meant(connection)? {
            let connection = &to_service(self.cluster, &connection);
            if !matches!(connection.destination, Entity::Service(_)) {
                judged.push((answer(self.cluster, connection)?, vec![connection.clone()]));
                continue;
            }
            let cluster = self.cluster;
            let Some(behind) = self.behind(connection)? else { continue };
            for (backend, alike) in behind.representatives(cluster, &connection.source) {
                let alike = alike.into_iter().map(|one| arriving(cluster, connection, one));
                judged.push((arrive(cluster, connection, backend)?, alike.collect()));
            }
        }
        Ok(judged)
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
    backend: Backend,
) -> Result<Verdict, Unresolved> {
    answer(cluster, &arriving(cluster, connection, backend))
}

/// The connection as the pod behind the Service sees it.
fn arriving(
    cluster: &Cluster,
    connection: &Connection,
    Backend { at, port }: Backend,
) -> Connection {
    let Connection { source, destination, protocol, .. } = connection;
    let destination = at.entity(cluster).unwrap_or_else(|| destination.clone());
    Connection { source: source.clone(), destination, port, protocol: *protocol }
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
            Self::Several { name, .. } => write!(f, "`{name}` could be several pods"),
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
