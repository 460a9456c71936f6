//! The few words in a cell: exact and minimal. Whole namespaces by name, else pods, then ports, then
//! the selected pods it holds for where it differs among them.

use std::collections::BTreeSet;

use super::{MOST_NAMES, blocks, condition::conditions, few, list};
use crate::{
    cluster::{Cluster, PodId},
    meta::NamespacedName,
    objects::Pod,
    policy::Direction,
    ports::PortSet,
    scoreboard::{Cell, Column, Group, Peers, Share, State},
};

/// Groups of selected pods shown before the rest is counted.
const MOST_LINES: usize = 4;

/// The reason of a cell; empty where the state says it all.
pub fn reason(cluster: &Cluster, cell: &Cell, column: Column, direction: Direction) -> String {
    match cell.state {
        State::Denied => nobody_meets(cluster, cell, column, direction),
        State::Unrestricted if cell.selects_nobody => "selects no pod".to_owned(),
        State::Allowed | State::Unrestricted => String::new(),
        State::Depends if cell.selects_host_network => {
            "selects only pods on their node's network; the network plugin decides".to_owned()
        }
        State::Depends | State::Partly => partly(cluster, cell, column, direction),
    }
}

/// Rules that would open the column to pods of which there is none.
fn nobody_meets(cluster: &Cluster, cell: &Cell, column: Column, direction: Direction) -> String {
    let Some(share) = cell.shares.iter().find(|share| share.has_condition) else {
        return String::new();
    };
    format!("no pod here has {}", conditions(cluster, share, column, direction).0)
}

fn partly(cluster: &Cluster, cell: &Cell, column: Column, direction: Direction) -> String {
    // equal words for several groups of selected pods are said once
    let mut said: Vec<(String, Vec<PodId>)> = Vec::new();
    for share in &cell.shares {
        let words = share_line(cluster, share, column, direction, cell.asks_unknown_value);
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
        let name = |(id, workload): (PodId, Option<NamespacedName>)| {
            let name = workload.or_else(|| Some(cluster.pod(id)?.meta.name.clone()))?;
            Some(if several_namespaces { name.to_string() } else { name.name })
        };
        let names: Vec<String> = cluster.folded(subjects).into_iter().filter_map(name).collect();
        format!("{to} {}: {words}", few(&names, MOST_NAMES))
    };
    let open: Vec<_> = said.iter().filter(|(words, _)| words != NOBODY).collect();
    let mut lines: Vec<String> = open.iter().take(MOST_LINES).copied().map(line).collect();
    if open.len() > MOST_LINES {
        lines.push(format!("and so on for {} more", open.len() - MOST_LINES));
    }
    lines.join("; ")
}

/// What stands behind a name that is in nobody's files.
const ASSUMED: &str = " (assumed)";

const NOBODY: &str = "nobody";
const UNKNOWN: &str = "a label's value that is not in the files decides";

/// Whom a group of peers means.
pub(super) enum Who {
    /// Addresses, in words.
    Addresses(String),
    /// Nearly everyone: who is left out.
    AllBut(Vec<String>),
    /// These.
    Named(Vec<Name>),
}

/// One of those that a group means.
pub(super) struct Name {
    pub(super) text: String,
    /// The pod; `None` where all pods of a namespace are meant by its name.
    pub(super) pod: Option<PodId>,
}

impl Who {
    /// In a few words.
    fn words(&self) -> String {
        match self {
            Self::Addresses(words) => words.clone(),
            Self::AllBut(names) => format!("all but {}", list(names)),
            Self::Named(names) => few(&texts(names), MOST_NAMES),
        }
    }
}

fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|name| name.text.clone()).collect()
}

