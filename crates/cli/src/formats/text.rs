//! The table for people: aligned columns, and in a terminal colours and folded cells. A cell is a mark and a word, so
//! that nothing depends on colour.

use anstyle::Style;
use netpol::{Direction, State};

use super::{Answer, COLUMNS, TOGETHER, Table};
use crate::ink::{BLUE, BOLD, DIM, Ink, RED, YELLOW, harmless, width};

/// Where the words of a cell are folded in a terminal.
const WIDEST: usize = 38;
/// What parts two columns.
const GAP: &str = "  ";

/// The table as text; `folds` where long cells should become several lines.
pub(crate) fn text(table: &Table<'_>, ink: Ink, folds: bool) -> String {
    let widest = if folds { WIDEST } else { usize::MAX };
    let heading = match table.direction() {
        Direction::Ingress => "Ingress: who may connect to the selected pods",
        Direction::Egress => "Egress: whom the selected pods may connect to",
    };
    let [same, cross, external] = COLUMNS;
    let headings = ["Policy", table.spec_heading(), same, cross, external];
    let mut rows = vec![headings.map(|heading| Words::new(heading, BOLD, widest))];
    for row in table.rows() {
        let [same, cross, external] = table.answers(row.cells).map(|answer| cell(&answer, widest));
        let name = Words::new(&row.policy, BOLD, usize::MAX);
        rows.push([name, Words::new(&row.from, Style::new(), widest), same, cross, external]);
    }
    let [same, cross, external] =
        table.answers(table.together()).map(|answer| cell(&answer, widest));
    let name = Words::new(TOGETHER, BOLD, widest);
    rows.push([name, Words::new("", Style::new(), widest), same, cross, external]);
    format!("{}\n\n{}", ink.paint(BOLD, heading), layout(&rows, ink))
}

/// The words of a cell, folded.
struct Words {
    lines: Vec<String>,
    style: Style,
}

impl Words {
    fn new(text: &str, style: Style, widest: usize) -> Self {
        Self { lines: fold(&harmless(text), widest), style }
    }

    fn width(&self) -> usize {
        self.lines.iter().map(|line| width(line)).max().unwrap_or(0)
    }
}

fn cell(answer: &Answer, widest: usize) -> Words {
    let (mark, style) = match answer.state {
        State::Allowed => ("✓", BLUE),
        State::Denied => ("✕", RED),
        State::Partly => ("◐", YELLOW),
        State::Unrestricted => ("–", DIM),
        State::Depends => ("?", YELLOW),
    };
    let mut words = Words::new(&answer.words(), style, widest);
    // what is folded stands below the words, not below the mark
    let marks = std::iter::once(mark).chain(std::iter::repeat(" "));
    words.lines =
        words.lines.iter().zip(marks).map(|(line, mark)| format!("{mark} {line}")).collect();
    words
}

/// Parts a text between words, so that no line is wider unless a word is.
pub(crate) fn fold(text: &str, widest: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut taken) = (String::new(), 0);
    for word in text.split(' ') {
        let wide = width(word);
        if !line.is_empty() && taken + 1 + wide > widest {
            lines.push(std::mem::take(&mut line));
            taken = 0;
        } else if !line.is_empty() {
            line.push(' ');
            taken += 1;
        }
        line.push_str(word);
        taken += wide;
    }
    lines.push(line);
    lines
}

fn layout<const N: usize>(rows: &[[Words; N]], ink: Ink) -> String {
    let widths: Vec<usize> = (0..N)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(Words::width).max().unwrap_or(0))
        .collect();
    let mut lines = Vec::new();
    for row in rows {
        let height = row.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        for at in 0..height {
            lines.push(line(row, at, &widths, ink));
        }
    }
    lines.join("\n")
}

/// The line of a row at `at`. Its end is not filled up, so that it can be copied without blanks.
fn line(row: &[Words], at: usize, widths: &[usize], ink: Ink) -> String {
    let (mut line, mut owed) = (String::new(), 0);
    for (cell, column) in row.iter().zip(widths) {
        let text = cell.lines.get(at).map_or("", String::as_str);
        if !text.is_empty() {
            line.push_str(&" ".repeat(owed));
            line.push_str(&ink.paint(cell.style, text));
            owed = 0;
        }
        owed += column - width(text).min(*column) + GAP.len();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_between_words_only() {
        assert_eq!(fold("one two three", 7), ["one two", "three"]);
        assert_eq!(fold("a-very-long-word b", 5), ["a-very-long-word", "b"]);
        assert_eq!(fold("", 5), [""]);
        assert_eq!(fold("one two", usize::MAX), ["one two"]);
    }
}
