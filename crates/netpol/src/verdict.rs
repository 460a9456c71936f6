//! What the evaluator found, as data: the trace of policies, rules, peers and ports from which
//! allowed and denied are read. There is no verdict beside the trace.

use crate::{
    cluster::PolicyId,
    connection::Connection,
    policy::Direction,
    ports::{PortSet, Protocol},
};

/// The answer for one connection: both ends must agree.
///
/// "For a connection from a source pod to a destination pod to be allowed, both the egress policy
/// on the source pod and the ingress policy on the destination pod need to allow the connection."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What was asked.
    pub connection: Connection,
    /// Why no policy can matter, where none can.
    pub always: Option<Always>,
    /// The source's side.
    pub egress: DirectionVerdict,
    /// The destination's side.
    pub ingress: DirectionVerdict,
}

/// Connections that no policy can block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Always {
    /// Source and destination are the same pod: "a Pod cannot block access to itself".
    SamePod,
    /// "Traffic to and from the node where a Pod is running is always allowed."
    OwnNode,
}

/// One end's side of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DirectionVerdict {
    /// This end is no pod, so no policy can apply to it.
    NotAPod,
    /// No policy that applies in this direction selects the pod: everything is allowed.
    NonIsolated,
    /// At least one policy selects the pod: only what one of them admits is allowed.
    Isolated {
        /// Those policies, in the order written.
        policies: Vec<PolicyTrace>,
    },
    /// The pod uses its node's network, and policies would select it by its labels. Their effect "is
    /// undefined, but it should be limited to 2 possibilities": the network plugin applies them all
    /// the same, or, "the most common implementation", it takes the traffic for the node's.
    HostNetwork {
        /// Those policies, in the order written.
        policies: Vec<PolicyTrace>,
    },
}

/// What one policy makes of the peer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyTrace {
    /// The policy.
    pub policy: PolicyId,
    /// One trace a rule, in order.
    pub rules: Vec<RuleTrace>,
}

/// What one rule makes of the peer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTrace {
    /// One trace a peer; `None` where the rule names no peers and so matches everyone.
    pub peers: Option<Vec<PeerTrace>>,
    /// One trace a port; `None` where the rule names no ports and so matches all of them.
    pub ports: Option<Vec<PortTrace>>,
}

/// Whether one entry of `from` or `to` matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeerTrace {
    /// Selectors on a pod: it matches when neither is unmet.
    Selectors {
        /// What the pod's namespace lacks.
        namespace: Option<Unmet>,
        /// What the pod lacks.
        pod: Option<Unmet>,
        /// The pod uses its node's network: most network plugins then take its traffic for the
        /// node's, which no selector matches.
        is_host_network: bool,
    },
    /// Selectors on what has no labels here: an address, or a finished pod.
    NoLabels,
    /// An address block.
    Block {
        /// Whether the address is in the block and in none of its exceptions.
        outcome: BlockOutcome,
        /// The address is a pod's own. Whether a block then applies is left to the network plugin:
        /// "These should be cluster-external IPs, since Pod IPs are ephemeral and unpredictable."
        is_pod_address: bool,
    },
}

/// Why a selector does not match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmet {
    /// No `namespaceSelector`: only the policy's own namespace would do.
    NotOwnNamespace,
    /// The requirement of this index does not hold.
    Requirement(usize),
}

/// How an address stands to an `ipBlock`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockOutcome {
    /// In `cidr` and in none of `except`.
    Inside,
    /// Not in `cidr`.
    Outside,
    /// In `except[i]`.
    Excepted(usize),
}

/// Which ports of the destination one entry of `ports` means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PortTrace {
    /// These.
    Ports(PortSet),
    /// A name that no container of the destination declares for this protocol: it matches nothing.
    UnknownName {
        /// The name.
        name: String,
        /// The protocol it was looked up for.
        protocol: Protocol,
    },
}

/// The ports that a peer may reach. Where the documentation leaves something to the network plugin
/// (address blocks on pod addresses, pods on their node's network) the three differ; each holds the
/// one before it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Admitted {
    /// Whatever the network plugin.
    pub surely: PortSet,
    /// By the API's conformance tests and the behaviour that its documentation calls most common.
    pub documented: PortSet,
    /// With some network plugin that the documentation allows for.
    pub possibly: PortSet,
}

