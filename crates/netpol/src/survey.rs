//! What policies admit, for everyone at once: the traces of single verdicts, asked once for each rule
//! and each class of ends; the rest is joining sets. Tables and the matrix are read from it.

use std::{borrow::Cow, collections::BTreeMap, iter};

use fixedbitset::FixedBitSet;

use crate::{
    addresses::{Cidr, IpSet},
    classes::{Class, classes},
    cluster::{Cluster, PodId, PolicyId},
    evaluate::{End, is_sure, peer_trace, port_trace},
    objects::Pod,
    plugin::Plugin,
    policy::{Direction, NetworkPolicy, PolicyPortNumber, Rule},
    ports::PortSet,
};

/// Everyone who can be at an end of a connection, those that no policy can tell apart as one.
pub(crate) struct Ends<'c> {
    pub(crate) cluster: &'c Cluster,
    pub(crate) ends: Vec<SurveyEnd<'c>>,
}

/// Ends of connections that no policy can tell apart, with one that stands for them.
pub(crate) enum SurveyEnd<'c> {
    /// Pods, none of them on its node's network.
    Pods(Class<'c>),
    /// Addresses outside the cluster that are in the same blocks.
    Addresses(IpSet, End<'c>),
}

impl<'c> SurveyEnd<'c> {
    /// One of them.
    pub(crate) const fn end(&self) -> End<'c> {
        match self {
            Self::Pods(class) => End::Pod(class.representative),
            Self::Addresses(_, end) => *end,
        }
    }

    /// One of them, if they are pods.
    pub(crate) const fn pod(&self) -> Option<&'c Pod> {
        match self {
            Self::Pods(class) => Some(class.representative),
            Self::Addresses(..) => None,
        }
    }

    /// All of them, if they are pods.
    pub(crate) fn pods(&self) -> &[PodId] {
        match self {
            Self::Pods(class) => &class.pods,
            Self::Addresses(..) => &[],
        }
    }
}

impl<'c> Ends<'c> {
    /// The ends that the policies of a cluster tell apart in these directions: pods first.
    pub(crate) fn of(cluster: &'c Cluster, directions: &[Direction]) -> Self {
        let policies = cluster.policies().map(|(_, policy)| policy);
        let blocks: Vec<&Cidr> = policies
            .flat_map(|policy| directions.iter().flat_map(|direction| policy.blocks(*direction)))
            .collect();
        let pods = classes(cluster, !blocks.is_empty()).into_iter().map(SurveyEnd::Pods);
        let inside = cluster.pod_addresses();
        let outside = IpSet::atoms(blocks).into_iter().filter_map(|atom| {
            let set = atom.difference(&inside);
            let end = End::Address(set.first()?);
            Some(SurveyEnd::Addresses(set, end))
        });
        Self { cluster, ends: pods.chain(outside).collect() }
    }

    /// No end.
    pub(crate) fn none(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.ends.len())
    }
}

/// The policies of one direction as one network plugin enforces them.
pub(crate) struct Survey<'s, 'c> {
    ends: &'s Ends<'c>,
    direction: Direction,
    plugin: Plugin,
    /// What each rule of each policy opens, as far as it has been asked.
    rules: Vec<Option<Vec<Openings>>>,
    sets: PortSets,
}

/// The ends that match a rule's peers with the ports on which it lets them through: the same for all
/// of them, but where an egress rule names a port that is another one on each destination.
type Openings = Vec<(OpenPorts, FixedBitSet)>;

enum OpenPorts {
    Are(PortSet),
    /// Names that are looked up on the selected pod.
    NamedOnSubject,
}

/// The ports that some policies admit for each of the [`Ends`], as numbers that are equal where the
/// ports are ([`Survey::ports`]).
pub(crate) type Admissions = Vec<usize>;

impl<'s, 'c> Survey<'s, 'c> {
    pub(crate) fn new(ends: &'s Ends<'c>, direction: Direction, plugin: Plugin) -> Self {
        let rules = ends.cluster.policies().map(|_| None).collect();
        Self { ends, direction, plugin, rules, sets: PortSets::default() }
    }

    /// The ports of a number.
    pub(crate) fn ports(&self, number: usize) -> PortSet {
        self.sets.get(number)
    }

    /// What the policies that select a pod, or may, admit, all of them together: what a verdict's side admits, for everyone at once.
    pub(crate) fn admissions(
        &mut self,
        subject: &Pod,
        policies: &[(PolicyId, &NetworkPolicy)],
    ) -> Admissions {
        let is_sure = |policy: &&(PolicyId, &NetworkPolicy)| is_sure(policy.1, subject);
        let sure: Vec<_> = policies.iter().filter(is_sure).copied().collect();
        match (sure.is_empty(), self.plugin.unknown_values_admit) {
            (true, true) => vec![self.sets.number(PortSet::all()); self.ends.ends.len()],
            (true, false) => self.common(subject, policies),
            (false, true) => self.sum(subject, policies),
            (false, false) => self.sum(subject, &sure),
        }
    }

    /// What each of the policies admits.
    fn common(&mut self, subject: &Pod, policies: &[(PolicyId, &NetworkPolicy)]) -> Admissions {
        let mut numbers = vec![self.sets.number(PortSet::all()); self.ends.ends.len()];
        for policy in policies {
            let others = self.sum(subject, std::slice::from_ref(policy));
            let mut known: BTreeMap<(usize, usize), usize> = BTreeMap::new();
            for (number, other) in numbers.iter_mut().zip(others) {
                *number = *known.entry((*number, other)).or_insert_with(|| {
                    let both = self.sets.get(*number).intersection(&self.sets.get(other));
                    self.sets.number(both)
                });
            }
        }
        numbers
    }

