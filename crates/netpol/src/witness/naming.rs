//! What those who are assumed are called, and on which ports they listen.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    meta::{Labels, NAMESPACE_NAME_LABEL},
    objects::{ContainerPort, Pod},
    policy::{PolicyPortNumber, Rule},
    ports::Protocol,
    selector::{LabelSelector, Operator},
    validate,
};

/// The labels by which people call a thing.
pub(super) const NAMING_LABELS: [&str; 6] =
    ["app", "app.kubernetes.io/name", "k8s-app", "name", "component", "role"];
/// Values of one requirement for each of which somebody is assumed.
const MOST_VALUES: usize = 4;
/// Named ports of one assumed pod: a bound for hostile texts.
const MOST_PORTS: usize = 100;

/// Names that are given one after the other, none twice.
#[derive(Default)]
pub(super) struct Names(BTreeMap<(String, String), usize>);

impl Names {
    /// `base`, `base-2`…: the first of a namespace that is not taken.
    pub(super) fn unused(
        &mut self,
        namespace: &str,
        base: &str,
        is_taken: impl Fn(&str) -> bool,
    ) -> String {
        let count = self.0.entry((namespace.to_owned(), base.to_owned())).or_default();
        loop {
            *count += 1;
            let name = if *count == 1 { base.to_owned() } else { format!("{base}-{count}") };
            if !is_taken(&name) {
                return name;
            }
        }
    }
}

/// Gives a witness the named ports that it lacks, at numbers that are free.
pub(super) fn declare(pod: &mut Pod, ports: &[ContainerPort]) {
    for port in ports {
        let is_known =
            |known: &ContainerPort| known.name == port.name && known.protocol == port.protocol;
        if pod.ports.len() >= MOST_PORTS || pod.ports.iter().any(is_known) {
            continue;
        }
        let used: BTreeSet<(Protocol, u16)> =
            pod.ports.iter().map(|known| (known.protocol, known.port)).collect();
        let number = free(&used, port.protocol, port.port);
        pod.ports.push(ContainerPort { port: number, ..port.clone() });
    }
}

fn free(used: &BTreeSet<(Protocol, u16)>, protocol: Protocol, first: u16) -> u16 {
    let is_free = |number: &u16| !used.contains(&(protocol, *number));
    (first..=u16::MAX).find(is_free).unwrap_or(first)
}

/// Container ports for the names that rules use: a witness without them would show a table in which
/// the port's name is the only thing that fails.
pub(super) fn named_ports(rules: &[Rule]) -> Vec<ContainerPort> {
    let mut ports: Vec<ContainerPort> = Vec::new();
    let mut known: BTreeSet<(Protocol, &str)> = BTreeSet::new();
    let mut used: BTreeSet<(Protocol, u16)> = BTreeSet::new();
    for item in rules.iter().flat_map(|rule| &rule.ports) {
        let PolicyPortNumber::Named(name) = &item.port else { continue };
        if ports.len() >= MOST_PORTS || !known.insert((item.protocol, name)) {
            continue;
        }
        let usual = match name.as_str() {
            "http" => 80,
            "https" => 443,
            "dns" | "dns-tcp" => 53,
            "metrics" => 9090,
            "grpc" => 50051,
            _ => 8080,
        };
        let port = free(&used, item.protocol, usual);
        used.insert((item.protocol, port));
        ports.push(ContainerPort { name: Some(name.clone()), port, protocol: item.protocol });
    }
    ports
}

/// Labels that meet every requirement but the last that can be broken, and what to put before a name
/// made of them.
pub(super) fn just_missing(selector: &LabelSelector) -> Option<(Labels, &'static str)> {
    let matching = selector.example()?;
    selector.requirements.iter().rev().find_map(|requirement| {
        let mut labels = matching.clone();
        match (requirement.operator, requirement.values.first()) {
            (Operator::In, Some(value)) => {
                let start: String = value.chars().take(58).collect();
                let start = start.trim_end_matches(['-', '_', '.']);
                let other =
                    if start.is_empty() { "other".to_owned() } else { format!("not-{start}") };
                labels.insert(requirement.key.clone(), other);
            }
            (Operator::Exists, _) => {
                labels.remove(&requirement.key);
            }
            (Operator::NotIn, Some(value)) => {
                labels.insert(requirement.key.clone(), value.clone());
            }
            _ => {
                labels.insert(requirement.key.clone(), "true".to_owned());
            }
        }
        // a namespace that could not be called so has another name, and that misses as well
        let cannot_be = |name: &String| !validate::namespace_name(name).is_empty();
        if labels.get(NAMESPACE_NAME_LABEL).is_some_and(cannot_be) {
            labels.remove(NAMESPACE_NAME_LABEL);
        }
        // it misses by having what it should not: then its own label names it well
        let prefix = match requirement.operator {
            Operator::In | Operator::Exists => "not-",
            Operator::NotIn | Operator::DoesNotExist => "",
        };
        (!selector.matches(&labels)).then_some((labels, prefix))
    })
}

/// The label by which people call a thing, as a name.
pub(super) fn name_for(labels: &Labels, fallback: &str, prefix: &str) -> String {
    let by_key = NAMING_LABELS.iter().find_map(|key| labels.get(*key));
    // a label without a value is called by its key, without the prefix
    let own_name = |(key, value): (&String, &String)| {
        let short = key.rsplit('/').next().unwrap_or_default();
        if value.is_empty() { short.to_owned() } else { value.clone() }
    };
    let called = by_key.cloned().or_else(|| labels.iter().next().map(own_name)).unwrap_or_default();
    let word = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = called.chars().take(50).map(word).collect();
    let name = name.trim_matches('-');
    let name = if name.is_empty() { fallback } else { name };
    if name.starts_with(prefix) { name.to_owned() } else { format!("{prefix}{name}") }
}

/// A selector that lists several values, as one a value: whoever has any of them is meant.
pub(super) fn one_value_each(selector: &LabelSelector) -> Vec<LabelSelector> {
    let several = selector
        .requirements
        .iter()
        .position(|one| one.operator == Operator::In && one.values.len() > 1);
    let Some(at) = several else { return vec![selector.clone()] };
    let values = selector.requirements.get(at).map_or(&[][..], |one| one.values.as_slice());
    let narrowed = values.iter().take(MOST_VALUES).map(|value| {
        let mut narrow = selector.clone();
        if let Some(one) = narrow.requirements.get_mut(at) {
            one.values = vec![value.clone()];
        }
        narrow
    });
    narrowed.filter(|narrow| narrow.example().is_some()).collect()
}
