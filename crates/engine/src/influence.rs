//! A line of the policies → the cells that would be others without it.

use netpol::{Subject, explain};
use protocol::{InfluenceQuestion, Influenced};

use crate::{convert, reading::Reading};

pub(crate) fn influence(reading: &mut Reading, question: &InfluenceQuestion) -> Influenced {
    let (analysis, all) = reading.hanging(convert::to_direction(question.direction));
    let cell = |hanging: &explain::Hanging| {
        let policy = match hanging.subject {
            Subject::Policy(id) => Some(analysis.cluster.policy(id)?.meta.name.to_string()),
            Subject::Together => None,
        };
        Some((policy, convert::column(hanging.column)))
    };
    let at_line = explain::hanging_at(all, 0, question.line);
    Influenced(at_line.into_iter().filter_map(cell).collect())
}
