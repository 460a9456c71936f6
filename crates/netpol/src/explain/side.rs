//! One side of a connection: the four questions about one pod, one direction and one peer. Which
//! policies select the pod? Is the direction restricted? Does a rule match? So what?

use super::{
    MOST_NAMES, Sentence, clause, few,
    lane::lane,
    near::{Asked, Spot, spots},
    place, unknown,
};
use crate::{
    cluster::{Cluster, PolicyId},
    connection::Entity,
    objects::Pod,
    plugin::{OpenQuestion, Plugin},
    policy::{Direction, NetworkPolicy},
    selector::Fit,
    verdict::{DirectionVerdict, PolicyTrace},
};

/// Items of rules shown before the rest is counted.
const MOST_ITEMS: usize = 8;
/// Policies that do not select the pod, shown before the rest is counted.
const MOST_OTHERS: usize = 3;

/// What the policies of one end say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Egress for the source, ingress for the destination.
    pub direction: Direction,
    /// The end whose policies are asked.
    pub subject: Entity,
    /// Whether this side lets the connection through, with the usual network plugin.
    pub is_allowed: bool,
    /// Whether that takes a value that only the cluster knows, so that it cannot be told.
    pub is_unknown: bool,
    /// Whether any policy restricts it.
    pub is_restricted: bool,
    /// The four questions, as far as they come up.
    pub steps: Vec<Sentence>,
}

/// Explains one side.
pub(super) fn side(asked: &Asked<'_>, verdict: &DirectionVerdict) -> Side {
    let traces = verdict.policies();
    let admitted = verdict.admitted(Plugin::USUAL);
    let is_allowed = asked.is_among(&admitted);
    let otherwise = OpenQuestion::UnknownValue.flipped(Plugin::USUAL);
    let is_unknown = is_allowed != asked.is_among(&verdict.admitted(otherwise));
    let teller = Teller { asked, traces, selecting: selecting(asked.cluster, asked.subject) };
    let mut steps = vec![teller.selected()];
    let is_on_node = matches!(verdict, DirectionVerdict::HostNetwork { .. });
    if !teller.selecting.is_empty() && !is_on_node {
        steps.push(teller.restricted());
    }
    if is_on_node {
        steps.push(teller.on_node());
    } else if !traces.is_empty() {
        steps.push(teller.rules(is_allowed));
    }
    steps.push(if is_unknown { teller.perhaps() } else { teller.so(is_allowed) });
    let subject = match asked.direction {
        Direction::Ingress => asked.connection.destination.clone(),
        Direction::Egress => asked.connection.source.clone(),
    };
    let is_restricted = !traces.is_empty() && !is_on_node;
    Side { direction: asked.direction, subject, is_allowed, is_unknown, is_restricted, steps }
}

/// The policies whose `podSelector` finds a pod, or may, whatever they restrict.
fn selecting(cluster: &Cluster, pod: &Pod) -> Vec<PolicyId> {
    let finds = |policy: &NetworkPolicy| policy.pod_selector.may_match(pod.labels());
    let policies = cluster.policies_in(pod.namespace()).filter(|_| !pod.is_finished());
    policies.filter(|(_, policy)| finds(policy)).map(|(id, _)| id).collect()
}

/// "**a**, **b** and 3 more"
pub(super) fn policy_names(cluster: &Cluster, policies: &[PolicyId]) -> String {
    let policies = policies.iter().filter_map(|id| cluster.policy(*id));
    let names: Vec<String> =
        policies.map(|policy| format!("**{}**", policy.meta.name.name)).collect();
    few(&names, MOST_NAMES)
}

struct Teller<'a, 'c> {
    asked: &'a Asked<'c>,
    /// The policies that restrict the pod in this direction.
    traces: &'a [PolicyTrace],
    /// All that select it.
    selecting: Vec<PolicyId>,
}

