//! A cell's answer in a sentence, and whom it is about: all that is told before anybody asks why.

use super::{
    few,
    reason::{Name, Names, OnCondition, Who, marked, on_condition, who},
};
use crate::{
    cluster::{Cluster, PodId, PolicyId},
    evaluate::{is_sure, selects},
    meta::NamespacedName,
    objects::Pod,
    policy::{Direction, NetworkPolicy},
    ports::PortSet,
    scoreboard::{Cell, Cells, Column, Group, Scoreboard, Share, State},
};

/// Names before the rest is counted.
pub(super) const MOST_NAMES: usize = 4;

/// Which row a cell is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// One policy, alone.
    Policy(PolicyId),
    /// All policies together.
    Together,
}

impl Subject {
    /// Its row of a table; `None` when the policy is in none.
    pub fn cells(self, scoreboard: &Scoreboard) -> Option<&Cells> {
        match self {
            Self::Together => Some(&scoreboard.together),
            Self::Policy(id) => {
                scoreboard.rows.iter().find(|row| row.policy == id).map(|row| &row.cells)
            }
        }
    }
}

/// What a cell says, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The answer in one sentence: "Only model-monitor of ml-ops gets in."
    pub headline: String,
    /// Whom the row is about.
    pub subline: String,
}

/// Puts a cell into words. `None` when the policy is not of this cluster.
pub fn heading(
    cluster: &Cluster,
    scoreboard: &Scoreboard,
    subject: Subject,
    column: Column,
) -> Option<Heading> {
    let direction = scoreboard.direction;
    let subline = match subject {
        Subject::Together => all_of(scoreboard.rows.len()),
        Subject::Policy(id) => subline(cluster, cluster.policy(id)?, direction),
    };
    let cell = subject.cells(scoreboard)?.get(column);
    let headline = headline(cluster, cell, column, direction);
    Some(Heading { headline, subline })
}

fn all_of(rows: usize) -> String {
    match rows {
        0 => "There is no policy.".to_owned(),
        1 => "There is one policy, so this row says the same as its own.".to_owned(),
        count => format!("All {count} policies at once, as the cluster enforces them."),
    }
}

fn subline(cluster: &Cluster, policy: &NetworkPolicy, direction: Direction) -> String {
    let NamespacedName { namespace, name } = &policy.meta.name;
    let selected = selected(cluster, policy);
    let all = cluster.subjects().filter(|(_, pod)| pod.namespace() == namespace);
    let all = cluster.folded(&all.map(|(id, _)| id).collect::<Vec<_>>()).len();
    let whom = match selected.len() {
        0 => format!("selects no pod of {namespace}"),
        1 if all == 1 => format!("selects the only pod of {namespace}"),
        count if count == all => format!("selects all {all} pods of {namespace}"),
        _ => format!("selects {} of {namespace}", few(&selected, MOST_NAMES)),
    };
    let isolates = match (policy.affects(direction), selected.len()) {
        (_, 0) => ", so it has no effect".to_owned(),
        (false, _) => format!(" and says nothing about {direction}"),
        (_, 1) => format!(" and restricts {}", restricted(direction, "it", "it")),
        _ => format!(" and restricts {}", restricted(direction, "them", "they")),
    };
    format!("Policy **{name}** {whom}{isolates}.")
}

/// "who may connect to it", "where they may connect to"
fn restricted(direction: Direction, object: &str, subject: &str) -> String {
    match direction {
        Direction::Ingress => format!("who may connect to {object}"),
        Direction::Egress => format!("where {subject} may connect to"),
    }
}

/// The names of the pods that a policy selects.
pub(super) fn selected(cluster: &Cluster, policy: &NetworkPolicy) -> Vec<String> {
    let pods = cluster.subjects().filter(|(_, pod)| selects(policy, pod));
    let pods: Vec<PodId> = pods.map(|(id, _)| id).collect();
    let name = |(id, workload): (PodId, Option<NamespacedName>)| {
        let pod = cluster.pod(id)?;
        let name = workload.map_or_else(|| pod.name().to_owned(), |workload| workload.name);
        let name = marked(name, pod.is_assumed());
        Some(if is_sure(policy, pod) { name } else { format!("{name} (perhaps)") })
    };
    cluster.folded(&pods).into_iter().filter_map(name).collect()
}

