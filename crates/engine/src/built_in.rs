//! The built-in texts: which of them two texts are, and what is to be seen of one first.

use lessons::Scenario;
use protocol::{CellKey, Open, RowKey};

use crate::convert;

/// The built-in text that these are.
pub(crate) fn built_in(policies: &str, cluster: &str) -> Option<&'static Scenario> {
    let is_it =
        |scenario: &&Scenario| policies == scenario.policies && cluster == scenario.cluster_text();
    lessons::scenarios().iter().find(is_it)
}

/// The cell that a scenario begins with.
pub(crate) fn first_open(scenario: &Scenario) -> Open {
    scenario.open.map_or(Open::Unchosen, |opening| {
        let row = RowKey::Policy { name: opening.policy.to_owned(), index: None };
        Open::Cell(CellKey { row, column: convert::column_of_lesson(opening.column) })
    })
}