fn share_line(
    cluster: &Cluster,
    share: &Share,
    column: Column,
    direction: Direction,
    is_unknown: bool,
) -> String {
    let (depending, certain): (Vec<&Group>, Vec<&Group>) =
        share.groups.iter().partition(|group| group.admitted.depends());
    let open: Vec<&Group> =
        certain.into_iter().filter(|group| !group.admitted.documented.is_empty()).collect();
    if let Some(on_condition) = on_condition(cluster, share, column, direction) {
        return on_condition.words();
    }
    if share.groups.is_empty() {
        return if share.is_sure { of_strangers(&share.anyone) } else { UNKNOWN.to_owned() };
    }
    let who = |group: &Group| who(cluster, share, group, column, direction);
    let certain = certain_line(&open, share.groups.len(), who);
    if depending.is_empty() {
        return certain;
    }
    let decides = if is_unknown && depending.len() == share.groups.len() {
        UNKNOWN.to_owned()
    } else if is_unknown {
        let names: Vec<String> = depending.into_iter().map(|group| who(group).words()).collect();
        format!("for {}, {UNKNOWN}", list(&names))
    } else if depending.len() == share.groups.len() {
        "an ipBlock covers pod addresses; the network plugin decides".to_owned()
    } else {
        let names: Vec<String> = depending.into_iter().map(|group| who(group).words()).collect();
        format!("an ipBlock covers {}; the network plugin decides", list(&names))
    };
    if open.is_empty() { decides } else { format!("{certain}; {decides}") }
}

/// What the rules say where the pods that are there do not show it: all of them meet a condition, or
/// there is none at all.
pub(super) struct OnCondition {
    /// `purpose=ml-ops`
    pub(super) asked: String,
    /// What that opens, where it is not every port.
    pub(super) ports: Option<PortSet>,
    /// What is open to those who do not meet it.
    pub(super) anyone: PortSet,
    /// `all 5 pods here`; `None` where nobody is there.
    pub(super) all: Option<String>,
}

pub(super) fn on_condition(
    cluster: &Cluster,
    share: &Share,
    column: Column,
    direction: Direction,
) -> Option<OnCondition> {
    if column == Column::External || !share.has_condition {
        return None;
    }
    let (all, admitted) = match &*share.groups {
        [] => (None, None),
        [Group { peers: Peers::Pods(pods), admitted }]
            if !admitted.depends() && admitted.documented != share.anyone =>
        {
            (Some(all_of(cluster, pods)), Some(admitted.documented.clone()))
        }
        _ => return None,
    };
    let (asked, ports) = conditions(cluster, share, column, direction);
    let ports = admitted.or(ports).filter(|ports| !ports.is_all());
    Some(OnCondition { asked, ports, anyone: share.anyone.clone(), all })
}

fn all_of(cluster: &Cluster, pods: &[PodId]) -> String {
    let is_written = |id: &&PodId| cluster.pod(**id).is_some_and(|pod| !pod.is_assumed());
    let written: Vec<PodId> = pods.iter().filter(is_written).copied().collect();
    // how many pods a workload makes is nobody's to count
    let is_pod = |id: &PodId| cluster.pod(*id).is_some_and(|pod| pod.kind == "Pod");
    match written.as_slice() {
        [] => format!("all pods here{ASSUMED}"),
        [one] if pods.len() == 1 && is_pod(one) => "the only pod here".to_owned(),
        all if all.iter().all(is_pod) => format!("all {} pods here", all.len()),
        _ => "all pods here".to_owned(),
    }
}

impl OnCondition {
    fn words(&self) -> String {
        let Self { asked, ports, anyone, all } = self;
        let on = ports.as_ref().map_or_else(String::new, |ports| format!(", {ports}"));
        let who = match all {
            Some(all) => format!("{all}: {asked}"),
            None => format!("{asked} only"),
        };
        let anyone =
            if anyone.is_empty() { String::new() } else { format!("; everyone: {anyone}") };
        format!("{who}{on}{anyone}")
    }
}

/// Where nobody is there, what is open to whoever comes.
fn of_strangers(anyone: &PortSet) -> String {
    match (anyone.is_empty(), anyone.is_all()) {
        (true, _) => NOBODY.to_owned(),
        (_, true) => "everyone".to_owned(),
        _ => format!("{anyone} only"),
    }
}

