//! The few words in a cell: exact and minimal. Whole namespaces by name, else pods, then ports, then
//! the selected pods it holds for where it differs among them.

use super::{few, list};
use crate::{
    addresses::{Cidr, IpSet},
    cluster::{Cluster, PodId},
    objects::Pod,
    policy::{Direction, IpBlock, NetworkPolicy, Peer},
    ports::PortSet,
    scoreboard::{Cell, Column, Group, Peers, Share, State},
};

/// A cell that quotes more written blocks than this would tell nobody anything.
const MOST_BLOCKS: usize = 50;
/// Groups of selected pods shown before the rest is counted.
const MOST_LINES: usize = 4;
/// Names shown before "and 7 more".
const MOST_NAMES: usize = 6;

/// The reason of a cell; empty where the state says it all.
pub fn reason(cluster: &Cluster, cell: &Cell, column: Column, direction: Direction) -> String {
    match cell.state {
        State::Allowed | State::Denied => {
            let is_bystander = |group: &Group| group.peers == Peers::Bystander;
            let asked = cell.shares.iter().flat_map(|share| &share.groups).any(is_bystander);
            if asked {
                "no pod there; asked for one without labels".to_owned()
            } else {
                String::new()
            }
        }
        State::Unrestricted if cell.selects_nobody => "selects no pod".to_owned(),
        State::Unrestricted => String::new(),
        State::Depends => "an ipBlock covers pod addresses; the network plugin decides".to_owned(),
        State::Partly => partly(cluster, cell, column, direction),
    }
}

fn partly(cluster: &Cluster, cell: &Cell, column: Column, direction: Direction) -> String {
    // equal words for several groups of selected pods are said once
    let mut said: Vec<(String, Vec<PodId>)> = Vec::new();
    for share in &cell.shares {
        let words = share_line(cluster, share, column, direction);
        match said.iter_mut().find(|(known, _)| *known == words) {
            Some((_, subjects)) => subjects.extend(&share.subjects),
            None => said.push((words, share.subjects.clone())),
        }
    }
    if let [(words, _)] = said.as_slice() {
        return words.clone();
    }
    let to = match direction {
        Direction::Ingress => "to",
        Direction::Egress => "from",
    };
    let subjects = cell.shares.iter().flat_map(|share| &share.subjects);
    let mut namespaces = subjects.filter_map(|id| cluster.pod(*id)).map(Pod::namespace);
    let first = namespaces.next();
    let several_namespaces = namespaces.any(|namespace| Some(namespace) != first);
    let line = |(words, subjects): &(String, Vec<PodId>)| {
        let name = |id: &PodId| {
            let pod = cluster.pod(*id)?;
            Some(if several_namespaces { pod.meta.name.to_string() } else { pod.name().to_owned() })
        };
        let names: Vec<String> = subjects.iter().filter_map(name).collect();
        format!("{to} {}: {words}", few(&names, MOST_NAMES))
    };
    let open: Vec<_> = said.iter().filter(|(words, _)| words != NOBODY).collect();
    let mut lines: Vec<String> = open.iter().take(MOST_LINES).copied().map(line).collect();
    if open.len() > MOST_LINES {
        lines.push(format!("and so on for {} more", open.len() - MOST_LINES));
    }
    lines.join("; ")
}

const NOBODY: &str = "nobody";
/// How a list that leaves out a few begins.
pub(super) const ALL_BUT: &str = "all but ";

fn share_line(cluster: &Cluster, share: &Share, column: Column, direction: Direction) -> String {
    let open: Vec<&Group> =
        share.groups.iter().filter(|group| !group.admitted.documented.is_empty()).collect();
    match open.as_slice() {
        [] => NOBODY.to_owned(),
        [group] => {
            let ports = &group.admitted.documented;
            let is_everyone = share.groups.len() == 1;
            match (is_everyone, ports.is_all()) {
                (true, true) => "everyone".to_owned(),
                (true, false) => format!("{ports} only"),
                (false, all_ports) => {
                    let who = who(cluster, share, group, column, direction);
                    let only = if who.starts_with(ALL_BUT) { "" } else { " only" };
                    let ports = if all_ports { String::new() } else { format!(", {ports}") };
                    format!("{who}{only}{ports}")
                }
            }
        }
        several => {
            let line = |group: &&Group| {
                let ports: &PortSet = &group.admitted.documented;
                format!("{}: {ports}", who(cluster, share, group, column, direction))
            };
            let mut lines: Vec<String> = several.iter().take(MOST_LINES).map(line).collect();
            if several.len() > MOST_LINES {
                lines.push(format!("and {} more", several.len() - MOST_LINES));
            }
            lines.join("; ")
        }
    }
}

