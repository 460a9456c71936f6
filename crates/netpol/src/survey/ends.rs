//! Everyone who can be at an end of a connection, those that no policy can tell apart as one; and whom
//! of them a selector or an address block matches, found by what it asks for.

use std::{collections::BTreeMap, net::IpAddr, ops::Range, rc::Rc};

use fixedbitset::FixedBitSet;

use super::{
    labels::{Found, LabelIndex},
    roster::Roster,
};
use crate::{
    addresses::{Cidr, IpSet},
    classes::{Class, borders, classes},
    cluster::Cluster,
    evaluate::{End, is_sure, peer_trace, selects},
    meta::Labels,
    objects::Pod,
    plugin::Plugin,
    policy::{Direction, IpBlock, NetworkPolicy, Peer, Rule},
    selector::LabelSelector,
    steps,
};

/// Everyone, with what finds them.
pub(crate) struct Ends<'c> {
    pub(crate) cluster: &'c Cluster,
    /// Pods first, namespace by namespace; then addresses.
    pub(crate) all: Vec<SurveyEnd<'c>>,
    pub(crate) roster: Rc<Roster>,
    /// The namespaces of the roster, by name.
    namespaces: BTreeMap<String, usize>,
    labels: LabelIndex<'c>,
    namespace_labels: LabelIndex<'c>,
    /// Every address, in order, with its end.
    addresses: Vec<(IpAddr, usize)>,
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
}

impl<'c> Ends<'c> {
    /// The ends that the policies of a cluster tell apart in these directions.
    pub(crate) fn of(cluster: &'c Cluster, directions: &[Direction]) -> Self {
        let policies = cluster.policies().map(|(_, policy)| policy);
        let blocks: Vec<&Cidr> = policies
            .flat_map(|policy| directions.iter().flat_map(|direction| policy.blocks(*direction)))
            .collect();
        let pods = classes(cluster, &borders(blocks.iter().map(|block| **block)));
        let inside = cluster.pod_addresses();
        let outside = IpSet::atoms(blocks).into_iter().filter_map(|atom| {
            let set = atom.difference(inside);
            let end = End::Address(set.first()?);
            Some(SurveyEnd::Addresses(set, end))
        });
        Self::with(cluster, pods.into_iter().map(SurveyEnd::Pods).chain(outside).collect())
    }

    /// These ends: pods first, namespace by namespace; then addresses.
    pub(super) fn with(cluster: &'c Cluster, ends: Vec<SurveyEnd<'c>>) -> Self {
        let (roster, namespaces) = roster(&ends);
        let pods = || ends.iter().filter_map(SurveyEnd::pod);
        let none: &'static Labels = const { &Labels::new() };
        let homes = roster.namespaces.iter().filter_map(|home| ends.get(home.start)?.pod());
        let of_home = |pod: &Pod| cluster.namespace_labels(pod.namespace()).unwrap_or(none);
        let mut addresses: Vec<(IpAddr, usize)> = Vec::new();
        for (at, end) in ends.iter().enumerate() {
            match end.end() {
                End::Pod(pod) => addresses.extend(pod.addresses.iter().map(|it| (*it, at))),
                End::Address(address) => addresses.push((address, at)),
                End::Node => debug_assert!(false, "nodes are no ends"),
            }
        }
        addresses.sort_unstable();
        Self {
            cluster,
            labels: LabelIndex::of(pods().map(Pod::labels)),
            namespace_labels: LabelIndex::of(homes.map(of_home)),
            all: ends,
            roster: Rc::new(roster),
            namespaces,
            addresses,
        }
    }

