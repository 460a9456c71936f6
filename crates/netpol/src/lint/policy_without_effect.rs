//! `policy-without-effect`: a policy whose pods are isolated anyway, and that admits nobody whom others
//! do not admit. What asks for labels has to lie in another rule's selectors: that the pods that are
//! there have both labels says nothing of those to come. The rest is asked for everyone known, and for
//! a pod of which nothing is known.

use std::collections::BTreeMap;

use super::{
    Finding, contained,
    linter::{Linter, Written, WrittenRule},
    rule_admits_all::speaks,
};
use crate::{
    cluster::Cluster,
    diagnostic::Code,
    evaluate::{End, peer_trace, selects},
    meta::{Labels, NamespacedName, ObjectMeta},
    objects::Pod,
    plugin::Plugin,
    policy::{Direction, Peer},
    survey::{Ends, SurveyEnd},
};

/// Beyond so many questions to the evaluator, nothing is said any more.
const MAX_QUESTIONS: usize = 2_000_000;
/// Nor beyond so many comparisons of two policies: those of seven thousand.
const MAX_PAIRS: usize = 50_000_000;

/// Those that part pods; a pod on its node's network is asked for with all.
const PLUGINS: [Plugin; 3] =
    [Plugin::USUAL, Plugin { blocks_match_pods: false, ..Plugin::USUAL }, Plugin::STRICTEST];

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    let mut left: Vec<Written<'_>> = linter.policies().collect();
    let mut asker = Asker::new(linter);
    let mut pairs = 0;
    // of two equal ones the later is too much
    for at in (0..left.len()).rev() {
        let Some(policy) = left.get(at).copied() else { continue };
        pairs += left.len();
        if pairs > MAX_PAIRS {
            break;
        }
        let wider: Vec<_> = left.iter().copied().filter(|other| is_wider(*other, policy)).collect();
        if wider.is_empty() || asker.questions > MAX_QUESTIONS || !selects_somebody(linter, policy)
        {
            continue;
        }
        let alone = wider.iter().find(|other| asker.does_all_of(policy, &[**other]));
        let by = match alone {
            Some(other) => format!("`{}` already admits", other.policy.meta.name.name),
            None if asker.does_all_of(policy, &wider) => {
                "other policies together already admit".to_owned()
            }
            None => continue,
        };
        left.remove(at);
        // the rule without conditions names those that it makes needless
        let is_said = |rule| alone.is_some_and(|other| speaks(linter, *other, rule));
        if alone.is_some_and(|other| other.rules().any(is_said)) {
            continue;
        }
        let message = format!("{by} as much to the same pods: this policy changes nothing here");
        let origin = policy.field("metadata.name");
        let finding = linter.finding(Code::PolicyWithoutEffect, &origin, message);
        found.extend(finding.map(|finding| {
            finding.help("take it out, or narrow the others if this one was meant as the limit: policies add up")
        }));
    }
}

fn selects_somebody(linter: &Linter<'_>, policy: Written<'_>) -> bool {
    linter.pods().any(|(_, pod)| selects(policy.policy, pod))
}

/// Whether a policy surely applies to all pods that another one applies to. A policy that only shuts,
/// for pods to come as well, is not made needless by one that opens.
fn is_wider(other: Written<'_>, policy: Written<'_>) -> bool {
    let only_shuts = |policy: Written<'_>| policy.rules().next().is_none();
    other.id != policy.id
        && other.namespace() == policy.namespace()
        && contained::selector(&policy.policy.pod_selector, &other.policy.pod_selector)
        && (only_shuts(other) || !only_shuts(policy))
}

/// Asks who matches a rule.
struct Asker<'l, 'a> {
    linter: &'l Linter<'a>,
    ends: BTreeMap<Direction, Ends<'a>>,
    questions: usize,
}

type Its<'a> = (Written<'a>, WrittenRule<'a>);

impl<'l, 'a> Asker<'l, 'a> {
    fn new(linter: &'l Linter<'a>) -> Self {
        Self { linter, ends: BTreeMap::new(), questions: 0 }
    }

