//! Where the evaluator is known to be wrong. Each fault is probed first: while it is there, what
//! touches on it is not compared; once it is mended, everything is, and its entry here can go.

use netpol::{Analysis, evaluate};

use super::{
    evaluator::{Question, Who},
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

/// All of them.
pub(crate) const FAULTS: [Fault; 1] = [Fault {
    name: "the two sides are asked as if they had two network plugins",
    text: include_str!("faults/two_plugins.yaml"),
    is_about_plugins: true,
    touches: |_, ends, _| ends.is_some_and(|[a, b]| a.host_network || b.host_network),
}];

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

/// Both ends of a question.
pub(crate) fn ends<'w>(world: &'w World, question: &Question) -> Ends<'w> {
    let pod = |who: &Who| world.pods.iter().find(|pod| pod.is(who));
    Some([pod(&question.source)?, pod(&question.destination)?])
}
