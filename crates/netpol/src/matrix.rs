//! Who reaches whom on which ports, for all pods at once.

use std::{collections::BTreeMap, rc::Rc};

use fixedbitset::FixedBitSet;

use crate::{
    addresses::IpSet,
    cluster::{Cluster, PodId},
    plugin::Plugin,
    policy::Direction,
    ports::PortSet,
    survey::{self, Admissions, Ends, PortSets, Survey, SurveyEnd, Whom},
};

/// Which connections of a cluster are allowed, as documented. Pods on their node's network are left
/// out: what policies do to them is undefined.
pub struct Matrix {
    groups: Vec<MatrixGroup>,
    /// Whom each group reaches, but for a single pod's traffic with itself. Equal rows are one.
    rows: Vec<Rc<Parts>>,
    /// The ports of each number.
    ports: Vec<PortSet>,
}

/// Ends of connections that no policy can tell apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatrixGroup {
    /// Pods of one namespace, at least one.
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
        let ends = Ends::merged(cluster, &Direction::ALL);
        let mut sets = PortSets::default();
        let all = sets.number(PortSet::all());
        let [ingress, egress] =
            Direction::ALL.map(|direction| Sides::of(&ends, direction, plugin, &mut sets));
        let origins = origins(&ends, &ingress, &egress);
        let mut joiner = Joiner { ends: &ends, egress: &egress, all, sets, both: BTreeMap::new() };
        let made = joiner.rows(&origins, &ingress);
        let row = |origin: &usize| made.get(*origin).cloned().unwrap_or_default();
        let rows = origins.iter().map(row).collect();
        let ports = joiner.sets.into_sets();
        let group = |end| match end {
            SurveyEnd::Pods(class) => MatrixGroup::Pods(class.pods),
            SurveyEnd::Addresses(set, _) => MatrixGroup::Addresses(set),
        };
        Self { groups: ends.all.into_iter().map(group).collect(), rows, ports }
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
        let ports = found.and_then(|(ports, _)| self.ports.get(*ports));
        ports.cloned().unwrap_or_default()
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
            let ports = self.ports.get(*ports)?;
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

/// What some policies admit: the numbers of ports, each with the ends for which they are.
type Parts = Admissions;

/// A number for each end; those with equal numbers reach the same. What decides it: their own egress
/// side, what each ingress side makes of them, and whether they are pods.
fn origins(ends: &Ends<'_>, ingress: &Sides, egress: &Sides) -> Vec<usize> {
    let mut parts = survey::Parts::of(ends.all.len());
    let mut split = |set: &FixedBitSet| parts.split(set, |_, _| {});
    let mut pods = ends.none();
    pods.insert_range(..ends.roster.pods.len());
    split(&pods);
    for members in &egress.members {
        split(&ends.set(members));
    }
    for admitted in &ingress.admissions {
        // whoever is in none of the others is in the largest
        let largest = admitted.iter().map(|(_, ends)| ends.count_ones(..)).enumerate();
        let largest = largest.max_by_key(|(_, count)| *count).map(|(at, _)| at);
        for (_, (_, set)) in admitted.iter().enumerate().filter(|(at, _)| Some(*at) != largest) {
            split(set);
        }
    }
    parts.of_end().to_vec()
}

/// One direction: for each distinct set of policies the pods that it binds, and what it admits.
struct Sides {
    admissions: Vec<Parts>,
    /// The ends of each side.
    members: Vec<Vec<usize>>,
    /// The side of each end; `None` where nothing isolates it.
    of_end: Vec<Option<usize>>,
}

impl Sides {
    fn of(ends: &Ends<'_>, direction: Direction, plugin: Plugin, sets: &mut PortSets) -> Self {
        let mut survey = Survey::new(ends, direction, plugin);
        let policies = ends.cluster.policies().filter(|(_, policy)| policy.affects(direction));
        let policies: Vec<_> = policies.collect();
        let of_end = vec![None; ends.all.len()];
        let mut sides = Self { admissions: Vec::new(), members: Vec::new(), of_end };
        for bound in ends.bound(&policies, direction, Whom::Everyone) {
            for end in &bound.ends {
                if let Some(side) = sides.of_end.get_mut(*end) {
                    *side = Some(sides.members.len());
                }
            }
            let admitted = survey.admissions(bound.representative, &bound.policies);
            let numbered = |(number, ends)| (sets.number(survey.ports(number)), ends);
            sides.admissions.push(admitted.into_iter().map(numbered).collect());
            sides.members.push(bound.ends);
        }
        sides
    }
}

