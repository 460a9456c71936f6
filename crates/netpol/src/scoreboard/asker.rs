//! Asks the evaluator what the cells need to know, each class of pods and each atom of addresses
//! once.

use super::{Cell, Cells, Column, Group, Peers, Row, Scoreboard, Share, State};
use crate::{
    addresses::IpSet,
    classes::{Class, classes},
    cluster::{Cluster, PodId, PolicyId},
    evaluate::{End, policy_trace, selects},
    meta::{Labels, NamespacedName, ObjectMeta},
    objects::{Phase, Pod},
    policy::{Direction, NetworkPolicy, PolicyPortNumber},
    verdict::Admitted,
};

impl Scoreboard {
    /// Computes the table of a direction.
    pub fn of(cluster: &Cluster, direction: Direction) -> Self {
        let policies: Vec<_> = cluster.policies().filter(|(_, p)| p.affects(direction)).collect();
        let asker = Asker {
            cluster,
            direction,
            alike: classes(cluster, false),
            apart: if has_blocks(&policies, direction) {
                classes(cluster, true)
            } else {
                Vec::new()
            },
            outside: IpSet::all()
                .difference(&cluster.pod_network().map_or_else(IpSet::empty, Into::into)),
        };
        let row = |(id, policy): (PolicyId, &NetworkPolicy)| {
            let alone = [(id, policy)];
            let involved = if policy.affects(direction) { &alone[..] } else { &[] };
            Row { policy: id, cells: asker.cells(involved) }
        };
        Self {
            direction,
            rows: cluster.policies().map(row).collect(),
            together: asker.cells(&policies),
        }
    }
}

type Policies<'c> = [(PolicyId, &'c NetworkPolicy)];

fn has_blocks(policies: &Policies<'_>, direction: Direction) -> bool {
    policies.iter().any(|(_, policy)| policy.blocks(direction).next().is_some())
}

/// Asks the evaluator what the cells need to know, each class of pods once.
struct Asker<'c> {
    cluster: &'c Cluster,
    direction: Direction,
    /// The pods that selectors and port names cannot tell apart.
    alike: Vec<Class<'c>>,
    /// The pods that address blocks cannot tell apart either; only where there are any blocks.
    apart: Vec<Class<'c>>,
    /// Every address that is no pod's.
    outside: IpSet,
}

/// Selected pods that every involved policy treats alike.
struct Subjects<'c> {
    pods: Vec<PodId>,
    representative: &'c Pod,
    policies: Vec<(PolicyId, &'c NetworkPolicy)>,
}

impl<'c> Asker<'c> {
    /// The cells of some policies together; all of them affect the direction.
    fn cells(&self, involved: &Policies<'c>) -> Cells {
        let subjects = self.subjects(involved);
        let peers = if has_blocks(involved, self.direction) { &self.apart } else { &self.alike };
        let atoms =
            IpSet::atoms(involved.iter().flat_map(|(_, policy)| policy.blocks(self.direction)));
        let column = |column| {
            let share = |subject: &Subjects<'_>| Share {
                subjects: subject.pods.clone(),
                groups: match column {
                    Column::External => self.external_groups(subject, &atoms),
                    _ => self.pod_groups(subject, peers, column),
                },
            };
            let shares: Vec<Share> = subjects.iter().map(share).collect();
            let selects_nobody = shares.is_empty() && !involved.is_empty();
            Cell { state: state(&shares), selects_nobody, shares }
        };
        Cells {
            same: column(Column::Same),
            cross: column(Column::Cross),
            external: column(Column::External),
        }
    }

    fn subjects(&self, involved: &Policies<'c>) -> Vec<Subjects<'c>> {
        let mut found: Vec<Subjects<'c>> = Vec::new();
        for class in &self.alike {
            let pod = class.representative;
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
                    && (!by_name || known.representative.ports == pod.ports)
            };
            if let Some(known) = found.iter_mut().find(is_alike) {
                known.pods.extend(&class.pods);
            } else {
                let pods = class.pods.clone();
                found.push(Subjects { pods, representative: pod, policies });
            }
        }
        found
    }

    fn admitted(&self, subject: &Subjects<'_>, peer: End<'_>) -> Admitted {
        let mut total = Admitted::default();
        for (id, policy) in &subject.policies {
            let trace = policy_trace(
                self.cluster,
                *id,
                policy,
                subject.representative,
                peer,
                self.direction,
            );
            total.add(&trace.admitted());
        }
        total
    }

    fn pod_groups(
        &self,
        subject: &Subjects<'_>,
        classes: &[Class<'_>],
        column: Column,
    ) -> Vec<Group> {
        let own = subject.representative.namespace();
        let is_same = column == Column::Same;
        let mut groups: Vec<(Admitted, Vec<PodId>)> = Vec::new();
        let of_column =
            classes.iter().filter(|class| (class.representative.namespace() == own) == is_same);
        for class in of_column {
            let admitted = self.admitted(subject, End::Pod(class.representative));
            match groups.iter_mut().find(|(known, _)| *known == admitted) {
                Some((_, pods)) => pods.extend(&class.pods),
                None => groups.push((admitted, class.pods.clone())),
            }
        }
        if groups.is_empty() {
            let admitted = self.admitted(subject, End::Pod(&bystander()));
            return vec![Group { peers: Peers::Bystander, admitted }];
        }
        let group = |(admitted, pods)| Group { peers: Peers::Pods(pods), admitted };
        groups.into_iter().map(group).collect()
    }

    fn external_groups(&self, subject: &Subjects<'_>, atoms: &[IpSet]) -> Vec<Group> {
        let mut groups: Vec<(Admitted, IpSet)> = Vec::new();
        for atom in atoms {
            let Some(address) = atom.first() else { continue };
            let admitted = self.admitted(subject, End::Address(address));
            match groups.iter_mut().find(|(known, _)| *known == admitted) {
                Some((_, set)) => *set = set.union(atom),
                None => groups.push((admitted, atom.clone())),
            }
        }
        let group = |(admitted, set): (Admitted, IpSet)| {
            let set = set.intersection(&self.outside);
            (!set.is_empty()).then_some(Group { peers: Peers::Addresses(set), admitted })
        };
        groups.into_iter().filter_map(group).collect()
    }
}

fn names_ports(policy: &NetworkPolicy) -> bool {
    let mut ports = policy.rules(Direction::Ingress).iter().flat_map(|rule| &rule.ports);
    ports.any(|port| matches!(port.port, PolicyPortNumber::Named(_)))
}

/// A pod without labels in some other namespace without labels, at an address that no pod has. The
/// namespace's name is none that a selector can ask for.
fn bystander() -> Pod {
    let namespace = "(another)";
    let meta = ObjectMeta {
        name: NamespacedName::new(namespace, "pod"),
        labels: Labels::new(),
        origin: None,
    };
    Pod {
        meta,
        ports: Vec::new(),
        addresses: Vec::new(),
        has_declared_address: false,
        host_network: false,
        phase: Phase::Running,
        host_address: None,
    }
}

fn state(shares: &[Share]) -> State {
    let mut answers =
        shares.iter().flat_map(|share| &share.groups).map(|group| &group.admitted).peekable();
    if answers.peek().is_none() {
        State::Unrestricted
    } else if answers.clone().any(Admitted::depends) {
        State::Depends
    } else if answers.clone().all(|admitted| admitted.surely.is_all()) {
        State::Allowed
    } else if answers.all(|admitted| admitted.surely.is_empty()) {
        State::Denied
    } else {
        State::Partly
    }
}
