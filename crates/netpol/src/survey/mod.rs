//! What policies admit, for everyone at once: the traces of single verdicts, asked once for each rule
//! and each class of ends; the rest is joining sets. Tables and the matrix are read from it.

mod bound;
mod ends;
mod labels;
mod merged;
mod parts;
pub(crate) mod roster;

use std::{collections::BTreeMap, iter};

use fixedbitset::FixedBitSet;

pub(crate) use self::{
    bound::{Bound, Whom},
    ends::{Ends, SurveyEnd},
    parts::Parts,
};
use crate::{
    cluster::PolicyId,
    evaluate::{is_sure, port_trace},
    objects::Pod,
    plugin::Plugin,
    policy::{Direction, NetworkPolicy, PolicyPort, PolicyPortNumber, Rule},
    ports::PortSet,
};

/// The policies of one direction as one network plugin enforces them.
pub(crate) struct Survey<'s, 'c> {
    ends: &'s Ends<'c>,
    direction: Direction,
    plugin: Plugin,
    /// What the rules of each policy open, as far as it has been asked.
    rules: Vec<Option<Vec<Opening>>>,
    sets: PortSets,
    /// Lists of ports among which are names.
    named: Vec<&'c [PolicyPort]>,
    /// What the first of these lists mean on each end, where that has been asked.
    on_ends: Vec<Option<Vec<usize>>>,
    /// What was made of the last policies: pods that differ in their ports only ask for the same again.
    last: Option<Parted>,
}

/// The ends that match the peers of a rule, or of some that open the same ports.
struct Opening {
    ports: OpenPorts,
    matching: FixedBitSet,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum OpenPorts {
    /// The set of this number.
    Are(usize),
    /// The list of this number; its names are looked up on the pod that is called.
    Named(usize),
}

/// Ends that the rules of some policies part.
struct Parted {
    policies: Vec<PolicyId>,
    parts: Vec<Part>,
}

/// Ends to which the same openings are made.
struct Part {
    members: FixedBitSet,
    openings: Vec<OpenPorts>,
}

/// The ports on which some openings admit an end.
struct Answer {
    fixed: usize,
    /// Lists of which each end knows what they mean.
    named: Vec<usize>,
}

/// The ports that some policies admit, as numbers that are equal where the ports are
/// ([`Survey::ports`]), and the [`Ends`] for which they do.
pub(crate) type Admissions = Vec<(usize, FixedBitSet)>;

/// So many lists and openings are looked through for one that is equal.
const MOST_COMPARED: usize = 64;

impl<'s, 'c> Survey<'s, 'c> {
    pub(crate) fn new(ends: &'s Ends<'c>, direction: Direction, plugin: Plugin) -> Self {
        let rules = ends.cluster.policies().map(|_| None).collect();
        let (sets, named, on_ends) = (PortSets::default(), Vec::new(), Vec::new());
        Self { ends, direction, plugin, rules, sets, named, on_ends, last: None }
    }

    /// The ports of a number.
    pub(crate) fn ports(&self, number: usize) -> PortSet {
        self.sets.get(number)
    }