/// Joins what one end's egress side and the other's ingress side admit.
struct Joiner<'m, 'c> {
    ends: &'m Ends<'c>,
    egress: &'m Sides,
    /// The number of all ports.
    all: usize,
    sets: PortSets,
    /// The number of what is in both of two sets.
    both: BTreeMap<(usize, usize), usize>,
}

/// So many sources are joined at once: the bits of a word.
const WIDTH: usize = usize::BITS as usize;

impl Joiner<'_, '_> {
    /// Whom the ends of each origin reach.
    fn rows(&mut self, origins: &[usize], ingress: &Sides) -> Vec<Rc<Parts>> {
        let mut firsts: Vec<Option<usize>> =
            vec![None; origins.iter().max().map_or(0, |max| max + 1)];
        let mut sources = self.ends.none();
        for (end, origin) in origins.iter().enumerate() {
            if let Some(first @ None) = firsts.get_mut(*origin) {
                *first = Some(end);
                sources.insert(end);
            }
        }
        let open = ingress.of_end.iter().enumerate().filter(|(_, side)| side.is_none());
        let open: Vec<usize> = open.map(|(end, _)| end).collect();
        let open = self.ends.set(&open);
        let mut rows: Vec<Rc<Parts>> = vec![Rc::default(); firsts.len()];
        for (at, word) in sources.as_slice().iter().enumerate() {
            // destinations by what their ingress side admits from here
            let mut entering: Vec<BTreeMap<usize, FixedBitSet>> = vec![BTreeMap::new(); WIDTH];
            for (admitted, members) in ingress.admissions.iter().zip(&ingress.members) {
                for (ports, from) in admitted {
                    let mut from = from.as_slice().get(at).copied().unwrap_or_default() & word;
                    while from != 0 {
                        let bit = from.trailing_zeros() as usize;
                        from &= from - 1;
                        if let Some(entering) = entering.get_mut(bit) {
                            let into = entering.entry(*ports).or_insert_with(|| self.ends.none());
                            into.extend(members.iter().copied());
                        }
                    }
                }
            }
            for (bit, mut entering) in entering.into_iter().enumerate() {
                let source = at * WIDTH + bit;
                if word >> bit & 1 == 1 {
                    let into = entering.entry(self.all).or_insert_with(|| self.ends.none());
                    into.union_with(&open);
                    let row = Rc::new(self.row(source, &entering));
                    if let Some(slot) = origins.get(source).and_then(|at| rows.get_mut(*at)) {
                        *slot = row;
                    }
                }
            }
        }
        rows
    }

    /// Whom an end reaches: what its own egress side admits and the other's ingress side does too. All
    /// ports come with a part of their own, empty or not.
    fn row(&mut self, source: usize, entering: &BTreeMap<usize, FixedBitSet>) -> Parts {
        let mut everyone = self.ends.none();
        everyone.insert_range(..);
        let unrestricted = vec![(self.all, everyone)];
        let side = self.egress.of_end.get(source).copied().flatten();
        let leaving = side.and_then(|side| self.egress.admissions.get(side));
        let mut row = BTreeMap::from([(self.all, self.ends.none())]);
        for (admitted, members) in entering {
            for (ports, destinations) in leaving.unwrap_or(&unrestricted) {
                if destinations.is_disjoint(members) {
                    continue;
                }
                let mut both = destinations.clone();
                both.intersect_with(members);
                let sets = &mut self.sets;
                let ports = *self.both.entry((*ports, *admitted)).or_insert_with(|| {
                    let both = sets.get(*ports).intersection(&sets.get(*admitted));
                    sets.number(both)
                });
                row.entry(ports).or_insert_with(|| self.ends.none()).union_with(&both);
            }
        }
        let pods = self.ends.roster.pods.len();
        if source >= pods {
            // addresses are nobody's to protect
            for ends in row.values_mut() {
                ends.remove_range(pods..);
            }
        }
        row.into_iter().collect()
    }
}
