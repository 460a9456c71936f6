//! Who may connect, summed up exactly: for each policy alone and for all together, one cell each for
//! the same namespace, other namespaces, and addresses outside the cluster. Values only; the words
//! for them are in `explain`.

use std::collections::BTreeMap;

use crate::{
    addresses::IpSet,
    cluster::{Cluster, PodId, PolicyId},
    evaluate::{End, policy_trace, selects},
    meta::{Labels, NamespacedName, ObjectMeta},
    objects::{ContainerPort, Phase, Pod},
    policy::{Direction, NetworkPolicy, PolicyPortNumber},
    verdict::Admitted,
};

/// The table of one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scoreboard {
    /// Who calls: the selected pods (egress) or their peers (ingress).
    pub direction: Direction,
    /// One row a policy, evaluated alone, in the order written.
    pub rows: Vec<Row>,
    /// All policies at once, over every pod that one of them isolates.
    pub together: Cells,
}

/// One policy, evaluated alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The policy.
    pub policy: PolicyId,
    /// Its cells.
    pub cells: Cells,
}

/// The three cells of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// Pods of the policy's namespace.
    pub same: Cell,
    /// Pods of every other namespace.
    pub cross: Cell,
    /// Addresses outside the cluster, IPv4 and IPv6.
    pub external: Cell,
}

/// One of the three columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Same namespace.
    Same,
    /// Cross namespace.
    Cross,
    /// External.
    External,
}

impl Column {
    /// All three, from left to right.
    pub const ALL: [Self; 3] = [Self::Same, Self::Cross, Self::External];

    /// The key in JSON and links.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Cross => "cross",
            Self::External => "external",
        }
    }
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Everyone, on every port.
    Allowed,
    /// Nobody.
    Denied,
    /// Some of them, or some ports.
    Partly,
    /// The policy isolates no pod in this direction, so it restricts nobody.
    Unrestricted,
    /// The API leaves the answer to the network plugin.
    Depends,
}

impl State {
    /// The name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::Partly => "partly",
            Self::Unrestricted => "unrestricted",
            Self::Depends => "depends",
        }
    }
}

/// The answer of one cell, with everything it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The short answer.
    pub state: State,
    /// The selected pods in groups that are treated alike, and what each group admits. Empty where
    /// the policy isolates nobody.
    pub shares: Vec<Share>,
    /// The policy speaks of this direction, but selects no pod.
    pub selects_nobody: bool,
}

/// Some selected pods, and who may reach them (ingress) or whom they may reach (egress).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The selected pods.
    pub subjects: Vec<PodId>,
    /// Everyone of the column, those with equal answers together.
    pub groups: Vec<Group>,
}

/// Some peers with the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Who.
    pub peers: Peers,
    /// On which ports.
    pub admitted: Admitted,
}

/// Peers of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Peers {
    /// Pods. A selected pod counts as its own replica: another pod just like it.
    Pods(Vec<PodId>),
    /// There is no pod in any other namespace, so a pod without labels in a namespace without labels
    /// was asked about.
    Bystander,
    /// Addresses.
    Addresses(IpSet),
}

impl Cells {
    /// The cell of a column.
    pub const fn get(&self, column: Column) -> &Cell {
        match column {
            Column::Same => &self.same,
            Column::Cross => &self.cross,
            Column::External => &self.external,
        }
    }
}

impl Scoreboard {
    /// Computes the table of a direction.
    pub fn of(cluster: &Cluster, direction: Direction) -> Self {
        let row =
            |(id, policy)| Row { policy: id, cells: cells(cluster, &[(id, policy)], direction) };
        let all: Vec<_> = cluster.policies().collect();
        Self {
            direction,
            rows: cluster.policies().map(row).collect(),
            together: cells(cluster, &all, direction),
        }
    }
}

type Policies<'c> = [(PolicyId, &'c NetworkPolicy)];

fn cells(cluster: &Cluster, policies: &Policies<'_>, direction: Direction) -> Cells {
    let mut involved: BTreeMap<&str, Vec<(PolicyId, &NetworkPolicy)>> = BTreeMap::new();
    for (id, policy) in policies.iter().filter(|(_, policy)| policy.affects(direction)) {
        involved.entry(&policy.meta.name.namespace).or_default().push((*id, policy));
    }
    let subjects = subjects(cluster, &involved, direction);
    let peers = peer_classes(cluster, &involved, direction);
    let atoms =
        IpSet::atoms(involved.values().flatten().flat_map(|(_, policy)| policy.blocks(direction)));
    let outside =
        IpSet::all().difference(&cluster.pod_network().map_or_else(IpSet::empty, Into::into));
    let column = |column| {
        let share = |subject: &Subjects<'_>| Share {
            subjects: subject.pods.clone(),
            groups: match column {
                Column::External => external_groups(cluster, subject, &atoms, &outside, direction),
                _ => pod_groups(cluster, subject, &peers, column, direction),
            },
        };
        let shares: Vec<Share> = subjects.iter().map(share).collect();
        Cell {
            state: state(&shares),
            selects_nobody: shares.is_empty() && !involved.is_empty(),
            shares,
        }
    };
    Cells {
        same: column(Column::Same),
        cross: column(Column::Cross),
        external: column(Column::External),
    }
}

