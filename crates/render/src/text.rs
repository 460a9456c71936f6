//! The table in aligned columns. A cell is a mark and a word, so that nothing depends on colour; whoever has colours paints
//! the words.

use std::borrow::Cow;

use netpol::{Direction, State};

use crate::{
    plain::{fold, harmless, width},
    table::{Answer, TOGETHER, Table},
};

/// Where the words of a cell are folded for people.
const WIDEST: usize = 38;
/// What parts two columns.
const GAP: &str = "  ";

/// What is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Headings and names.
    Strong,
    /// Nothing but words.
    Plain,
    /// A cell.
    State(State),
}

/// The table as text without any colour, long cells folded: for comments, chats and commit messages.
pub fn ascii(table: &Table) -> String {
    text(table, true, &|_, words| Cow::Borrowed(words))
}

/// The table as text; `folds` where long cells should become several lines. The painter must not change how wide its words are.
pub fn text(table: &Table, folds: bool, paint: &dyn Fn(Tone, &str) -> Cow<'_, str>) -> String {
    let widest = if folds { WIDEST } else { usize::MAX };
    let heading = match table.direction {
        Direction::Ingress => "Ingress: who may connect to the selected pods",
        Direction::Egress => "Egress: whom the selected pods may connect to",
    };
    let mut rows = vec![table.headings().map(|heading| Words::new(heading, Tone::Strong, widest))];
    let mut add = |name: Words, spec: &str, answers: &[Answer; 3]| {
        let [same, cross, external] = answers.each_ref().map(|answer| cell(answer, widest));
        rows.push([name, Words::new(spec, Tone::Plain, widest), same, cross, external]);
    };
    for row in &table.rows {
        add(Words::new(&row.policy, Tone::Strong, usize::MAX), &row.spec, &row.answers);
    }
    add(Words::new(TOGETHER, Tone::Strong, widest), "", &table.together);
    format!("{}\n\n{}", paint(Tone::Strong, heading), layout(&rows, paint))
}

/// The words of a cell, folded.
struct Words {
    lines: Vec<String>,
    tone: Tone,
}

impl Words {
    fn new(text: &str, tone: Tone, widest: usize) -> Self {
        Self { lines: fold(&harmless(text), widest), tone }
    }

    fn width(&self) -> usize {
        self.lines.iter().map(|line| width(line)).max().unwrap_or(0)
    }
}

fn cell(answer: &Answer, widest: usize) -> Words {
    let mut words = Words::new(&answer.words(), Tone::State(answer.state), widest);
    // what is folded stands below the words, not below the mark
    let marks = std::iter::once(answer.glyph()).chain(std::iter::repeat(" "));
    words.lines =
        words.lines.iter().zip(marks).map(|(line, mark)| format!("{mark} {line}")).collect();
    words
}

fn layout<const N: usize>(
    rows: &[[Words; N]],
    paint: &dyn Fn(Tone, &str) -> Cow<'_, str>,
) -> String {
    let widths: Vec<usize> = (0..N)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(Words::width).max().unwrap_or(0))
        .collect();
    let mut lines = Vec::new();
    for row in rows {
        let height = row.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        for at in 0..height {
            lines.push(line(row, at, &widths, paint));
        }
    }
    lines.join("\n")
}

/// The line of a row at `at`. Its end is not filled up, so that it can be copied without blanks.
fn line(
    row: &[Words],
    at: usize,
    widths: &[usize],
    paint: &dyn Fn(Tone, &str) -> Cow<'_, str>,
) -> String {
    let (mut line, mut owed) = (String::new(), 0);
    for (cell, column) in row.iter().zip(widths) {
        let text = cell.lines.get(at).map_or("", String::as_str);
        if !text.is_empty() {
            line.push_str(&" ".repeat(owed));
            line.push_str(&paint(cell.tone, text));
            owed = 0;
        }
        owed += column - width(text).min(*column) + GAP.len();
    }
    line
}
