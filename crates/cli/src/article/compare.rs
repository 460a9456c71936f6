//! The table beside a block against the one that is true.

use netpol::Span;
use render::{Answer, Row, TOGETHER, Table};

use super::{
    blocks::Fault,
    claim::{Claim, NoClaim},
    grid::{Grid, Words},
};

/// How many names a help lists.
const MOST_NAMES: usize = 8;

/// How the two compare.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    /// How many cells say what is true.
    pub(crate) agreeing: usize,
    pub(crate) differing: Vec<Difference>,
    /// What cannot be compared.
    pub(crate) faults: Vec<Fault>,
    /// The policies that the article's table leaves out.
    pub(crate) left_out: Vec<String>,
}

/// A cell that says something else than what is true.
#[derive(Debug)]
pub(crate) struct Difference {
    /// Where in the article.
    pub(crate) span: Span,
    /// The row and the column as the article calls them.
    pub(crate) row: String,
    pub(crate) column: String,
    pub(crate) claimed: String,
    pub(crate) truth: String,
}

/// Compares them cell by cell.
pub(crate) fn compare(grid: &Grid, table: &Table) -> Comparison {
    let mut comparison = Comparison::default();
    let columns = Columns::of(&grid.headings);
    if columns.answers.is_empty() {
        let help = "call the columns `Same namespace`, `Cross namespace` and `External`, or put a heading between the two";
        let message = "the table beside the block has no column of the scoreboard";
        comparison.fault(Span::new(grid.at, grid.at), message, help);
        return comparison;
    }
    let mut seen = vec![false; table.rows.len()];
    for row in &grid.rows {
        comparison.row(row, grid, &columns, table, &mut seen);
    }
    let left_out = table.rows.iter().zip(&seen).filter(|(_, is_seen)| !**is_seen);
    comparison.left_out = left_out.map(|(row, _)| row.policy.clone()).collect();
    comparison
}

impl Comparison {
    fn row(
        &mut self,
        row: &[Words],
        grid: &Grid,
        columns: &Columns,
        table: &Table,
        seen: &mut [bool],
    ) {
        let at = row.first().map_or(Span::default(), |cell| cell.span);
        if row.len() != grid.headings.len() {
            let (cells, headings) = (row.len(), grid.headings.len());
            let message =
                format!("this row has {cells} cells, and the table has {headings} columns");
            self.fault(at, message, "give each column a cell of its own");
            return;
        }
        let name = columns.name.and_then(|name| row.get(name));
        let (shown, answers) = match find(name, grid, table) {
            Ok(Meant::Policy(at, row)) => {
                seen.get_mut(at).into_iter().for_each(|seen| *seen = true);
                (row.policy.as_str(), &row.answers)
            }
            Ok(Meant::Together) => (TOGETHER, &table.together),
            Err((message, help)) => {
                self.fault(name.map_or(at, |name| name.span), message, help);
                return;
            }
        };
        let shown =
            name.map(Words::plain).filter(|name| !name.is_empty()).unwrap_or(shown.to_owned());
        for (column, of_table) in &columns.answers {
            let heading = grid.headings.get(*column).map(Words::plain).unwrap_or_default();
            if let (Some(cell), Some(answer)) = (row.get(*column), answers.get(*of_table)) {
                self.cell(cell, answer, &shown, &heading);
            }
        }
    }

    fn cell(&mut self, cell: &Words, answer: &Answer, row: &str, column: &str) {
        let truth = format!("{} {}", answer.glyph(), answer.words());
        match Claim::of(&cell.text) {
            Ok(claim) if claim.agrees(answer) => self.agreeing += 1,
            Err(NoClaim::Nothing) => {}
            Ok(_) => self.differing.push(Difference {
                span: cell.span,
                row: row.to_owned(),
                column: column.to_owned(),
                claimed: cell.plain(),
                truth,
            }),
            Err(NoClaim::Unknown) => {
                let message =
                    format!("row `{row}`, column `{column}`: `{}` is no answer", cell.plain());
                self.fault(
                    cell.span,
                    message,
                    format!("begin it with ✅, ❌, ◐, – or ❔, or with the word; here: `{truth}`"),
                );
            }
            Err(NoClaim::Contradiction) => {
                let message = format!(
                    "row `{row}`, column `{column}`: the mark of `{}` says something else than its word",
                    cell.plain()
                );
                self.fault(cell.span, message, format!("write `{truth}`"));
            }
        }
    }

