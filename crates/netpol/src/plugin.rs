//! What is open where all that is written has been read, as values: what the documentation of NetworkPolicy leaves to the
//! network plugin, and what only the cluster knows. An answer that all of them give is certain, any other one "depends".

/// How a network plugin decides the two things that the documentation leaves open, in a cluster that decides a third.
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
    /// The values that only the cluster knows (a `pod-template-hash`, the name of a `CronJob`'s next Job)
    /// are those with which the connection comes about, if there are such. If not, those that are in its way.
    pub unknown_values_admit: bool,
}

impl Plugin {
    /// By Kubernetes' own tests, and by what its documentation calls most common. It never admits less than one that
    /// differs from it in the first or the last question.
    pub const USUAL: Self = Self {
        blocks_match_pods: true,
        host_network_pods_are_pods: false,
        unknown_values_admit: true,
    };

    /// What every plugin surely admits, where no pod uses its node's network.
    pub const STRICTEST: Self =
        Self { blocks_match_pods: false, unknown_values_admit: false, ..Self::USUAL };

    /// Every one that the documentation allows for, the usual one first.
    pub const ALL: [Self; 8] = {
        let one = Self::USUAL;
        let two = OpenQuestion::BlocksOnPods.flipped(one);
        let three = OpenQuestion::HostNetwork.flipped(one);
        let four = OpenQuestion::HostNetwork.flipped(two);
        let other = OpenQuestion::UnknownValue;
        let (five, six) = (other.flipped(one), other.flipped(two));
        [one, two, three, four, five, six, other.flipped(three), other.flipped(four)]
    };
}

/// One thing that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenQuestion {
    /// Whether an `ipBlock` matches pods ([`Plugin::blocks_match_pods`]).
    BlocksOnPods,
    /// What a pod on its node's network is ([`Plugin::host_network_pods_are_pods`]).
    HostNetwork,
    /// Whether a label that a controller sets has the value that a policy asks for
    /// ([`Plugin::unknown_values_admit`]).
    UnknownValue,
}

impl OpenQuestion {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::BlocksOnPods, Self::HostNetwork, Self::UnknownValue];

    /// Whether the network plugin decides it. Else the cluster does.
    pub const fn is_left_to_plugin(self) -> bool {
        !matches!(self, Self::UnknownValue)
    }

    /// The plugin that answers this one the other way, and the others alike.
    pub const fn flipped(self, plugin: Plugin) -> Plugin {
        let Plugin { blocks_match_pods, host_network_pods_are_pods, unknown_values_admit } = plugin;
        match self {
            Self::BlocksOnPods => Plugin { blocks_match_pods: !blocks_match_pods, ..plugin },
            Self::HostNetwork => {
                Plugin { host_network_pods_are_pods: !host_network_pods_are_pods, ..plugin }
            }
            Self::UnknownValue => Plugin { unknown_values_admit: !unknown_values_admit, ..plugin },
        }
    }
}
