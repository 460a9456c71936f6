//! A cell's answer in one sentence: "Only model-monitor of ml-ops gets in."

use super::reason::{ALL_BUT, reason};
use crate::{
    cluster::{Cluster, PodId},
    policy::Direction,
    scoreboard::{Cell, Column, Group, Peers, State},
};

/// The answer in one sentence.
pub(super) fn headline(
    cluster: &Cluster,
    cell: &Cell,
    column: Column,
    direction: Direction,
) -> String {
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
        State::Depends => "The network plugin decides.".to_owned(),
        State::Partly => match only_group(cell) {
            Some((group, true)) => {
                format!("{every} {gets}, but only on {}.", group.admitted.documented)
            }
            Some((group, false)) => {
                let ports = &group.admitted.documented;
                let on = if ports.is_all() { String::new() } else { format!(" on {ports}") };
                let who = who_gets(cluster, cell, group, column, direction);
                let only = if who.starts_with(ALL_BUT) { "Here, " } else { "Only " };
                format!("{only}{who}{on}.")
            }
            None if cell.shares.len() > 1 => "It differs from pod to pod.".to_owned(),
            None => match direction {
                Direction::Ingress => "It differs from caller to caller.".to_owned(),
                Direction::Egress => "It differs from one destination to the next.".to_owned(),
            },
        },
    }
}

/// The one group that is admitted, where there is one, and whether it is everyone.
fn only_group(cell: &Cell) -> Option<(&Group, bool)> {
    let [share] = cell.shares.as_slice() else { return None };
    let mut open = share.groups.iter().filter(|group| !group.admitted.documented.is_empty());
    let group = open.next()?;
    open.next().is_none().then_some((group, share.groups.len() == 1))
}

/// "model-monitor of ml-ops gets in", "the pods of ml-ops get in", "10.0.0.0/8 gets in".
fn who_gets(
    cluster: &Cluster,
    cell: &Cell,
    group: &Group,
    column: Column,
    direction: Direction,
) -> String {
    let (gets, get) = match direction {
        Direction::Ingress => ("gets in", "get in"),
        Direction::Egress => ("can be reached", "can be reached"),
    };
    let words = reason(cluster, cell, column, direction);
    let who = words.split(" only").next().unwrap_or_default();
    if who.starts_with(ALL_BUT) {
        return format!("{} {get}", who.split(',').next().unwrap_or_default());
    }
    let Peers::Pods(pods) = &group.peers else { return format!("{who} {gets}") };
    let name = |id: &PodId| cluster.pod(*id).map(|pod| &pod.meta.name);
    match pods.as_slice() {
        [id] if name(id)
            .is_some_and(|name| !who.contains(&name.namespace) || who.contains('/')) =>
        {
            name(id).map_or_else(String::new, |name| {
                format!("{} of {} {gets}", name.name, name.namespace)
            })
        }
        _ if column == Column::Same
            || pods.iter().filter_map(name).any(|name| who.contains(&name.name)) =>
        {
            format!("{who} {get}")
        }
        _ => format!("the pods of {who} {get}"),
    }
}
