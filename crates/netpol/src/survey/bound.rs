//! The pods that the same policies bind, and that these policies treat alike.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::{Ends, PortSets, SurveyEnd, is_named};
use crate::{
    cluster::{PodId, PolicyId},
    evaluate::port_trace,
    objects::Pod,
    plugin::Plugin,
    policy::{Direction, NetworkPolicy, PolicyPort},
};

/// Whose policies are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whom {
    Everyone,
    /// Those that are not there only for others to meet.
    Subjects,
}

/// Pods of one namespace.
pub(crate) struct Bound<'c> {
    /// Their ends, in order.
    pub(crate) ends: Vec<usize>,
    pub(crate) representative: &'c Pod,
    /// The policies that select them, or may.
    pub(crate) policies: Vec<(PolicyId, &'c NetworkPolicy)>,
    /// Whether one of these surely does.
    pub(crate) is_sure: bool,
}

impl<'c> Ends<'c> {
    /// The pods that some policies bind, all of which affect the direction; those that were written first come first.
    pub(crate) fn bound(
        &self,
        policies: &[(PolicyId, &'c NetworkPolicy)],
        direction: Direction,
        whom: Whom,
    ) -> Vec<Bound<'c>> {
        let mut selected: Vec<(usize, usize, bool)> = Vec::new();
        for (at, (_, policy)) in policies.iter().enumerate() {
            let found = self.selected(policy).into_iter();
            let found = found.filter(|(end, _)| whom == Whom::Everyone || self.is_subject(*end));
            selected.extend(found.map(|(end, is_sure)| (end, at, is_sure)));
        }
        selected.sort_unstable();
        let by_name: Vec<_> = policies.iter().map(|(_, policy)| names(policy, direction)).collect();
        let mut ports = PortSets::default();
        let mut known: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        let mut found: Vec<Bound<'c>> = Vec::new();
        for of_end in selected.chunk_by(|one, other| one.0 == other.0) {
            let Some((end, ..)) = of_end.first().copied() else { continue };
            let Some(pod) = self.all.get(end).and_then(SurveyEnd::pod) else {
                debug_assert!(false, "end {end} is no pod");
                continue;
            };
            let by = of_end.iter().map(|(_, at, is_sure)| 2 * at + usize::from(*is_sure));
            let names = of_end.iter().filter_map(|(_, at, _)| by_name.get(*at)).flatten();
            let home = self.home(pod.namespace()).start;
            let mut key: Vec<usize> = [home].into_iter().chain(by).chain([usize::MAX]).collect();
            // only a named port makes ingress look at the selected pod's own ports
            let mut before = None;
            for port in names.filter(|port| before.replace(**port) != Some(**port)) {
                key.push(ports.number(port_trace(port, Some(pod)).ports(Plugin::USUAL)));
            }
            let at = *known.entry(key).or_insert(found.len());
            if let Some(bound) = found.get_mut(at) {
                bound.ends.push(end);
                continue;
            }
            let policies = of_end.iter().filter_map(|(_, at, _)| policies.get(*at)).copied();
            found.push(Bound {
                ends: vec![end],
                representative: pod,
                policies: policies.collect(),
                is_sure: of_end.iter().any(|(.., is_sure)| *is_sure),
            });
        }
        found.sort_by_key(|bound| self.first(&bound.ends));
        found
    }

    /// Whether some pods are asked for their policies, and not there only for others to meet.
    pub(super) fn is_subject(&self, end: usize) -> bool {
        !self.roster.pods(end).iter().any(|id| self.cluster.is_only_peer(*id))
    }

    /// The pod of some ends that was written first.
    fn first(&self, ends: &[usize]) -> Option<PodId> {
        ends.iter().filter_map(|end| self.roster.pods(*end).first()).min().copied()
    }

    /// Some ends as a set.
    pub(crate) fn set(&self, ends: &[usize]) -> FixedBitSet {
        let mut set = self.none();
        set.extend(ends.iter().copied());
        set
    }
}

/// The ports that a policy's rules name, as far as they are the selected pods' own.
fn names(policy: &NetworkPolicy, direction: Direction) -> Vec<&PolicyPort> {
    let rules = if direction == Direction::Ingress { policy.rules(direction) } else { &[] };
    let mut names: Vec<&PolicyPort> = Vec::new();
    for port in rules.iter().flat_map(|rule| &rule.ports).filter(|port| is_named(port)) {
        if names.last() != Some(&port) {
            names.push(port);
        }
    }
    names
}
