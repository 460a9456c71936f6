//! One item of a rule as a row of gates, as in a funnel: a question each, the answer, the reason and
//! the place. Texts and pictures are both made of these.

use std::fmt::Write as _;

use super::{
    clause, few,
    gate::{Follows, Gate},
    near::{Asked, Spot},
    place, port_gate, unknown,
};
use crate::{
    cluster::PolicyId,
    connection::Entity,
    field::Origin,
    meta::Labels,
    objects::Pod,
    policy::{Direction, IpBlock, NetworkPolicy, Peer},
    selector::{LabelSelector, LabelSelectorRequirement},
    standing::Standing,
    verdict::{BlockOutcome, PeerTrace, Unmet},
};

/// One item of `from` or `to`, with its rule's ports: everything in it must fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// The policy.
    pub policy: PolicyId,
    /// "**db**, `ingress[0].from[1]`"
    pub title: String,
    /// The item; the rule where it has none.
    pub places: Vec<Origin>,
    /// Its gates in order; the first "no" ends the lane. At least one.
    pub gates: Vec<Gate>,
    /// Whether it lets the connection through.
    pub is_open: bool,
}

impl Lane {
    /// The reasons of the gates with this answer: "namespace `a` lacks `b=c`; the pod …".
    pub(super) fn reasons(&self, answer: bool) -> String {
        let gates = self.gates.iter().filter(|gate| gate.answer == answer);
        gates.map(|gate| gate.because.as_str()).collect::<Vec<_>>().join("; ")
    }

    /// The places of the gates with this answer.
    pub(super) fn places_of(&self, answer: bool) -> Vec<Origin> {
        let gates = self.gates.iter().filter(|gate| gate.answer == answer);
        let mut places: Vec<Origin> = Vec::new();
        for place in gates.flat_map(|gate| &gate.places) {
            if !places.contains(place) {
                places.push(place.clone());
            }
        }
        places
    }
}

/// The gates of one item.
pub(super) fn lane(asked: &Asked<'_>, spot: &Spot<'_>) -> Option<Lane> {
    let policy = spot.policy(asked.cluster)?;
    let rule = spot.rule(asked)?;
    let (field, peers) = (asked.direction.field(), asked.direction.peers_field());
    let origin = place::item(policy, asked.direction, spot.rule, spot.item);
    let mut title = format!("**{}**, `{field}[{}]", policy.meta.name.name, spot.rule);
    let mut gates = match spot.item {
        None => {
            let question = format!("{} anyone?", word(asked.direction));
            let because = format!("it has no `{peers}`, so everyone matches");
            vec![Gate::new(question, true, because, origin.clone())]
        }
        Some(item) => {
            let _ = write!(title, ".{peers}[{item}]");
            let gates = Gates { asked, policy, origin: origin.clone(), put_up: Vec::new() };
            gates.peer(rule.peers.get(item)?, spot.peer_trace()?)
        }
    };
    title.push('`');
    gates.extend(port_gate::port_gate(asked, spot));
    if let Some(last) = gates.last_mut() {
        last.yes = Follows::Allowed;
    }
    let (places, is_open) = (origin.into_iter().collect(), spot.distance.is_open());
    Some(Lane { policy: spot.trace.policy, title, places, gates, is_open })
}

const fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Ingress => "From",
        Direction::Egress => "To",
    }
}

/// The gates of a peer, as they are put up.
struct Gates<'a, 'c> {
    asked: &'a Asked<'c>,
    policy: &'c NetworkPolicy,
    origin: Option<Origin>,
    put_up: Vec<Gate>,
}

impl Gates<'_, '_> {
    fn peer(mut self, item: &Peer, trace: &PeerTrace) -> Vec<Gate> {
        match (item, trace, self.asked.peer) {
            (
                Peer::Pods { namespaces, pods },
                PeerTrace::Selectors { namespace, pod: labels, is_host_network },
                Some(pod),
            ) => {
                self.namespace(namespaces.as_ref(), *namespace, pod);
                if let Some(selector) = pods.as_ref().filter(|selector| !selector.is_empty()) {
                    self.labels(selector, *labels, pod);
                }
                // where a selector misses anyhow, that is reason enough
                if *is_host_network && namespace.is_none() && labels.is_none() {
                    let because = "it uses its node's network: most network plugins take it for the node, and no selector matches a node";
                    self.put("On the pod network?".to_owned(), false, because.to_owned(), "");
                }
            }
            (Peer::IpBlock(block), PeerTrace::Block { outcome, .. }, _) => {
                self.block(block, *outcome);
            }
            _ => {
                let name = self.asked.peer_name();
                let because = if self.asked.peer.is_some() {
                    format!("`{name}` has come to its end, and selectors find running pods only")
                } else {
                    let what = self.standing().map_or_else(
                        || "an address outside the cluster".to_owned(),
                        Standing::name,
                    );
                    format!("`{name}` is {what}, and selectors look at labels")
                };
                self.put(format!("{} a pod?", word(self.asked.direction)), false, because, "");
            }
        }
        self.put_up
    }

