//! Ends that the labels tell apart, and no policy does, as one: what is left is few however many labels pods have.

use std::{collections::BTreeMap, iter, mem};

use super::{Ends, Parts, SurveyEnd, is_named};
use crate::{
    addresses::IpSet,
    cluster::{Cluster, PodId},
    objects::ContainerPort,
    plugin::Plugin,
    policy::Direction,
};

impl<'c> Ends<'c> {
    /// The ends that the policies of a cluster treat differently in these directions, with the usual network plugin or
    /// with the one that admits least.
    pub(crate) fn merged(cluster: &'c Cluster, directions: &[Direction]) -> Self {
        let ends = Self::of(cluster, directions);
        if ends.has_unknown_labels() {
            return ends;
        }
        let parts = ends.parts(directions);
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        let mut merged: Vec<Vec<SurveyEnd<'c>>> = Vec::new();
        for (end, part) in ends.all.into_iter().zip(parts.of_end()) {
            let at = *places.entry(*part).or_insert(merged.len());
            match merged.get_mut(at) {
                Some(alike) => alike.push(end),
                None => merged.push(vec![end]),
            }
        }
        let merged = merged.into_iter().filter_map(SurveyEnd::united).collect();
        Self::with(cluster, merged)
    }

    fn parts(&self, directions: &[Direction]) -> Parts {
        let mut parts = Parts::of(self.all.len());
        let mut split = |set: &_| parts.split(set, |_, _| {});
        let mut names_ports = false;
        for home in &self.roster.namespaces {
            let mut set = self.none();
            set.insert_range(home.clone());
            split(&set);
        }
        let peers = (0..self.roster.pods.len()).filter(|end| !self.is_subject(*end));
        split(&self.set(&peers.collect::<Vec<_>>()));
        for (_, policy) in self.cluster.policies() {
            for direction in directions.iter().filter(|direction| policy.affects(**direction)) {
                let selected: Vec<usize> =
                    self.selected(policy).into_iter().map(|(end, _)| end).collect();
                split(&self.set(&selected));
                let is_open = self.is_left_open(policy, *direction);
                for rule in policy.rules(*direction) {
                    names_ports |= rule.ports.iter().any(is_named);
                    let own = &policy.meta.name.namespace;
                    split(&self.matching(own, rule, Plugin::USUAL));
                    if is_open {
                        split(&self.matching(own, rule, Plugin::STRICTEST));
                    }
                }
            }
        }
        if names_ports {
            for ends in self.by_ports() {
                split(&self.set(&ends));
            }
        }
        parts
    }

    /// The ends by the ports of their pods.
    fn by_ports(&self) -> Vec<Vec<usize>> {
        let mut places: BTreeMap<&[ContainerPort], usize> = BTreeMap::new();
        let mut found: Vec<Vec<usize>> = Vec::new();
        for (at, pod) in self.all.iter().enumerate().filter_map(|(at, end)| Some((at, end.pod()?)))
        {
            let place = *places.entry(pod.ports.as_slice()).or_insert(found.len());
            match found.get_mut(place) {
                Some(ends) => ends.push(at),
                None => found.push(vec![at]),
            }
        }
        found
    }
}

impl SurveyEnd<'_> {
    /// Ends that are all pods, or all addresses, as one: all of their addresses are united at once, so that many cost
    /// no more than their number.
    fn united(alike: Vec<Self>) -> Option<Self> {
        let mut alike = alike.into_iter();
        let mut first = alike.next()?;
        match &mut first {
            Self::Pods(class) => {
                class.pods.extend(alike.filter_map(Self::into_pods).flatten());
                class.pods.sort_unstable();
            }
            Self::Addresses(set, _) => {
                let sets: Vec<IpSet> = iter::once(mem::take(set))
                    .chain(alike.filter_map(Self::into_addresses))
                    .collect();
                *set = IpSet::union_of(&sets);
            }
        }
        Some(first)
    }
    fn into_pods(self) -> Option<Vec<PodId>> {
        match self {
            Self::Pods(class) => Some(class.pods),
            Self::Addresses(..) => {
                debug_assert!(false, "pods and addresses are in one part");
                None
            }
        }
    }

    fn into_addresses(self) -> Option<IpSet> {
        match self {
            Self::Addresses(set, _) => Some(set),
            Self::Pods(_) => {
                debug_assert!(false, "pods and addresses are in one part");
                None
            }
        }
    }
}
