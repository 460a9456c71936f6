//! Reads the cells off a [`Survey`].

use std::rc::Rc;

use super::{
    Admitted, Cell, Cells, Column, Group, Peers, Reach, Row, Scoreboard, Share, State, reach,
};
use crate::{
    addresses::IpSet,
    cluster::{Cluster, PodId, PolicyId},
    evaluate::{is_sure, names, selects},
    meta::is_unknown,
    objects::Pod,
    plugin::Plugin,
    policy::{Direction, NetworkPolicy, PolicyPort, PolicyPortNumber},
    ports::PortSet,
    selector::{Fit, LabelSelector},
    survey::{Admissions, Ends, Survey, SurveyEnd, rule_ports},
};

/// The usual network plugin, and the one that admits least where a table can show it: pods on their
/// node's network are in no table, so blocks on pod addresses and unknown values are left.
const PLUGINS: [Plugin; 2] = [Plugin::USUAL, Plugin::STRICTEST];

impl Scoreboard {
    /// Computes the table of a direction.
    pub fn of(cluster: &Cluster, direction: Direction) -> Self {
        let ends = Ends::of(cluster, &[direction]);
        let surveys = PLUGINS.map(|plugin| Survey::new(&ends, direction, plugin));
        let known = Vec::new();
        let mut asker = Asker { cluster, direction, ends: &ends, surveys, known };
        let policies: Vec<_> = cluster.policies().filter(|(_, p)| p.affects(direction)).collect();
        let mut rows = Vec::new();
        for (id, policy) in cluster.policies() {
            let alone = [(id, policy)];
            let involved = if policy.affects(direction) { &alone[..] } else { &[] };
            rows.push(Row { policy: id, cells: asker.cells(involved) });
        }
        Self { direction, rows, together: asker.cells(&policies) }
    }
}

type Policies<'c> = [(PolicyId, &'c NetworkPolicy)];

struct Asker<'s, 'c> {
    cluster: &'c Cluster,
    direction: Direction,
    ends: &'s Ends<'c>,
    surveys: [Survey<'s, 'c>; 2],
    /// The groups that were made last: policies that are alike follow one another.
    known: Vec<(Answers, Columns)>,
}

/// Groups that are kept to be shared.
const MOST_KNOWN: usize = 16;

/// What decides the groups: the selected pods' namespace, and whom each plugin admits to them.
type Answers = (String, [Admissions; 2]);

/// The groups of each column.
type Columns = [Rc<[Group]>; 3];

/// Selected pods that every involved policy treats alike.
struct Subjects<'c> {
    pods: Vec<PodId>,
    representative: &'c Pod,
    policies: Vec<(PolicyId, &'c NetworkPolicy)>,
}

