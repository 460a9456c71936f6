//! `networking.k8s.io/v1` NetworkPolicy, valid by construction: what the API server has taken.

use std::fmt;

use crate::{
    addresses::{Cidr, IpSet},
    field::Origin,
    meta::ObjectMeta,
    ports::{PortRange, PortSet, Protocol},
    selector::LabelSelector,
};

/// The two directions, seen from the selected pod. The API calls them policy types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Connections to the selected pods.
    Ingress,
    /// Connections from the selected pods.
    Egress,
}

impl Direction {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ingress, Self::Egress];

    /// `Ingress` or `Egress`, as in `policyTypes`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ingress => "Ingress",
            Self::Egress => "Egress",
        }
    }

    /// The field of the spec that holds the rules: `ingress` or `egress`.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Ingress => "ingress",
            Self::Egress => "egress",
        }
    }

    /// The field of a rule that holds its peers: `from` or `to`.
    pub const fn peers_field(self) -> &'static str {
        match self {
            Self::Ingress => "from",
            Self::Egress => "to",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.field())
    }
}

/// A NetworkPolicy.
///
/// "NetworkPolicies are an application-centric construct which allow you to specify how a pod is
/// allowed to communicate with various network entities over the network." Policies only ever add
/// permissions; their order means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkPolicy {
    /// Name, namespace, labels, place.
    pub meta: ObjectMeta,
    /// Which pods of its own namespace it applies to; empty means all of them.
    pub pod_selector: LabelSelector,
    /// `policyTypes` as written; [`NetworkPolicy::affects`] knows the default.
    pub policy_types: Vec<Direction>,
    /// `spec.ingress`; `None` where the key is missing or null.
    pub ingress: Option<Vec<Rule>>,
    /// `spec.egress`; `None` where the key is missing or null.
    pub egress: Option<Vec<Rule>>,
}

/// One entry of `ingress` or `egress`: it admits what matches one of the peers **and** one of the
/// ports.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rule {
    /// `from` or `to`. "If this field is empty or missing, this rule matches all sources".
    pub peers: Vec<Peer>,
    /// "If this field is empty or missing, this rule matches all ports", of every protocol.
    pub ports: Vec<PolicyPort>,
}

/// One entry of `from` or `to`. Both selectors in *one* entry mean AND; two entries mean OR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Peer {
    /// Pods by their labels and their namespace's. At least one selector is there.
    Pods {
        /// `None` is the policy's own namespace, empty is every namespace.
        namespaces: Option<LabelSelector>,
        /// `None` and empty are both every pod of those namespaces.
        pods: Option<LabelSelector>,
    },
    /// Addresses.
    IpBlock(IpBlock),
}

/// `ipBlock`: addresses in `cidr` and in none of `except`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IpBlock {
    /// The block.
    pub cidr: Cidr,
    /// Blocks inside it that this entry does not match. Another entry or policy still may.
    pub except: Vec<Cidr>,
}

/// One entry of `ports`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyPort {
    /// TCP where it is left out.
    pub protocol: Protocol,
    /// Which ports of that protocol.
    pub port: PolicyPortNumber,
}

/// The `port` of a [`PolicyPort`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyPortNumber {
    /// No `port`: every port of the protocol.
    Any,
    /// A number, or `port` to `endPort`, both included.
    Range(PortRange),
    /// The name of a container port **of the destination pod**.
    Named(String),
}

impl NetworkPolicy {
    /// Whether it isolates the pods it selects in this direction.
    ///
    /// "If this field is not specified, it will default based on the existence of ingress or egress
    /// rules; policies that contain an egress section are assumed to affect egress, and all policies
    /// (whether or not they contain an ingress section) are assumed to affect ingress." An empty
    /// `egress: []` is no egress section (`defaults.go`: `len(egress) != 0`).
    pub fn affects(&self, direction: Direction) -> bool {
        if !self.policy_types.is_empty() {
            return self.policy_types.contains(&direction);
        }
        direction == Direction::Ingress || !self.rules(direction).is_empty()
    }

    /// The direction that it restricts, where it says nothing about this one.
    pub fn elsewhere(&self, direction: Direction) -> Option<Direction> {
        let mut others = Direction::ALL.into_iter().filter(|other| self.affects(*other));
        others.next().filter(|_| !self.affects(direction))
    }

    /// The rules of a direction, whether or not they have any effect.
    pub fn rules(&self, direction: Direction) -> &[Rule] {
        self.written_rules(direction).unwrap_or_default()
    }

    /// The rules of a direction; `None` where the key is missing or null.
    pub fn written_rules(&self, direction: Direction) -> Option<&[Rule]> {
        match direction {
            Direction::Ingress => self.ingress.as_deref(),
            Direction::Egress => self.egress.as_deref(),
        }
    }

    /// Where rule `index` of a direction stands.
    pub fn rule_origin(&self, direction: Direction, index: usize) -> Option<Origin> {
        let origin = self.meta.origin.as_ref()?;
        Some(origin.key("spec").key(direction.field()).index(index))
    }

    /// Its own selector, and those of the peers that its rules of a direction name.
    pub fn pod_selectors(&self, direction: Direction) -> impl Iterator<Item = &LabelSelector> {
        let peers = self.rules(direction).iter().flat_map(|rule| &rule.peers);
        let of_peers = peers.filter_map(|peer| match peer {
            Peer::Pods { pods, .. } => pods.as_ref(),
            Peer::IpBlock(_) => None,
        });
        [&self.pod_selector].into_iter().chain(of_peers)
    }

    /// Every address block that its rules of a direction name, excepted ones included.
    pub fn blocks(&self, direction: Direction) -> impl Iterator<Item = &Cidr> {
        self.rules(direction).iter().flat_map(|rule| &rule.peers).flat_map(|peer| match peer {
            Peer::IpBlock(block) => [&block.cidr].into_iter().chain(&block.except).collect(),
            Peer::Pods { .. } => Vec::new(),
        })
    }
}

impl IpBlock {
    /// The addresses it matches.
    pub fn addresses(&self) -> IpSet {
        let except: Vec<IpSet> = self.except.iter().map(|cidr| (*cidr).into()).collect();
        IpSet::from(self.cidr).difference(&IpSet::union_of(&except))
    }
}

/// `10.0.0.0/8 except 10.1.0.0/16, 10.2.0.0/16`
impl fmt::Display for IpBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.cidr)?;
        for (at, except) in self.except.iter().enumerate() {
            f.write_str(if at == 0 { " except " } else { ", " })?;
            write!(f, "{except}")?;
        }
        Ok(())
    }
}

impl PolicyPort {
    /// The ports it means where no name needs resolving; `None` for a named port.
    pub fn numbers(&self) -> Option<PortSet> {
        match &self.port {
            PolicyPortNumber::Any => Some(PortSet::of(self.protocol, PortRange::ALL)),
            PolicyPortNumber::Range(range) => Some(PortSet::of(self.protocol, *range)),
            PolicyPortNumber::Named(_) => None,
        }
    }
}
