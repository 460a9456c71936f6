//! The why of the last row: all policies together.

use super::{Sentence, Why, headline::headline, reason};
use crate::{
    cluster::Cluster,
    scoreboard::{Cell, Column, Scoreboard, State},
};

/// Explains a cell of the last row.
pub(super) fn together(cluster: &Cluster, scoreboard: &Scoreboard, column: Column) -> Why {
    let direction = scoreboard.direction;
    let cell = scoreboard.together.get(column);
    let mut steps = vec![Sentence {
        text: format!(
            "A pod that any policy selects for {direction} is isolated; from then on it is open to what **any** of its policies admits. Order means nothing, and no policy can take away what another gives."
        ),
        places: Vec::new(),
    }];
    let words = |row_cell: &Cell| match row_cell.state {
        State::Allowed => "admits everyone".to_owned(),
        State::Denied => "admits nobody".to_owned(),
        State::Unrestricted => "does not restrict this direction".to_owned(),
        State::Partly | State::Depends => reason(cluster, row_cell, column, direction),
    };
    for row in
        scoreboard.rows.iter().filter(|row| row.cells.get(column).state != State::Denied).take(12)
    {
        let Some(policy) = cluster.policy(row.policy) else { continue };
        let text = format!("**{}**: {}.", policy.meta.name.name, words(row.cells.get(column)));
        steps.push(Sentence { text, places: policy.meta.origin.iter().cloned().collect() });
    }
    if scoreboard.rows.iter().all(|row| row.cells.get(column).state == State::Denied) {
        steps.push(Sentence {
            text: "None of the policies admits anyone here.".to_owned(),
            places: Vec::new(),
        });
    }
    let count = scoreboard.rows.len();
    let subline = match count {
        1 => "There is one policy, so this row says the same as its own.".to_owned(),
        _ => format!("All {count} policies at once, as the cluster enforces them."),
    };
    Why { headline: headline(cluster, cell, column, direction), subline, steps }
}
