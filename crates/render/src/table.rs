//! Scoreboard → words: the rows and cells that every form prints.

use netpol::{Analysis, Cell, Cells, Column, Direction, Scoreboard, State, explain};

/// The column headings, from left to right.
pub const COLUMNS: [&str; 3] = ["Same namespace", "Cross namespace", "External"];
/// The name of the row that judges all policies at once.
pub const TOGETHER: &str = "All together";
/// How many bytes of a reason people are shown; programs get it as a whole, and the pods, addresses and ports besides.
const LONGEST: usize = 480;

/// The table of a direction, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Who calls: others the selected pods (ingress), or they others (egress).
    pub direction: Direction,
    /// One row a policy, evaluated alone.
    pub rows: Vec<Row>,
    /// All policies at once, from left to right.
    pub together: [Answer; 3],
}

/// One policy, evaluated alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// `namespace/name`
    pub policy: String,
    /// What the rules say, in a line.
    pub spec: String,
    /// The cells, from left to right.
    pub answers: [Answer; 3],
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The short answer.
    pub state: State,
    /// Empty where the state says it all; where it is long, its last items are only counted.
    pub reason: String,
}

impl Table {
    /// Computes it.
    pub fn of(analysis: &Analysis, direction: Direction) -> Self {
        let cluster = &analysis.cluster;
        let Scoreboard { rows, together, .. } = analysis.scoreboard(direction);
        let answer = |cell: &Cell, column| Answer {
            state: cell.state,
            reason: shortened(explain::reason(cluster, cell, column, direction)),
        };
        let answers = |cells: &Cells| Column::ALL.map(|column| answer(cells.get(column), column));
        let row = |row: &netpol::Row| {
            let policy = cluster.policy(row.policy)?;
            Some(Row {
                policy: policy.meta.name.to_string(),
                spec: explain::spec_line(policy, direction),
                answers: answers(&row.cells),
            })
        };
        Self {
            direction,
            rows: rows.iter().filter_map(row).collect(),
            together: answers(&together),
        }
    }

    /// What the second column is called: the field that it sums up.
    pub const fn spec_heading(&self) -> &'static str {
        match self.direction {
            Direction::Ingress => "From spec",
            Direction::Egress => "To spec",
        }
    }

    /// What the table is about, in a sentence without its full stop.
    pub const fn caption(&self) -> &'static str {
        match self.direction {
            Direction::Ingress => "Who may connect to the pods that each policy selects",
            Direction::Egress => "Where the pods that each policy selects may connect to",
        }
    }

    /// The headings of all five columns.
    pub(crate) const fn headings(&self) -> [&'static str; 5] {
        let [same, cross, external] = COLUMNS;
        ["Policy", self.spec_heading(), same, cross, external]
    }
}

impl Answer {
    /// `Partly`
    pub const fn word(&self) -> &'static str {
        match self.state {
            State::Allowed => "Allowed",
            State::Denied => "Denied",
            State::Partly => "Partly",
            State::Unrestricted => "Not restricted",
            State::Depends => "Depends",
        }
    }

    /// The mark before the word.
    pub const fn glyph(&self) -> &'static str {
        match self.state {
            State::Allowed => "✓",
            State::Denied => "✕",
            State::Partly => "◐",
            State::Unrestricted => "–",
            State::Depends => "?",
        }
    }

    /// `Partly: ml-ops only`
    pub fn words(&self) -> String {
        let word = self.word();
        if self.reason.is_empty() { word.to_owned() } else { format!("{word}: {}", self.reason) }
    }
}

/// A list such as `TCP 80, 82, 84`, cut between two of its items where it is long, and how many more there are.
fn shortened(list: String) -> String {
    if list.len() <= LONGEST {
        return list;
    }
    let mut ends = list.match_indices([',', ';']).map(|(at, _)| at);
    let end = ends.by_ref().take_while(|at| *at <= LONGEST).last();
    match end.and_then(|end| list.get(..end)) {
        // the end that was looked at last is one more
        Some(shown) => format!("{shown} and {} more", ends.count() + 2),
        None => list,
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
            let shown = shortened(list.clone());
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
        assert_eq!(shortened(word.clone()), word);
    }
}
