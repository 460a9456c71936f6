//! Who reaches whom on which ports, for all pods at once. The same traces as a single verdict, asked
//! once for each rule and class of pods; the rest is set algebra.

use std::{collections::BTreeMap, rc::Rc};

use fixedbitset::FixedBitSet;

use crate::{
    addresses::{Cidr, IpSet},
    classes::{Class, classes},
    cluster::{Cluster, PodId, PolicyId},
    evaluate::{End, peer_trace, port_trace, selects},
    objects::ContainerPort,
    policy::{Direction, NetworkPolicy, PolicyPortNumber, Rule},
    ports::PortSet,
    verdict::PortTrace,
};

/// Which connections of a cluster are allowed, as documented. Pods on their node's network are left
/// out: what policies do to them is undefined.
pub struct Matrix {
    groups: Vec<MatrixGroup>,
    rows: Vec<Vec<(PortSet, FixedBitSet)>>,
}

/// Ends of connections that no policy can tell apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatrixGroup {
    /// Pods of one namespace with equal labels and ports, at least one.
    Pods(Vec<PodId>),
    /// Addresses outside the cluster that are in the same blocks.
    Addresses(IpSet),
}

impl Matrix {
    /// Computes all connections of a cluster.
    pub fn of(cluster: &Cluster) -> Self {
        let surveyor = Surveyor::new(cluster);
        let sides = Direction::ALL.map(|direction| surveyor.sides(direction));
        let rows = (0..surveyor.ends.len()).map(|source| surveyor.row(source, &sides)).collect();
        let groups = surveyor.ends.into_iter().map(|end| end.group).collect();
        Self { groups, rows }
    }

    /// The groups: pods first, then addresses.
    pub fn groups(&self) -> &[MatrixGroup] {
        &self.groups
    }

    /// The ports on which one group reaches another, by their indexes. Within a group of pods: one
    /// of them another (a pod always reaches itself). Between addresses: nothing, since no pod is
    /// there that a policy could protect.
    pub fn ports(&self, source: usize, destination: usize) -> PortSet {
        let row = self.rows.get(source).map_or(&[][..], Vec::as_slice);
        let found = row.iter().find(|(_, destinations)| destinations.contains(destination));
        found.map_or_else(PortSet::empty, |(ports, _)| ports.clone())
    }

    /// Whom a group reaches: its destinations, those reached on the same ports together. Destinations
    /// that it does not reach are left out.
    pub fn reached_from(
        &self,
        source: usize,
    ) -> impl Iterator<Item = (&PortSet, impl Iterator<Item = usize>)> {
        let row = self.rows.get(source).map_or(&[][..], Vec::as_slice);
        row.iter().filter(|(ports, _)| !ports.is_empty()).map(|(ports, ends)| (ports, ends.ones()))
    }
}

/// One group with what the evaluator needs of it.
struct GroupEnd<'c> {
    group: MatrixGroup,
    end: End<'c>,
}

/// What the policies on some pods admit: every peer with its ports, those with equal ports together.
type Admissions = Vec<(PortSet, FixedBitSet)>;

/// One direction: for each distinct set of policies the pods that it binds, and what it admits.
struct Sides {
    admissions: Vec<Rc<Admissions>>,
    /// The side of each group; `None` where nothing isolates it.
    of_group: Vec<Option<usize>>,
    /// The groups of each side; the last entry is for those that nothing isolates.
    members: Vec<FixedBitSet>,
}

struct Surveyor<'c> {
    cluster: &'c Cluster,
    ends: Vec<GroupEnd<'c>>,
}

impl<'c> Surveyor<'c> {
    fn new(cluster: &'c Cluster) -> Self {
        let blocks: Vec<&Cidr> = cluster
            .policies()
            .flat_map(|(_, policy)| {
                Direction::ALL.map(|direction| policy.blocks(direction).collect::<Vec<_>>())
            })
            .flatten()
            .collect();
        let pods = classes(cluster, !blocks.is_empty()).into_iter().map(
            |Class { representative, pods }| GroupEnd {
                group: MatrixGroup::Pods(pods),
                end: End::Pod(representative),
            },
        );
        let mut ends: Vec<GroupEnd<'c>> = pods.collect();
        ends.extend(outside(cluster, &blocks));
        Self { cluster, ends }
    }

