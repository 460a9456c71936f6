//! A connection to a Service → the connections that arrive at its pods, or at the addresses that somebody
//! keeps for it. Policies see only those.

mod unresolved;

use std::{collections::BTreeMap, ops::ControlFlow};

pub use self::unresolved::{Unresolved, did_you_mean};
use crate::{
    backends::{Backend, Door, Landing, alike, port_at},
    cluster::Cluster,
    connection::{Connection, Entity},
    evaluate::{UnknownPod, evaluate},
    names::Names,
    policy::Direction,
    steps,
    verdict::Verdict,
};

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
    /// Whether they are called at the port that was asked for, as those of a headless Service are.
    is_any_port: bool,
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

impl<'c> Resolver<'c> {
    /// About this cluster.
    pub fn new(cluster: &'c Cluster) -> Self {
        let has_blocks = cluster.policies().any(|(_, policy)| {
            Direction::ALL.into_iter().any(|direction| policy.blocks(direction).next().is_some())
        });
        let names = Names::new(cluster);
        Self { cluster, has_blocks, names, behind: Vec::new(), index: BTreeMap::new() }
    }

    /// Where a connection arrives: one verdict for each end, of so many at most, those that are denied
    /// first. What is alike is asked once, however much of it there is.
    pub fn arrivals(
        &mut self,
        connection: &Connection,
        most: usize,
    ) -> Result<Arrivals, Unresolved> {
        let cluster = self.cluster;
        let mut all: Vec<((bool, bool), Connection)> = Vec::new();
        let mut missing = None;
        self.try_each(connection, |one, alike| match answer(cluster, &one) {
            Ok(verdict) => {
                let rank = (verdict.is_allowed(), !verdict.is_unknown());
                all.extend([one].into_iter().chain(alike).map(|connection| (rank, connection)));
                ControlFlow::Continue(())
            }
            Err(unresolved) => {
                missing = Some(unresolved);
                ControlFlow::Break(())
            }
        })?;
        if let Some(missing) = missing {
            return Err(missing);
        }
        all.sort_by(|(_, a), (_, b)| a.cmp(b));
        let connections = all.iter().map(|(_, connection)| connection.clone()).collect();
        all.sort_by_key(|(rank, _)| *rank);
        let denied = all.iter().filter(|((is_allowed, _), _)| !is_allowed).count();
        let is_unknown = all.iter().any(|((_, is_known), _)| !is_known);
        let shown = all.iter().take(most).map(|(_, connection)| answer(cluster, connection));
        let verdicts = shown.collect::<Result<_, _>>()?;
        Ok(Arrivals { verdicts, denied, is_unknown, connections })
    }

    /// All that a connection may mean, as it arrives, one after the other until there is enough: one for all that get the
    /// same answer, with the others of them.
    pub(crate) fn try_each(
        &mut self,
        connection: &Connection,
        mut see: impl FnMut(Connection, &mut dyn Iterator<Item = Connection>) -> ControlFlow<()>,
    ) -> Result<(), Unresolved> {
        let cluster = self.cluster;
        for connection in self.names.meant(connection)? {
            let connection = to_service(cluster, &connection);
            let Some(behind) = self.behind(&connection)? else {
                if see(connection, &mut std::iter::empty()).is_break() {
                    break;
                }
                continue;
            };
            // a pod reaches itself whatever the policies say, so it stands for nobody else
            let itself = match &connection.source {
                Entity::Pod(name) => cluster.find_pod(name).map(Landing::Pod),
                _ => None,
            };
            let port = behind.is_any_port.then_some(connection.port);
            let arriving = |backend: &Backend| {
                let port = port.unwrap_or(backend.port);
                arriving(cluster, &connection, Backend { port, ..*backend })
            };
            let own = itself.and_then(|at| Some(Backend { at, port: port_at(&behind.all, at)? }));
            let own = own.as_ref().map(std::slice::from_ref);
            for (at, ends) in
                own.into_iter().chain(behind.alike.iter().map(Vec::as_slice)).enumerate()
            {
                let is_own = own.is_some() && at == 0;
                let is_meant = |backend: &&Backend| is_own || Some(backend.at) != itself;
                let mut connections = ends.iter().filter(is_meant).map(arriving);
                if let Some(first) = connections.next()
                    && see(first, &mut connections).is_break()
                {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// What is behind the port of a Service; `None` where none is called.
    fn behind(&mut self, connection: &Connection) -> Result<Option<&Behind>, Unresolved> {
        let Connection { destination, port, protocol, .. } = connection;
        let Entity::Service(name) = destination else { return Ok(None) };
        let (cluster, has_blocks) = (self.cluster, self.has_blocks);
        let is_any_port = cluster.find_service(name).is_some_and(|service| service.is_headless);
        let key = if is_any_port {
            destination.to_string()
        } else {
            format!("{destination} {port} {protocol}")
        };
        let at = *self.index.entry(key).or_insert(self.behind.len());
        if at == self.behind.len() {
            steps::take(cluster.pods().len());
            let behind = |all: Vec<Backend>| Behind {
                alike: alike(cluster, &all, has_blocks),
                all,
                is_any_port,
            };
            self.behind.push(backends(cluster, connection).map(behind));
        }
        self.behind.get(at).map(|behind| behind.as_ref().map_err(Clone::clone)).transpose()
    }

    /// How many Services have been looked behind.
    pub(crate) fn services_seen(&self) -> usize {
        self.behind.len()
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
