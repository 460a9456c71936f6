//! Scoreboard → the words on the screen, so that a table which looks the same is the same.

use netpol::{
    Analysis, Cell, Cells, Column, Direction, NetworkPolicy, Scoreboard, Source, State, Subject,
    explain,
};

use crate::{
    place::Place,
    session::{CellKey, Open, RowKey},
    text::sentence,
};

/// Rows shown at once: a page of many thousands takes seconds for each key, and nobody reads it.
pub const MOST_ROWS: usize = 200;

/// The table as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The short answer.
    pub state: State,
    /// The reason beside it; often empty.
    pub reason: String,
    /// Whether all who get through are in nobody's files.
    pub is_assumed: bool,
}

impl Entry {
    /// The answer in a word or two.
    pub const fn word(&self) -> &'static str {
        word(self.state)
    }

    /// The sign before the word.
    pub const fn glyph(&self) -> &'static str {
        match self.state {
            State::Allowed => "✓",
            State::Denied => "✕",
            State::Partly => "◐",
            State::Unrestricted => "–",
            State::Depends => "?",
        }
    }
}

/// A short answer in a word or two.
pub const fn word(state: State) -> &'static str {
    match state {
        State::Allowed => "Allowed",
        State::Denied => "Denied",
        State::Partly => "Partly",
        State::Unrestricted => "Not restricted",
        State::Depends => "Depends",
    }
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
    /// Puts a scoreboard into words.
    pub fn of(analysis: &Analysis, scoreboard: &Scoreboard) -> Self {
        let cluster = &analysis.cluster;
        let direction = scoreboard.direction;
        let entry = |cell: &Cell, column| Entry {
            state: cell.state,
            reason: explain::reason(cluster, cell, column, direction),
            is_assumed: cell.rests_on_assumed(cluster),
        };
        let entries = |cells: &Cells| Column::ALL.map(|column| entry(cells.get(column), column));
        let mut namespaces: Vec<_> =
            cluster.policies().map(|(_, policy)| &policy.meta.name.namespace).collect();
        namespaces.dedup();
        let has_several = namespaces.len() > 1;
        let names = cluster.policies().map(|(_, policy)| policy.meta.name.name.as_str());
        let text = analysis.manifest.sources.first().map_or("", Source::text);
        let is_titled = lessons::is_of_the_article(text, &names.take(9).collect::<Vec<_>>());
        let row = |row: &netpol::Row| {
            let policy = cluster.policy(row.policy)?;
            Some(Row {
                key: policy.meta.name.to_string(),
                title: title(policy, has_several, is_titled),
                spec: explain::spec_line(policy, direction),
                elsewhere: policy.elsewhere(direction),
                entries: entries(&row.cells),
            })
        };
        let mut rows: Vec<Row> = scoreboard.rows.iter().filter_map(row).collect();
        // what is true of all is said once
        let elsewhere = rows.first().and_then(|row| row.elsewhere);
        let elsewhere = elsewhere.filter(|_| rows.iter().all(|row| row.elsewhere.is_some()));
        if elsewhere.is_some() {
            for row in &mut rows {
                row.elsewhere = None;
            }
        }
        Self {
            direction,
            rows,
            elsewhere,
            together: entries(&scoreboard.together),
            not_evaluated: explain::not_evaluated(&analysis.manifest).map(|text| sentence(&text)),
        }
    }

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// This one, from 0.
    Row(usize),
    /// The last one.
    Together,
}

impl Position {
    /// What the evaluator calls it.
    pub fn subject(self, scoreboard: &Scoreboard) -> Option<Subject> {
        match self {
            Self::Together => Some(Subject::Together),
            Self::Row(at) => scoreboard.rows.get(at).map(|row| Subject::Policy(row.policy)),
        }
    }
}

/// The row whose policy stands at a line of the policies.
pub fn row_at(analysis: &Analysis, scoreboard: &Scoreboard, line: usize) -> Option<usize> {
    (0..scoreboard.rows.len()).find(|row| {
        place_of_row(analysis, scoreboard, *row)
            .is_some_and(|place| place.tab == crate::place::Tab::Policies && place.contains(line))
    })
}

/// Where the policy of a row stands.
pub fn place_of_row(analysis: &Analysis, scoreboard: &Scoreboard, row: usize) -> Option<Place> {
    let policy = analysis.cluster.policy(scoreboard.rows.get(row)?.policy)?;
    Place::of_origin(analysis, policy.meta.origin.as_ref()?)
}

fn title(policy: &NetworkPolicy, has_several_namespaces: bool, is_titled: bool) -> String {
    let name = &policy.meta.name;
    if has_several_namespaces {
        return name.to_string();
    }
    let title = lessons::title(&name.name).filter(|_| is_titled);
    title.map_or_else(|| name.name.clone(), str::to_owned)
}
