//! What the evaluator found, as data: the trace of policies, rules, peers and ports from which
//! allowed and denied are read. There is no verdict beside the trace.

mod admitted;

use crate::{
    cluster::PolicyId,
    connection::Connection,
    plugin::{OpenQuestion, Plugin},
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
    /// One of the ends is a pod that has come to its end. It has no address any more, so there is no
    /// connection, whatever policies say.
    pub is_over: bool,
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
    /// The same, if the network plugin takes a pod on its node's network for the node, as most do.
    OwnNodesPod,
}

impl Always {
    /// Whether it is so with a network plugin.
    pub const fn holds_with(self, plugin: Plugin) -> bool {
        match self {
            Self::SamePod | Self::OwnNode => true,
            Self::OwnNodesPod => !plugin.host_network_pods_are_pods,
        }
    }
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
    /// The requirement of its `podSelector` that asks for a value which only the cluster knows, so that it is not known
    /// whether it selects the pod; `None` where it does.
    pub unknown: Option<usize>,
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
    /// Selectors on a pod: it matches when neither is unmet, and may match where a value is unknown.
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
    /// The requirement of this index asks for a value that only the cluster knows: it may hold.
    Unknown(usize),
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
    /// These, by the name that a pod on its node's network gives them: a network plugin that takes the
    /// pod for its node finds no names there.
    HostNetworkPorts(PortSet),
    /// A name that no container of the destination declares for this protocol: it matches nothing.
    UnknownName {
        /// The name.
        name: String,
        /// The protocol it was looked up for.
        protocol: Protocol,
    },
}

impl Verdict {
    /// The side of a direction.
    pub const fn direction(&self, direction: Direction) -> &DirectionVerdict {
        match direction {
            Direction::Ingress => &self.ingress,
            Direction::Egress => &self.egress,
        }
    }

    /// Whether the connection comes about, with the usual network plugin.
    pub fn is_allowed(&self) -> bool {
        self.is_allowed_by(Plugin::USUAL)
    }

    /// Whether the connection comes about with a network plugin.
    pub fn is_allowed_by(&self, plugin: Plugin) -> bool {
        let is_always = self.always.is_some_and(|always| always.holds_with(plugin));
        let admits = |direction| self.admits(direction, plugin);
        !self.is_over && (is_always || Direction::ALL.into_iter().all(admits))
    }

    /// Whether one side allows it, with the usual network plugin.
    pub fn allows(&self, direction: Direction) -> bool {
        self.admits(direction, Plugin::USUAL)
    }

    fn admits(&self, direction: Direction, plugin: Plugin) -> bool {
        let Connection { port, protocol, .. } = self.connection;
        self.direction(direction).admits(plugin, protocol, port)
    }

    /// Whether the answer is left open: not every network plugin gives the same, or it takes a value that only the
    /// cluster knows.
    pub fn depends(&self) -> bool {
        !self.open_questions().is_empty()
    }

    /// Whether it takes a value that only the cluster knows: then not even the usual network plugin's answer can be told.
    pub fn is_unknown(&self) -> bool {
        let plugin = Plugin::USUAL;
        self.is_allowed_by(plugin) != self.is_allowed_by(OpenQuestion::UnknownValue.flipped(plugin))
    }

    /// What the answer depends on, where it is left open.
    pub fn open_questions(&self) -> Vec<OpenQuestion> {
        let answers = Plugin::ALL.map(|plugin| (plugin, self.is_allowed_by(plugin)));
        let differs = |(plugin, is_allowed): &(Plugin, bool), question: &OpenQuestion| {
            answers.contains(&(question.flipped(*plugin), !is_allowed))
        };
        let decides =
            |question: &OpenQuestion| answers.iter().any(|answer| differs(answer, question));
        OpenQuestion::ALL.into_iter().filter(decides).collect()
    }
}

impl DirectionVerdict {
    /// The policies that look at this side.
    pub fn policies(&self) -> &[PolicyTrace] {
        match self {
            Self::Isolated { policies } | Self::HostNetwork { policies } => policies,
            Self::NotAPod | Self::NonIsolated => &[],
        }
    }
}

impl PeerTrace {
    /// Whether the entry matches with a network plugin.
    pub const fn matches(&self, plugin: Plugin) -> bool {
        match self {
            Self::Selectors { namespace, pod, is_host_network } => {
                let is_met = match pod {
                    None => true,
                    Some(Unmet::Unknown(_)) => plugin.unknown_values_admit,
                    Some(_) => false,
                };
                namespace.is_none()
                    && is_met
                    && (plugin.host_network_pods_are_pods || !*is_host_network)
            }
            Self::NoLabels => false,
            Self::Block { outcome, is_pod_address } => {
                matches!(outcome, BlockOutcome::Inside)
                    && (plugin.blocks_match_pods || !*is_pod_address)
            }
        }
    }
}
