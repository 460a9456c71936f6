//! The table in the forms that people and programs read. [`Table`] puts it into words, a row at a time; a form chooses marks
//! and layout.

mod json;
mod markdown;
mod text;

use netpol::{
    Analysis, Cell, Cells, Column, Direction, Manifest, NetworkPolicy, Row, Scoreboard, State,
    explain,
};

pub(crate) use json::json;
pub(crate) use markdown::markdown;
pub(crate) use text::{fold, text};

/// The column headings, from left to right.
const COLUMNS: [&str; 3] = ["Same namespace", "Cross namespace", "External"];
/// The name of the row that judges all policies at once.
const TOGETHER: &str = "All together";
/// How many bytes of a reason people are shown; programs get it as a whole, and the pods, addresses and ports besides.
const LONGEST: usize = 480;

/// The table of a direction.
pub(crate) struct Table<'a> {
    analysis: &'a Analysis,
    scoreboard: Scoreboard,
}

/// A row in words.
struct PolicyRow<'a> {
    /// `namespace/name`
    policy: String,
    /// The index of the YAML document within its file, from 0.
    document: usize,
    file: &'a str,
    /// What the rules say, in a line.
    from: String,
    cells: &'a Cells,
}

/// A cell in words.
struct Answer {
    state: State,
    /// Empty where the state says it all.
    reason: String,
}

impl<'a> Table<'a> {
    /// Computes it.
    pub(crate) fn of(analysis: &'a Analysis, direction: Direction) -> Self {
        Self { analysis, scoreboard: analysis.scoreboard(direction) }
    }

    const fn direction(&self) -> Direction {
        self.scoreboard.direction
    }

    fn rows(&self) -> impl Iterator<Item = PolicyRow<'_>> {
        self.scoreboard.rows.iter().filter_map(|Row { policy, cells }| {
            let policy = self.analysis.cluster.policy(*policy)?;
            let (file, document) = place(&self.analysis.manifest, policy);
            let from = explain::spec_line(policy, self.direction());
            Some(PolicyRow { policy: policy.meta.name.to_string(), document, file, from, cells })
        })
    }

    /// All policies at once.
    const fn together(&self) -> &Cells {
        &self.scoreboard.together
    }

    fn answer(&self, cell: &Cell, column: Column) -> Answer {
        let reason = explain::reason(&self.analysis.cluster, cell, column, self.direction());
        Answer { state: cell.state, reason }
    }

    /// The cells in words, from left to right.
    fn answers(&self, cells: &Cells) -> [Answer; 3] {
        Column::ALL.map(|column| self.answer(cells.get(column), column))
    }

    /// What the second column is called: the field that it sums up.
    const fn spec_heading(&self) -> &'static str {
        match self.direction() {
            Direction::Ingress => "From spec",
            Direction::Egress => "To spec",
        }
    }
}

/// The file of a policy, and the index of its document there.
fn place<'m>(manifest: &'m Manifest, policy: &NetworkPolicy) -> (&'m str, usize) {
    let document = policy.meta.origin.as_ref().and_then(|origin| manifest.document(origin));
    let Some(document) = document else { return ("", 0) };
    let file = manifest.sources.get(document.source).map_or("", |source| source.name());
    (file, document.index)
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
        let reason = shortened(&self.reason);
        if reason.is_empty() { word.to_owned() } else { format!("{word}: {reason}") }
    }
}

/// A list such as `TCP 80, 82, 84`, cut between two of its items where it is long, and how many more there are.
fn shortened(list: &str) -> String {
    if list.len() <= LONGEST {
        return list.to_owned();
    }
    let mut ends = list.match_indices([',', ';']).map(|(at, _)| at);
    let end = ends.by_ref().take_while(|at| *at <= LONGEST).last();
    match end.and_then(|end| list.get(..end)) {
        // the end that was looked at last is one more
        Some(shown) => format!("{shown} and {} more", ends.count() + 2),
        None => list.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_cut_between_two_items_and_the_rest_is_counted() {
        for count in [1, 90, 400, 8000] {
            let items: Vec<String> = (0..count).map(|n| (1000 + n).to_string()).collect();
            let list = items.join(", ");
            let shown = shortened(&list);
            if list.len() <= LONGEST {
                assert_eq!(shown, list);
                continue;
            }
            let (head, more) = shown.rsplit_once(" and ").unwrap();
            let more: usize = more.strip_suffix(" more").unwrap().parse().unwrap();
            assert_eq!(head.split(", ").count() + more, count);
            assert!(head.len() <= LONGEST && list.starts_with(head));
        }
        let word = "x".repeat(600);
        assert_eq!(shortened(&word), word);
    }
}
