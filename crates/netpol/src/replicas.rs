//! The pods of one workload that bear numbers, as far as anybody asks for a number: `db-0` is a pod of its own where a
//! selector names it, and those that none tells apart stay one.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    meta::{Labels, UNKNOWN},
    objects::{Ordinals, Pod, Service},
    policy::{Direction, NetworkPolicy, Peer},
    selector::{LabelSelector, LabelSelectorRequirement, Operator, Written},
};

/// As many pods of a workload are told apart one by one, asked for or not: their names say more.
const MOST_SHOWN: u32 = 5;
/// Pods of a workload that are told apart because a selector asks for them.
const MOST_APART: usize = 100;
/// The same of all workloads together.
const MOST_IN_ALL: usize = 5_000;
/// Selectors tried on workloads. Beyond that numbers count as unknown.
const MOST_TRIALS: usize = 500_000;

/// The pods of one workload, by their indexes among all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Replicas {
    ordinals: Ordinals,
    /// Those that are told apart.
    apart: BTreeMap<u32, usize>,
    /// The one that stands for all others.
    rest: Option<usize>,
}

impl Replicas {
    /// The pod of a name such as `db-0`.
    pub(crate) fn named(&self, name: &str) -> Option<usize> {
        let ordinal = self.ordinals.of_name(name)?;
        self.apart.get(&ordinal).copied().or(self.rest)
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = usize> {
        self.apart.values().copied().chain(self.rest)
    }
}

/// Makes pods of their own of those that selectors tell apart. The workloads that number their pods, by full name.
pub(crate) fn tell_apart(
    pods: &mut Vec<Pod>,
    policies: &[NetworkPolicy],
    services: &[Service],
) -> BTreeMap<String, Replicas> {
    let written = if pods.iter().any(|pod| pod.ordinals.is_some()) {
        let pods = pods.iter().filter(|pod| pod.kind == "Pod");
        pods.map(|pod| pod.meta.name.to_string()).collect()
    } else {
        return BTreeMap::new();
    };
    let of_services = services.iter().filter_map(of_service).collect::<Vec<_>>();
    let mut parter =
        Parter { askers: Askers::of(policies, &of_services), written, made: 0, trials: 0 };
    let mut found = BTreeMap::new();
    let mut all: Vec<Pod> = Vec::with_capacity(pods.len());
    for pod in std::mem::take(pods) {
        let Some(ordinals) = pod.ordinals.clone() else {
            all.push(pod);
            continue;
        };
        let key = pod.meta.name.to_string();
        found.insert(key, parter.part(&pod, ordinals, &mut all));
    }
    // pods that are written themselves stand somewhere among the others
    let places: BTreeMap<String, usize> = all
        .iter()
        .enumerate()
        .filter(|(_, pod)| pod.kind == "Pod")
        .map(|(at, pod)| (pod.meta.name.to_string(), at))
        .collect();
    for (key, replicas) in &mut found {
        for (name, ordinal) in parter.written_of(key, &replicas.ordinals) {
            replicas.apart.extend(places.get(&name).map(|at| (ordinal, *at)));
        }
    }
    *pods = all;
    found
}

struct Parter<'p> {
    askers: Askers<'p>,
    /// The full names of the Pods that are written themselves.
    written: BTreeSet<String>,
    /// Pods made so far.
    made: usize,
    trials: usize,
}

impl Parter<'_> {
    /// Puts the pods of a workload to the others.
    fn part(&mut self, pod: &Pod, ordinals: Ordinals, all: &mut Vec<Pod>) -> Replicas {
        let own = self.written_of(&pod.meta.name.to_string(), &ordinals);
        let own: BTreeSet<u32> = own.into_iter().map(|(_, ordinal)| ordinal).collect();
        let asked = self.asked(pod, &ordinals);
        let is_parted = asked.as_ref().is_some_and(|asked| !asked.is_empty());
        let every = ordinals.first..ordinals.first.saturating_add(ordinals.count);
        let shown: BTreeSet<u32> = if is_parted && ordinals.count <= MOST_SHOWN {
            every.clone().filter(|ordinal| !own.contains(ordinal)).collect()
        } else {
            asked.iter().flatten().filter(|ordinal| !own.contains(ordinal)).copied().collect()
        };
        let mut replicas = Replicas { ordinals, apart: BTreeMap::new(), rest: None };
        let ordinals = &replicas.ordinals;
        for ordinal in &shown {
            replicas.apart.insert(*ordinal, all.len());
            all.push(numbered(pod, ordinals, *ordinal, ordinals.name(*ordinal)));
        }
        self.made += shown.len();
        let mut left = every.filter(|ordinal| !own.contains(ordinal) && !shown.contains(ordinal));
        let Some(next) = left.next() else { return replicas };
        let name = match (is_parted || !own.is_empty(), left.next()) {
            (false, _) => pod.name().to_owned(),
            (true, None) => ordinals.name(next),
            (true, Some(_)) => format!("{}-{UNKNOWN}", ordinals.base),
        };
        let mut rest = numbered(pod, ordinals, next, name);
        if asked.is_none() {
            // too many ask to tell who is meant
            let by = ordinals.by;
            for key in [Some(by.index), by.name].into_iter().flatten() {
                rest.meta.labels.insert(key.to_owned(), UNKNOWN.to_string());
            }
        }
        replicas.rest = Some(all.len());
        all.push(rest);
        replicas
    }

    /// The Pods of a workload that are written themselves, as they are where a cluster is printed.
    fn written_of(&self, key: &str, ordinals: &Ordinals) -> Vec<(String, u32)> {
        let namespace = key.split_once('/').map_or("", |(namespace, _)| namespace);
        let prefix = format!("{key}-");
        let names =
            self.written.range(prefix.clone()..).take_while(|name| name.starts_with(&prefix));
        let ordinal = |name: &String| {
            let name_there = name.strip_prefix(namespace)?.strip_prefix('/')?;
            Some((name.clone(), ordinals.of_name(name_there)?))
        };
        names.filter_map(ordinal).collect()
    }

    /// The numbers that selectors ask of a workload's pods; `None` where they are too many.
    fn asked(&mut self, pod: &Pod, ordinals: &Ordinals) -> Option<BTreeSet<u32>> {
        let mut asked = BTreeSet::new();
        if ordinals.count < 2 {
            return Some(asked);
        }
        for selector in self.askers.about(pod.namespace()) {
            let values = selector.requirements.iter().map(|one| 1 + one.values.len());
            self.trials += values.sum::<usize>();
            if self.trials > MOST_TRIALS {
                return None;
            }
            add_asked(selector, pod.labels(), ordinals, &mut asked);
            if asked.len() > MOST_APART || self.made + asked.len() > MOST_IN_ALL {
                return None;
            }
        }
        Some(asked)
    }
}

