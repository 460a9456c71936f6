//! Values of labels that only the cluster knows, where an answer takes one: who asks for which, of whom.

use super::{Sentence, near::Asked, place};
use crate::{
    cluster::Cluster,
    meta::Labels,
    objects::Pod,
    policy::{Direction, Peer},
    selector::LabelSelectorRequirement,
    verdict::{PeerTrace, PolicyTrace, Unmet, Verdict},
};

/// Requirements told of one connection.
const MOST: usize = 4;

/// "`job-name=backup-7` asks for a value that is not in the files: the controller sets `job-name=backup-*`"
pub(super) fn clause(requirement: &LabelSelectorRequirement, labels: &Labels) -> String {
    let key = &requirement.key;
    let value = labels.get(key).map_or("", String::as_str);
    format!(
        "`{requirement}` asks for a value that is not in the files: the controller sets `{key}={value}`"
    )
}

/// Who asks for unknown values, in the policies of both ends.
pub(super) fn askers(cluster: &Cluster, verdict: &Verdict) -> Vec<Sentence> {
    let mut found = Vec::new();
    for direction in [Direction::Egress, Direction::Ingress] {
        let Some(asked) = Asked::of(cluster, &verdict.connection, direction) else { continue };
        for trace in verdict.direction(direction).policies() {
            found.extend(of_policy(&asked, trace));
            if found.len() >= MOST {
                return found;
            }
        }
    }
    found
}

fn of_policy(asked: &Asked<'_>, trace: &PolicyTrace) -> Vec<Sentence> {
    let Some(policy) = asked.cluster.policy(trace.policy) else { return Vec::new() };
    let name = &policy.meta.name.name;
    let mut found = Vec::new();
    let unknown = trace.unknown.and_then(|at| policy.pod_selector.requirements.get(at));
    if let Some(requirement) = unknown {
        let clause = clause(requirement, asked.subject.labels());
        let text = format!("Whether **{name}** selects `{}`: {clause}.", asked.subject.meta.name);
        let selector = place::field(policy, "spec.podSelector");
        let place = selector.map(|selector| place::requirement(&selector, requirement));
        found.push(Sentence::new(text, place.into_iter().collect()));
    }
    let peer = asked.peer.into_iter();
    for peer in peer {
        let requirements = trace.rules.iter().enumerate().flat_map(|(rule, rule_trace)| {
            let items = rule_trace.peers.iter().flatten().enumerate();
            items.filter_map(move |(item, trace)| {
                let peers = &policy.rules(asked.direction).get(rule)?.peers;
                Some((rule, item, of_peer(peers.get(item)?, trace)?))
            })
        });
        for (rule, item, requirement) in requirements.take(MOST) {
            let clause = clause(requirement, peer.labels());
            let text =
                format!("Whether a rule of **{name}** matches `{}`: {clause}.", peer.meta.name);
            let place = place::item(policy, asked.direction, rule, Some(item))
                .map(|origin| place::requirement(&origin.key("podSelector"), requirement));
            found.push(Sentence::new(text, place.into_iter().collect()));
        }
    }
    found
}

/// The requirement of a peer that asks for an unknown value, where all else fits.
fn of_peer<'p>(item: &'p Peer, trace: &PeerTrace) -> Option<&'p LabelSelectorRequirement> {
    match (item, trace) {
        (
            Peer::Pods { pods: Some(selector), .. },
            PeerTrace::Selectors { namespace: None, pod: Some(Unmet::Unknown(at)), .. },
        ) => selector.requirements.get(*at),
        _ => None,
    }
}

/// On what it depends whether a policy selects a pod, where it does not surely.
pub(super) fn condition(trace: &PolicyTrace, cluster: &Cluster, subject: &Pod) -> Option<String> {
    let policy = cluster.policy(trace.policy)?;
    let requirement = policy.pod_selector.requirements.get(trace.unknown?)?;
    Some(clause(requirement, subject.labels()))
}
