//! What each group of the core's matrix reaches, as numbers of few answers: with the usual network plugin, and where an address
//! block holds the address of a pod or a label's value is not in the files, with the one that admits least as well.

use std::collections::{BTreeMap, BTreeSet};

use netpol::{
    Cluster, Direction, Plugin, addresses::IpSet, matrix::Matrix, meta::is_unknown, policy::Peer,
    ports::PortSet, selector::LabelSelector,
};

/// An answer by its number. No port at all is [`NOBODY`].
pub(super) type AnswerId = usize;

/// Not reached, whatever the network plugin.
pub(super) const NOBODY: AnswerId = 0;

/// The ports on which one end reaches another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Answer {
    /// With the usual network plugin.
    pub(super) ports: PortSet,
    /// With every one and whatever the unknown values are, where these are others.
    pub(super) sure: Option<PortSet>,
}

/// All answers.
pub(super) struct Answers {
    usual: Matrix,
    /// Where no block matches a pod and no unknown value is the one that is asked for; `None` where that makes no
    /// difference.
    other: Option<Matrix>,
    /// By number.
    numbered: Vec<Answer>,
    ids: BTreeMap<PortSet, AnswerId>,
    /// The answers that depend, by the two that they are made of.
    depending: BTreeMap<(AnswerId, AnswerId), AnswerId>,
    /// Whether a block holds the address of a pod, and whether a policy asks for an unknown value.
    open: [bool; 2],
}

impl Answers {
    /// Computes who reaches whom.
    pub(super) fn of(cluster: &Cluster) -> Self {
        let usual = Matrix::of(cluster);
        let open = [has_blocks_on_pods(cluster), asks_unknown_values(cluster)];
        let other = open.contains(&true).then(|| Matrix::with(cluster, Plugin::STRICTEST));
        let numbered = vec![Answer { ports: PortSet::empty(), sure: None }];
        let ids = BTreeMap::from([(PortSet::empty(), NOBODY)]);
        let mut all = Self { usual, other, numbered, ids, depending: BTreeMap::new(), open };
        all.number();
        all.pair();
        all
    }

    /// Gives each set of ports a number.
    fn number(&mut self) {
        for matrix in [&self.usual].into_iter().chain(&self.other) {
            for source in 0..matrix.groups().len() {
                for (ports, _) in matrix.reached_from(source) {
                    if !self.ids.contains_key(ports) {
                        self.ids.insert(ports.clone(), self.numbered.len());
                        self.numbered.push(Answer { ports: ports.clone(), sure: None });
                    }
                }
            }
        }
    }

    /// Gives each two sets that are the answers of two plugins to one question a number too.
    fn pair(&mut self) {
        let Some(other) = &self.other else { return };
        for source in 0..self.usual.groups().len() {
            let pairs = self.numbers(&self.usual, source).into_iter();
            for pair in pairs.zip(self.numbers(other, source)).filter(|(one, two)| one != two) {
                if self.depending.contains_key(&pair) {
                    continue;
                }
                let ports = |id: AnswerId| self.numbered.get(id).map(|answer| answer.ports.clone());
                let (Some(ports), Some(fewer)) = (ports(pair.0), ports(pair.1)) else { continue };
                self.depending.insert(pair, self.numbered.len());
                self.numbered.push(Answer { sure: Some(ports.intersection(&fewer)), ports });
            }
        }
        if self.depending.is_empty() {
            self.other = None;
        }
    }

    fn numbers(&self, matrix: &Matrix, source: usize) -> Vec<AnswerId> {
        let mut row = vec![NOBODY; matrix.groups().len()];
        for (ports, destinations) in matrix.reached_from(source) {
            let id = self.ids.get(ports).copied().unwrap_or(NOBODY);
            for at in destinations {
                if let Some(slot) = row.get_mut(at) {
                    *slot = id;
                }
            }
        }
        row
    }

    /// What a group of the matrix reaches of each of its groups. Of itself a single pod reaches everything.
    pub(super) fn row(&self, source: usize) -> Vec<AnswerId> {
        let mut row = self.numbers(&self.usual, source);
        if let Some(other) = &self.other {
            for (id, other) in row.iter_mut().zip(self.numbers(other, source)) {
                if *id != other {
                    *id = self.depending.get(&(*id, other)).copied().unwrap_or(*id);
                }
            }
        }
        row
    }

    /// The ends of connections.
    pub(super) const fn matrix(&self) -> &Matrix {
        &self.usual
    }

    pub(super) fn get(&self, id: AnswerId) -> Option<&Answer> {
        self.numbered.get(id)
    }

    /// All of them by number, [`NOBODY`] first.
    pub(super) fn all(&self) -> &[Answer] {
        &self.numbered
    }

    /// Whether any answer is left open: to the network plugin, and to a value that is not in the files.
    pub(super) fn depend(&self) -> [bool; 2] {
        self.open.map(|is_open| is_open && !self.depending.is_empty())
    }
}

/// Whether a policy asks for the value of a label that only the cluster knows.
fn asks_unknown_values(cluster: &Cluster) -> bool {
    let labels = cluster.running_pods().flat_map(|(_, pod)| pod.labels());
    let keys: BTreeSet<&String> =
        labels.filter(|(_, value)| is_unknown(value)).map(|(key, _)| key).collect();
    let policies = || cluster.policies().map(|(_, policy)| policy);
    let asks = |selector: &LabelSelector| {
        let mut asked = selector.requirements.iter();
        asked.any(|one| !one.values.is_empty() && keys.contains(&one.key))
    };
    !keys.is_empty()
        && Direction::ALL
            .into_iter()
            .any(|way| policies().any(|policy| policy.pod_selectors(way).any(asks)))
}

/// Whether an address block holds the address of a pod that is in the matrix.
fn has_blocks_on_pods(cluster: &Cluster) -> bool {
    let policies = cluster.policies().map(|(_, policy)| policy);
    let rules = policies.flat_map(|policy| Direction::ALL.map(|direction| policy.rules(direction)));
    let peers = rules.flatten().flat_map(|rule| &rule.peers);
    let blocks: Vec<IpSet> = peers
        .filter_map(|peer| match peer {
            Peer::IpBlock(block) => Some(block.addresses()),
            Peer::Pods { .. } => None,
        })
        .collect();
    let blocks = IpSet::union_of(&blocks);
    let mut pods = cluster.running_pods().filter(|(_, pod)| !pod.host_network);
    !blocks.is_empty()
        && pods.any(|(_, pod)| pod.addresses.iter().any(|address| blocks.contains(*address)))
}