    /// Whether others isolate in the same directions and admit all that a policy admits.
    fn does_all_of(&mut self, policy: Written<'a>, others: &[Written<'a>]) -> bool {
        let affects = |policy: &Written<'a>, direction| policy.policy.affects(direction);
        Direction::ALL.into_iter().filter(|direction| affects(&policy, *direction)).all(
            |direction| {
                let mut rules = policy.rules_of(direction);
                others.iter().any(|other| affects(other, direction))
                    && rules.all(|rule| self.is_covered(policy, rule, others))
            },
        )
    }

    fn is_covered(
        &mut self,
        policy: Written<'a>,
        rule: WrittenRule<'a>,
        others: &[Written<'a>],
    ) -> bool {
        self.questions += others.len();
        let its = |other: &Written<'a>| {
            let other = *other;
            other.rules_of(rule.direction).map(move |its| (other, its))
        };
        let rules: Vec<Its<'a>> = others
            .iter()
            .flat_map(its)
            .filter(|(_, its)| contained::ports(&rule.rule.ports, &its.rule.ports))
            .collect();
        let is_within =
            |(_, its): &Its<'a>| contained::rule(rule.rule, its.rule, policy.namespace());
        let is_shown = |peer: &Peer| {
            let its = |(_, its): &Its<'a>| {
                contained::peers(std::slice::from_ref(peer), &its.rule.peers, policy.namespace())
            };
            !asks_for_labels(peer) || rules.iter().any(its)
        };
        rules.iter().any(is_within)
            || !rules.is_empty()
                && rule.rule.peers.iter().all(is_shown)
                && self.admit_all_of(&rules, (policy, rule))
    }

    /// Whether some rules admit everyone whom another one admits. Not where one of its peers matches
    /// nobody that is known: whom it is for cannot be told then.
    fn admit_all_of(&mut self, rules: &[Its<'a>], its: Its<'a>) -> bool {
        let cluster = self.linter.cluster;
        let (policy, rule) = its;
        let ends = self.ends.entry(rule.direction);
        let ends = ends.or_insert_with(|| Ends::of(cluster, &[rule.direction]));
        let strangers = [policy.namespace(), "(another)"].map(stranger);
        let strangers = strangers.iter().map(End::Pod);
        let others = strangers.chain(ends.all.iter().map(SurveyEnd::end));
        let others = others.flat_map(|end| PLUGINS.map(|plugin| (end, plugin)));
        let pods = cluster.running_pods().map(|(_, pod)| pod);
        let of_nodes = pods.filter(|pod| pod.host_network);
        let of_nodes = of_nodes.flat_map(|pod| Plugin::ALL.map(|plugin| (End::Pod(pod), plugin)));
        let mut idle: Vec<&Peer> = rule.rule.peers.iter().collect();
        for (end, plugin) in others.chain(of_nodes) {
            self.questions += rule.rule.peers.len() + 1;
            idle.retain(|peer| !matches(cluster, policy, peer, end, plugin));
            if !admits(cluster, its, end, plugin) {
                continue;
            }
            self.questions += rules.len();
            let is_admitted = rules.iter().any(|its| admits(cluster, *its, end, plugin));
            if !is_admitted || self.questions > MAX_QUESTIONS {
                return false;
            }
        }
        idle.is_empty()
    }
}

fn asks_for_labels(peer: &Peer) -> bool {
    match peer {
        Peer::IpBlock(_) => false,
        Peer::Pods { namespaces, pods } => {
            namespaces.iter().chain(pods).any(|selector| !selector.is_empty())
        }
    }
}

fn admits(cluster: &Cluster, (policy, rule): Its<'_>, end: End<'_>, plugin: Plugin) -> bool {
    let peers = &rule.rule.peers;
    peers.is_empty() || peers.iter().any(|peer| matches(cluster, policy, peer, end, plugin))
}

fn matches(
    cluster: &Cluster,
    policy: Written<'_>,
    peer: &Peer,
    end: End<'_>,
    plugin: Plugin,
) -> bool {
    peer_trace(cluster, policy.namespace(), peer, end).matches(plugin)
}

/// A pod of which only the namespace is known.
fn stranger(namespace: &str) -> Pod {
    let name = NamespacedName::new(namespace, "pod");
    Pod::new(ObjectMeta { name, labels: Labels::new(), origin: None }, "Pod")
}