impl Admitted {
    /// Everything, without a doubt.
    pub fn all() -> Self {
        Self { surely: PortSet::all(), documented: PortSet::all(), possibly: PortSet::all() }
    }

    /// Adds what another rule or policy admits: permissions only ever add up.
    pub fn add(&mut self, other: &Self) {
        self.surely.add(&other.surely);
        self.documented.add(&other.documented);
        self.possibly.add(&other.possibly);
    }

    /// Whether the network plugin decides about some port.
    pub fn depends(&self) -> bool {
        self.surely != self.possibly
    }
}

impl Verdict {
    /// The side of a direction.
    pub const fn direction(&self, direction: Direction) -> &DirectionVerdict {
        match direction {
            Direction::Ingress => &self.ingress,
            Direction::Egress => &self.egress,
        }
    }

    /// Whether the connection comes about.
    pub fn is_allowed(&self) -> bool {
        self.always.is_some() || Direction::ALL.into_iter().all(|direction| self.allows(direction))
    }

    /// Whether one side allows it.
    pub fn allows(&self, direction: Direction) -> bool {
        let Connection { port, protocol, .. } = self.connection;
        self.direction(direction).admitted().documented.contains(protocol, port)
    }

    /// Whether the answer is left to the network plugin.
    pub fn depends_on_plugin(&self) -> bool {
        let Connection { port, protocol, .. } = self.connection;
        let sides = Direction::ALL.map(|direction| self.direction(direction).admitted());
        let in_all = |ports: fn(&Admitted) -> &PortSet| {
            sides.iter().all(|side| ports(side).contains(protocol, port))
        };
        self.always.is_none() && in_all(|side| &side.surely) != in_all(|side| &side.possibly)
    }
}

impl DirectionVerdict {
    /// The ports that this side admits.
    pub fn admitted(&self) -> Admitted {
        match self {
            Self::NotAPod | Self::NonIsolated => Admitted::all(),
            Self::Isolated { policies } => sum(policies.iter().map(PolicyTrace::admitted)),
            Self::HostNetwork { policies } => {
                let applied = sum(policies.iter().map(PolicyTrace::admitted));
                Admitted { surely: applied.surely, ..Admitted::all() }
            }
        }
    }
}

impl PolicyTrace {
    /// The ports that this policy admits.
    pub fn admitted(&self) -> Admitted {
        sum(self.rules.iter().map(RuleTrace::admitted))
    }
}

impl RuleTrace {
    /// The ports that this rule admits: its ports, if one of its peers matches.
    pub fn admitted(&self) -> Admitted {
        let ports = |test: fn(&PeerTrace) -> bool| {
            let matches = self.peers.as_ref().is_none_or(|peers| peers.iter().any(test));
            if matches { self.port_set() } else { PortSet::empty() }
        };
        Admitted {
            surely: ports(PeerTrace::surely_matches),
            documented: ports(PeerTrace::matches),
            possibly: ports(PeerTrace::possibly_matches),
        }
    }

    /// The ports that this rule speaks of, whoever the peer is.
    pub fn port_set(&self) -> PortSet {
        let Some(ports) = &self.ports else { return PortSet::all() };
        let mut set = PortSet::empty();
        for port in ports {
            if let PortTrace::Ports(more) = port {
                set.add(more);
            }
        }
        set
    }
}

impl PeerTrace {
    /// Whether the entry matches, as documented.
    pub const fn matches(&self) -> bool {
        self.possibly_matches() && !matches!(self, Self::Selectors { is_host_network: true, .. })
    }

    /// Whether the entry matches whatever the network plugin.
    pub const fn surely_matches(&self) -> bool {
        self.matches() && !matches!(self, Self::Block { is_pod_address: true, .. })
    }

    /// Whether the entry matches with some network plugin.
    pub const fn possibly_matches(&self) -> bool {
        match self {
            Self::Selectors { namespace, pod, .. } => namespace.is_none() && pod.is_none(),
            Self::NoLabels => false,
            Self::Block { outcome, .. } => matches!(outcome, BlockOutcome::Inside),
        }
    }
}

fn sum(parts: impl Iterator<Item = Admitted>) -> Admitted {
    parts.fold(Admitted::default(), |mut total, part| {
        total.add(&part);
        total
    })
}