/// Selected pods that every involved policy treats alike.
struct Subjects<'c> {
    pods: Vec<PodId>,
    representative: &'c Pod,
    policies: Vec<(PolicyId, &'c NetworkPolicy)>,
}

type Involved<'c> = BTreeMap<&'c str, Vec<(PolicyId, &'c NetworkPolicy)>>;

fn subjects<'c>(
    cluster: &'c Cluster,
    involved: &Involved<'c>,
    direction: Direction,
) -> Vec<Subjects<'c>> {
    let mut classes: BTreeMap<(&str, Vec<PolicyId>, &[ContainerPort]), Subjects<'c>> =
        BTreeMap::new();
    for (id, pod) in cluster.running_pods() {
        let policies = involved.get(pod.namespace()).map_or(&[][..], Vec::as_slice);
        let policies: Vec<_> =
            policies.iter().copied().filter(|(_, policy)| selects(policy, pod)).collect();
        if policies.is_empty() {
            continue;
        }
        // only a named port makes ingress look at the selected pod's own ports
        let by_name = direction == Direction::Ingress
            && policies.iter().any(|(_, p)| names_ports(p, direction));
        let ports = if by_name { pod.ports.as_slice() } else { &[] };
        let key = (pod.namespace(), policies.iter().map(|(id, _)| *id).collect(), ports);
        let class = classes.entry(key);
        class
            .or_insert_with(|| Subjects { pods: Vec::new(), representative: pod, policies })
            .pods
            .push(id);
    }
    let mut classes: Vec<_> = classes.into_values().collect();
    classes.sort_by_key(|class| class.pods.first().copied());
    classes
}

fn names_ports(policy: &NetworkPolicy, direction: Direction) -> bool {
    let ports = policy.rules(direction).iter().flat_map(|rule| &rule.ports);
    ports.into_iter().any(|port| matches!(port.port, PolicyPortNumber::Named(_)))
}

/// Pods that no involved policy can tell apart: equal namespace and labels, equal ports where egress
/// names ports, each by itself where address blocks are looked at.
fn peer_classes<'c>(
    cluster: &'c Cluster,
    involved: &Involved<'c>,
    direction: Direction,
) -> Vec<(&'c Pod, Vec<PodId>)> {
    let mut policies = involved.values().flatten();
    let by_name =
        direction == Direction::Egress && policies.clone().any(|(_, p)| names_ports(p, direction));
    let by_address = policies.any(|(_, policy)| policy.blocks(direction).next().is_some());
    let mut classes: BTreeMap<_, (&Pod, Vec<PodId>)> = BTreeMap::new();
    for (id, pod) in cluster.running_pods() {
        let ports = if by_name { pod.ports.as_slice() } else { &[] };
        let addresses = if by_address { pod.addresses.as_slice() } else { &[] };
        let key = (pod.namespace(), pod.host_network, pod.labels(), ports, addresses);
        classes.entry(key).or_insert_with(|| (pod, Vec::new())).1.push(id);
    }
    classes.into_values().collect()
}

fn admitted(
    cluster: &Cluster,
    subject: &Subjects<'_>,
    peer: End<'_>,
    direction: Direction,
) -> Admitted {
    let mut total = Admitted::default();
    for (id, policy) in &subject.policies {
        total.add(
            &policy_trace(cluster, *id, policy, subject.representative, peer, direction).admitted(),
        );
    }
    total
}

fn pod_groups(
    cluster: &Cluster,
    subject: &Subjects<'_>,
    classes: &[(&Pod, Vec<PodId>)],
    column: Column,
    direction: Direction,
) -> Vec<Group> {
    let mut groups: BTreeMap<Admitted, Vec<PodId>> = BTreeMap::new();
    let own = subject.representative.namespace();
    for (pod, ids) in
        classes.iter().filter(|(pod, _)| (pod.namespace() == own) == (column == Column::Same))
    {
        groups.entry(admitted(cluster, subject, End::Pod(pod), direction)).or_default().extend(ids);
    }
    if groups.is_empty() {
        let admitted = admitted(cluster, subject, End::Pod(&bystander(own)), direction);
        return vec![Group { peers: Peers::Bystander, admitted }];
    }
    let group = |(admitted, mut pods): (Admitted, Vec<PodId>)| {
        pods.sort_unstable();
        Group { peers: Peers::Pods(pods), admitted }
    };
    groups.into_iter().map(group).collect()
}

/// A pod without labels in some other namespace without labels, at an address that no pod has.
fn bystander(own_namespace: &str) -> Pod {
    let namespace = format!("not-{own_namespace}");
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
    }
}

fn external_groups(
    cluster: &Cluster,
    subject: &Subjects<'_>,
    atoms: &[IpSet],
    outside: &IpSet,
    direction: Direction,
) -> Vec<Group> {
    let mut groups: BTreeMap<Admitted, IpSet> = BTreeMap::new();
    for atom in atoms {
        let Some(address) = atom.first() else { continue };
        let set =
            groups.entry(admitted(cluster, subject, End::Address(address), direction)).or_default();
        *set = set.union(atom);
    }
    let group = |(admitted, set): (Admitted, IpSet)| {
        let set = set.intersection(outside);
        (!set.is_empty()).then_some(Group { peers: Peers::Addresses(set), admitted })
    };
    groups.into_iter().filter_map(group).collect()
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
