//! Where the evaluator is known to be wrong. Each fault is probed first: while it is there, what
//! touches on it is not compared; once it is mended, everything is, and its entry here can go.

use netpol::{Analysis, evaluate};

use super::{
    evaluator::{Question, Who},
    manifest::{IntOrString, Port},
    world::{Pod, World},
};

/// A fault, shown by a text whose `#?` lines say what is right.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
    /// Whether its answers are right and only said to depend on the network plugin.
    pub(crate) is_about_plugins: bool,
    touches: fn(&World, Ends<'_>, &Question) -> bool,
}

/// Both ends of a connection, where both are pods.
pub(crate) type Ends<'w> = Option<[&'w Pod; 2]>;

/// The one that moves the addresses assumed for other pods, and so spoils whole clusters.
pub(crate) const HOST_ADDRESS: Fault = Fault {
    name: "a pod on its node's network is given an address of the pod network",
    text: include_str!("faults/host_address.yaml"),
    is_about_plugins: false,
    touches: |world, _, _| has_hidden_node(world),
};

/// Whether a pod on its node's network does not tell the node's address.
pub(crate) fn has_hidden_node(world: &World) -> bool {
    world.pods.iter().any(|pod| pod.host_network && !pod.is_declared)
}

/// All of them.
pub(crate) const FAULTS: [Fault; 6] = [
    Fault {
        name: "a finished pod's old address still matches blocks",
        text: include_str!("faults/finished.yaml"),
        is_about_plugins: false,
        touches: |_, ends, _| {
            let gone = |pod: &Pod| pod.is_finished() && pod.is_declared;
            ends.is_some_and(|[a, b]| gone(a) || gone(b))
        },
    },
    Fault {
        name: "a block of one family matches traffic of the other",
        text: include_str!("faults/families.yaml"),
        is_about_plugins: false,
        touches: |_, ends, question| ends.is_some_and(|ends| mixes_families(ends, question)),
    },
    Fault {
        name: "a pod on its node's network is not taken for the node of a pod on it",
        text: include_str!("faults/own_node.yaml"),
        is_about_plugins: false,
        touches: |_, ends, _| ends.is_some_and(|[a, b]| is_node_of(a, b) || is_node_of(b, a)),
    },
    Fault {
        name: "a port's name is looked up on a node",
        text: include_str!("faults/name_on_node.yaml"),
        is_about_plugins: false,
        touches: |world, ends, _| {
            let is_name = |port: &Port| matches!(port.port, Some(IntOrString::String(_)));
            ends.is_some_and(|[_, b]| b.host_network) && world.policy_ports().any(is_name)
        },
    },
    HOST_ADDRESS,
    Fault {
        name: "the two sides are asked as if they had two network plugins",
        text: include_str!("faults/two_plugins.yaml"),
        is_about_plugins: true,
        touches: |_, ends, _| ends.is_some_and(|[a, b]| a.host_network || b.host_network),
    },
];

/// Where the table's bystander is taken for a pod of a namespace that a policy names.
pub(crate) const BYSTANDER: &str = include_str!("faults/bystander.yaml");

impl Fault {
    /// Whether the evaluator still contradicts the text.
    pub(crate) fn is_there(&self) -> bool {
        let analysis = super::analysis(self.text);
        analysis.expectations.iter().any(|checked| {
            !checked.holds() || (self.is_about_plugins && depends(&analysis, checked))
        })
    }

    /// Whether the answer to a question may be wrong because of it.
    pub(crate) fn touches(&self, world: &World, ends: Ends<'_>, question: &Question) -> bool {
        (self.touches)(world, ends, question)
    }
}

fn depends(analysis: &Analysis, checked: &netpol::expect::Checked) -> bool {
    evaluate(&analysis.cluster, &checked.expectation.connection).unwrap().depends_on_plugin()
}

fn mixes_families([a, b]: [&Pod; 2], question: &Question) -> bool {
    [&question.source, &question.destination].into_iter().any(|who| match who {
        Who::Address(asked) => {
            a.addresses.iter().chain(&b.addresses).any(|own| !own.is_like(*asked))
        }
        Who::Pod(..) => false,
    })
}

fn is_node_of(node: &Pod, pod: &Pod) -> bool {
    node.host_network && pod.host_address.is_some_and(|host| node.addresses.contains(&host))
}

/// Both ends of a question.
pub(crate) fn ends<'w>(world: &'w World, question: &Question) -> Ends<'w> {
    let pod = |who: &Who| world.pods.iter().find(|pod| pod.is(who));
    Some([pod(&question.source)?, pod(&question.destination)?])
}
