//! Reads the cells off a [`Survey`].

use std::{collections::BTreeMap, ops::Range, rc::Rc};

use fixedbitset::FixedBitSet;

use super::{
    Admitted, Cell, Cells, Column, Group, Peers, Reach, Row, Scoreboard, Share, State, reach,
};
use crate::{
    cluster::{Cluster, PolicyId},
    evaluate::names,
    plugin::Plugin,
    policy::{Direction, NetworkPolicy, Rule},
    ports::PortSet,
    survey::{
        Admissions, Bound, Ends, Survey, Whom, is_named,
        roster::{AddressSet, PodSet},
        rule_ports,
    },
};

/// The usual network plugin, and the one that admits least where a table can show it: pods on their
/// node's network are in no table, so blocks on pod addresses and unknown values are left.
const PLUGINS: [Plugin; 2] = [Plugin::USUAL, Plugin::STRICTEST];

/// So many answers, of selected pods and of those whom each of them meets, are kept of a table: a few hundred bytes each.
/// Names that mean another port on each pod multiply pods by pods by policies.
const MOST_ANSWERS: usize = 300_000;

impl Scoreboard {
    /// Computes the table of a direction.
    pub fn of(cluster: &Cluster, direction: Direction) -> Self {
        let ends = Ends::merged(cluster, &[direction]);
        let surveys = PLUGINS.map(|plugin| Survey::new(&ends, direction, plugin));
        let is_left_open = |(_, policy)| ends.is_left_open(policy, direction);
        let is_left_open = cluster.policies().map(is_left_open).collect();
        let asks = |(_, policy)| ends.asks_unknown_value(policy, direction);
        let asks_unknown_value = cluster.policies().map(asks).collect();
        let mut asker = Asker {
            cluster,
            direction,
            ends: &ends,
            surveys,
            is_left_open,
            asks_unknown_value,
            reaches: BTreeMap::new(),
            left: MOST_ANSWERS,
        };
        let policies: Vec<_> = cluster.policies().filter(|(_, p)| p.affects(direction)).collect();
        let together = asker.cells(&policies);
        let mut rows = Vec::new();
        for (id, policy) in cluster.policies() {
            let alone = [(id, policy)];
            let involved = if policy.affects(direction) { &alone[..] } else { &[] };
            rows.push(Row { policy: id, cells: asker.cells(involved) });
        }
        Self { direction, rows, together, roster: Rc::clone(&ends.roster) }
    }
}

type Policies<'c> = [(PolicyId, &'c NetworkPolicy)];

struct Asker<'s, 'c> {
    cluster: &'c Cluster,
    direction: Direction,
    ends: &'s Ends<'c>,
    surveys: [Survey<'s, 'c>; 2],
    /// Of each policy, whether the surveys may differ.
    is_left_open: Vec<bool>,
    /// Of each policy, whether it asks a pod for a value that only the cluster knows.
    asks_unknown_value: Vec<bool>,
    /// How far the rules of a policy reach into a column, as far as it has been asked.
    reaches: BTreeMap<(usize, usize), Rc<[Reach]>>,
    /// How many answers the table may still hold.
    left: usize,
}

/// Ends with the ports that they are admitted on.
type Answers = Vec<(Admitted, FixedBitSet)>;