fn headline(cluster: &Cluster, cell: &Cell, column: Column, direction: Direction) -> String {
    let gets = match direction {
        Direction::Ingress => "gets in",
        Direction::Egress => "can be reached",
    };
    let (every, no) = match column {
        Column::Same => ("Every pod of the same namespace", "No pod of the same namespace"),
        Column::Cross => ("Every pod of every other namespace", "No pod of another namespace"),
        Column::External => ("Everyone outside the cluster", "Nobody outside the cluster"),
    };
    match cell.state {
        State::Allowed => format!("{every} {gets}."),
        State::Denied => format!("{no} {gets}."),
        State::Unrestricted => format!("Nothing is restricted for {direction} here."),
        State::Depends if cell.asks_unknown_value => {
            "It depends on a label's value that is not in the files.".to_owned()
        }
        State::Depends => "The network plugin decides.".to_owned(),
        State::Partly => {
            let on = |ports: &PortSet| {
                let only =
                    if ports.is_all() { String::new() } else { format!(", but only on {ports}") };
                format!("{every} {gets}{only}.")
            };
            let sentence = |share: &Share| match only_group(share)? {
                (group, true) => Some(on(&group.admitted.documented)),
                (group, false) => {
                    let who = who(cluster, share, group, column, direction);
                    Some(who_gets(cluster, &who, group, direction))
                }
            };
            let sentence = |share: &Share| {
                if share.groups.is_empty() && !share.anyone.is_empty() && !share.has_condition {
                    return Some(on(&share.anyone));
                }
                let on_condition = on_condition(cluster, share, column, direction);
                on_condition.map(|it| those_with(&it, direction)).or_else(|| sentence(share))
            };
            partly(&cell.shares.iter().map(sentence).collect::<Vec<_>>(), direction)
        }
    }
}

/// What is true of all selected pods, if it can be said in a sentence.
fn partly(sentences: &[Option<String>], direction: Direction) -> String {
    match (sentences, direction) {
        ([Some(first), rest @ ..], _) if rest.iter().all(|one| one.as_ref() == Some(first)) => {
            first.clone()
        }
        ([_, _, ..], _) => "It differs from pod to pod.".to_owned(),
        (_, Direction::Ingress) => "It differs from caller to caller.".to_owned(),
        (_, Direction::Egress) => "It differs from one destination to the next.".to_owned(),
    }
}

/// The one group that is admitted, where there is one, and whether it is everyone.
fn only_group(share: &Share) -> Option<(&Group, bool)> {
    let mut open = share.groups.iter().filter(|group| !group.admitted.documented.is_empty());
    let group = open.next()?;
    open.next().is_none().then_some((group, share.groups.len() == 1))
}

/// "Only pods with `app=web` get in, and all 5 pods here are such."
fn those_with(on_condition: &OnCondition, direction: Direction) -> String {
    let get = match direction {
        Direction::Ingress => "get in",
        Direction::Egress => "can be reached",
    };
    let OnCondition { asked, ports, anyone, all } = on_condition;
    let on = ports.as_ref().map_or_else(String::new, |ports| format!(" on {ports}"));
    let here = match all {
        Some(all) => format!("; {all} {} such", if all.starts_with("the") { "is" } else { "are" }),
        None => "; there is none here".to_owned(),
    };
    let others =
        if anyone.is_empty() { String::new() } else { format!(", and others on {anyone}") };
    format!("Only those with `{asked}` {get}{on}{others}{here}.")
}

/// "Only model-monitor of ml-ops gets in.", "Only the pods of ml-ops get in on TCP 80."
fn who_gets(cluster: &Cluster, who: &Who, group: &Group, direction: Direction) -> String {
    let (gets, get) = match direction {
        Direction::Ingress => ("gets in", "get in"),
        Direction::Egress => ("can be reached", "can be reached"),
    };
    let ports = &group.admitted.documented;
    let on = if ports.is_all() { String::new() } else { format!(" on {ports}") };
    match who {
        Who::AllBut(names) => format!("Here, all but {} {get}{on}.", super::list(names)),
        Who::Addresses(words) => format!("Only {words} {gets}{on}."),
        Who::Named(Names { pods, namespaces }) => {
            if let ([Name { pod, text }], 0) = (pods.names.as_slice(), namespaces.count) {
                let full_name = |pod: &Pod| {
                    marked(format!("{} of {}", pod.name(), pod.namespace()), pod.is_assumed())
                };
                let name = cluster.pod(*pod).map_or_else(|| text.clone(), full_name);
                return format!("Only {name} {gets}{on}.");
            }
            // "x and the pods of y": whole namespaces last
            let whom = match (pods.count, namespaces.count) {
                (1.., 0) => pods.words(),
                (0, _) => format!("the pods of {}", namespaces.words()),
                _ => format!("{} and the pods of {}", pods.words(), namespaces.words()),
            };
            format!("Only {whom} {get}{on}.")
        }
    }
}

/// The names of some pods; in full where they are of several namespaces.
pub(super) fn pod_names(cluster: &Cluster, pods: &[PodId]) -> Vec<String> {
    let name = |(id, workload): (PodId, Option<NamespacedName>)| {
        workload.or_else(|| Some(cluster.pod(id)?.meta.name.clone()))
    };
    let names: Vec<NamespacedName> = cluster.folded(pods).into_iter().filter_map(name).collect();
    let first = names.first().map(|name| name.namespace.as_str());
    let is_one = names.iter().all(|name| Some(name.namespace.as_str()) == first);
    names.iter().map(|name| if is_one { name.name.clone() } else { name.to_string() }).collect()
}
