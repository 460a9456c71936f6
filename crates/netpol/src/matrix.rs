//! Who reaches whom on which ports, for all pods at once.

use std::{collections::BTreeMap, rc::Rc};

use fixedbitset::FixedBitSet;

use crate::{
    addresses::IpSet,
    cluster::{Cluster, PodId, PolicyId},
    evaluate::{is_sure, selects},
    objects::{ContainerPort, Pod},
    plugin::Plugin,
    policy::{Direction, NetworkPolicy},
    ports::PortSet,
    survey::{Ends, Survey, SurveyEnd},
};

/// Which connections of a cluster are allowed, as documented. Pods on their node's network are left
/// out: what policies do to them is undefined.
pub struct Matrix {
    groups: Vec<MatrixGroup>,
    /// Whom each group reaches, but for a single pod's traffic with itself. Equal rows are one.
    rows: Vec<Rc<Parts>>,
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
    /// Computes all connections of a cluster, with the usual network plugin.
    pub fn of(cluster: &Cluster) -> Self {
        Self::with(cluster, Plugin::USUAL)
    }

    /// Computes all connections of a cluster. The groups are the same with every network plugin.
    pub fn with(cluster: &Cluster, plugin: Plugin) -> Self {
        let ends = Ends::of(cluster, &Direction::ALL);
        let [ingress, egress] = Direction::ALL.map(|direction| Sides::of(&ends, direction, plugin));
        let origins = origins(&ends, &ingress, &egress);
        let mut known: Vec<Option<Rc<Parts>>> = vec![None; ends.ends.len()];
        let mut rows = Vec::with_capacity(ends.ends.len());
        for (at, origin) in origins.into_iter().enumerate() {
            let Some(row) = known.get_mut(origin) else { continue };
            let row = row.get_or_insert_with(|| Rc::new(row_of(&ends, at, &ingress, &egress)));
            rows.push(Rc::clone(row));
        }
        let group = |end| match end {
            SurveyEnd::Pods(class) => MatrixGroup::Pods(class.pods),
            SurveyEnd::Addresses(set, _) => MatrixGroup::Addresses(set),
        };
        Self { groups: ends.ends.into_iter().map(group).collect(), rows }
    }

    /// The groups: pods first, then addresses.
    pub fn groups(&self) -> &[MatrixGroup] {
        &self.groups
    }

    /// The ports on which one group reaches another, by their indexes. Within a group of pods: one
    /// of them another (a pod always reaches itself). Between addresses: nothing, since no pod is
    /// there that a policy could protect.
    pub fn ports(&self, source: usize, destination: usize) -> PortSet {
        if source == destination && self.is_single(source) {
            return PortSet::all();
        }
        let mut row = self.rows.get(source).into_iter().flat_map(|row| row.iter());
        let found = row.find(|(_, destinations)| destinations.contains(destination));
        found.map_or_else(PortSet::empty, |(ports, _)| ports.clone())
    }

    /// Whom a group reaches: its destinations, those reached on the same ports together. Destinations
    /// that it does not reach are left out.
    pub fn reached_from(
        &self,
        source: usize,
    ) -> impl Iterator<Item = (&PortSet, impl Iterator<Item = usize>)> {
        let row = self.rows.get(source).into_iter().flat_map(|row| row.iter());
        let itself = self.is_single(source).then_some(source);
        row.filter_map(move |(ports, ends)| {
            let itself_here = itself.filter(|_| ports.is_all());
            let others = ends.ones().filter(move |end| Some(*end) != itself);
            let mut reached = others.chain(itself_here).peekable();
            (!ports.is_empty() && reached.peek().is_some()).then_some((ports, reached))
        })
    }

    fn is_single(&self, group: usize) -> bool {
        let group = self.groups.get(group);
        matches!(group, Some(MatrixGroup::Pods(pods)) if pods.len() == 1)
    }
}

/// A number for each end; those with equal numbers reach the same. What decides it: their own egress
/// side, what each ingress side makes of them, and whether they are pods.
fn origins(ends: &Ends<'_>, ingress: &Sides, egress: &Sides) -> Vec<usize> {
    let is_pod = |at: usize| ends.ends.get(at).is_some_and(|end| end.pod().is_some());
    let leaving = |at: usize| egress.of_group.get(at).copied().flatten().map_or(0, |side| side + 1);
    let mut origins: Vec<usize> = vec![0; ends.ends.len()];
    refine(&mut origins, |at| usize::from(is_pod(at)));
    refine(&mut origins, leaving);
    for parts in &ingress.admissions {
        refine(&mut origins, |at| part_with(parts, at).unwrap_or(parts.len()));
    }
    origins
}

/// Gives ends that had equal numbers unequal ones where something else about them differs.
fn refine(numbers: &mut [usize], other: impl Fn(usize) -> usize) {
    let mut known: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (at, number) in numbers.iter_mut().enumerate() {
        let next = known.len();
        *number = *known.entry((*number, other(at))).or_insert(next);
    }
}

