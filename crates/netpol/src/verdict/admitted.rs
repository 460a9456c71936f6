//! What a trace comes to: the ports that are admitted, or whether one of them is. Both are asked of the same rules in the same
//! way; for one port no set has to be made.

use super::{DirectionVerdict, PeerTrace, PolicyTrace, PortTrace, RuleTrace};
use crate::{
    plugin::Plugin,
    ports::{PortSet, Protocol},
};

/// What is asked of the ports that are admitted.
trait Asked {
    /// The answer for some ports; those of several things join.
    type Answer;
    fn of(&self, ports: &PortSet) -> Self::Answer;
    fn none(&self) -> Self::Answer;
    fn every(&self) -> Self::Answer;
    fn in_any(&self, answers: impl Iterator<Item = Self::Answer>) -> Self::Answer;
    fn in_both(&self, one: Self::Answer, other: Self::Answer) -> Self::Answer;
}

/// Which ports they are.
struct Which;

impl Asked for Which {
    type Answer = PortSet;

    fn of(&self, ports: &PortSet) -> PortSet {
        ports.clone()
    }

    fn none(&self) -> PortSet {
        PortSet::empty()
    }

    fn every(&self) -> PortSet {
        PortSet::all()
    }

    fn in_any(&self, answers: impl Iterator<Item = PortSet>) -> PortSet {
        PortSet::union_of(&answers.collect::<Vec<_>>())
    }

    fn in_both(&self, one: PortSet, other: PortSet) -> PortSet {
        one.intersection(&other)
    }
}

/// Whether this port is one of them.
struct Whether(Protocol, u16);

impl Asked for Whether {
    type Answer = bool;

    fn of(&self, ports: &PortSet) -> bool {
        ports.contains(self.0, self.1)
    }

    fn none(&self) -> bool {
        false
    }

    fn every(&self) -> bool {
        true
    }

    fn in_any(&self, mut answers: impl Iterator<Item = bool>) -> bool {
        answers.any(|is_in| is_in)
    }

    fn in_both(&self, one: bool, other: bool) -> bool {
        one && other
    }
}

impl DirectionVerdict {
    /// The ports that this side admits with a network plugin.
    pub fn admitted(&self, plugin: Plugin) -> PortSet {
        self.answer(plugin, &Which)
    }

    /// Whether this side admits a port with a network plugin.
    pub(crate) fn admits(&self, plugin: Plugin, protocol: Protocol, port: u16) -> bool {
        self.answer(plugin, &Whether(protocol, port))
    }

    fn answer<A: Asked>(&self, plugin: Plugin, asked: &A) -> A::Answer {
        match self {
            Self::NotAPod | Self::NonIsolated => asked.every(),
            Self::HostNetwork { .. } if !plugin.host_network_pods_are_pods => asked.every(),
            Self::Isolated { policies } | Self::HostNetwork { policies } => {
                together(policies, plugin, asked)
            }
        }
    }
}

/// What policies admit together.
///
/// Where none surely selects the pod, the best that may come is that none does, and the worst that only the one does which
/// admits least: a port is sure only if each of them admits it.
fn together<A: Asked>(policies: &[PolicyTrace], plugin: Plugin, asked: &A) -> A::Answer {
    let is_sure = |policy: &&PolicyTrace| policy.unknown.is_none();
    let of = |policy: &PolicyTrace| policy.answer(plugin, asked);
    match (policies.iter().any(|policy| is_sure(&policy)), plugin.unknown_values_admit) {
        (false, true) => asked.every(),
        (false, false) => {
            let all = policies.iter().map(of);
            all.reduce(|one, other| asked.in_both(one, other)).unwrap_or_else(|| asked.every())
        }
        (true, true) => asked.in_any(policies.iter().map(of)),
        (true, false) => asked.in_any(policies.iter().filter(is_sure).map(of)),
    }
}

impl PolicyTrace {
    /// The ports that this policy admits with a network plugin.
    pub fn admitted(&self, plugin: Plugin) -> PortSet {
        self.answer(plugin, &Which)
    }

    /// Whether this policy admits a port with a network plugin.
    pub(crate) fn admits(&self, plugin: Plugin, protocol: Protocol, port: u16) -> bool {
        self.answer(plugin, &Whether(protocol, port))
    }

    fn answer<A: Asked>(&self, plugin: Plugin, asked: &A) -> A::Answer {
        asked.in_any(self.rules.iter().map(|rule| rule.answer(plugin, asked)))
    }
}

impl RuleTrace {
    /// The ports that this rule admits with a network plugin: its ports, if one of its peers matches.
    pub fn admitted(&self, plugin: Plugin) -> PortSet {
        self.answer(plugin, &Which)
    }

    /// The ports that this rule speaks of, whoever the peer is.
    pub fn port_set(&self, plugin: Plugin) -> PortSet {
        self.of_ports(plugin, &Which)
    }

    fn answer<A: Asked>(&self, plugin: Plugin, asked: &A) -> A::Answer {
        let matches = |peers: &Vec<PeerTrace>| peers.iter().any(|peer| peer.matches(plugin));
        if self.peers.as_ref().is_none_or(matches) {
            self.of_ports(plugin, asked)
        } else {
            asked.none()
        }
    }

    fn of_ports<A: Asked>(&self, plugin: Plugin, asked: &A) -> A::Answer {
        let Some(ports) = &self.ports else { return asked.every() };
        let of = |port: &PortTrace| port.meant(plugin).map(|ports| asked.of(ports));
        asked.in_any(ports.iter().filter_map(of))
    }
}

impl PortTrace {
    /// The ports that the entry means with a network plugin.
    pub fn ports(&self, plugin: Plugin) -> PortSet {
        self.meant(plugin).cloned().unwrap_or_default()
    }

    const fn meant(&self, plugin: Plugin) -> Option<&PortSet> {
        match self {
            Self::Ports(ports) => Some(ports),
            Self::HostNetworkPorts(ports) if plugin.host_network_pods_are_pods => Some(ports),
            Self::HostNetworkPorts(_) | Self::UnknownName { .. } => None,
        }
    }
}
