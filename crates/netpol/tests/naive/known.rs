//! Where the evaluator is known to be wrong about what depends on the network plugin. Each fault is
//! probed first: while one is there, that is not asked where it may show; once all are mended, it is
//! asked of everything, and the entries here can go.

use netpol::evaluate;

use super::{evaluator::Question, world::World};

/// A fault, shown by a text whose `#?` lines say what usual network plugins do.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
    /// Whether other plugins do otherwise.
    pub(crate) depends_on_plugin: bool,
}

/// All of them are about pods on their node's network, which a plugin takes for pods or for the node.
pub(crate) const FAULTS: [Fault; 3] = [
    Fault {
        name: "the two sides are asked as if they had two network plugins",
        text: include_str!("faults/two_plugins.yaml"),
        depends_on_plugin: false,
    },
    Fault {
        name: "a port's name is looked up on no pod that uses its node's network",
        text: include_str!("faults/name_or_node.yaml"),
        depends_on_plugin: false,
    },
    Fault {
        name: "a pod that uses its node's network is the node for sure",
        text: include_str!("faults/node_or_pod.yaml"),
        depends_on_plugin: true,
    },
];

impl Fault {
    /// Whether the evaluator still contradicts the text.
    pub(crate) fn is_there(&self) -> bool {
        let analysis = super::analysis(self.text);
        analysis.expectations.iter().any(|checked| {
            let verdict = evaluate(&analysis.cluster, &checked.expectation.connection).unwrap();
            !checked.holds() || verdict.depends_on_plugin() != self.depends_on_plugin
        })
    }
}

/// Whether one of the faults may show in what is said of the network plugin.
pub(crate) fn is_touched(world: &World, question: &Question) -> bool {
    let ends = [&question.source, &question.destination];
    world.pods.iter().any(|pod| pod.host_network && ends.into_iter().any(|who| pod.is(who)))
}