    /// What the policies that select a pod, or may, admit, all of them together: what a verdict's side admits, for everyone at once.
    pub(crate) fn admissions(
        &mut self,
        subject: &Pod,
        policies: &[(PolicyId, &'c NetworkPolicy)],
    ) -> Admissions {
        let is_sure = |policy: &&(PolicyId, &NetworkPolicy)| is_sure(policy.1, subject);
        let sure: Vec<_> = policies.iter().filter(is_sure).copied().collect();
        match (sure.is_empty(), self.plugin.unknown_values_admit) {
            (true, true) => self.everything(),
            (true, false) => self.common(subject, policies),
            (false, true) => self.sum(subject, policies),
            (false, false) => self.sum(subject, &sure),
        }
    }

    fn everything(&mut self) -> Admissions {
        let mut everyone = self.ends.none();
        everyone.insert_range(..);
        vec![(self.sets.number(PortSet::all()), everyone)]
    }

    /// What each of the policies admits.
    fn common(&mut self, subject: &Pod, policies: &[(PolicyId, &'c NetworkPolicy)]) -> Admissions {
        let mut numbers = vec![self.sets.number(PortSet::all()); self.ends.all.len()];
        for policy in policies {
            let others = self.sum(subject, std::slice::from_ref(policy));
            let mut known: BTreeMap<(usize, usize), usize> = BTreeMap::new();
            for (other, end) in others.iter().flat_map(|(n, ends)| ends.ones().map(|end| (*n, end)))
            {
                let Some(number) = numbers.get_mut(end) else { continue };
                *number = *known.entry((*number, other)).or_insert_with(|| {
                    let both = self.sets.get(*number).intersection(&self.sets.get(other));
                    self.sets.number(both)
                });
            }
        }
        let mut common = Collected::default();
        for (end, number) in numbers.into_iter().enumerate() {
            common.of(number, self.ends).insert(end);
        }
        common.admissions()
    }

    /// What any of the policies admits.
    fn sum(&mut self, subject: &Pod, policies: &[(PolicyId, &'c NetworkPolicy)]) -> Admissions {
        let ids: Vec<PolicyId> = policies.iter().map(|(id, _)| *id).collect();
        let parted = self.last.take().filter(|parted| parted.policies == ids);
        let parted = parted.unwrap_or_else(|| self.parted(ids, policies));
        let mut collected = Collected::default();
        for Part { members, openings } in &parted.parts {
            let Answer { fixed, named } = self.answer(subject, openings);
            if named.is_empty() {
                collected.of(fixed, self.ends).union_with(members);
                continue;
            }
            for end in members.ones() {
                let mut numbers = vec![fixed];
                for list in &named {
                    numbers.push(self.on_end(*list, end));
                }
                collected.of(self.union(numbers), self.ends).insert(end);
            }
        }
        self.last = Some(parted);
        collected.admissions()
    }

    /// The ends, parted by what the rules of some policies open to them.
    fn parted(&mut self, ids: Vec<PolicyId>, policies: &[(PolicyId, &'c NetworkPolicy)]) -> Parted {
        let mut opened: Vec<OpenPorts> = Vec::new();
        let mut parts = Parts::of(self.ends.all.len());
        // what each part matches, as a list: an opening, and the rest of the list
        let mut lists: Vec<Option<usize>> = vec![None];
        let mut links: Vec<(usize, Option<usize>)> = Vec::new();
        for (id, policy) in policies {
            for Opening { ports, matching } in self.openings(*id, policy) {
                parts.split(matching, |from, into| {
                    let before = lists.get(from).copied().flatten();
                    lists.resize(lists.len().max(into + 1), None);
                    if let Some(list) = lists.get_mut(into) {
                        *list = Some(links.len());
                    }
                    links.push((opened.len(), before));
                });
                opened.push(*ports);
            }
        }
        let part = |list: Option<usize>| {
            let link = |at: usize| links.get(at).copied();
            let all = iter::successors(list.and_then(link), |(_, rest)| rest.and_then(link));
            let openings = all.filter_map(|(at, _)| opened.get(at).copied()).collect();
            Part { members: self.ends.none(), openings }
        };
        let mut made: Vec<Part> = lists.into_iter().map(part).collect();
        for (end, part) in parts.of_end().iter().enumerate() {
            let part = made.get_mut(*part);
            debug_assert!(part.is_some(), "end {end} is in no part");
            if let Some(part) = part {
                part.members.insert(end);
            }
        }
        Parted { policies: ids, parts: made }
    }

    /// What some openings admit together.
    fn answer(&mut self, subject: &Pod, openings: &[OpenPorts]) -> Answer {
        let (mut numbers, mut named) = (Vec::new(), Vec::new());
        for ports in openings {
            match ports {
                OpenPorts::Are(number) => numbers.push(*number),
                OpenPorts::Named(list) => named.push(*list),
            }
        }
        named.sort_unstable();
        named.dedup();
        if self.direction == Direction::Ingress {
            numbers.extend(named.drain(..).map(|list| self.on_pod(list, Some(subject))));
        }
        Answer { fixed: self.union(numbers), named }
    }

    /// The number of what is in one of the sets with these numbers.
    fn union(&mut self, mut numbers: Vec<usize>) -> usize {
        numbers.sort_unstable();
        numbers.dedup();
        if let [number] = numbers.as_slice() {
            return *number;
        }
        let union = PortSet::union_of(numbers.iter().filter_map(|at| self.sets.ports.get(*at)));
        self.sets.number(union)
    }

    /// What the rules of a policy open, those with equal ports as one.
    fn openings(&mut self, id: PolicyId, policy: &'c NetworkPolicy) -> &[Opening] {
        if self.rules.get(id.0).is_none_or(Option::is_none) {
            let mut openings: Vec<Opening> = Vec::new();
            for rule in policy.rules(self.direction) {
                let matching = self.ends.matching(&policy.meta.name.namespace, rule, self.plugin);
                let ports = self.open_ports(rule);
                let mut last = openings.iter_mut().rev().take(MOST_COMPARED);
                match last.find(|opening| opening.ports == ports) {
                    Some(opening) => opening.matching.union_with(&matching),
                    None => openings.push(Opening { ports, matching }),
                }
            }
            if let Some(rules) = self.rules.get_mut(id.0) {
                *rules = Some(openings);
            }
        }
        let openings = self.rules.get(id.0).and_then(Option::as_deref);
        debug_assert!(openings.is_some(), "no policy {id:?}");
        openings.unwrap_or_default()
    }

    fn open_ports(&mut self, rule: &'c Rule) -> OpenPorts {
        if !rule.ports.iter().any(is_named) {
            return OpenPorts::Are(self.sets.number(rule_ports(rule, None, self.plugin)));
        }
        let mut last = self.named.iter().enumerate().rev().take(MOST_COMPARED);
        let known = last.find(|(_, list)| **list == rule.ports).map(|(at, _)| at);
        OpenPorts::Named(known.unwrap_or_else(|| {
            self.named.push(&rule.ports);
            self.named.len() - 1
        }))
    }

    /// The number of the ports that a list with names means on a pod, or on an address.
    fn on_pod(&mut self, list: usize, pod: Option<&Pod>) -> usize {
        let ports = self.named.get(list).copied().unwrap_or_default();
        self.sets.number(ports_of(ports, pod, self.plugin))
    }

    fn on_end(&mut self, list: usize, end: usize) -> usize {
        let pod = |end: &SurveyEnd<'c>| end.pod();
        let ends = self.ends;
        if list >= MOST_COMPARED {
            return self.on_pod(list, ends.all.get(end).and_then(pod));
        }
        if self.on_ends.get(list).is_none_or(Option::is_none) {
            let numbers = ends.all.iter().map(|end| self.on_pod(list, pod(end))).collect();
            if self.on_ends.len() <= list {
                self.on_ends.resize(list + 1, None);
            }
            if let Some(slot) = self.on_ends.get_mut(list) {
                *slot = Some(numbers);
            }
        }
        let known = self.on_ends.get(list).and_then(Option::as_ref).and_then(|of| of.get(end));
        debug_assert!(known.is_some(), "no end {end}");
        known.copied().unwrap_or_default()
    }
}

/// Ends by the numbers of what is admitted for them.
#[derive(Default)]
struct Collected(BTreeMap<usize, FixedBitSet>);

impl Collected {
    fn of(&mut self, number: usize, ends: &Ends<'_>) -> &mut FixedBitSet {
        self.0.entry(number).or_insert_with(|| ends.none())
    }

    fn admissions(self) -> Admissions {
        self.0.into_iter().collect()
    }
}

/// Whether a port is meant by its name.
pub(crate) const fn is_named(port: &PolicyPort) -> bool {
    matches!(port.port, PolicyPortNumber::Named(_))
}

/// The ports of a rule on the pod that is called; names mean nothing where none is.
pub(crate) fn rule_ports(rule: &Rule, destination: Option<&Pod>, plugin: Plugin) -> PortSet {
    if rule.ports.is_empty() { PortSet::all() } else { ports_of(&rule.ports, destination, plugin) }
}

fn ports_of(ports: &[PolicyPort], destination: Option<&Pod>, plugin: Plugin) -> PortSet {
    let ports = ports.iter().map(|item| port_trace(item, destination).ports(plugin));
    PortSet::union_of(&ports.collect::<Vec<_>>())
}

/// Sets of ports with numbers: equal sets, equal numbers.
#[derive(Default)]
pub(crate) struct PortSets {
    ports: Vec<PortSet>,
    numbers: BTreeMap<PortSet, usize>,
}

impl PortSets {
    pub(crate) fn get(&self, number: usize) -> PortSet {
        let ports = self.ports.get(number);
        debug_assert!(ports.is_some(), "no ports {number}");
        ports.cloned().unwrap_or_default()
    }

    /// All of them, by number.
    pub(crate) fn into_sets(self) -> Vec<PortSet> {
        self.ports
    }

    pub(crate) fn number(&mut self, ports: PortSet) -> usize {
        let next = self.ports.len();
        *self.numbers.entry(ports).or_insert_with_key(|ports| {
            self.ports.push(ports.clone());
            next
        })
    }
}