    fn none(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.ends.len())
    }

    fn sides(&self, direction: Direction) -> Sides {
        let mut rules: BTreeMap<(PolicyId, usize), FixedBitSet> = BTreeMap::new();
        let mut known: BTreeMap<(Vec<PolicyId>, &[ContainerPort]), usize> = BTreeMap::new();
        let mut found = Sides { admissions: Vec::new(), of_group: Vec::new(), members: Vec::new() };
        let mut free = self.none();
        for (at, end) in self.ends.iter().enumerate() {
            let policies = self.isolating(end.end, direction);
            let End::Pod(pod) = end.end else {
                found.of_group.push(None);
                free.insert(at);
                continue;
            };
            if policies.is_empty() {
                found.of_group.push(None);
                free.insert(at);
                continue;
            }
            let key = (policies.iter().map(|(id, _)| *id).collect(), pod.ports.as_slice());
            let side = *known.entry(key).or_insert_with(|| {
                let admissions = self.admissions(&policies, end.end, direction, &mut rules);
                found.admissions.push(Rc::new(admissions));
                found.members.push(self.none());
                found.admissions.len() - 1
            });
            found.of_group.push(Some(side));
            if let Some(members) = found.members.get_mut(side) {
                members.insert(at);
            }
        }
        found.members.push(free);
        found
    }

    fn isolating(&self, end: End<'c>, direction: Direction) -> Vec<(PolicyId, &'c NetworkPolicy)> {
        let End::Pod(pod) = end else { return Vec::new() };
        let policies = self.cluster.policies_in(pod.namespace());
        policies.filter(|(_, policy)| policy.affects(direction) && selects(policy, pod)).collect()
    }

    /// What some policies admit for the pods that `subject` stands for.
    fn admissions(
        &self,
        policies: &[(PolicyId, &NetworkPolicy)],
        subject: End<'_>,
        direction: Direction,
        rules: &mut BTreeMap<(PolicyId, usize), FixedBitSet>,
    ) -> Admissions {
        let mut everyone = self.none();
        everyone.insert_range(..);
        let mut parts: Admissions = vec![(PortSet::empty(), everyone)];
        for (id, policy) in policies {
            let namespace = policy.meta.name.namespace.as_str();
            for (at, rule) in policy.rules(direction).iter().enumerate() {
                let matching =
                    rules.entry((*id, at)).or_insert_with(|| self.matching(namespace, rule));
                for (ports, peers) in self.rule_ports(rule, matching, subject, direction) {
                    parts = add(parts, &ports, &peers);
                }
            }
        }
        parts
    }

    /// The groups that match one of the rule's peers.
    fn matching(&self, namespace: &str, rule: &Rule) -> FixedBitSet {
        let mut found = self.none();
        for (at, end) in self.ends.iter().enumerate() {
            let matches = |peer| peer_trace(self.cluster, namespace, peer, end.end).matches();
            if rule.peers.is_empty() || rule.peers.iter().any(matches) {
                found.insert(at);
            }
        }
        found
    }

    /// The rule's ports with the matching peers to which they belong: a named port of an egress rule
    /// may be another one on each destination.
    fn rule_ports(
        &self,
        rule: &Rule,
        matching: &FixedBitSet,
        subject: End<'_>,
        direction: Direction,
    ) -> Admissions {
        if rule.ports.is_empty() {
            return vec![(PortSet::all(), matching.clone())];
        }
        let is_named = |port: &PolicyPortNumber| matches!(port, PolicyPortNumber::Named(_));
        let by_destination =
            direction == Direction::Egress && rule.ports.iter().any(|item| is_named(&item.port));
        let resolved = |destination: End<'_>| {
            let pod = match destination {
                End::Pod(pod) => Some(pod),
                End::Address(_) => None,
            };
            let mut set = PortSet::empty();
            for item in &rule.ports {
                if let PortTrace::Ports(ports) = port_trace(item, pod) {
                    set.add(&ports);
                }
            }
            set
        };
        if !by_destination {
            return vec![(resolved(subject), matching.clone())];
        }
        let mut found: BTreeMap<PortSet, FixedBitSet> = BTreeMap::new();
        for (at, end) in self.ends.iter().enumerate().filter(|(at, _)| matching.contains(*at)) {
            found.entry(resolved(end.end)).or_insert_with(|| self.none()).insert(at);
        }
        found.into_iter().collect()
    }

    /// Whom one group reaches: what its own egress side admits and the other's ingress side does too.
    fn row(&self, source: usize, [ingress, egress]: &[Sides; 2]) -> Admissions {
        let mut everyone = self.none();
        everyone.insert_range(..);
        let unrestricted = vec![(PortSet::all(), everyone)];
        let own = egress
            .of_group
            .get(source)
            .copied()
            .flatten()
            .and_then(|side| egress.admissions.get(side));
        let leaving = own.map_or(&unrestricted, |side| side.as_ref());
        // destinations by what their ingress side admits from here: few sets, so few intersections
        let mut entering: BTreeMap<&PortSet, FixedBitSet> = BTreeMap::new();
        for (side, members) in ingress.members.iter().enumerate() {
            let admitted = match ingress.admissions.get(side) {
                Some(admissions) => admissions.iter().find(|(_, peers)| peers.contains(source)),
                None => unrestricted.first(),
            };
            let Some((admitted, _)) = admitted else { continue };
            entering.entry(admitted).or_insert_with(|| self.none()).union_with(members);
        }
        let mut row: BTreeMap<PortSet, FixedBitSet> = BTreeMap::new();
        for (admitted, members) in &entering {
            for (ports, destinations) in leaving {
                let mut both = destinations.clone();
                both.intersect_with(members);
                if !both.is_clear() {
                    row.entry(ports.intersection(admitted))
                        .or_insert_with(|| self.none())
                        .union_with(&both);
                }
            }
        }
        self.tidy(source, row)
    }

    /// A single pod always reaches itself; addresses are nobody's to protect.
    fn tidy(&self, source: usize, mut row: BTreeMap<PortSet, FixedBitSet>) -> Admissions {
        match self.ends.get(source).map(|end| &end.group) {
            Some(MatrixGroup::Pods(pods)) if pods.len() == 1 => {
                for ends in row.values_mut() {
                    ends.set(source, false);
                }
                row.entry(PortSet::all()).or_insert_with(|| self.none()).insert(source);
            }
            Some(MatrixGroup::Addresses(_)) => {
                for (at, end) in self.ends.iter().enumerate() {
                    if matches!(end.group, MatrixGroup::Addresses(_)) {
                        for ends in row.values_mut() {
                            ends.set(at, false);
                        }
                    }
                }
            }
            _ => {}
        }
        row.into_iter().filter(|(_, ends)| !ends.is_clear()).collect()
    }
}