/// The index of the part that holds an end.
fn part_with(parts: &Parts, end: usize) -> Option<usize> {
    parts.iter().position(|(_, peers)| peers.contains(end))
}

/// What the policies on some pods admit: every end with its ports, those with equal ports together.
type Parts = Vec<(PortSet, FixedBitSet)>;

/// One direction: for each distinct set of policies the pods that it binds, and what it admits.
struct Sides {
    admissions: Vec<Parts>,
    /// The side of each group; `None` where nothing isolates it.
    of_group: Vec<Option<usize>>,
    /// The groups of each side; the last entry is for those that nothing isolates.
    members: Vec<FixedBitSet>,
}

/// The policies of one direction, each with whether it surely selects the pod, and the ports of the pod: what decides
/// a side.
type SideKey<'c> = (Vec<(PolicyId, bool)>, &'c [ContainerPort]);

impl Sides {
    fn of(ends: &Ends<'_>, direction: Direction, plugin: Plugin) -> Self {
        let mut survey = Survey::new(ends, direction, plugin);
        let mut known: BTreeMap<SideKey<'_>, usize> = BTreeMap::new();
        let mut sides = Self { admissions: Vec::new(), of_group: Vec::new(), members: Vec::new() };
        let mut free = ends.none();
        for (at, end) in ends.ends.iter().enumerate() {
            let policies =
                end.pod().map_or_else(Vec::new, |pod| isolating(ends.cluster, pod, direction));
            let Some(pod) = end.pod().filter(|_| !policies.is_empty()) else {
                sides.of_group.push(None);
                free.insert(at);
                continue;
            };
            let by = policies.iter().map(|(id, policy)| (*id, is_sure(policy, pod)));
            let key = (by.collect(), pod.ports.as_slice());
            let side = *known.entry(key).or_insert_with(|| {
                sides.admissions.push(parts(ends, &mut survey, pod, &policies));
                sides.members.push(ends.none());
                sides.admissions.len() - 1
            });
            sides.of_group.push(Some(side));
            if let Some(members) = sides.members.get_mut(side) {
                members.insert(at);
            }
        }
        sides.members.push(free);
        sides
    }
}

fn isolating<'c>(
    cluster: &'c Cluster,
    pod: &Pod,
    direction: Direction,
) -> Vec<(PolicyId, &'c NetworkPolicy)> {
    let policies = cluster.policies_in(pod.namespace());
    policies.filter(|(_, policy)| policy.affects(direction) && selects(policy, pod)).collect()
}

fn parts(
    ends: &Ends<'_>,
    survey: &mut Survey<'_, '_>,
    subject: &Pod,
    policies: &[(PolicyId, &NetworkPolicy)],
) -> Parts {
    let mut by_number: BTreeMap<usize, FixedBitSet> = BTreeMap::new();
    for (end, number) in survey.admissions(subject, policies).into_iter().enumerate() {
        by_number.entry(number).or_insert_with(|| ends.none()).insert(end);
    }
    by_number.into_iter().map(|(number, members)| (survey.ports(number), members)).collect()
}

/// Whom an end reaches, and every end of the same origin: what its own egress side admits and the
/// other's ingress side does too. All ports come with a part of their own, empty or not.
fn row_of(ends: &Ends<'_>, source: usize, ingress: &Sides, egress: &Sides) -> Parts {
    let mut everyone = ends.none();
    everyone.insert_range(..);
    let unrestricted = vec![(PortSet::all(), everyone)];
    let side = egress.of_group.get(source).copied().flatten();
    let leaving = side.and_then(|side| egress.admissions.get(side)).unwrap_or(&unrestricted);
    // destinations by what their ingress side admits from here: few sets, so few intersections
    let mut entering: BTreeMap<&PortSet, FixedBitSet> = BTreeMap::new();
    let sides = ingress.admissions.iter().chain([&unrestricted]);
    for (parts, members) in sides.zip(&ingress.members) {
        let part = part_with(parts, source).and_then(|at| parts.get(at));
        let Some((admitted, _)) = part else { continue };
        entering.entry(admitted).or_insert_with(|| ends.none()).union_with(members);
    }
    let mut row = BTreeMap::from([(PortSet::all(), ends.none())]);
    for (admitted, members) in &entering {
        for (ports, destinations) in leaving {
            let mut both = destinations.clone();
            both.intersect_with(members);
            if !both.is_clear() {
                row.entry(ports.intersection(admitted))
                    .or_insert_with(|| ends.none())
                    .union_with(&both);
            }
        }
    }
    if ends.ends.get(source).is_some_and(|end| end.pod().is_none()) {
        // addresses are nobody's to protect
        let pods = ends.ends.iter().take_while(|end| end.pod().is_some()).count();
        for ends in row.values_mut() {
            ends.remove_range(pods..);
        }
    }
    row.into_iter().collect()
}