    fn fault(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault { span, message: message.into(), help: Some(help.into()) });
    }
}

/// Which columns of the article's table mean what.
#[derive(Debug, Default)]
struct Columns {
    /// Where the policies are named.
    name: Option<usize>,
    /// A column there, and the column of the scoreboard.
    answers: Vec<(usize, usize)>,
}

impl Columns {
    fn of(headings: &[Words]) -> Self {
        let mut columns = Self::default();
        for (at, heading) in headings.iter().enumerate() {
            let heading = key(&heading.text);
            let begins = |words: &[&str]| words.iter().any(|word| heading.starts_with(word));
            let of_table = [&["same"][..], &["cross", "other"], &["external", "outside"]]
                .iter()
                .position(|words| begins(words));
            let is_answer =
                of_table.filter(|of_table| columns.answers.iter().all(|(_, one)| one != of_table));
            if let Some(of_table) = is_answer {
                columns.answers.push((at, of_table));
            } else if columns.name.is_none() && !is_aside(&heading) {
                columns.name = Some(at);
            }
        }
        columns
    }
}

/// Whether a heading is that of numbers, or of what the rules say.
fn is_aside(heading: &str) -> bool {
    let is_spec = ["spec", "fromspec", "tospec", "thefrom", "theto"];
    matches!(heading, "" | "no" | "nr" | "number" | "from" | "to")
        || is_spec.iter().any(|word| heading.starts_with(word))
}

/// What a row is about.
enum Meant<'t> {
    Policy(usize, &'t Row),
    Together,
}

/// The row that is meant, else what is wrong and what to do about it.
fn find<'t>(
    name: Option<&Words>,
    grid: &Grid,
    table: &'t Table,
) -> Result<Meant<'t>, (String, String)> {
    let names = || {
        let names: Vec<_> =
            table.rows.iter().take(MOST_NAMES).map(|row| format!("`{}`", row.policy)).collect();
        let more = if table.rows.len() > MOST_NAMES { " and others" } else { "" };
        if names.is_empty() {
            "the block has no policy".to_owned()
        } else {
            format!("the block has {}{more}", names.join(", "))
        }
    };
    let Some(name) = name else {
        return match (table.rows.as_slice(), grid.rows.len()) {
            ([only], 1) => Ok(Meant::Policy(0, only)),
            _ => Err((
                "no column says which policy the row is about".to_owned(),
                format!("add a column `Policy`: {}", names()),
            )),
        };
    };
    let wanted = key(&name.text);
    let by = |is_meant: fn(&Row, &str) -> bool| {
        table.rows.iter().enumerate().filter(|(_, row)| is_meant(row, &wanted)).collect::<Vec<_>>()
    };
    let whole = by(|row, wanted| key(&row.policy) == wanted);
    let found = if whole.is_empty() { by(is_called) } else { whole };
    match found.as_slice() {
        [(at, row)] => Ok(Meant::Policy(*at, row)),
        [] if [key(TOGETHER).as_str(), "together", "all"].contains(&wanted.as_str()) => {
            Ok(Meant::Together)
        }
        [] => Err((format!("no policy of the block is called `{}`", name.plain()), names())),
        _ => Err((
            format!("several policies of the block are called `{}`", name.plain()),
            "write `namespace/name`".to_owned(),
        )),
    }
}

/// Whether a policy is called so without its namespace, or in the list of the built-in texts.
fn is_called(row: &Row, wanted: &str) -> bool {
    let bare = row.policy.rsplit('/').next().unwrap_or_default();
    key(bare) == wanted || lessons::title(bare).is_some_and(|title| key(title) == wanted)
}

/// Names that people take for the same: small letters and digits, and the mark between namespace and name.
fn key(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == '/').collect()
}