impl Teller<'_, '_> {
    fn selected(&self) -> Sentence {
        let Asked { cluster, subject, .. } = self.asked;
        let pod = &subject.meta.name;
        let question = format!("Which policies select `{pod}`?");
        if !self.selecting.is_empty() {
            let names = policy_names(cluster, &self.selecting);
            let places = place::pod_selectors(cluster, &self.selecting);
            let mut sentence = Sentence::new(format!("{question} {names}."), places);
            sentence.details = self.conditions();
            return sentence;
        }
        if subject.is_finished() {
            let text =
                format!("{question} **None.** It has come to its end, and takes part in nothing.");
            return Sentence::plain(text);
        }
        let others: Vec<&NetworkPolicy> =
            cluster.policies_in(subject.namespace()).map(|(_, policy)| policy).collect();
        if others.is_empty() {
            let text = format!("{question} **None.** There is no policy in `{}`.", pod.namespace);
            return Sentence::plain(text);
        }
        let mut sentence = Sentence::plain(format!("{question} **None.**"));
        sentence.details = others.iter().take(MOST_OTHERS).map(|p| self.passed_over(p)).collect();
        if others.len() > MOST_OTHERS {
            let text = format!("And {} more that do not select it.", others.len() - MOST_OTHERS);
            sentence.details.push(Sentence::plain(text));
        }
        sentence
    }

    /// The policies of which it cannot be told whether they select the pod.
    fn conditions(&self) -> Vec<Sentence> {
        let Asked { cluster, subject, .. } = self.asked;
        let condition = |trace: &PolicyTrace| {
            let clause = unknown::condition(trace, cluster, subject)?;
            let names = policy_names(cluster, &[trace.policy]);
            Some(Sentence::plain(format!("{names} only perhaps: {clause}.")))
        };
        self.traces.iter().filter_map(condition).take(MOST_OTHERS).collect()
    }

    /// Why a policy of the same namespace does not select the pod.
    fn passed_over(&self, policy: &NetworkPolicy) -> Sentence {
        let labels = self.asked.subject.labels();
        let selector = &policy.pod_selector;
        let first = match selector.fit(labels) {
            Fit::Misses(at) | Fit::Unknown(at) => at,
            Fit::Matches => 0,
        };
        let clause = clause::unmet(selector, first, labels);
        let text = format!("Not **{}**: the pod {clause}.", policy.meta.name.name);
        Sentence::new(text, place::field(policy, "spec.podSelector").into_iter().collect())
    }

    fn restricted(&self) -> Sentence {
        let Asked { cluster, direction, .. } = *self.asked;
        let restricting: Vec<PolicyId> = self.traces.iter().map(|trace| trace.policy).collect();
        let others: Vec<PolicyId> =
            self.selecting.iter().copied().filter(|id| !restricting.contains(id)).collect();
        let question = format!("Is {direction} restricted?");
        let title = direction.as_str();
        let beside = match others.len() {
            0 => String::new(),
            1 => format!(
                " {} has no {title} among its policy types.",
                policy_names(cluster, &others)
            ),
            _ => format!(
                " {} have no {title} among their policy types.",
                policy_names(cluster, &others)
            ),
        };
        let gets = match direction {
            Direction::Ingress => "gets in",
            Direction::Egress => "gets out",
        };
        let places = |policies: &[PolicyId]| {
            let policies = policies.iter().filter_map(|id| cluster.policy(*id));
            policies.filter_map(|policy| place::types(policy, direction)).collect()
        };
        if restricting.is_empty() {
            return Sentence::new(format!("{question} **No.**{beside}"), places(&others));
        }
        let by = match restricting.len() {
            count if count == self.selecting.len() => String::new(),
            _ => format!(" by {}", policy_names(cluster, &restricting)),
        };
        let yes =
            if self.traces.iter().all(|trace| trace.unknown.is_some()) { "Perhaps" } else { "Yes" };
        let text = format!(
            "{question} **{yes}**{by}: from here on only what a rule names {gets}.{beside}"
        );
        Sentence::new(text, places(&restricting))
    }

    fn on_node(&self) -> Sentence {
        let pod = self.asked.subject;
        let text = format!(
            "But `{}` uses its node's network (`hostNetwork`), where most network plugins apply no policy.",
            pod.meta.name
        );
        let place = pod.meta.origin.as_ref().map(|origin| origin.key("spec.hostNetwork"));
        Sentence::new(text, place.into_iter().collect())
    }

