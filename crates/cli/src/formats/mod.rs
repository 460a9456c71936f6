//! The table in the forms that people and programs read. [`Table`] holds the words; a form chooses marks and layout.

mod json;
mod markdown;
mod text;

use netpol::{
    Analysis, Cell, Cells, Column, Direction, Manifest, NetworkPolicy, Row, Scoreboard, State,
    explain,
};
use serde::{Serialize, Serializer};

pub(crate) use json::json;
pub(crate) use markdown::markdown;
pub(crate) use text::{fold, text};

/// The column headings, from left to right.
const COLUMNS: [&str; 3] = ["Same namespace", "Cross namespace", "External"];
/// The name of the row that judges all policies at once.
const TOGETHER: &str = "All together";

/// The table of a direction, in words. Its fields are the JSON, in this order.
#[derive(Debug, Serialize)]
pub(crate) struct Table {
    #[serde(serialize_with = "direction")]
    direction: Direction,
    rows: Vec<PolicyRow>,
    together: Answers,
}

#[derive(Debug, Serialize)]
struct PolicyRow {
    /// `namespace/name`
    policy: String,
    /// The index of the YAML document within its file, from 0.
    document: usize,
    file: String,
    /// What the rules say, in a line.
    from: String,
    #[serde(flatten)]
    answers: Answers,
}

#[derive(Debug, Serialize)]
struct Answers {
    same: Answer,
    cross: Answer,
    external: Answer,
}

#[derive(Debug, Serialize)]
struct Answer {
    #[serde(serialize_with = "state")]
    state: State,
    /// Empty where the state says it all.
    reason: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
fn direction<S: Serializer>(direction: &Direction, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(direction.field())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
fn state<S: Serializer>(state: &State, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(state.as_str())
}

impl Table {
    /// Puts the table of a direction into words.
    pub(crate) fn of(analysis: &Analysis, direction: Direction) -> Self {
        let Scoreboard { rows, together, .. } = analysis.scoreboard(direction);
        let row = |row: &Row| {
            let policy = analysis.cluster.policy(row.policy)?;
            let (file, document) = place(&analysis.manifest, policy);
            Some(PolicyRow {
                policy: policy.meta.name.to_string(),
                document,
                file,
                from: explain::spec_line(policy, direction),
                answers: Answers::of(analysis, &row.cells, direction),
            })
        };
        Self {
            direction,
            rows: rows.iter().filter_map(row).collect(),
            together: Answers::of(analysis, &together, direction),
        }
    }

    /// What the second column is called: the field that it sums up.
    fn spec_heading(&self) -> &'static str {
        match self.direction {
            Direction::Ingress => "From spec",
            Direction::Egress => "To spec",
        }
    }
}

/// The file of a policy, and the index of its document there.
fn place(manifest: &Manifest, policy: &NetworkPolicy) -> (String, usize) {
    let document = policy.meta.origin.as_ref().and_then(|origin| manifest.document(origin));
    let Some(document) = document else { return (String::new(), 0) };
    let file = manifest.sources.get(document.source).map_or("", |source| source.name());
    (file.to_owned(), document.index)
}

impl Answers {
    fn of(analysis: &Analysis, cells: &Cells, direction: Direction) -> Self {
        let answer = |column| {
            let cell: &Cell = cells.get(column);
            let reason = explain::reason(&analysis.cluster, cell, column, direction);
            Answer { state: cell.state, reason }
        };
        Self {
            same: answer(Column::Same),
            cross: answer(Column::Cross),
            external: answer(Column::External),
        }
    }

    const fn in_order(&self) -> [&Answer; 3] {
        [&self.same, &self.cross, &self.external]
    }
}

impl Answer {
    /// `Partly: ml-ops only`
    fn words(&self) -> String {
        let word = match self.state {
            State::Allowed => "Allowed",
            State::Denied => "Denied",
            State::Partly => "Partly",
            State::Unrestricted => "Not restricted",
            State::Depends => "Depends",
        };
        if self.reason.is_empty() { word.to_owned() } else { format!("{word}: {}", self.reason) }
    }
}
