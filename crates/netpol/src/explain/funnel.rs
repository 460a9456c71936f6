//! A picture as data: the questions that a connection meets on one side, in order, down to
//! allowed or denied. Made from the trace and from the same gates as the sentences.

use super::{
    gate::{Follows, Gate},
    lane::{Lane, lane},
    near::{Asked, spots},
    place,
    side::policy_names,
};
use crate::{
    cluster::{Cluster, PolicyId},
    connection::Connection,
    evaluate::evaluate,
    plugin::{OpenQuestion, Plugin},
    policy::Direction,
    resolve::in_full,
    verdict::{DirectionVerdict, PolicyTrace},
};

/// Lanes that a picture has room for.
const MOST_LANES: usize = 6;

/// What one end's policies, or one of them, make of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funnel {
    /// Egress of the source or ingress of the destination.
    pub direction: Direction,
    /// The connection.
    pub connection: Connection,
    /// The first questions: is the pod selected, is the direction restricted? "No" means allowed.
    pub gates: Vec<Gate>,
    /// One an item of a rule; those that let the connection through first, then the nearest misses.
    /// Empty where it never comes to the rules, or where there are none.
    pub lanes: Vec<Lane>,
    /// How many lanes more there are, each further off or just as open.
    pub left_out: usize,
    /// Whether it is let through, with the usual network plugin.
    pub is_allowed: bool,
    /// Whether that takes a value that only the cluster knows, so that it cannot be told.
    pub is_unknown: bool,
}

/// The funnel of one end of a connection: of one policy alone, or of all that select the pod. `None`
/// where that end is no pod, or one of the two is not there. A Service is no end: see
/// [`Arrival::connection`](super::Arrival).
pub fn funnel(
    cluster: &Cluster,
    connection: &Connection,
    direction: Direction,
    policy: Option<PolicyId>,
) -> Option<Funnel> {
    let connection = &in_full(cluster, connection).ok()?;
    let verdict = evaluate(cluster, connection).ok()?;
    let asked = Asked::of(cluster, connection, direction)?;
    let side = verdict.direction(direction);
    // where most network plugins apply no policy, no policy has a say
    let is_on_node = matches!(side, DirectionVerdict::HostNetwork { .. });
    let is_meant = |trace: &&PolicyTrace| policy.is_none_or(|id| trace.policy == id) && !is_on_node;
    let meant: Vec<PolicyTrace> = side.policies().iter().filter(is_meant).cloned().collect();
    let admits = |plugin| {
        let side = DirectionVerdict::Isolated { policies: meant.clone() };
        meant.is_empty() || asked.is_among(&side.admitted(plugin))
    };
    let is_allowed = admits(Plugin::USUAL);
    let is_unknown = is_allowed != admits(OpenQuestion::UnknownValue.flipped(Plugin::USUAL));
    let spots = spots(&asked, &meant);
    Some(Funnel {
        direction,
        connection: connection.clone(),
        gates: gates(&asked, &meant, policy),
        lanes: spots.iter().take(MOST_LANES).filter_map(|spot| lane(&asked, spot)).collect(),
        left_out: spots.len().saturating_sub(MOST_LANES),
        is_allowed,
        is_unknown,
    })
}

/// The questions before the rules.
fn gates(asked: &Asked<'_>, meant: &[PolicyTrace], only: Option<PolicyId>) -> Vec<Gate> {
    let Asked { cluster, subject, .. } = *asked;
    let finds = |id: &PolicyId| {
        let policy = cluster.policy(*id);
        policy.is_some_and(|policy| {
            policy.meta.name.namespace == subject.namespace()
                && policy.pod_selector.may_match(subject.labels())
        })
    };
    let all = cluster.policies_in(subject.namespace()).map(|(id, _)| id);
    let selecting: Vec<PolicyId> = match only {
        Some(id) => [id].into_iter().filter(finds).collect(),
        None => all.filter(finds).collect(),
    };
    let pod = &subject.meta.name;
    let is_free = subject.is_finished() || subject.host_network;
    let is_selected = !selecting.is_empty() && !is_free;
    let because = match selecting.len() {
        _ if subject.is_finished() => "it has come to its end".to_owned(),
        _ if is_free => "it uses its node's network".to_owned(),
        0 => "no `podSelector` finds it".to_owned(),
        1 => format!("{} selects it", policy_names(cluster, &selecting)),
        _ => format!("{} select it", policy_names(cluster, &selecting)),
    };
    let question = format!("Is `{pod}` selected?");
    let asking: Vec<PolicyId> =
        if selecting.is_empty() { only.into_iter().collect() } else { selecting };
    let mut first = Gate::new(question, is_selected, because, None);
    first.places = place::pod_selectors(cluster, &asking);
    first.no = Follows::Allowed;
    let mut gates = vec![first];
    if is_selected {
        gates.push(restricted(asked, meant, &asking));
    }
    gates
}

fn restricted(asked: &Asked<'_>, meant: &[PolicyTrace], selecting: &[PolicyId]) -> Gate {
    let Asked { cluster, direction, .. } = *asked;
    let is_restricted = !meant.is_empty();
    let ids: Vec<PolicyId> = if is_restricted {
        meant.iter().map(|trace| trace.policy).collect()
    } else {
        selecting.to_vec()
    };
    let names = policy_names(cluster, &ids);
    let because = match (is_restricted, ids.len()) {
        (true, 1) => format!("{names} restricts it"),
        (true, _) => format!("{names} restrict it"),
        (false, 1) => format!("{names} has no {} among its policy types", direction.as_str()),
        (false, _) => format!("{names} have no {} among their policy types", direction.as_str()),
    };
    let mut gate = Gate::new(format!("Is {direction} restricted?"), is_restricted, because, None);
    let policies = ids.iter().filter_map(|id| cluster.policy(*id));
    gate.places = policies.filter_map(|policy| place::types(policy, direction)).collect();
    gate.no = Follows::Allowed;
    // without rules nobody is named
    if meant.iter().all(|trace| trace.rules.is_empty()) {
        gate.yes = Follows::Denied;
    }
    gate
}