impl<'c> Asker<'_, 'c> {
    /// The cells of some policies together; all of them affect the direction.
    fn cells(&mut self, involved: &Policies<'c>) -> Cells {
        let mut shares = Column::ALL.map(|_| Vec::new());
        for subjects in self.subjects(involved) {
            let policies: Rc<[PolicyId]> = subjects.policies.iter().map(|(id, _)| *id).collect();
            let isolates = |(_, policy): &(_, &_)| is_sure(policy, subjects.representative);
            let is_sure = subjects.policies.iter().any(isolates);
            let columns = self.groups(&subjects);
            for ((column, share), groups) in Column::ALL.into_iter().zip(&mut shares).zip(columns) {
                let (anyone, has_condition) = self.whoever_comes(&subjects, column);
                share.push(Share {
                    subjects: subjects.pods.clone(),
                    policies: Rc::clone(&policies),
                    is_sure,
                    groups,
                    anyone,
                    has_condition,
                });
            }
        }
        let mut on_nodes = self.cluster.running_pods().filter(|(_, pod)| pod.host_network);
        let selects_nobody = shares.iter().all(Vec::is_empty) && !involved.is_empty();
        let selects_host_network = selects_nobody
            && on_nodes.any(|(_, pod)| involved.iter().any(|(_, policy)| names(policy, pod)));
        let cell = |column: Column, shares: Vec<Share>| {
            let state = if selects_host_network { State::Depends } else { state(&shares, column) };
            Cell {
                state,
                selects_nobody: selects_nobody && !selects_host_network,
                selects_host_network,
                asks_unknown_value: state == State::Depends && self.asks_unknown_value(involved),
                shares,
            }
        };
        let [same, cross, external] = shares;
        Cells {
            same: cell(Column::Same, same),
            cross: cell(Column::Cross, cross),
            external: cell(Column::External, external),
        }
    }

    /// Whether one of the policies asks a pod for a value that only the cluster knows.
    fn asks_unknown_value(&self, involved: &Policies<'c>) -> bool {
        let pods = self.ends.ends.iter().filter_map(SurveyEnd::pod);
        let mut pods = pods.filter(|pod| pod.labels().values().any(|value| is_unknown(value)));
        pods.any(|pod| {
            let asks =
                |selector: &LabelSelector| matches!(selector.fit(pod.labels()), Fit::Unknown(_));
            involved.iter().any(|(_, policy)| policy.pod_selectors(self.direction).any(asks))
        })
    }

    fn subjects(&self, involved: &Policies<'c>) -> Vec<Subjects<'c>> {
        let mut found: Vec<Subjects<'c>> = Vec::new();
        for end in &self.ends.ends {
            let Some(pod) = end.pod() else { continue };
            let pods = end.pods().iter().copied().filter(|id| !self.cluster.is_only_peer(*id));
            let mut pods = pods.peekable();
            if pods.peek().is_none() {
                continue;
            }
            let policies: Vec<_> =
                involved.iter().copied().filter(|(_, policy)| selects(policy, pod)).collect();
            if policies.is_empty() {
                continue;
            }
            // only a named port makes ingress look at the selected pod's own ports
            let by_name = self.direction == Direction::Ingress
                && policies.iter().any(|(_, policy)| names_ports(policy));
            let is_alike = |known: &&mut Subjects<'c>| {
                known.representative.namespace() == pod.namespace()
                    && known.policies.iter().map(|(id, _)| id).eq(policies.iter().map(|(id, _)| id))
                    && policies.iter().all(|(_, policy)| {
                        is_sure(policy, known.representative) == is_sure(policy, pod)
                    })
                    && (!by_name || known.representative.ports == pod.ports)
            };
            if let Some(known) = found.iter_mut().find(is_alike) {
                known.pods.extend(pods);
            } else {
                let pods = pods.collect();
                found.push(Subjects { pods, representative: pod, policies });
            }
        }
        found
    }

    /// Everyone by column, those with equal answers together.
    fn groups(&mut self, subjects: &Subjects<'c>) -> Columns {
        let Subjects { representative, policies, .. } = subjects;
        let own = representative.namespace();
        let admissions =
            self.surveys.each_mut().map(|survey| survey.admissions(representative, policies));
        let answers = (own.to_owned(), admissions);
        let at = self.known.iter().position(|(known, _)| *known == answers);
        let at = at.unwrap_or_else(|| {
            let columns = self.columns(&answers);
            self.known.truncate(MOST_KNOWN - 1);
            self.known.push((answers, columns));
            self.known.len() - 1
        });
        let Some((_, columns)) = self.known.get(at) else { return Columns::default() };
        columns.clone()
    }

    fn columns(&self, (own, [by_usual, by_other]): &Answers) -> Columns {
        let mut columns = Column::ALL.map(|_| Vec::new());
        for (end, numbers) in self.ends.ends.iter().zip(by_usual.iter().zip(by_other)) {
            let column = match end.pod() {
                Some(pod) if pod.namespace() == own => Column::Same,
                Some(_) => Column::Cross,
                None => Column::External,
            };
            let Some(groups) = columns.get_mut(column as usize) else { continue };
            put(groups, numbers, end);
        }
        let [usual, other] = &self.surveys;
        columns.map(|groups| {
            let group = |((by_usual, by_other), members): ((&usize, &usize), Members<'_>)| Group {
                peers: members.into(),
                admitted: Admitted::new(usual.ports(*by_usual), &other.ports(*by_other)),
            };
            groups.into_iter().map(group).collect()
        })
    }

    /// The ports that are open to whoever comes, and whether others are on a condition.
    fn whoever_comes(&self, subjects: &Subjects<'c>, column: Column) -> (PortSet, bool) {
        let (mut open, mut has_condition) = (Vec::new(), false);
        let own = subjects.representative.namespace();
        let labels = self.cluster.namespace_labels(own);
        for rule in subjects.policies.iter().flat_map(|(_, policy)| policy.rules(self.direction)) {
            let reaches =
                |at: Reach| rule.peers.iter().any(|peer| reach(peer, column, own, labels) == at);
            let is_for_all = column != Column::External && rule.peers.is_empty();
            if is_for_all || reaches(Reach::Everyone) {
                // a port's name is looked up on the pod that is called: of one to come nothing is known
                let called = match self.direction {
                    Direction::Ingress => Some(subjects.representative),
                    Direction::Egress => None,
                };
                has_condition |= called.is_none() && rule.ports.iter().any(is_named);
                open.push(rule_ports(rule, called, Plugin::USUAL));
            } else {
                has_condition |= reaches(Reach::OnCondition);
            }
        }
        (PortSet::union_of(&open), has_condition)
    }
}

