//! A cell's why: the article's four questions, answered with the policy at hand, each answer with
//! the place in the YAML that it speaks of.

use super::{few, headline::headline, together};
use crate::{
    cluster::{Cluster, PodId, PolicyId},
    evaluate::{End, policy_trace, selects},
    field::Origin,
    meta::NamespacedName,
    objects::Pod,
    plugin::Plugin,
    policy::{Direction, NetworkPolicy, Peer, Rule},
    scoreboard::{Cells, Column, Scoreboard, State},
    selector::{LabelSelector, Operator},
    verdict::{PeerTrace, PortTrace, Unmet},
};

/// Which row a cell is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// One policy, alone.
    Policy(PolicyId),
    /// All policies together.
    Together,
}

/// The explanation of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The answer in one sentence: "Only model-monitor of ml-ops gets in."
    pub headline: String,
    /// Whom the policy is about.
    pub subline: String,
    /// How the answer comes about, step by step.
    pub steps: Vec<Sentence>,
}

/// A sentence and the places that it speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The text, with `` `code` `` and `**strong**` marks.
    pub text: String,
    /// Fields of the YAML.
    pub places: Vec<Origin>,
}

/// Explains a cell. `None` when the policy is not of this cluster.
pub fn why(
    cluster: &Cluster,
    scoreboard: &Scoreboard,
    subject: Subject,
    column: Column,
) -> Option<Why> {
    let direction = scoreboard.direction;
    match subject {
        Subject::Together => Some(together::together(cluster, scoreboard, column)),
        Subject::Policy(id) => {
            let policy = cluster.policy(id)?;
            let cells = &scoreboard.rows.iter().find(|row| row.policy == id)?.cells;
            let cell = cells.get(column);
            let teller = Teller { cluster, id, policy, direction, column };
            let mut steps = vec![teller.selected(), teller.restricted()];
            if cell.state != State::Unrestricted {
                steps.extend(teller.rules());
            }
            steps.push(teller.alone(scoreboard, cells));
            Some(Why {
                headline: headline(cluster, cell, column, direction),
                subline: teller.subline(),
                steps,
            })
        }
    }
}

/// How a clause about a pod's own labels begins.
const LACKS: &str = "lacks";

/// Tells of one policy in one column.
struct Teller<'c> {
    cluster: &'c Cluster,
    id: PolicyId,
    policy: &'c NetworkPolicy,
    direction: Direction,
    column: Column,
}

