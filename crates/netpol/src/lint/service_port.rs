//! `service-port`: the port of a Service where the pod's own is meant.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Finding,
    linter::{Linter, WrittenRule, names},
};
use crate::{
    backends::leads,
    classes::Class,
    cluster::PodId,
    diagnostic::Code,
    objects::{Service, TargetPort},
    policy::{PolicyPort, PolicyPortNumber},
    ports::Protocol,
};

/// A port of a protocol.
type Port = (Protocol, u16);

/// Where a port of a Service leads on one pod.
struct Lead<'a> {
    service: &'a Service,
    port: Port,
    target: &'a TargetPort,
    number: u16,
}

/// The leads of each known class of pods, by its first pod.
type Leads<'a> = BTreeMap<PodId, Vec<Lead<'a>>>;

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    if linter.cluster.services().is_empty() {
        return;
    }
    let leads = all_leads(linter);
    for policy in linter.policies() {
        for rule in policy.rules() {
            let written: Vec<(usize, Port)> = numbers(rule).collect();
            if !written.is_empty() {
                let pods = linter.destinations(policy, rule);
                let doors = doors(&pods, &leads);
                let findings = written
                    .iter()
                    .filter_map(|(at, port)| of_port(linter, rule, *at, *port, &doors));
                found.extend(findings);
            }
        }
    }
}

fn all_leads<'a>(linter: &Linter<'a>) -> Leads<'a> {
    let mut all = Leads::new();
    for service in linter.cluster.services() {
        for class in linter.perhaps_behind(service) {
            let Some(first) = class.pods.first() else { continue };
            let leads = leads(service, class.representative).into_iter().map(|(entry, number)| {
                Lead { service, port: (entry.protocol, entry.port), target: &entry.target, number }
            });
            all.entry(*first).or_default().extend(leads);
        }
    }
    all
}

/// The single numbers among a rule's ports, with their places.
fn numbers(rule: WrittenRule<'_>) -> impl Iterator<Item = (usize, Port)> {
    rule.rule.ports.iter().enumerate().filter_map(|(at, item)| match item.port {
        PolicyPortNumber::Range(range) if range.first() == range.last() => {
            Some((at, (item.protocol, range.first())))
        }
        _ => None,
    })
}

/// What a rule's pods listen on, and what Services make of it.
#[derive(Default)]
struct Doors<'a> {
    /// What they declare, and where Services lead.
    own: BTreeSet<Port>,
    /// By the Service's port.
    leads: BTreeMap<Port, Vec<&'a Lead<'a>>>,
    /// How many classes declare no port, so that they may listen on any.
    silent: usize,
    /// How many of those are behind a Service's port.
    silent_behind: BTreeMap<Port, usize>,
}

fn doors<'a>(pods: &[&Class<'_>], leads: &'a Leads<'a>) -> Doors<'a> {
    let mut doors = Doors::default();
    for class in pods {
        let ports = &class.representative.ports;
        doors.own.extend(ports.iter().map(|port| (port.protocol, port.port)));
        doors.silent += usize::from(ports.is_empty());
        let leads = class.pods.first().and_then(|first| leads.get(first)).into_iter().flatten();
        let mut behind = BTreeSet::new();
        for lead in leads {
            doors.own.insert((lead.port.0, lead.number));
            doors.leads.entry(lead.port).or_default().push(lead);
            if ports.is_empty() && behind.insert(lead.port) {
                *doors.silent_behind.entry(lead.port).or_default() += 1;
            }
        }
    }
    doors
}

fn of_port(
    linter: &Linter<'_>,
    rule: WrittenRule<'_>,
    at: usize,
    port: Port,
    doors: &Doors<'_>,
) -> Option<Finding> {
    let leads = doors.leads.get(&port)?;
    let behind = doors.silent_behind.get(&port).copied().unwrap_or(0);
    if doors.own.contains(&port) || behind < doors.silent {
        return None;
    }
    let (protocol, number) = port;
    let targets: BTreeSet<u16> = leads.iter().map(|lead| lead.number).collect();
    // both are written: one of them works
    let is_open = |target: &u16| {
        let mut sets = rule.rule.ports.iter().filter_map(PolicyPort::numbers);
        sets.any(|set| set.contains(protocol, *target))
    };
    if targets.iter().all(is_open) {
        return None;
    }
    let service = &leads.first()?.service.meta.name.name;
    let shown: Vec<String> = targets.iter().map(u16::to_string).collect();
    let shown = names(shown.iter().map(String::as_str));
    let message = format!(
        "`{number}` is the port of Service `{service}`, and policies see the pod's, {shown}: no call to the Service gets through"
    );
    let field = rule.ports().index(at).key("port");
    let finding = linter.finding(Code::ServicePort, &field, message)?;
    let finding = finding.help(format!("write the pod's port: {shown}"));
    let Some(value) = replacement(leads, &targets) else { return Some(finding) };
    let rewrite = linter.rewriter.replace(&field, &value);
    Some(finding.fix(&format!("Write `{value}`, the pod's port"), rewrite))
}

/// What to write instead: the pods' number, or the name by which each has its own.
fn replacement(leads: &[&Lead<'_>], targets: &BTreeSet<u16>) -> Option<String> {
    let first = leads.first()?;
    if targets.len() == 1 {
        return Some(first.number.to_string());
    }
    let is_same = leads.iter().all(|lead| lead.target == first.target);
    match first.target {
        TargetPort::Name(name) if is_same => Some(name.clone()),
        _ => None,
    }
}
