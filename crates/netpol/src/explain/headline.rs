//! A cell's answer in one sentence: "Only model-monitor of ml-ops gets in."

use super::{
    few,
    reason::{MOST_NAMES, Name, Who, who},
};
use crate::{
    cluster::Cluster,
    policy::Direction,
    scoreboard::{Cell, Column, Group, Share, State},
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
        State::Partly => {
            let sentence = |share: &Share| match only_group(share)? {
                (group, true) => {
                    Some(format!("{every} {gets}, but only on {}.", group.admitted.documented))
                }
                (group, false) => {
                    let who = who(cluster, share, group, column, direction);
                    Some(who_gets(cluster, &who, group, direction))
                }
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
        Who::Bystander => format!("Only pods without labels {get}{on}."),
        Who::Addresses(words) => format!("Only {words} {gets}{on}."),
        Who::Named(names) => match names.as_slice() {
            [Name { pod: Some(id), text }] => {
                let name = cluster.pod(*id).map(|pod| &pod.meta.name);
                let name = name.map_or_else(
                    || text.clone(),
                    |name| format!("{} of {}", name.name, name.namespace),
                );
                format!("Only {name} {gets}{on}.")
            }
            names => {
                // "x and the pods of y": whole namespaces last
                let (pods, namespaces): (Vec<&Name>, Vec<&Name>) =
                    names.iter().partition(|name| name.pod.is_some());
                let texts = |names: Vec<&Name>| {
                    let texts: Vec<String> = names.iter().map(|name| name.text.clone()).collect();
                    few(&texts, MOST_NAMES)
                };
                let whom = match (pods.is_empty(), namespaces.is_empty()) {
                    (false, true) => texts(pods),
                    (true, _) => format!("the pods of {}", texts(namespaces)),
                    (false, false) => {
                        format!("{} and the pods of {}", texts(pods), texts(namespaces))
                    }
                };
                format!("Only {whom} {get}{on}.")
            }
        },
    }
}