    /// What the peer stands for, where it is an address.
    fn standing(&self) -> Option<Standing<'_>> {
        let Entity::Address(address) = self.asked.peer_name() else { return None };
        Standing::of(self.asked.cluster, *address)
    }

    fn put(&mut self, question: String, answer: bool, because: String, field: &str) {
        let place = self.origin.as_ref().map(|origin| match field {
            "" => origin.clone(),
            field => origin.key(field),
        });
        self.put_up.push(Gate::new(question, answer, because, place));
    }

    /// Points at the requirements that are not met, and at the labels that lack them.
    fn point(&mut self, unmet: &[&LabelSelectorRequirement], at: Option<Origin>) {
        let Some(gate) = self.put_up.last_mut() else { return };
        if let Some(selector) = gate.places.pop() {
            let places = unmet.iter().map(|unmet| place::requirement(&selector, unmet));
            gate.places.extend(places);
        }
        gate.places.extend(at);
    }

    fn namespace(&mut self, selector: Option<&LabelSelector>, unmet: Option<Unmet>, pod: &Pod) {
        let from = word(self.asked.direction);
        let (own, name) = (&self.policy.meta.name.namespace, pod.namespace());
        let Some(selector) = selector else {
            let because = match unmet {
                None => format!("`{}` is in `{own}`", self.asked.peer_name()),
                Some(_) => format!(
                    "`{}` is in `{name}`; without a `namespaceSelector` only `{own}` counts",
                    self.asked.peer_name()
                ),
            };
            let question = format!("{from} namespace `{own}`?");
            return self.put(question, unmet.is_none(), because, "podSelector");
        };
        if selector.is_empty() {
            let because = "an empty `namespaceSelector` means every namespace".to_owned();
            return self.put(format!("{from} any namespace?"), true, because, "namespaceSelector");
        }
        let question = format!("{from} a namespace with `{selector}`?");
        let Some(Unmet::Requirement(first)) = unmet else {
            let because = format!("namespace `{name}` matches `{selector}`");
            return self.put(question, true, because, "namespaceSelector");
        };
        let none = Labels::new();
        let labels = self.asked.cluster.namespace_labels(name).unwrap_or(&none);
        let because = format!("namespace `{name}` {}", clause::unmet(selector, first, labels));
        self.put(question, false, because, "namespaceSelector");
        let labels_at = place::namespace_labels(self.asked.cluster, name);
        self.point(&clause::unmet_ones(selector, first, labels), labels_at);
    }

    fn labels(&mut self, selector: &LabelSelector, unmet: Option<Unmet>, pod: &Pod) {
        let name = self.asked.peer_name();
        let question = format!("A pod with `{selector}`?");
        let asked = match unmet {
            Some(Unmet::Unknown(at)) => selector.requirements.get(at),
            _ => None,
        };
        if let Some(requirement) = asked {
            let clause = unknown::clause(requirement, pod.labels());
            self.put(question, true, format!("`{name}` may match: {clause}"), "podSelector");
            return self.point(&[requirement], None);
        }
        let Some(Unmet::Requirement(first)) = unmet else {
            return self.put(
                question,
                true,
                format!("`{name}` matches `{selector}`"),
                "podSelector",
            );
        };
        let because = format!("`{name}` {}", clause::unmet(selector, first, pod.labels()));
        self.put(question, false, because, "podSelector");
        self.point(&clause::unmet_ones(selector, first, pod.labels()), place::pod_labels(pod));
    }

    fn block(&mut self, block: &IpBlock, outcome: BlockOutcome) {
        let address = self.address();
        let cidr = block.cidr;
        let (is_in, verb) = match outcome {
            BlockOutcome::Outside => (false, "is not in"),
            BlockOutcome::Inside | BlockOutcome::Excepted(_) => (true, "is in"),
        };
        let because = format!("{address} {verb} `{cidr}`");
        self.put(
            format!("{} `{cidr}`?", word(self.asked.direction)),
            is_in,
            because,
            "ipBlock.cidr",
        );
        if !is_in || block.except.is_empty() {
            return;
        }
        let question = "Outside of `except`?".to_owned();
        let BlockOutcome::Excepted(at) = outcome else {
            return self.put(
                question,
                true,
                "its `except` does not hold it".to_owned(),
                "ipBlock.except",
            );
        };
        let name = block.except.get(at).map_or_else(String::new, ToString::to_string);
        self.put(
            question,
            false,
            format!("{address} is in its `except` (`{name}`)"),
            "ipBlock.except",
        );
        for place in self.put_up.last_mut().into_iter().flat_map(|gate| &mut gate.places) {
            *place = place.index(at);
        }
    }

    /// The address by which blocks see the peer.
    fn address(&self) -> String {
        let name = self.asked.peer_name();
        let Some(pod) = self.asked.peer else { return format!("`{name}`") };
        let addresses: Vec<String> = pod.addresses.iter().map(|a| format!("`{a}`")).collect();
        match addresses.as_slice() {
            _ if pod.is_finished() => format!("`{name}` has come to its end, so its old address"),
            [] => format!("`{name}`, which has no address,"),
            addresses => format!("`{name}` ({})", few(addresses, 4)),
        }
    }
}
