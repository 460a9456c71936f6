//! What the pods of a rule listen on, and what Services make of it: callers dial one number, and
//! another one arrives. For the lints about a number that is the wrong one of the two.

use std::collections::{BTreeMap, BTreeSet};

use super::linter::{Linter, WrittenRule, names};
use crate::{
    backends::{is_behind, leads, port_on},
    classes::Class,
    cluster::PodId,
    objects::{Service, TargetPort},
    policy::{PolicyPort, PolicyPortNumber},
    ports::Protocol,
    scalar::written,
    steps,
};

/// A port of a protocol.
pub(super) type Port = (Protocol, u16);

/// Of more ways through Services than these nothing is said.
const MAX_LEADS: usize = 200_000;
/// Ways that are gone through for rules about ever other pods. Beyond that nothing is said either.
const MAX_VISITS: usize = 2_000_000;

/// Where a port of a Service leads on one pod.
pub(super) struct Lead<'a> {
    pub(super) service: &'a Service,
    /// The Service's port.
    port: Port,
    /// What callers outside dial at a node.
    node_port: Option<u16>,
    target: &'a TargetPort,
    /// The pod's port.
    pub(super) number: u16,
}

/// What Services make of each known class of pods, by its first pod.
#[derive(Default)]
pub(super) struct Leads<'a> {
    of: BTreeMap<PodId, Vec<Lead<'a>>>,
    /// Where headless Services lead: they translate nothing.
    headless: BTreeMap<PodId, BTreeSet<Port>>,
}

impl<'a> Leads<'a> {
    /// Of all Services; `None` where there is none, or no end to them.
    pub(super) fn of(linter: &Linter<'a>) -> Option<Self> {
        let mut all = Self::default();
        let mut asked = 0_usize;
        for service in linter.cluster.services() {
            for class in linter.perhaps_behind(service) {
                asked += service.ports.len().max(1);
                if asked > MAX_LEADS {
                    return None;
                }
                all.add(service, class);
            }
        }
        (asked > 0).then_some(all)
    }

    fn add(&mut self, service: &'a Service, class: &Class<'_>) {
        let Some(first) = class.pods.first() else { return };
        let pod = class.representative;
        if service.is_headless && is_behind(service, pod) {
            let own = service.ports.iter().filter_map(|entry| {
                Some((entry.protocol, port_on(pod, &entry.target, entry.protocol)?))
            });
            self.headless.entry(*first).or_default().extend(own);
        }
        let leads = leads(service, pod).into_iter().map(|(entry, number)| Lead {
            service,
            port: (entry.protocol, entry.port),
            node_port: entry.node_port,
            target: &entry.target,
            number,
        });
        self.of.entry(*first).or_default().extend(leads);
    }
}

/// The single numbers among a rule's ports, with their places.
pub(super) fn numbers(rule: WrittenRule<'_>) -> impl Iterator<Item = (usize, Port)> {
    rule.rule.ports.iter().enumerate().filter_map(|(at, item)| match item.port {
        PolicyPortNumber::Range(range) if range.first() == range.last() => {
            Some((at, (item.protocol, range.first())))
        }
        _ => None,
    })
}

/// The doors of rules, one rule after the other: mostly they are about the same pods.
pub(super) struct Openers<'a> {
    leads: &'a Leads<'a>,
    last: Option<(Vec<PodId>, Doors<'a>)>,
    left: usize,
}

impl<'a> Openers<'a> {
    pub(super) const fn of(leads: &'a Leads<'a>) -> Self {
        Self { leads, last: None, left: MAX_VISITS }
    }