/// Ends with the same answers.
#[derive(Default)]
struct Members<'s> {
    pods: Vec<PodId>,
    addresses: Vec<&'s IpSet>,
}

/// Puts an end to those with the same answers.
fn put<'s>(
    groups: &mut Vec<((&'s usize, &'s usize), Members<'s>)>,
    numbers: (&'s usize, &'s usize),
    end: &'s SurveyEnd<'_>,
) {
    let at = groups.iter().position(|(known, _)| *known == numbers).unwrap_or_else(|| {
        groups.push((numbers, Members::default()));
        groups.len() - 1
    });
    if let Some((_, members)) = groups.get_mut(at) {
        match end {
            SurveyEnd::Pods(class) => members.pods.extend(&class.pods),
            SurveyEnd::Addresses(set, _) => members.addresses.push(set),
        }
    }
}

impl From<Members<'_>> for Peers {
    fn from(members: Members<'_>) -> Self {
        if members.addresses.is_empty() {
            Self::Pods(members.pods)
        } else {
            Self::Addresses(IpSet::union_of(members.addresses))
        }
    }
}

fn names_ports(policy: &NetworkPolicy) -> bool {
    policy.rules(Direction::Ingress).iter().flat_map(|rule| &rule.ports).any(is_named)
}

const fn is_named(port: &PolicyPort) -> bool {
    matches!(port.port, PolicyPortNumber::Named(_))
}

fn state(shares: &[Share], column: Column) -> State {
    if shares.is_empty() {
        return State::Unrestricted;
    }
    let mut answers = shares.iter().flat_map(|share| share.groups.iter()).map(|g| &g.admitted);
    let is_for_all = |share: &Share| column == Column::External || share.anyone.is_all();
    // where nobody is there, the rule alone speaks
    let may_open =
        |share: &Share| !share.anyone.is_empty() || share.groups.is_empty() && share.has_condition;
    let may_isolate = |share: &Share| share.groups.is_empty() && !share.is_sure;
    if answers.clone().any(Admitted::depends) || shares.iter().any(may_isolate) {
        State::Depends
    } else if answers.clone().all(|it| it.surely.is_all()) && shares.iter().all(is_for_all) {
        State::Allowed
    } else if answers.all(|it| it.surely.is_empty()) && !shares.iter().any(may_open) {
        State::Denied
    } else {
        State::Partly
    }
}