    /// No end.
    pub(crate) fn none(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.all.len())
    }

    /// The ends that are pods of a namespace.
    pub(crate) fn home(&self, namespace: &str) -> Range<usize> {
        let at = self.namespaces.get(namespace);
        at.and_then(|at| self.roster.namespaces.get(*at)).cloned().unwrap_or_default()
    }

    /// Whether the label of some pod has a value that only the cluster knows.
    pub(crate) const fn has_unknown_labels(&self) -> bool {
        self.labels.has_unknown()
    }

    /// Whether it depends on the value of a label that only the cluster knows which pods a policy selects, or its rules of
    /// a direction match.
    pub(crate) fn asks_unknown_value(&self, policy: &NetworkPolicy, direction: Direction) -> bool {
        let own = &policy.meta.name.namespace;
        let asks = |namespaces: Option<&_>, pods: &LabelSelector| {
            let within = self.pods_of(own, namespaces);
            let around = hull(&within);
            self.labels.asks_unknown(pods, &around) && {
                let Found { surely, perhaps } = self.labels.find(pods, &around);
                let is_open = |at| perhaps.contains(at) && !surely.contains(at);
                within.into_iter().flatten().any(is_open)
            }
        };
        self.has_unknown_labels()
            && (asks(None, &policy.pod_selector)
                || policy.rules(direction).iter().flat_map(|rule| &rule.peers).any(
                    |peer| match peer {
                        Peer::Pods { namespaces, pods: Some(pods) } => {
                            asks(namespaces.as_ref(), pods)
                        }
                        Peer::Pods { pods: None, .. } | Peer::IpBlock(_) => false,
                    },
                ))
    }

    /// The pods of the namespaces that a peer of a policy names.
    fn pods_of(&self, own: &str, namespaces: Option<&LabelSelector>) -> Vec<Range<usize>> {
        let Some(selector) = namespaces else { return vec![self.home(own)] };
        let found = self.namespace_labels.find(selector, &self.namespace_labels.everyone());
        found.surely.ones().map(|at| self.roster.namespace(at)).collect()
    }

    /// The ends that a policy selects, or may, each with whether it surely does.
    pub(crate) fn selected(&self, policy: &NetworkPolicy) -> Vec<(usize, bool)> {
        let home = self.home(&policy.meta.name.namespace);
        let Found { surely, perhaps } = self.labels.find(&policy.pod_selector, &home);
        let selected: Vec<(usize, bool)> = super::roster::ones_in(&perhaps, home.clone())
            .map(|at| (at, surely.contains(at)))
            .collect();
        debug_assert!(
            self.all.iter().enumerate().filter_map(|(at, end)| Some((at, end.pod()?))).all(
                |(at, pod)| {
                    let found = selected.iter().find(|(end, _)| *end == at).map(|(_, sure)| *sure);
                    found == selects(policy, pod).then(|| is_sure(policy, pod))
                }
            ),
            "whom `{}` selects",
            policy.meta.name
        );
        selected
    }

    /// The ends that match one of a rule's peers.
    pub(crate) fn matching(&self, own: &str, rule: &Rule, plugin: Plugin) -> FixedBitSet {
        let mut found = self.none();
        if rule.peers.is_empty() {
            found.insert_range(..);
        }
        for peer in &rule.peers {
            self.add_matching(own, peer, plugin, &mut found);
        }
        debug_assert!(
            self.all.iter().enumerate().all(|(at, end)| {
                let matches = |peer| self.is_match(own, peer, end, plugin);
                found.contains(at) == (rule.peers.is_empty() || rule.peers.iter().any(matches))
            }),
            "whom a rule of {own} matches: {rule:?}"
        );
        found
    }

    fn add_matching(&self, own: &str, peer: &Peer, plugin: Plugin, found: &mut FixedBitSet) {
        match peer {
            Peer::Pods { namespaces, pods } => {
                let within = self.pods_of(own, namespaces.as_ref());
                let mut here = self.none();
                for home in &within {
                    here.insert_range(home.clone());
                }
                if let Some(selector) = pods.as_ref().filter(|selector| !selector.is_empty()) {
                    let Found { surely, perhaps } = self.labels.find(selector, &hull(&within));
                    let pods = if plugin.unknown_values_admit { perhaps } else { surely };
                    here.intersect_with(&pods);
                }
                found.union_with(&here);
            }
            Peer::IpBlock(block) => {
                for (at, end) in self.within(block) {
                    steps::take(1);
                    if self.is_match(own, peer, end, plugin) {
                        found.insert(at);
                    }
                }
            }
        }
    }

    /// Whether some rule of a policy matches others with another plugin than with the usual one.
    pub(crate) fn is_left_open(&self, policy: &NetworkPolicy, direction: Direction) -> bool {
        let mut peers = policy.rules(direction).iter().flat_map(|rule| &rule.peers);
        self.has_unknown_labels()
            || peers.any(|peer| match peer {
                Peer::IpBlock(block) => self.within(block).any(|(_, end)| end.pod().is_some()),
                Peer::Pods { .. } => false,
            })
    }

    fn is_match(&self, own: &str, peer: &Peer, end: &SurveyEnd<'c>, plugin: Plugin) -> bool {
        peer_trace(self.cluster, own, peer, end.end()).matches(plugin)
    }

    /// The ends of which an address is in a block, and in no exception.
    fn within(&self, block: &IpBlock) -> impl Iterator<Item = (usize, &SurveyEnd<'c>)> {
        let first =
            |cidr: &Cidr| self.addresses.partition_point(|(address, _)| *address < cidr.address());
        let last = |cidr: &Cidr| {
            let is_before = |address| address < cidr.address() || cidr.contains(address);
            self.addresses.partition_point(|(address, _)| is_before(*address))
        };
        let mut found = FixedBitSet::with_capacity(self.addresses.len());
        found.insert_range(first(&block.cidr)..last(&block.cidr));
        for except in &block.except {
            found.remove_range(first(except)..last(except));
        }
        let at = found.into_ones().filter_map(|at| self.addresses.get(at));
        at.filter_map(|(_, end)| Some((*end, self.all.get(*end)?)))
    }
}

fn roster(ends: &[SurveyEnd<'_>]) -> (Roster, BTreeMap<String, usize>) {
    let mut roster = Roster::default();
    let mut names = BTreeMap::new();
    for (at, end) in ends.iter().enumerate() {
        match end {
            SurveyEnd::Addresses(set, _) => roster.addresses.push(set.clone()),
            SurveyEnd::Pods(class) => {
                roster.pods.push(class.pods.clone());
                let namespace = class.representative.namespace();
                if !names.contains_key(namespace) {
                    names.insert(namespace.to_owned(), roster.namespaces.len());
                    roster.namespaces.push(at..at);
                }
                if let Some(home) = roster.namespaces.last_mut() {
                    home.end = at + 1;
                }
            }
        }
    }
    (roster, names)
}

/// From the first to the last of some ranges, which are in order.
fn hull(ranges: &[Range<usize>]) -> Range<usize> {
    let ends = ranges.first().zip(ranges.last());
    ends.map(|(first, last)| first.start..last.end).unwrap_or_default()
}
