//! What there is to say of texts once there is time: how many problems, what the editor offers, the assumed cluster, what has
//! changed since a link was made, and what the policies were taken for where they are only part of one.

use netpol::{Code, witness};
use protocol::{Advice, Element};

use crate::{
    changes::changes,
    marks::marks,
    panels::{mend_button, message},
    problems::{Said, read, said},
    reading::Reading,
    vocabulary::vocabulary,
    world::world,
};

/// Fragments told of below the text; the problems list has them all.
const MOST_FRAGMENTS: usize = 2;

/// What there is to say, of these texts and of what a link remembers of them.
pub(crate) fn advice(reading: &mut Reading, recorded: Option<&str>) -> Advice {
    let (analysis, linted) = reading.linted();
    let (read, lints) = (read(analysis), said(&linted.found));
    let fragments = read.iter().filter(|(said, _)| said.code == Code::Fragment);
    let changed = recorded.and_then(|recorded| changes(analysis, recorded));
    Advice {
        count: read.len() + lints.len(),
        marks: marks(analysis, &read, &lints),
        vocabulary: vocabulary(analysis),
        added: witness::to_yaml(&analysis.added),
        world: vec![world(analysis)],
        changed: changed.into_iter().collect(),
        fragments: fragments.take(MOST_FRAGMENTS).map(fragment).collect(),
    }
}

fn fragment((diagnostic, fix): &Said) -> Element {
    let note = message(Element::tag("p"), &diagnostic.to_string(), None);
    Element::classed("div", "fragment").put(note).each(fix.as_ref().and_then(mend_button))
}