impl Teller<'_> {
    fn place(&self, field: &str) -> Vec<Origin> {
        self.policy.meta.origin.iter().map(|origin| origin.key(field)).collect()
    }

    fn subjects(&self) -> (Vec<PodId>, usize) {
        let namespace = self.policy.meta.name.namespace.as_str();
        let pods: Vec<_> =
            self.cluster.running_pods().filter(|(_, pod)| pod.namespace() == namespace).collect();
        let selected =
            pods.iter().filter(|(_, pod)| selects(self.policy, pod)).map(|(id, _)| *id).collect();
        (selected, pods.len())
    }

    fn subline(&self) -> String {
        let NamespacedName { namespace, name } = &self.policy.meta.name;
        let (selected, all) = self.subjects();
        let whom = match selected.len() {
            0 => format!("selects no pod of {namespace}"),
            1 if all == 1 => format!("selects the only pod of {namespace}"),
            count if count == all => format!("selects all {all} pods of {namespace}"),
            _ => format!("selects {} of {namespace}", few(&self.names(&selected), 4)),
        };
        let isolates =
            match (selected.is_empty(), self.policy.affects(self.direction), selected.len()) {
                (true, ..) => ", so it has no effect".to_owned(),
                (_, false, _) => format!(" and says nothing about {}", self.direction),
                (_, _, 1) => format!(" and isolates it for {}", self.direction),
                _ => format!(" and isolates them for {}", self.direction),
            };
        format!("Policy **{name}** {whom}{isolates}.")
    }

    fn names(&self, pods: &[PodId]) -> Vec<String> {
        pods.iter()
            .filter_map(|id| self.cluster.pod(*id))
            .map(|pod| pod.name().to_owned())
            .collect()
    }

    fn selected(&self) -> Sentence {
        let namespace = &self.policy.meta.name.namespace;
        let selector = &self.policy.pod_selector;
        let (selected, _) = self.subjects();
        let text = if selected.is_empty() {
            format!(
                "Is a pod selected? **No.** No pod of `{namespace}` has `{selector}`, so this policy does nothing."
            )
        } else if selector.is_empty() {
            format!(
                "Is the pod selected? **Yes.** `podSelector: {{}}` selects every pod of `{namespace}`."
            )
        } else {
            let names = few(&self.names(&selected), 4);
            format!(
                "Is the pod selected? `podSelector` asks for `{selector}` in `{namespace}`: **{names}**."
            )
        };
        Sentence { text, places: self.place("spec.podSelector") }
    }

    fn restricted(&self) -> Sentence {
        let direction = self.direction;
        let (verb, title) = match direction {
            Direction::Ingress => ("gets in", "Ingress"),
            Direction::Egress => ("gets out", "Egress"),
        };
        let is_written = !self.policy.policy_types.is_empty();
        let text = match (self.policy.affects(direction), is_written) {
            (true, true) => {
                format!(
                    "Is {direction} restricted? **Yes**, `policyTypes` lists {title}. From here on only what a rule names {verb}."
                )
            }
            (true, false) => {
                let why = match direction {
                    Direction::Ingress => "without `policyTypes` every policy restricts ingress",
                    Direction::Egress => {
                        "without `policyTypes` a policy with egress rules restricts egress too"
                    }
                };
                format!(
                    "Is {direction} restricted? **Yes**: {why}. From here on only what a rule names {verb}."
                )
            }
            (false, true) => format!(
                "Is {direction} restricted? **No**: `policyTypes` does not list {title}. Isolation is per direction, so everything stays allowed."
            ),
            (false, false) => {
                format!(
                    "Is {direction} restricted? **No**: there is no `policyTypes` and no {direction} rule. Everything stays allowed."
                )
            }
        };
        Sentence {
            text,
            places: if is_written { self.place("spec.policyTypes") } else { self.place("spec") },
        }
    }

    fn rules(&self) -> Vec<Sentence> {
        let rules = self.policy.rules(self.direction);
        if rules.is_empty() {
            let text = format!(
                "Does a rule match? There is **no {} rule**, and no rule means nobody.",
                self.direction
            );
            return vec![Sentence { text, places: self.place("spec") }];
        }
        rules.iter().enumerate().take(8).map(|(at, rule)| self.rule(at, rule)).collect()
    }

    fn rule(&self, at: usize, rule: &Rule) -> Sentence {
        let origin = self.policy.rule_origin(self.direction, at);
        let peers_field = self.direction.peers_field();
        let opening = match (rule.peers.as_slice(), rule.ports.is_empty()) {
            ([], true) => "The rule is empty (`{}`): **everyone, on every port**".to_owned(),
            ([], false) => {
                format!("The rule has no `{peers_field}`: **everyone**, but only on its ports")
            }
            ([Peer::Pods { namespaces: Some(_), pods: Some(_) }], _) => {
                format!("One `{peers_field}` item with two selectors: **both must match**")
            }
            ([_], _) => format!("One `{peers_field}` item"),
            (items, _) => format!("{} `{peers_field}` items: **either may match**", items.len()),
        };
        let which = match self.policy.rules(self.direction).len() {
            1 => "Does a rule match?".to_owned(),
            _ => format!("Does rule {} match?", at + 1),
        };
        let mut text = format!("{which} {opening}.");
        if !rule.peers.is_empty() {
            text.push(' ');
            text.push_str(&self.matches(at));
        }
        text.push_str(&self.unknown_names(at));
        let place = origin
            .map(|origin| if rule.peers.is_empty() { origin } else { origin.key(peers_field) });
        Sentence { text, places: place.into_iter().collect() }
    }

    /// The port names that no container of a selected pod declares: such a port matches nothing.
    fn unknown_names(&self, rule: usize) -> String {
        let (selected, _) = self.subjects();
        let subject = selected.first().and_then(|id| self.cluster.pod(*id));
        let Some(subject) = subject.filter(|_| self.direction == Direction::Ingress) else {
            return String::new();
        };
        let end = End::Pod(subject);
        let trace = policy_trace(self.cluster, self.id, self.policy, subject, end, self.direction);
        let ports = trace.rules.into_iter().nth(rule).and_then(|rule| rule.ports);
        let mut sentences = Vec::new();
        for port in ports.unwrap_or_default() {
            if let PortTrace::UnknownName { name, protocol } = port {
                let pod = subject.name();
                sentences.push(format!(" No container of {pod} declares a {protocol} port named `{name}`, so it matches nothing there."));
            }
        }
        sentences.concat()
    }

    /// Who of the column matches the rule, and by what the next ones miss it.
    fn matches(&self, rule: usize) -> String {
        if self.column == Column::External {
            return self.external_matches(rule);
        }
        let (selected, _) = self.subjects();
        let Some(subject) = selected.first().and_then(|id| self.cluster.pod(*id)) else {
            return String::new();
        };
        let own = self.policy.meta.name.namespace.as_str();
        let is_same = self.column == Column::Same;
        let (mut matching, mut missing) = (Vec::new(), Vec::<(String, Vec<String>)>::new());
        for (_, pod) in self
            .cluster
            .running_pods()
            .filter(|(_, pod)| !pod.host_network && (pod.namespace() == own) == is_same)
        {
            let name = if is_same { pod.name().to_owned() } else { pod.meta.name.to_string() };
            match self.clause(rule, subject, pod) {
                None => matching.push(name),
                // those that miss it by the same thing are named together
                Some(clause) => match missing.iter_mut().find(|(known, _)| *known == clause) {
                    Some((_, names)) => names.push(name),
                    None => missing.push((clause, vec![name])),
                },
            }
        }
        let matching = match matching.len() {
            0 => "Nobody here matches.".to_owned(),
            _ if missing.is_empty() => "Everyone here matches.".to_owned(),
            _ => format!("Matching: **{}**.", few(&matching, 5)),
        };
        let line = |(clause, names): &(String, Vec<String>)| format!("{}: {clause}", few(names, 3));
        // those that are in the right namespace miss it most narrowly
        let is_near = |(clause, _): &&(String, Vec<String>)| clause.starts_with(LACKS);
        let (near, far): (Vec<_>, Vec<_>) = missing.iter().partition(is_near);
        let shown: Vec<String> = near.into_iter().chain(far).take(3).map(line).collect();
        if shown.is_empty() {
            matching
        } else {
            format!("{matching} Not matching: {}.", shown.join("; "))
        }
    }

    /// What the pod lacks for the rule's nearest entry; `None` where one matches.
    fn clause(&self, rule: usize, subject: &Pod, pod: &Pod) -> Option<String> {
        let trace = policy_trace(
            self.cluster,
            self.id,
            self.policy,
            subject,
            End::Pod(pod),
            self.direction,
        );
        let peers = trace.rules.get(rule)?.peers.as_ref()?;
        if peers.iter().any(|peer| peer.matches(Plugin::USUAL)) {
            return None;
        }
        let items = &self.policy.rules(self.direction).get(rule)?.peers;
        let clauses: Vec<String> =
            peers.iter().zip(items).map(|(trace, item)| self.miss(trace, item, pod)).collect();
        Some(clauses.join(", and "))
    }

    fn miss(&self, trace: &PeerTrace, item: &Peer, pod: &Pod) -> String {
        let (PeerTrace::Selectors { namespace, pod: labels, .. }, Peer::Pods { namespaces, pods }) =
            (trace, item)
        else {
            return "its address is not in the block".to_owned();
        };
        let lacks = |selector: &Option<LabelSelector>, at: usize| {
            let requirement = selector.as_ref().and_then(|selector| selector.requirements.get(at));
            requirement.map_or_else(String::new, |requirement| match requirement.operator {
                Operator::In | Operator::Exists => format!("{LACKS} `{requirement}`"),
                Operator::NotIn | Operator::DoesNotExist => {
                    format!("is ruled out by `{requirement}`")
                }
            })
        };
        let namespace = namespace.map(|unmet| match unmet {
            Unmet::NotOwnNamespace => format!("not in `{}`", self.policy.meta.name.namespace),
            Unmet::Requirement(at) => {
                format!("namespace `{}` {}", pod.namespace(), lacks(namespaces, at))
            }
        });
        let labels = labels.and_then(|unmet| match unmet {
            Unmet::Requirement(at) => Some(lacks(pods, at)),
            Unmet::NotOwnNamespace => None,
        });
        namespace.or(labels).unwrap_or_default()
    }

    fn external_matches(&self, rule: usize) -> String {
        let peers = self
            .policy
            .rules(self.direction)
            .get(rule)
            .map_or(&[][..], |rule| rule.peers.as_slice());
        let blocks: Vec<String> = peers
            .iter()
            .filter_map(|peer| match peer {
                Peer::IpBlock(block) => Some(format!("`{block}`")),
                Peer::Pods { .. } => None,
            })
            .collect();
        if blocks.is_empty() {
            "Selectors look at labels, and an address outside the cluster has none: **nobody outside matches**.".to_owned()
        } else {
            format!("Addresses match {}.", few(&blocks, 4))
        }
    }

    fn alone(&self, scoreboard: &Scoreboard, cells: &Cells) -> Sentence {
        let together = scoreboard.together.get(self.column);
        let others = scoreboard.rows.len().saturating_sub(1);
        let other_end = match self.direction {
            Direction::Ingress => "the caller's own egress policies",
            Direction::Egress => "the called pod's own ingress policies",
        };
        let text = if others == 0 {
            format!(
                "Policies only add: another one could open more, never less. And {other_end} must agree as well."
            )
        } else if together.state == cells.get(self.column).state {
            format!(
                "This row shows the policy alone. Policies only add; {other_end} must agree as well."
            )
        } else {
            let opener = scoreboard.rows.iter().find(|row| {
                row.policy != self.id && row.cells.get(self.column).state == together.state
            });
            let because = opener
                .and_then(|row| self.cluster.policy(row.policy))
                .map_or_else(String::new, |policy| {
                    format!(", because **{}** is among them", policy.meta.name.name)
                });
            let word = together.state.as_str();
            let others = if others == 1 {
                "the other one".to_owned()
            } else {
                format!("the other {others}")
            };
            format!(
                "This row shows the policy alone. Policies only add: together with {others} this is **{word}**{because} (last row)."
            )
        };
        Sentence { text, places: Vec::new() }
    }
}
