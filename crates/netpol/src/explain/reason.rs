//! The few words in a cell: exact and minimal. Whole namespaces by name, else pods, then ports, then
//! the selected pods it holds for where it differs among them.

use std::collections::BTreeMap;

use super::{MOST_NAMES, blocks, condition::conditions, few, few_of, list};
use crate::{
    cluster::{Cluster, PodId},
    meta::NamespacedName,
    objects::Pod,
    policy::Direction,
    ports::PortSet,
    scoreboard::{Cell, Column, Group, Peers, PodSet, Share, State},
};

/// Groups of selected pods shown before the rest is counted.
const MOST_LINES: usize = 4;

/// Said where the table holds no shares of a cell.
const TOO_LARGE: &str = "it differs in more ways than a table can hold (too-large)";

/// The reason of a cell; empty where the state says it all.
pub fn reason(cluster: &Cluster, cell: &Cell, column: Column, direction: Direction) -> String {
    match cell.state {
        State::Denied => nobody_meets(cluster, cell, column, direction),
        State::Unrestricted if cell.selects_nobody => "selects no pod".to_owned(),
        State::Allowed | State::Unrestricted => String::new(),
        State::Depends if cell.selects_host_network => {
            "selects only pods on their node's network; the network plugin decides".to_owned()
        }
        State::Depends | State::Partly if cell.is_cut => TOO_LARGE.to_owned(),
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
    let mut said: Vec<(String, Vec<&PodSet>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for share in &cell.shares {
        let words = share_line(cluster, share, column, direction, cell.asks_unknown_value);
        let at = *known.entry(words.clone()).or_insert(said.len());
        match said.get_mut(at) {
            Some((_, subjects)) => subjects.push(&share.subjects),
            None => said.push((words, vec![&share.subjects])),
        }
    }
    if let [(words, _)] = said.as_slice() {
        return words.clone();
    }
    let to = match direction {
        Direction::Ingress => "to",
        Direction::Egress => "from",
    };
    // the pods of a share are of one namespace
    let firsts = cell.shares.iter().filter_map(|share| share.subjects.first());
    let mut namespaces = firsts.filter_map(|id| cluster.pod(id)).map(Pod::namespace);
    let first = namespaces.next();
    let several_namespaces = namespaces.any(|namespace| Some(namespace) != first);
    let line = |(words, subjects): &(String, Vec<&PodSet>)| {
        let name = |(id, workload): (PodId, Option<NamespacedName>)| {
            let name = workload.or_else(|| Some(cluster.pod(id)?.meta.name.clone()))?;
            Some(if several_namespaces { name.to_string() } else { name.name })
        };
        let pods: Vec<PodId> = subjects.iter().flat_map(|pods| pods.ids()).collect();
        let names: Vec<String> = cluster.folded(&pods).into_iter().filter_map(name).collect();
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
    Named(Names),
}

/// Those that a group means: some of them by name, and how many there are.
#[derive(Default)]
pub(super) struct Names {
    /// Pods one by one.
    pub(super) pods: Shown,
    /// Namespaces of which all pods are meant.
    pub(super) namespaces: Shown,
}

/// Those of many that are named, in the order in which they were written.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) names: Vec<Name>,
    pub(super) count: usize,
}

/// One of those that a group means.
pub(super) struct Name {
    pub(super) text: String,
    /// The pod, or the first one of its namespace.
    pub(super) pod: PodId,
}

impl Who {
    /// In a few words.
    fn words(&self) -> String {
        match self {
            Self::Addresses(words) => words.clone(),
            Self::AllBut(names) => format!("all but {}", list(names)),
            Self::Named(names) => few_of(&names.texts(), names.count(), MOST_NAMES),
        }
    }
}

impl Names {
    fn count(&self) -> usize {
        self.pods.count + self.namespaces.count
    }

    /// The first of them, as they were written.
    fn texts(&self) -> Vec<String> {
        let mut names: Vec<&Name> = self.pods.names.iter().chain(&self.namespaces.names).collect();
        names.sort_by_key(|name| name.pod);
        names.into_iter().map(|name| name.text.clone()).collect()
    }
}

impl Shown {
    /// In a few words.
    pub(super) fn words(&self) -> String {
        let texts: Vec<String> = self.names.iter().map(|name| name.text.clone()).collect();
        few_of(&texts, self.count, MOST_NAMES)
    }

    /// Names the first few of some.
    fn of<T>(all: Vec<(PodId, T)>, name: impl Fn(PodId, T) -> Option<String>) -> Self {
        let count = all.len();
        // in the order written, as far as they are shown
        let mut first: Vec<(PodId, T)> = Vec::with_capacity(MOST_NAMES + 1);
        for one in all {
            let place = first.partition_point(|(id, _)| *id < one.0);
            if place < MOST_NAMES {
                first.insert(place, one);
                first.truncate(MOST_NAMES);
            }
        }
        let names =
            first.into_iter().filter_map(|(pod, one)| Some(Name { text: name(pod, one)?, pod }));
        Self { names: names.collect(), count }
    }
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

fn all_of(cluster: &Cluster, pods: &PodSet) -> String {
    let is_written = |id: &PodId| cluster.pod(*id).is_some_and(|pod| !pod.is_assumed());
    let written: Vec<PodId> = pods.unordered().filter(is_written).collect();
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
            let subject = share.subjects.first().and_then(|id| cluster.pod(id));
            let own = subject.map_or("", Pod::namespace);
            Who::Addresses(blocks::addresses(cluster, &set.ips(), own, direction))
        }
        Peers::Pods(pods) => {
            let names = pod_names(cluster, pods, column);
            if names.count() > 3 {
                let rest = pod_names(cluster, &pods.others(), column);
                if (1..=2).contains(&rest.count()) {
                    return Who::AllBut(rest.texts());
                }
            }
            Who::Named(names)
        }
    }
}

/// A name that is in nobody's files.
pub(super) fn marked(name: String, is_assumed: bool) -> String {
    if is_assumed { format!("{name}{ASSUMED}") } else { name }
}

/// Namespaces of which all pods are meant by their name, other pods one by one.
fn pod_names(cluster: &Cluster, pods: &PodSet, column: Column) -> Names {
    let is_written = |id| cluster.pod(id).is_some_and(|pod| !pod.is_assumed());
    let (mut alone, mut whole) = (Vec::new(), Vec::new());
    for here in pods.namespaces() {
        if column == Column::Cross && here.is_whole {
            whole.extend(here.first().map(|first| (first, here)));
        } else {
            let mut pods: Vec<PodId> = here.pods().collect();
            pods.sort_unstable();
            alone.extend(cluster.folded(&pods));
        }
    }
    let namespaces = Shown::of(whole, |first, here| {
        let name = cluster.pod(first)?.namespace().to_owned();
        Some(marked(name, !here.pods().any(is_written)))
    });
    let pods = Shown::of(alone, |id, workload| {
        let pod = cluster.pod(id)?;
        let name = workload.unwrap_or_else(|| pod.meta.name.clone());
        let is_clear = column == Column::Same || !cluster.is_ambiguous(pod.name());
        let text = if is_clear { name.name } else { name.to_string() };
        Some(marked(text, pod.is_assumed()))
    });
    Names { pods, namespaces }
}