fn who(
    cluster: &Cluster,
    share: &Share,
    group: &Group,
    column: Column,
    direction: Direction,
) -> String {
    match &group.peers {
        Peers::Bystander => "pods without labels".to_owned(),
        Peers::Addresses(set) => {
            let subjects = share.subjects.iter().filter_map(|id| cluster.pod(*id));
            addresses(set, &written_blocks(cluster, subjects, direction), &cluster.pod_addresses())
        }
        Peers::Pods(pods) => {
            let others = share.groups.iter().filter(|other| *other != group);
            let others: Vec<PodId> =
                others.flat_map(|other| pod_ids(&other.peers).iter().copied()).collect();
            let names = pod_names(cluster, pods, &others, column);
            let rest = pod_names(cluster, &others, pods, column);
            if names.len() > 3 && rest.len() <= 2 && !rest.is_empty() {
                return format!("{ALL_BUT}{}", list(&rest));
            }
            few(&names, MOST_NAMES)
        }
    }
}

fn pod_ids(peers: &Peers) -> &[PodId] {
    match peers {
        Peers::Pods(pods) => pods,
        _ => &[],
    }
}

/// Namespaces of which all pods are meant by their name, other pods one by one.
fn pod_names(cluster: &Cluster, pods: &[PodId], others: &[PodId], column: Column) -> Vec<String> {
    let namespace_of = |id: &PodId| cluster.pod(*id).map_or("", Pod::namespace);
    let mut split: Vec<&str> = Vec::new();
    for namespace in others.iter().map(namespace_of) {
        if !split.contains(&namespace) {
            split.push(namespace);
        }
    }
    let mut names = Vec::new();
    let mut whole: Vec<&str> = Vec::new();
    for id in pods {
        let Some(pod) = cluster.pod(*id) else { continue };
        let namespace = pod.namespace();
        if column == Column::Cross && !split.contains(&namespace) {
            if !whole.contains(&namespace) {
                whole.push(namespace);
                names.push(namespace.to_owned());
            }
            continue;
        }
        let is_clear = column == Column::Same || !cluster.is_ambiguous(pod.name());
        names.push(if is_clear { pod.name().to_owned() } else { pod.meta.name.to_string() });
    }
    names
}

/// The `ipBlock`s that the policies on these pods name; none where there are too many to be repeated.
fn written_blocks<'c>(
    cluster: &'c Cluster,
    subjects: impl Iterator<Item = &'c Pod>,
    direction: Direction,
) -> Vec<IpBlock> {
    let mut namespaces: Vec<&str> = Vec::new();
    for namespace in subjects.map(Pod::namespace) {
        if !namespaces.contains(&namespace) {
            namespaces.push(namespace);
        }
    }
    let policies = namespaces.into_iter().flat_map(|namespace| cluster.policies_in(namespace));
    let blocks =
        |policy: &'c NetworkPolicy| policy.rules(direction).iter().flat_map(|rule| &rule.peers);
    let mut found = Vec::new();
    for peer in policies.flat_map(|(_, policy)| blocks(policy)) {
        if found.len() > MOST_BLOCKS {
            return Vec::new();
        }
        if let Peer::IpBlock(block) = peer
            && !found.contains(block)
        {
            found.push(block.clone());
        }
    }
    found
}

/// A set of addresses in the words of the policy where they fit, else as the fewest CIDRs. What lies
/// is a pod's own is no outside address, so it may be counted in or not.
fn addresses(set: &IpSet, written: &[IpBlock], inside: &IpSet) -> String {
    let family = |zeros: &str| {
        zeros
            .parse()
            .ok()
            .and_then(|zero| Cidr::new(zero, 0))
            .map_or_else(IpSet::empty, IpSet::from)
    };
    let is = |other: &IpSet| other.difference(inside) == *set;
    for (zeros, name) in [("0.0.0.0", "every IPv4 address"), ("::", "every IPv6 address")] {
        if is(&family(zeros)) {
            return name.to_owned();
        }
    }
    // blocks with exceptions last, so that "except a and b" cannot be misread
    let (plain, holed): (Vec<&IpBlock>, Vec<&IpBlock>) =
        written.iter().partition(|block| block.except.is_empty());
    let fits = |(_, addresses): &(&IpBlock, IpSet)| {
        let addresses = addresses.difference(inside);
        !addresses.is_empty() && set.covers(&addresses)
    };
    let blocks = plain.into_iter().chain(holed).map(|block| (block, block.addresses()));
    let fitting: Vec<(&IpBlock, IpSet)> = blocks.filter(fits).collect();
    // a block inside another says nothing new
    let is_needed = |(at, (_, addresses)): &(usize, &(&IpBlock, IpSet))| {
        let covers = |(other, (_, more)): (usize, &(&IpBlock, IpSet))| {
            other != *at && more.covers(addresses) && (more != addresses || other < *at)
        };
        !fitting.iter().enumerate().any(covers)
    };
    let kept = fitting.iter().enumerate().filter(is_needed).map(|(_, block)| block);
    let union = kept.clone().fold(IpSet::empty(), |union, (_, block)| union.union(block));
    if is(&union) {
        let names: Vec<String> = kept.map(|(block, _)| block.to_string()).collect();
        return few(&names, MOST_NAMES);
    }
    let cidrs: Vec<String> = set.cidrs().iter().map(ToString::to_string).collect();
    few(&cidrs, MOST_NAMES)
}