impl<'c> Asker<'_, 'c> {
    /// The cells of some policies together; all of them affect the direction.
    fn cells(&mut self, involved: &Policies<'c>) -> Cells {
        let mut columns = Column::ALL.map(|_| InColumn::default());
        for bound in self.ends.bound(involved, self.direction, Whom::Subjects) {
            let policies: Rc<[PolicyId]> = bound.policies.iter().map(|(id, _)| *id).collect();
            let home = self.ends.home(bound.representative.namespace());
            let subjects = self.ends.set(&bound.ends);
            let subjects = PodSet::within(&self.ends.roster, &subjects, home.clone());
            let answers = self.answers(&bound);
            for (column, found) in Column::ALL.into_iter().zip(&mut columns) {
                let (anyone, has_condition) = self.whoever_comes(&bound, column);
                let share = Share {
                    subjects: subjects.clone(),
                    policies: Rc::clone(&policies),
                    is_sure: bound.is_sure,
                    groups: self.groups(&answers, column, home.clone()),
                    anyone,
                    has_condition,
                };
                found.seen.add(&share, column);
                if !found.is_cut {
                    let count = 1 + share.groups.len();
                    found.is_cut = count > self.left;
                    self.left -= count.min(self.left);
                    found.shares.push(share);
                }
            }
        }
        let selects_nobody =
            columns.iter().all(|column| column.shares.is_empty()) && !involved.is_empty();
        let mut on_nodes = self.cluster.running_pods().filter(|(_, pod)| pod.host_network);
        let selects_host_network = selects_nobody
            && on_nodes.any(|(_, pod)| involved.iter().any(|(_, policy)| names(policy, pod)));
        let cell = |InColumn { shares, seen, is_cut }: InColumn| {
            let state = if selects_host_network { State::Depends } else { seen.state() };
            Cell {
                state,
                selects_nobody: selects_nobody && !selects_host_network,
                selects_host_network,
                asks_unknown_value: state == State::Depends && self.asks_unknown_value(involved),
                shares: if is_cut { Vec::new() } else { shares },
                is_cut,
            }
        };
        let [same, cross, external] = columns;
        Cells { same: cell(same), cross: cell(cross), external: cell(external) }
    }

    /// Whether one of the policies asks a pod for a value that only the cluster knows.
    fn asks_unknown_value(&self, involved: &Policies<'c>) -> bool {
        let asks = |(id, _): &(PolicyId, _)| self.asks_unknown_value.get(id.0) == Some(&true);
        involved.iter().any(asks)
    }

    /// Everyone, those with equal answers together.
    fn answers(&mut self, bound: &Bound<'c>) -> Answers {
        let Bound { representative, policies, .. } = bound;
        let [usual, other] = &mut self.surveys;
        let by_usual = usual.admissions(representative, policies);
        let is_open = |(id, _): &(PolicyId, _)| self.is_left_open.get(id.0) != Some(&false);
        if !policies.iter().any(is_open) {
            let certain = |(number, ends)| {
                let ports = usual.ports(number);
                (Admitted { surely: ports.clone(), documented: ports }, ends)
            };
            return by_usual.into_iter().map(certain).collect();
        }
        let by_other = other.admissions(representative, policies);
        crossed(&by_usual, &by_other, self.ends.all.len())
            .into_iter()
            .map(|((one, two), ends)| (Admitted::new(usual.ports(one), &other.ports(two)), ends))
            .collect()
    }

    /// Those of a column, with the lists in the order of whom they name first.
    fn groups(&self, answers: &Answers, column: Column, home: Range<usize>) -> Rc<[Group]> {
        let roster = &self.ends.roster;
        let mut groups: Vec<Group> = Vec::new();
        for (admitted, ends) in answers {
            let peers = match column {
                Column::Same => Peers::Pods(PodSet::within(roster, ends, home.clone())),
                Column::Cross => Peers::Pods(PodSet::beside(roster, ends, home.clone())),
                Column::External => Peers::Addresses(AddressSet::of(roster, ends)),
            };
            if !peers.is_empty() {
                groups.push(Group { peers, admitted: admitted.clone() });
            }
        }
        groups.sort_by_cached_key(|group| match &group.peers {
            Peers::Pods(pods) => pods.first().map(|id| id.0),
            Peers::Addresses(addresses) => addresses.first(),
        });
        groups.into()
    }

    /// The ports that are open to whoever comes, and whether others are on a condition.
    fn whoever_comes(&mut self, bound: &Bound<'c>, column: Column) -> (PortSet, bool) {
        let (mut open, mut has_condition) = (Vec::new(), false);
        for (id, policy) in &bound.policies {
            let rules = policy.rules(self.direction);
            for (rule, reach) in rules.iter().zip(self.reaches(*id, policy, column).iter()) {
                has_condition |= *reach == Reach::OnCondition;
                if *reach == Reach::Everyone {
                    // a port's name is looked up on the pod that is called: of one to come nothing is known
                    let called = match self.direction {
                        Direction::Ingress => Some(bound.representative),
                        Direction::Egress => None,
                    };
                    has_condition |= called.is_none() && rule.ports.iter().any(is_named);
                    open.push(rule_ports(rule, called, Plugin::USUAL));
                }
            }
        }
        (PortSet::union_of(&open), has_condition)
    }

    /// How far each rule of a policy reaches into a column: the same for all pods that it selects.
    fn reaches(&mut self, id: PolicyId, policy: &NetworkPolicy, column: Column) -> Rc<[Reach]> {
        let key = (id.0, column as usize);
        if let Some(known) = self.reaches.get(&key) {
            return Rc::clone(known);
        }
        let own = policy.meta.name.namespace.as_str();
        let labels = self.cluster.namespace_labels(own);
        let of_rule = |rule: &Rule| {
            let mut all = rule.peers.iter().map(|peer| reach(peer, column, own, labels));
            let is_for_all = column != Column::External && rule.peers.is_empty();
            if is_for_all || all.clone().any(|it| it == Reach::Everyone) {
                Reach::Everyone
            } else if all.any(|it| it == Reach::OnCondition) {
                Reach::OnCondition
            } else {
                Reach::Nobody
            }
        };
        let found: Rc<[Reach]> = policy.rules(self.direction).iter().map(of_rule).collect();
        self.reaches.insert(key, Rc::clone(&found));
        found
    }
}

