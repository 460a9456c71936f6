//! Who reaches whom on which ports, for all pods at once.

use std::{collections::BTreeMap, rc::Rc};

use fixedbitset::FixedBitSet;

use crate::{
    addresses::IpSet,
    cluster::{Cluster, PodId, PolicyId},
    evaluate::selects,
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
        let ends = Ends::of(cluster, &Direction::ALL);
        let [ingress, egress] = Direction::ALL.map(|direction| Sides::of(&ends, direction));
        let mut known: BTreeMap<Origin, Rc<Parts>> = BTreeMap::new();
        let mut rows = Vec::with_capacity(ends.ends.len());
        for (at, end) in ends.ends.iter().enumerate() {
            let leaving = egress.of_group.get(at).copied().flatten();
            let is_pod = end.pod().is_some();
            let origin = Origin { leaving, entering: ingress.parts_with(at), is_pod };
            let row = known.entry(origin);
            rows.push(Rc::clone(
                row.or_insert_with_key(|origin| Rc::new(row_of(&ends, origin, &ingress, &egress))),
            ));
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

/// What decides whom an end reaches: its own egress side, what each ingress side makes of it, and
/// whether it is a pod. Ends with equal ones have equal rows.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Origin {
    leaving: Option<usize>,
    /// By side, the index of the part that holds the end.
    entering: Vec<usize>,
    is_pod: bool,
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

/// The policies of one direction, and the ports of the pod: what decides a side.
type SideKey<'c> = (Vec<PolicyId>, &'c [ContainerPort]);

impl Sides {
    fn of(ends: &Ends<'_>, direction: Direction) -> Self {
        let mut survey = Survey::new(ends, direction, Plugin::USUAL);
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
            let key = (policies.iter().map(|(id, _)| *id).collect(), pod.ports.as_slice());
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

    /// By side, the index of the part that holds an end.
    fn parts_with(&self, end: usize) -> Vec<usize> {
        let part = |parts: &Parts| parts.iter().position(|(_, peers)| peers.contains(end));
        self.admissions.iter().filter_map(part).collect()
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

/// Whom ends of one origin reach: what their own egress side admits and the other's ingress side does
/// too. All ports come with a part of their own, empty or not.
fn row_of(ends: &Ends<'_>, origin: &Origin, ingress: &Sides, egress: &Sides) -> Parts {
    let mut everyone = ends.none();
    everyone.insert_range(..);
    let unrestricted = vec![(PortSet::all(), everyone)];
    let leaving = origin.leaving.and_then(|side| egress.admissions.get(side));
    // destinations by what their ingress side admits from here: few sets, so few intersections
    let mut entering: BTreeMap<&PortSet, FixedBitSet> = BTreeMap::new();
    let free = (&unrestricted, &0);
    let sides = ingress.admissions.iter().zip(&origin.entering).chain([free]);
    for ((admissions, part), members) in sides.zip(&ingress.members) {
        let Some((admitted, _)) = admissions.get(*part) else { continue };
        entering.entry(admitted).or_insert_with(|| ends.none()).union_with(members);
    }
    let mut row = BTreeMap::from([(PortSet::all(), ends.none())]);
    for (admitted, members) in &entering {
        for (ports, destinations) in leaving.unwrap_or(&unrestricted) {
            let mut both = destinations.clone();
            both.intersect_with(members);
            if !both.is_clear() {
                row.entry(ports.intersection(admitted))
                    .or_insert_with(|| ends.none())
                    .union_with(&both);
            }
        }
    }
    if !origin.is_pod {
        // addresses are nobody's to protect
        let pods = ends.ends.iter().take_while(|end| end.pod().is_some()).count();
        for ends in row.values_mut() {
            ends.remove_range(pods..);
        }
    }
    row.into_iter().collect()
}
