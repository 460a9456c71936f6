//! The table as it is read: rows, cells, and which of them is open.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::{Place, Tab};

/// Rows shown at once: a page of many thousands takes seconds for each key, and nobody reads it.
pub const MOST_ROWS: usize = 200;

/// A direction of traffic, seen from the selected pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// Who may connect to them.
    Ingress,
    /// Whom they may connect to.
    Egress,
}

impl Direction {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ingress, Self::Egress];

    /// As `policyTypes` writes it: `Ingress` or `Egress`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ingress => "Ingress",
            Self::Egress => "Egress",
        }
    }
}

/// `ingress` or `egress`.
impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ingress => "ingress",
            Self::Egress => "egress",
        })
    }
}

/// Where the other end of a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Column {
    /// In the policy's namespace.
    Same,
    /// In another namespace.
    Cross,
    /// Outside the cluster.
    External,
}

impl Column {
    /// All of them, from left to right.
    pub const ALL: [Self; 3] = [Self::Same, Self::Cross, Self::External];

    /// One word: `same`, `cross` or `external`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Cross => "cross",
            Self::External => "external",
        }
    }
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum State {
    /// Everyone gets through, on every port.
    Allowed,
    /// Nobody does.
    Denied,
    /// Some do, or on some ports.
    Partly,
    /// No policy restricts it.
    Unrestricted,
    /// It is left open: to the network plugin, or to a value that is not in the files.
    Depends,
}

impl State {
    /// One word, as style sheets and other programs know it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::Partly => "partly",
            Self::Unrestricted => "unrestricted",
            Self::Depends => "depends",
        }
    }

    /// The answer in a word or two.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Allowed => "Allowed",
            Self::Denied => "Denied",
            Self::Partly => "Partly",
            Self::Unrestricted => "Not restricted",
            Self::Depends => "Depends",
        }
    }

    /// The sign before the word.
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::Allowed => "✓",
            Self::Denied => "✕",
            Self::Partly => "◐",
            Self::Unrestricted => "–",
            Self::Depends => "?",
        }
    }
}

/// What a cell says, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The answer in one sentence: "Only model-monitor of ml-ops gets in."
    pub headline: String,
    /// Whom the row is about.
    pub subline: String,
}

/// The table as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Who calls whom.
    pub direction: Direction,
    /// One row a policy.
    pub rows: Vec<Row>,
    /// The last row.
    pub together: [Entry; 3],
    /// The other direction, where no policy has anything to say about this one.
    pub elsewhere: Option<Direction>,
    /// What stands beside the policies and is not evaluated, though it may deny as well.
    pub not_evaluated: Option<String>,
}

/// One policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// `namespace/name`, which no other row has.
    pub key: String,
    /// The name to read.
    pub title: String,
    /// What its rules say, in one line.
    pub spec: String,
    /// The direction that it restricts, where it says nothing about the table's.
    pub elsewhere: Option<Direction>,
    /// Its cells.
    pub entries: [Entry; 3],
    /// Where the policy stands, unless that is in no text of the page.
    pub place: Option<Place>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The short answer.
    pub state: State,
    /// The reason beside it; often empty.
    pub reason: String,
    /// Whether all who get through are in nobody's files.
    pub is_assumed: bool,
}

/// The name of a column, in a word and in what it leaves out.
pub const fn column_name(column: Column) -> (&'static str, &'static str) {
    match column {
        Column::Same => ("Same", " namespace"),
        Column::Cross => ("Cross", " namespace"),
        Column::External => ("External", ""),
    }
}

/// What the table is about.
pub const fn caption(direction: Direction) -> &'static str {
    match direction {
        Direction::Ingress => "Who may connect to the pods that each policy selects",
        Direction::Egress => "Where the pods that each policy selects may connect to",
    }
}

impl Table {
    /// The rows that are shown, by their numbers: the first ones, and those that are wanted.
    pub fn rows_in_sight(&self, wanted: &[Option<usize>]) -> Vec<(usize, &Row)> {
        let mut beyond: Vec<usize> =
            wanted.iter().flatten().copied().filter(|at| *at >= MOST_ROWS).collect();
        beyond.sort_unstable();
        beyond.dedup();
        let first = self.rows.iter().enumerate().take(MOST_ROWS);
        first.chain(beyond.into_iter().filter_map(|at| Some((at, self.rows.get(at)?)))).collect()
    }

    /// The last row's cell of a column.
    pub fn together_entry(&self, column: Column) -> Option<&Entry> {
        of_column(&self.together, column)
    }

    /// The cell that is open: the one that was chosen, as far as it is still there; where nobody has chosen, one
    /// that has something to tell.
    pub fn resolve(&self, open: &Open) -> Option<(Position, Column)> {
        match open {
            Open::Unchosen => self.most_telling(),
            Open::Cell(CellKey { row: RowKey::Together, column }) if !self.rows.is_empty() => {
                Some((Position::Together, *column))
            }
            Open::Cell(CellKey { row: RowKey::Policy { name, index }, column }) => {
                let row = self.find(name, *index)?;
                Some((Position::Row(row), *column))
            }
            Open::Cell(_) | Open::Closed => None,
        }
    }

    /// The row of that name; where the policy was renamed, the row in its place.
    fn find(&self, name: &str, index: Option<usize>) -> Option<usize> {
        let bare = |key: &str| key.rsplit('/').next().is_some_and(|bare| bare == name);
        let by_name = self.rows.iter().position(|row| row.key == name || bare(&row.key));
        by_name.or(index.filter(|index| *index < self.rows.len()))
    }

    /// The row whose policy stands at a line of the policies.
    pub fn row_at(&self, line: usize) -> Option<usize> {
        let is_there = |place: &Place| place.tab == Tab::Policies && place.contains(line);
        self.rows.iter().position(|row| row.place.as_ref().is_some_and(is_there))
    }

    fn most_telling(&self) -> Option<(Position, Column)> {
        let cells = || {
            let of_row = |(at, row): (usize, &Row)| {
                Column::ALL.map(|column| (at, column, row.entry(column).map(|entry| entry.state)))
            };
            self.rows.iter().enumerate().flat_map(of_row)
        };
        let states = [State::Partly, State::Depends, State::Allowed, State::Denied];
        let found = states
            .iter()
            .find_map(|state| cells().find(|(.., found)| *found == Some(*state)))
            .or(cells().next())?;
        Some((Position::Row(found.0), found.1))
    }
}

impl Row {
    /// The cell of a column.
    pub fn entry(&self, column: Column) -> Option<&Entry> {
        of_column(&self.entries, column)
    }
}

fn of_column(entries: &[Entry; 3], column: Column) -> Option<&Entry> {
    Column::ALL.iter().zip(entries).find(|(one, _)| **one == column).map(|(_, entry)| entry)
}

/// Which row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Position {
    /// This one, from 0.
    Row(usize),
    /// The last one.
    Together,
}

/// The cell that is explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Open {
    /// Nobody has chosen: the page explains one that has something to explain.
    Unchosen,
    /// This one.
    Cell(CellKey),
    /// None.
    Closed,
}

/// A cell as it is found again after the text has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellKey {
    /// Its row.
    pub row: RowKey,
    /// Its column.
    pub column: Column,
}

/// A row as it is found again after the text has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowKey {
    /// A policy by its name, `namespace/name` or the bare name; by its place where it was renamed.
    Policy {
        /// The name.
        name: String,
        /// The place in the table, from 0, where it is known.
        index: Option<usize>,
    },
    /// All policies together.
    Together,
}