/// Which numbers of two lists belong to the same ends.
fn crossed(
    one: &Admissions,
    two: &Admissions,
    ends: usize,
) -> BTreeMap<(usize, usize), FixedBitSet> {
    let mut numbers = vec![0; ends];
    for (number, end) in two.iter().flat_map(|(number, set)| set.ones().map(|end| (*number, end))) {
        if let Some(slot) = numbers.get_mut(end) {
            *slot = number;
        }
    }
    let mut crossed: BTreeMap<(usize, usize), FixedBitSet> = BTreeMap::new();
    for (number, end) in one.iter().flat_map(|(number, set)| set.ones().map(|end| (*number, end))) {
        let other = numbers.get(end).copied().unwrap_or_default();
        let set = crossed.entry((number, other));
        set.or_insert_with(|| FixedBitSet::with_capacity(ends)).insert(end);
    }
    crossed
}

/// What is found of one column.
#[derive(Default)]
struct InColumn {
    shares: Vec<Share>,
    seen: Seen,
    is_cut: bool,
}

/// What the shares of a cell say together.
#[derive(Default)]
struct Seen {
    /// Some selected pods, whose answer is left open.
    depends: bool,
    /// Selected pods to which not everyone gets through on every port.
    not_allowed: bool,
    /// Selected pods to which somebody gets through.
    not_denied: bool,
    shares: usize,
}

impl Seen {
    fn add(&mut self, share: &Share, column: Column) {
        let mut answers = share.groups.iter().map(|group| &group.admitted);
        let is_for_all = column == Column::External || share.anyone.is_all();
        // where nobody is there, the rule alone speaks
        let nobody_is_there = share.groups.is_empty();
        let may_open = !share.anyone.is_empty() || nobody_is_there && share.has_condition;
        self.shares += 1;
        self.depends |= nobody_is_there && !share.is_sure || answers.clone().any(Admitted::depends);
        self.not_allowed |= !is_for_all || answers.clone().any(|it| !it.surely.is_all());
        self.not_denied |= may_open || answers.any(|it| !it.surely.is_empty());
    }

    const fn state(&self) -> State {
        match self {
            Self { shares: 0, .. } => State::Unrestricted,
            Self { depends: true, .. } => State::Depends,
            Self { not_allowed: false, .. } => State::Allowed,
            Self { not_denied: false, .. } => State::Denied,
            _ => State::Partly,
        }
    }
}
