//! What the documentation of NetworkPolicy leaves to the network plugin, as values: an answer that
//! all of them give is certain, any other one "depends on the network plugin".

/// How a network plugin decides the two things that the documentation leaves open.
///
/// One plugin decides them the same way everywhere, so an answer is asked of each plugin as a whole:
/// what the two ends of a connection make of each other never mixes two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plugin {
    /// An `ipBlock` that holds a pod's address matches the pod, as Kubernetes' own conformance tests
    /// ask for. The documentation says only: "These should be cluster-external IPs, since Pod IPs are
    /// ephemeral and unpredictable."
    pub blocks_match_pods: bool,
    /// A pod on its node's network is a pod like any other. If not, the plugin "ignores hostNetwork
    /// pods when matching podSelector and namespaceSelector" and traffic to and from them "is treated
    /// the same as all other traffic to/from the node IP. (This is the most common implementation.)"
    pub host_network_pods_are_pods: bool,
}

impl Plugin {
    /// By Kubernetes' own tests, and by what its documentation calls most common.
    pub const USUAL: Self = Self { blocks_match_pods: true, host_network_pods_are_pods: false };

    /// Every one that the documentation allows for, the usual one first.
    pub const ALL: [Self; 4] = [
        Self::USUAL,
        Self { blocks_match_pods: false, ..Self::USUAL },
        Self { host_network_pods_are_pods: true, ..Self::USUAL },
        Self { blocks_match_pods: false, host_network_pods_are_pods: true },
    ];
}

/// One thing that the documentation leaves to the network plugin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenQuestion {
    /// Whether an `ipBlock` matches pods ([`Plugin::blocks_match_pods`]).
    BlocksOnPods,
    /// What a pod on its node's network is ([`Plugin::host_network_pods_are_pods`]).
    HostNetwork,
}

impl OpenQuestion {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::BlocksOnPods, Self::HostNetwork];

    /// The plugin that answers this one the other way, and the other one alike.
    pub const fn flipped(self, plugin: Plugin) -> Plugin {
        let Plugin { blocks_match_pods, host_network_pods_are_pods } = plugin;
        match self {
            Self::BlocksOnPods => Plugin { blocks_match_pods: !blocks_match_pods, ..plugin },
            Self::HostNetwork => {
                Plugin { host_network_pods_are_pods: !host_network_pods_are_pods, ..plugin }
            }
        }
    }
}
