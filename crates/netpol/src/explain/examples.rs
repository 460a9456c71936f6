//! Connections to show a cell by: someone who is let through, and someone who is not.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Subject;
use crate::{
    addresses::IpSet,
    cluster::{Cluster, PodId},
    connection::{Connection, Entity},
    objects::Pod,
    policy::Direction,
    ports::{PortSet, Protocol},
    scoreboard::{Column, Group, Peers, Scoreboard, Share},
};

/// How many of either sort.
const MOST: usize = 3;

/// A few connections that a cell is about: those that its row lets through first, then some that it
/// does not. Empty where no pod is restricted or nobody is there.
pub fn examples(
    cluster: &Cluster,
    scoreboard: &Scoreboard,
    subject: Subject,
    column: Column,
) -> Vec<Connection> {
    let cells = subject.cells(scoreboard);
    let (mut open, mut closed) = (Vec::new(), Vec::new());
    for share in cells.into_iter().flat_map(|cells| &cells.get(column).shares) {
        let admitted = share.groups.iter().map(|group| &group.admitted.documented);
        let some = admitted.clone().find_map(any_port);
        for group in share.groups.iter() {
            let found = connection(cluster, share, group, scoreboard.direction, some);
            let is_open = !group.admitted.documented.is_empty();
            let kept = if is_open { &mut open } else { &mut closed };
            if kept.len() < MOST {
                kept.extend(found);
            }
        }
    }
    open.append(&mut closed);
    open
}

fn connection(
    cluster: &Cluster,
    share: &Share,
    group: &Group,
    direction: Direction,
    admitted: Option<(Protocol, u16)>,
) -> Option<Connection> {
    let subject = share.subjects.first()?;
    let (peer, pod) = match &group.peers {
        Peers::Addresses(set) => (Entity::Address(address(&set.ips())?), None),
        Peers::Pods(pods) => {
            // that a pod reaches itself says nothing
            let id = pods.unordered().filter(|id| *id != subject).min()?;
            (entity(cluster, id)?, cluster.pod(id))
        }
    };
    let own = entity(cluster, subject)?;
    let (source, destination, called) = match direction {
        Direction::Ingress => (peer, own, cluster.pod(subject)),
        Direction::Egress => (own, peer, pod),
    };
    let (protocol, port) = port(&group.admitted.documented, called, admitted);
    Some(Connection { source, destination, port, protocol })
}

fn entity(cluster: &Cluster, id: PodId) -> Option<Entity> {
    Some(Entity::Pod(cluster.pod(id)?.meta.name.clone()))
}

/// An address that everybody knows for an example, where it is among them.
fn address(set: &IpSet) -> Option<IpAddr> {
    let known = [
        IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7)),
        IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 7)),
    ];
    known.into_iter().find(|address| set.contains(*address)).or_else(|| set.first())
}

/// A port that is let through; a declared one where that can be.
fn port(
    admitted: &PortSet,
    called: Option<&Pod>,
    other: Option<(Protocol, u16)>,
) -> (Protocol, u16) {
    let declared = || {
        let ports = called.into_iter().flat_map(|pod| &pod.ports);
        ports.map(|port| (port.protocol, port.port))
    };
    let fits = |(protocol, port): &(Protocol, u16)| admitted.contains(*protocol, *port);
    if admitted.is_empty() {
        return other.or_else(|| declared().next()).unwrap_or((Protocol::Tcp, 80));
    }
    let usual = (Protocol::Tcp, 80);
    declared().chain([usual]).find(fits).or_else(|| any_port(admitted)).unwrap_or(usual)
}

/// Some port of a set that does not hold all of them.
fn any_port(ports: &PortSet) -> Option<(Protocol, u16)> {
    let first = |protocol| Some((protocol, ports.ranges(protocol).first()?.first()));
    if ports.is_all() { None } else { Protocol::ALL.into_iter().find_map(first) }
}
