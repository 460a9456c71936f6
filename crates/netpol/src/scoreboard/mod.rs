//! Who may connect, summed up exactly: for each policy alone and for all together, one cell each for
//! the same namespace, other namespaces, and addresses outside the cluster. Values only; the words
//! for them are in `explain`.

mod asker;
mod reach;
mod record;

use std::rc::Rc;

use crate::{
    addresses::IpSet,
    cluster::{Cluster, PodId, PolicyId},
    objects::Pod,
    policy::Direction,
    ports::PortSet,
    survey::roster::Roster,
};

pub use crate::survey::roster::{AddressSet, PodSet};
pub(crate) use reach::{Reach, reach};
pub use record::{Change, Record};

/// The table of one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scoreboard {
    /// Who calls: the selected pods (egress) or their peers (ingress).
    pub direction: Direction,
    /// One row a policy, evaluated alone, in the order written.
    pub rows: Vec<Row>,
    /// All policies at once, over every pod that one of them isolates.
    pub together: Cells,
    roster: Rc<Roster>,
}

/// Pods or addresses that no policy of a table tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alike<'s> {
    /// Pods of one namespace.
    Pods(&'s [PodId]),
    /// Addresses outside the cluster.
    Addresses(&'s IpSet),
}

impl Scoreboard {
    /// Everyone whom the table speaks of, once: pods namespace by namespace, then addresses. [`PodSet::spans`] and
    /// [`AddressSet::spans`] count in this list.
    pub fn everyone(&self) -> impl Iterator<Item = Alike<'_>> {
        let pods = self.roster.pods.iter().map(|pods| Alike::Pods(pods));
        pods.chain(self.roster.addresses.iter().map(Alike::Addresses))
    }
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
    /// Everyone, on every port, whoever comes: no rule that opens it asks for a label.
    Allowed,
    /// Nobody.
    Denied,
    /// Some of them, or some ports; or everyone who is there, but on a condition.
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
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says another thing of the cell, and most cells none"
)]
pub struct Cell {
    /// The short answer.
    pub state: State,
    /// The selected pods in groups that are treated alike, and what each group admits. Empty where
    /// the policy isolates nobody.
    pub shares: Vec<Share>,
    /// The policy speaks of this direction, but selects no pod.
    pub selects_nobody: bool,
    /// The only pods with the labels it asks for use their node's network: whether it applies to them
    /// is the network plugin's to say, and no table shows them.
    pub selects_host_network: bool,
    /// A policy asks for the value of a label that only the cluster knows, and the answer may depend on it.
    pub asks_unknown_value: bool,
    /// `too-large`: the state is exact, but the table already holds as many answers as it may, and keeps no shares of
    /// this cell.
    pub is_cut: bool,
}

impl Cell {
    /// Whether all who get through are assumed: in nobody's files.
    pub fn rests_on_assumed(&self, cluster: &Cluster) -> bool {
        let is_assumed = |id| cluster.pod(id).is_some_and(Pod::is_assumed);
        let open = self.shares.iter().flat_map(|share| share.groups.iter());
        let mut open = open.filter(|group| !group.admitted.documented.is_empty()).peekable();
        matches!(self.state, State::Partly | State::Depends)
            && open.peek().is_some()
            && open.all(|group| match &group.peers {
                Peers::Pods(pods) => pods.unordered().all(is_assumed),
                Peers::Addresses(_) => false,
            })
    }
}

/// Some selected pods, and who may reach them (ingress) or whom they may reach (egress).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The selected pods.
    pub subjects: PodSet,
    /// The policies that isolate them.
    pub policies: Rc<[PolicyId]>,
    /// Whether one of them surely selects these pods: not where a label's value that only the cluster
    /// knows decides it.
    pub is_sure: bool,
    /// Everyone of the column, those with equal answers together; nobody where no pod is there.
    pub groups: Rc<[Group]>,
    /// The ports that are open to whoever comes to this column, now or later: those of the rules that
    /// ask for no label. Empty for addresses, whose groups leave nobody out.
    pub anyone: PortSet,
    /// Whether some rule opens the column to pods that meet a condition.
    pub has_condition: bool,
}

/// Some peers with the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Who.
    pub peers: Peers,
    /// On which ports.
    pub admitted: Admitted,
}

/// The ports that a peer may reach. Where an address block covers pods' own addresses the network
/// plugin decides, and the two differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    /// Whatever the network plugin.
    pub surely: PortSet,
    /// With the usual network plugin, and no other one admits more.
    pub documented: PortSet,
}

impl Admitted {
    /// What the usual network plugin admits, and another one.
    fn new(usual: PortSet, other: &PortSet) -> Self {
        Self { surely: usual.intersection(other), documented: usual }
    }

    /// Whether the network plugin decides about some port.
    pub fn depends(&self) -> bool {
        self.surely != self.documented
    }
}

/// Peers of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Peers {
    /// Pods. A selected pod counts as its own replica: another pod just like it.
    Pods(PodSet),
    /// Addresses.
    Addresses(AddressSet),
}

impl Peers {
    fn is_empty(&self) -> bool {
        match self {
            Self::Pods(pods) => pods.is_empty(),
            Self::Addresses(addresses) => addresses.is_empty(),
        }
    }
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

#[cfg(test)]
mod tests;