    /// What any of the policies admits.
    fn sum(&mut self, subject: &Pod, policies: &[(PolicyId, &NetworkPolicy)]) -> Admissions {
        let (ends, direction, plugin) = (self.ends, self.direction, self.plugin);
        for (id, policy) in policies {
            let opens = |rule| opens(ends, policy, rule, direction, plugin);
            if let Some(openings) = self.rules.get_mut(id.0) {
                openings.get_or_insert_with(|| policy.rules(direction).iter().map(opens).collect());
            }
        }
        let mut opened: Vec<Cow<'_, PortSet>> = Vec::new();
        let mut parting = Parts::of(ends.ends.len());
        for (id, policy) in policies {
            let openings = self.rules.get(id.0).into_iter().flatten().flatten();
            for (rule, opens) in policy.rules(direction).iter().zip(openings) {
                for (ports, matching) in opens {
                    parting.split(matching, opened.len());
                    opened.push(match ports {
                        OpenPorts::Are(ports) => Cow::Borrowed(ports),
                        OpenPorts::NamedOnSubject => {
                            Cow::Owned(rule_ports(rule, Some(subject), plugin))
                        }
                    });
                }
            }
        }
        let mut numbers: Vec<Option<usize>> = vec![None; parting.made_of.len()];
        let number = |part: &usize| {
            let known = numbers.get_mut(*part)?;
            Some(*known.get_or_insert_with(|| {
                let openings = parting.openings(*part).filter_map(|at| opened.get(at));
                self.sets.number(PortSet::union_of(openings.map(AsRef::as_ref)))
            }))
        };
        parting.of_end.iter().filter_map(number).collect()
    }
}

/// The ends, parted by which openings they match.
struct Parts {
    of_end: Vec<usize>,
    /// The part from which each one was split off, and the opening that all of it matches beside those
    /// of that one.
    made_of: Vec<Option<(usize, usize)>>,
}

impl Parts {
    /// All ends in one part, that matches nothing yet.
    fn of(ends: usize) -> Self {
        Self { of_end: vec![0; ends], made_of: vec![None] }
    }

    /// Splits off those that match an opening.
    fn split(&mut self, matching: &FixedBitSet, opening: usize) {
        let mut split: Vec<Option<usize>> = vec![None; self.made_of.len()];
        for end in matching.ones() {
            let Some(part) = self.of_end.get_mut(end) else { continue };
            let Some(new) = split.get_mut(*part) else { continue };
            *part = *new.get_or_insert_with(|| {
                self.made_of.push(Some((*part, opening)));
                self.made_of.len() - 1
            });
        }
    }

    /// The openings that the ends of a part match.
    fn openings(&self, part: usize) -> impl Iterator<Item = usize> {
        let made_of = |part: usize| self.made_of.get(part).copied().flatten();
        iter::successors(made_of(part), move |(before, _)| made_of(*before)).map(|(_, at)| at)
    }
}

/// What one rule opens to whom.
fn opens(
    ends: &Ends<'_>,
    policy: &NetworkPolicy,
    rule: &Rule,
    direction: Direction,
    plugin: Plugin,
) -> Openings {
    let matching = matching(ends, policy, rule, plugin);
    let is_named = |port: &PolicyPortNumber| matches!(port, PolicyPortNumber::Named(_));
    if !rule.ports.iter().any(|item| is_named(&item.port)) {
        return vec![(OpenPorts::Are(rule_ports(rule, None, plugin)), matching)];
    }
    if direction == Direction::Ingress {
        return vec![(OpenPorts::NamedOnSubject, matching)];
    }
    let mut by_destination = PortSets::default();
    let mut found: Vec<FixedBitSet> = Vec::new();
    for (at, end) in ends.ends.iter().enumerate().filter(|(at, _)| matching.contains(*at)) {
        let number = by_destination.number(rule_ports(rule, end.pod(), plugin));
        if found.len() <= number {
            found.push(ends.none());
        }
        if let Some(found) = found.get_mut(number) {
            found.insert(at);
        }
    }
    by_destination.ports.into_iter().map(OpenPorts::Are).zip(found).collect()
}

/// The ends that match one of the rule's peers.
fn matching(ends: &Ends<'_>, policy: &NetworkPolicy, rule: &Rule, plugin: Plugin) -> FixedBitSet {
    let namespace = policy.meta.name.namespace.as_str();
    let mut found = ends.none();
    for (at, end) in ends.ends.iter().enumerate() {
        let matches = |peer| peer_trace(ends.cluster, namespace, peer, end.end()).matches(plugin);
        if rule.peers.is_empty() || rule.peers.iter().any(matches) {
            found.insert(at);
        }
    }
    found
}

/// The ports of a rule on the pod that is called; names mean nothing where none is.
pub(crate) fn rule_ports(rule: &Rule, destination: Option<&Pod>, plugin: Plugin) -> PortSet {
    if rule.ports.is_empty() {
        return PortSet::all();
    }
    let ports = rule.ports.iter().map(|item| port_trace(item, destination).ports(plugin));
    PortSet::union_of(&ports.collect::<Vec<_>>())
}

/// Sets of ports with numbers: equal sets, equal numbers.
#[derive(Default)]
struct PortSets {
    ports: Vec<PortSet>,
    numbers: BTreeMap<PortSet, usize>,
}

impl PortSets {
    fn get(&self, number: usize) -> PortSet {
        self.ports.get(number).cloned().unwrap_or_default()
    }

    fn number(&mut self, ports: PortSet) -> usize {
        let next = self.ports.len();
        *self.numbers.entry(ports).or_insert_with_key(|ports| {
            self.ports.push(ports.clone());
            next
        })
    }
}