/// Those who are admitted for certain, out of so many groups.
fn certain_line(open: &[&Group], all: usize, who: impl Fn(&Group) -> Who) -> String {
    match open {
        [] => NOBODY.to_owned(),
        [group] => {
            let ports = &group.admitted.documented;
            match (all == 1, ports.is_all()) {
                (true, true) => "everyone".to_owned(),
                (true, false) => format!("{ports} only"),
                (false, all_ports) => {
                    let who = who(group);
                    let only = if matches!(who, Who::AllBut(_)) { "" } else { " only" };
                    let ports = if all_ports { String::new() } else { format!(", {ports}") };
                    format!("{}{only}{ports}", who.words())
                }
            }
        }
        several => {
            let line =
                |group: &&Group| format!("{}: {}", who(group).words(), group.admitted.documented);
            let mut lines: Vec<String> = several.iter().take(MOST_LINES).map(line).collect();
            if several.len() > MOST_LINES {
                lines.push(format!("and {} more", several.len() - MOST_LINES));
            }
            lines.join("; ")
        }
    }
}

/// Whom a group means: whole namespaces where all their pods are in it.
pub(super) fn who(
    cluster: &Cluster,
    share: &Share,
    group: &Group,
    column: Column,
    direction: Direction,
) -> Who {
    match &group.peers {
        Peers::Addresses(set) => {
            let subjects = share.subjects.iter().filter_map(|id| cluster.pod(*id));
            Who::Addresses(blocks::addresses(cluster, set, subjects, direction))
        }
        Peers::Pods(pods) => {
            let others = share.groups.iter().filter(|other| *other != group);
            let others: Vec<PodId> =
                others.flat_map(|other| pod_ids(&other.peers).iter().copied()).collect();
            let names = pod_names(cluster, pods, &others, column);
            let rest = pod_names(cluster, &others, pods, column);
            if names.len() > 3 && rest.len() <= 2 && !rest.is_empty() {
                return Who::AllBut(texts(&rest));
            }
            Who::Named(names)
        }
    }
}

/// A name that is in nobody's files.
pub(super) fn marked(name: String, is_assumed: bool) -> String {
    if is_assumed { format!("{name}{ASSUMED}") } else { name }
}

fn pod_ids(peers: &Peers) -> &[PodId] {
    match peers {
        Peers::Pods(pods) => pods,
        Peers::Addresses(_) => &[],
    }
}

/// Namespaces of which all pods are meant by their name, other pods one by one.
fn pod_names(cluster: &Cluster, pods: &[PodId], others: &[PodId], column: Column) -> Vec<Name> {
    let namespace_of = |id: &PodId| cluster.pod(*id).map_or("", Pod::namespace);
    let mut split: Vec<&str> = Vec::new();
    for namespace in others.iter().map(namespace_of) {
        if !split.contains(&namespace) {
            split.push(namespace);
        }
    }
    let written = |id: &&PodId| cluster.pod(**id).is_some_and(|pod| !pod.is_assumed());
    let written: BTreeSet<&str> = pods.iter().filter(written).map(namespace_of).collect();
    let is_stranger = |namespace: &str| !written.contains(namespace);
    let mut names = Vec::new();
    let mut whole: Vec<&str> = Vec::new();
    for (id, workload) in cluster.folded(pods) {
        let Some(pod) = cluster.pod(id) else { continue };
        let namespace = pod.namespace();
        if column == Column::Cross && !split.contains(&namespace) {
            if !whole.contains(&namespace) {
                whole.push(namespace);
                let text = marked(namespace.to_owned(), is_stranger(namespace));
                names.push(Name { text, pod: None });
            }
            continue;
        }
        let name = workload.unwrap_or_else(|| pod.meta.name.clone());
        let is_clear = column == Column::Same || !cluster.is_ambiguous(pod.name());
        let text = if is_clear { name.name } else { name.to_string() };
        names.push(Name { text: marked(text, pod.is_assumed()), pod: Some(id) });
    }
    names
}