    fn rules(&self, is_allowed: bool) -> Sentence {
        let spots = spots(self.asked, self.traces);
        let open = spots.iter().filter(|spot| spot.distance.is_open()).count();
        // where it is not known whether any policy selects the pod, it may be allowed without a rule
        let is_allowed = is_allowed && open > 0;
        let (shown, all) = if is_allowed { (open, open) } else { (spots.len(), spots.len()) };
        let shown: Vec<&Spot<'_>> = spots.iter().take(shown.min(MOST_ITEMS)).collect();
        let mut details: Vec<Sentence> =
            shown.iter().filter_map(|spot| self.item(spot, is_allowed)).collect();
        if all > MOST_ITEMS {
            let how = if is_allowed { "let it through as well" } else { "are further off" };
            details.push(Sentence::plain(format!("And {} more that {how}.", all - MOST_ITEMS)));
        }
        if !is_allowed {
            details.extend(self.without_rules());
        }
        let text = match (is_allowed, spots.len() - open) {
            (true, 0) => "Does a rule match? **Yes.**".to_owned(),
            (true, rest) => {
                let (items, match_) = if rest == 1 { ("item", "does") } else { ("items", "do") };
                format!(
                    "Does a rule match? **Yes.** ({rest} other {items} {match_} not, and one is enough.)"
                )
            }
            (false, 0) => "Does a rule match? **No**, there is none.".to_owned(),
            (false, 1) => "Does a rule match? **No.**".to_owned(),
            (false, _) => "Does a rule match? **No.** The nearest first:".to_owned(),
        };
        Sentence { text, places: Vec::new(), details }
    }

    fn item(&self, spot: &Spot<'_>, is_allowed: bool) -> Option<Sentence> {
        let lane = lane(self.asked, spot)?;
        let reasons = lane.reasons(is_allowed);
        let but = if spot.distance.is_port_only() { "all fits but the port: " } else { "" };
        let every = match spot.rule(self.asked) {
            Some(rule) if is_allowed && rule.ports.is_empty() => ", on every port",
            _ => "",
        };
        let text = format!("{}: {but}{reasons}{every}.", lane.title);
        let mut places = if is_allowed { lane.places.clone() } else { lane.places_of(false) };
        // the last gate of what opens is its port, where the rule names ports
        let port = lane.gates.last().filter(|_| is_allowed).map(|gate| gate.places.clone());
        if spot.rule(self.asked).is_some_and(|rule| !rule.ports.is_empty()) {
            places.extend(port.unwrap_or_default());
        }
        if places.is_empty() {
            places = lane.places;
        }
        Some(Sentence::new(text, places))
    }

    /// The policies that name nobody at all.
    fn without_rules(&self) -> Option<Sentence> {
        let direction = self.asked.direction;
        let ids = self.traces.iter().filter(|trace| trace.rules.is_empty());
        let ids: Vec<PolicyId> = ids.map(|trace| trace.policy).collect();
        let has = match ids.len() {
            0 => return None,
            1 => "has",
            _ => "have",
        };
        let names = policy_names(self.asked.cluster, &ids);
        let policies = ids.iter().filter_map(|id| self.asked.cluster.policy(*id));
        let places = policies.filter_map(|policy| place::rules(policy, direction)).collect();
        let text = format!(
            "{names} {has} no {direction} rule, and no rule means {}.",
            super::nobody(direction)
        );
        Some(Sentence::new(text, places))
    }

    fn perhaps(&self) -> Sentence {
        let Asked { direction, subject, .. } = self.asked;
        let way = match direction {
            Direction::Ingress => "in",
            Direction::Egress => "out",
        };
        Sentence::plain(format!(
            "So it cannot be told from the files whether `{}` lets it {way}.",
            subject.meta.name
        ))
    }

    fn so(&self, is_allowed: bool) -> Sentence {
        let Asked { direction, subject, .. } = self.asked;
        let pod = &subject.meta.name;
        let way = match direction {
            Direction::Ingress => "in",
            Direction::Egress => "out",
        };
        let lets = if is_allowed { "lets" } else { "does not let" };
        Sentence::plain(format!("So `{pod}` **{lets} it {way}**."))
    }
}