/// Adds ports for some peers to a partition of all of them.
fn add(parts: Admissions, more: &PortSet, peers: &FixedBitSet) -> Admissions {
    let mut merged: BTreeMap<PortSet, FixedBitSet> = BTreeMap::new();
    let mut put = |ports: PortSet, ends: FixedBitSet| {
        if !ends.is_clear() {
            merged.entry(ports).and_modify(|known| known.union_with(&ends)).or_insert(ends);
        }
    };
    for (known, ends) in parts {
        let mut inside = ends.clone();
        inside.intersect_with(peers);
        let mut outside = ends;
        outside.difference_with(peers);
        put(known.union(more), inside);
        put(known, outside);
    }
    merged.into_iter().collect()
}

/// The addresses outside the cluster, those in the same blocks together.
fn outside<'c>(cluster: &Cluster, blocks: &[&Cidr]) -> Vec<GroupEnd<'c>> {
    let pods = cluster.pod_network().map_or_else(IpSet::empty, Into::into);
    let mut groups: BTreeMap<Vec<usize>, IpSet> = BTreeMap::new();
    for atom in IpSet::atoms(blocks.iter().copied()) {
        let Some(address) = atom.first() else { continue };
        let holding = |(at, block): (usize, &&Cidr)| block.contains(address).then_some(at);
        let signature = blocks.iter().enumerate().filter_map(holding).collect();
        let set = groups.entry(signature).or_default();
        *set = set.union(&atom.difference(&pods));
    }
    let group = |set: IpSet| {
        let end = End::Address(set.first()?);
        Some(GroupEnd { group: MatrixGroup::Addresses(set), end })
    };
    groups.into_values().filter_map(group).collect()
}
