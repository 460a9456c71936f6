//! How near each item of each rule comes to a connection: read off the trace, nearest first. What
//! opens is nearest of all.

use super::clause;
use crate::{
    cluster::Cluster,
    connection::{Connection, Entity},
    objects::Pod,
    plugin::Plugin,
    policy::{Direction, NetworkPolicy, Peer, Rule},
    ports::{PortSet, Protocol},
    verdict::{BlockOutcome, PeerTrace, PolicyTrace, PortTrace, RuleTrace, Unmet},
};

/// One side of a connection: the pod whose policies are asked, and about whom.
#[derive(Clone, Copy)]
pub(super) struct Asked<'c> {
    pub(super) cluster: &'c Cluster,
    pub(super) direction: Direction,
    pub(super) connection: &'c Connection,
    /// The pod whose policies are asked.
    pub(super) subject: &'c Pod,
    /// The other end, where that is a pod.
    pub(super) peer: Option<&'c Pod>,
    /// The port that the caller dialled, where a Service led it to another one.
    pub(super) service_port: Option<u16>,
}

impl<'c> Asked<'c> {
    /// A side of a connection; `None` where that end is no pod.
    pub(super) fn of(
        cluster: &'c Cluster,
        connection: &'c Connection,
        direction: Direction,
    ) -> Option<Self> {
        let (subject, peer) = match direction {
            Direction::Ingress => (&connection.destination, &connection.source),
            Direction::Egress => (&connection.source, &connection.destination),
        };
        let subject = pod(cluster, subject)?;
        let peer = pod(cluster, peer);
        Some(Self { cluster, direction, connection, subject, peer, service_port: None })
    }

    /// The other end, as it was named.
    pub(super) const fn peer_name(&self) -> &'c Entity {
        match self.direction {
            Direction::Ingress => &self.connection.source,
            Direction::Egress => &self.connection.destination,
        }
    }

    /// The pod that is called, where it is one: port names are looked up there.
    pub(super) const fn destination(&self) -> Option<&'c Pod> {
        match self.direction {
            Direction::Ingress => Some(self.subject),
            Direction::Egress => self.peer,
        }
    }

    /// Whether some ports hold the one that is asked for.
    pub(super) fn is_among(&self, ports: &PortSet) -> bool {
        ports.contains(self.connection.protocol, self.connection.port)
    }
}

/// The pod at an end.
pub(super) fn pod<'c>(cluster: &'c Cluster, entity: &Entity) -> Option<&'c Pod> {
    let id = match entity {
        Entity::Pod(name) => cluster.find_pod(name),
        Entity::Address(address) => cluster.find_address(*address),
        Entity::Service(_) | Entity::Named(_) | Entity::Node => None,
    };
    cluster.pod(id?)
}

/// How far off: first by the peer (what kind of miss, and how many labels are wrong), then by the
/// port. The least is nearest; all zero is a match.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Distance {
    peer: (u8, usize),
    port: u8,
}

impl Distance {
    pub(super) const fn is_open(self) -> bool {
        self.peer.0 == 0 && self.port == 0
    }

    /// Everything fits but the port.
    pub(super) const fn is_port_only(self) -> bool {
        self.peer.0 == 0 && self.port > 0
    }
}

/// One item of one rule, and how near it comes. A rule without items counts as one.
#[derive(Clone, Copy)]
pub(super) struct Spot<'t> {
    pub(super) trace: &'t PolicyTrace,
    pub(super) rule: usize,
    pub(super) item: Option<usize>,
    pub(super) distance: Distance,
}

/// All items of some policies' rules, nearest first; as written where they are equally near.
pub(super) fn spots<'t>(asked: &Asked<'_>, traces: &'t [PolicyTrace]) -> Vec<Spot<'t>> {
    let mut spots = Vec::new();
    for trace in traces {
        let Some(policy) = asked.cluster.policy(trace.policy) else { continue };
        let rules = policy.rules(asked.direction).iter().zip(&trace.rules);
        for (at, (rule, rule_trace)) in rules.enumerate() {
            let port = port_distance(asked, rule_trace);
            let mut spot = |item, peer| {
                let distance = Distance { peer, port };
                spots.push(Spot { trace, rule: at, item, distance });
            };
            match &rule_trace.peers {
                None => spot(None, (0, 0)),
                Some(peers) => {
                    for (item, (peer, trace)) in rule.peers.iter().zip(peers).enumerate() {
                        spot(Some(item), peer_distance(peer, trace, asked.peer));
                    }
                }
            }
        }
    }
    spots.sort_by_key(|spot| spot.distance);
    spots
}

impl<'t> Spot<'t> {
    pub(super) fn policy<'c>(&self, cluster: &'c Cluster) -> Option<&'c NetworkPolicy> {
        cluster.policy(self.trace.policy)
    }

    pub(super) fn rule<'c>(&self, asked: &Asked<'c>) -> Option<&'c Rule> {
        self.policy(asked.cluster)?.rules(asked.direction).get(self.rule)
    }

    pub(super) fn rule_trace(&self) -> Option<&'t RuleTrace> {
        self.trace.rules.get(self.rule)
    }

    pub(super) fn peer_trace(&self) -> Option<&'t PeerTrace> {
        self.rule_trace()?.peers.as_ref()?.get(self.item?)
    }
}

/// The right namespace with wrong labels is nearer than the wrong namespace; an exception, than an
/// address elsewhere.
pub(super) fn peer_distance(item: &Peer, trace: &PeerTrace, pod: Option<&Pod>) -> (u8, usize) {
    if trace.matches(Plugin::USUAL) {
        return (0, 0);
    }
    let wrong = |first: usize| match (item, pod) {
        (Peer::Pods { pods: Some(selector), .. }, Some(pod)) => {
            clause::unmet_ones(selector, first, pod.labels()).len()
        }
        _ => 0,
    };
    match trace {
        PeerTrace::Selectors { namespace, pod: labels, .. } => match (namespace, labels) {
            (None, None) => (1, 0),
            (None, Some(Unmet::Requirement(first))) => (3, wrong(*first)),
            (Some(_), Some(Unmet::Requirement(first))) => (5, wrong(*first)),
            (None | Some(_), _) => (4, 0),
        },
        PeerTrace::Block { outcome: BlockOutcome::Excepted(_), .. } => (2, 0),
        PeerTrace::Block { .. } => (6, 0),
        PeerTrace::NoLabels => (7, 0),
    }
}

/// The same number with another protocol is nearer than a name that means nothing, and that than
/// another number.
fn port_distance(asked: &Asked<'_>, rule: &RuleTrace) -> u8 {
    let ports = rule.port_set(Plugin::USUAL);
    let port = asked.connection.port;
    let is_unknown = |port: &PortTrace| !matches!(port, PortTrace::Ports(_));
    if asked.is_among(&ports) {
        0
    } else if Protocol::ALL.into_iter().any(|protocol| ports.contains(protocol, port)) {
        1
    } else if rule.ports.iter().flatten().any(is_unknown) {
        2
    } else {
        3
    }
}