    /// What is known of some pods' doors; `None` where too many ways have been gone through.
    pub(super) fn doors(&mut self, pods: &[&Class<'_>]) -> Option<&Doors<'a>> {
        let firsts: Vec<PodId> =
            pods.iter().filter_map(|class| class.pods.first()).copied().collect();
        if self.last.as_ref().is_none_or(|(last, _)| *last != firsts) {
            let of = |first: &PodId| 1 + self.leads.of.get(first).map_or(0, Vec::len);
            let visits = firsts.iter().map(of).sum();
            steps::take(visits);
            self.left = self.left.checked_sub(visits)?;
            self.last = Some((firsts, Doors::of(pods, self.leads)));
        }
        self.last.as_ref().map(|(_, doors)| doors)
    }
}

/// What a rule's pods listen on, and what Services make of it.
#[derive(Default)]
pub(super) struct Doors<'a> {
    /// What they declare, and where Services lead.
    own: BTreeSet<Port>,
    /// By the Service's port.
    leads: BTreeMap<Port, Vec<&'a Lead<'a>>>,
    /// By the node port.
    node_leads: BTreeMap<Port, Vec<&'a Lead<'a>>>,
    /// How many classes declare no port, so that they may listen on any.
    silent: usize,
    /// How many of those are behind a Service's port.
    silent_behind: BTreeMap<Port, usize>,
}

impl<'a> Doors<'a> {
    fn of(pods: &[&Class<'_>], leads: &'a Leads<'a>) -> Self {
        let mut doors = Self::default();
        for class in pods {
            let ports = &class.representative.ports;
            doors.own.extend(ports.iter().map(|port| (port.protocol, port.port)));
            doors.silent += usize::from(ports.is_empty());
            let Some(first) = class.pods.first() else { continue };
            doors.own.extend(leads.headless.get(first).into_iter().flatten());
            let mut behind = BTreeSet::new();
            for lead in leads.of.get(first).into_iter().flatten() {
                let protocol = lead.port.0;
                doors.own.insert((protocol, lead.number));
                doors.leads.entry(lead.port).or_default().push(lead);
                if let Some(number) = lead.node_port {
                    doors.node_leads.entry((protocol, number)).or_default().push(lead);
                }
                if ports.is_empty() && behind.insert(lead.port) {
                    *doors.silent_behind.entry(lead.port).or_default() += 1;
                }
            }
        }
        doors
    }

    /// Where a number leads that is a Service's port, and shut at the pods.
    pub(super) fn behind_port(&self, rule: WrittenRule<'_>, port: Port) -> Option<Ways<'a>> {
        self.ways(self.leads.get(&port)?, rule, port)
    }

    /// Where a number leads that is a node port, and shut at the pods.
    pub(super) fn behind_node_port(&self, rule: WrittenRule<'_>, port: Port) -> Option<Ways<'a>> {
        self.ways(self.node_leads.get(&port)?, rule, port)
    }

    fn ways(&self, leads: &[&'a Lead<'a>], rule: WrittenRule<'_>, port: Port) -> Option<Ways<'a>> {
        let targets: BTreeSet<u16> = leads.iter().map(|lead| lead.number).collect();
        // both are written: one of them works
        let is_open = |target: &u16| {
            let mut sets = rule.rule.ports.iter().filter_map(PolicyPort::numbers);
            sets.any(|set| set.contains(port.0, *target))
        };
        if self.own.contains(&port) || targets.iter().all(is_open) {
            return None;
        }
        Some(Ways { leads: leads.to_vec(), targets })
    }

    /// Whether a pod that declares no port is not behind this one of a Service: it may listen there.
    pub(super) fn has_others(&self, port: Port) -> bool {
        self.silent_behind.get(&port).copied().unwrap_or(0) < self.silent
    }
}

/// The ways through Services that a number is for, and the pods' own ports at their ends.
pub(super) struct Ways<'a> {
    leads: Vec<&'a Lead<'a>>,
    targets: BTreeSet<u16>,
}

impl Ways<'_> {
    /// The Service's name.
    pub(super) fn service(&self) -> &str {
        self.leads.first().map_or("", |lead| &lead.service.meta.name.name)
    }

    /// The pods' ports, for a sentence.
    pub(super) fn targets(&self) -> String {
        let shown: Vec<String> = self.targets.iter().map(u16::to_string).collect();
        names(shown.iter().map(String::as_str))
    }

    /// What to write instead: the pods' number, or the name by which each has its own.
    pub(super) fn replacement(&self) -> Option<String> {
        let first = self.leads.first()?;
        if self.targets.len() == 1 {
            return Some(first.number.to_string());
        }
        let is_same = self.leads.iter().all(|lead| lead.target == first.target);
        match first.target {
            TargetPort::Name(name) if is_same => Some(written(name)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