/// The workload's pod of one number.
fn numbered(pod: &Pod, ordinals: &Ordinals, ordinal: u32, name: String) -> Pod {
    let mut pod = pod.clone();
    let by = ordinals.by;
    pod.meta.labels.insert(by.index.to_owned(), ordinal.to_string());
    if let Some(key) = by.name {
        pod.meta.labels.insert(key.to_owned(), ordinals.name(ordinal));
    }
    pod.meta.name.name = name;
    pod
}

/// The selectors that ask for a number: those of one namespace, and those of all.
struct Askers<'p> {
    of: BTreeMap<&'p str, Vec<&'p LabelSelector>>,
    everywhere: Vec<&'p LabelSelector>,
}

impl<'p> Askers<'p> {
    fn of(policies: &'p [NetworkPolicy], services: &'p [(String, LabelSelector)]) -> Self {
        let mut askers = Self { of: BTreeMap::new(), everywhere: Vec::new() };
        for policy in policies {
            let namespace = policy.meta.name.namespace.as_str();
            askers.put(Some(namespace), &policy.pod_selector);
            let rules = Direction::ALL.map(|direction| policy.rules(direction));
            for peer in rules.into_iter().flatten().flat_map(|rule| &rule.peers) {
                if let Peer::Pods { namespaces, pods: Some(selector) } = peer {
                    askers.put(namespaces.is_none().then_some(namespace), selector);
                }
            }
        }
        for (namespace, selector) in services {
            askers.put(Some(namespace), selector);
        }
        askers
    }

    fn put(&mut self, namespace: Option<&'p str>, selector: &'p LabelSelector) {
        if !selector.requirements.iter().any(|one| is_number(&one.key)) {
            return;
        }
        match namespace {
            Some(namespace) => self.of.entry(namespace).or_default().push(selector),
            None => self.everywhere.push(selector),
        }
    }

    fn about(&self, namespace: &str) -> impl Iterator<Item = &'p LabelSelector> {
        let own = self.of.get(namespace).into_iter().flatten();
        own.chain(&self.everywhere).copied()
    }
}

fn is_number(key: &str) -> bool {
    key.ends_with("-index") || key.ends_with("/pod-name")
}

/// Adds the numbers that a selector asks of a workload's pods, if nothing else about them is in its way.
fn add_asked(
    selector: &LabelSelector,
    labels: &Labels,
    ordinals: &Ordinals,
    asked: &mut BTreeSet<u32>,
) {
    let by = ordinals.by;
    let is_by =
        |one: &&LabelSelectorRequirement| one.key == by.index || Some(one.key.as_str()) == by.name;
    let (numbers, others): (Vec<_>, Vec<_>) = selector.requirements.iter().partition(is_by);
    if others.into_iter().any(|one| one.holds(labels) == Some(false)) {
        return;
    }
    for one in numbers {
        let ordinal = |value: &String| {
            if one.key != by.index {
                return ordinals.of_name(value);
            }
            let ordinal = value.parse().ok()?;
            (ordinals.has(ordinal) && ordinal.to_string() == *value).then_some(ordinal)
        };
        asked.extend(one.values.iter().filter_map(ordinal));
    }
}

/// A Service's selector, if it asks for a number.
fn of_service(service: &Service) -> Option<(String, LabelSelector)> {
    let labels = service.selector.as_ref()?;
    let requirement = |(key, value): (&String, &String)| LabelSelectorRequirement {
        key: key.clone(),
        operator: Operator::In,
        values: vec![value.clone()],
        written: Written::MatchLabels,
    };
    let is_asking = labels.keys().any(|key| is_number(key));
    let selector = LabelSelector { requirements: labels.iter().map(requirement).collect() };
    is_asking.then(|| (service.meta.name.namespace.clone(), selector))
}
