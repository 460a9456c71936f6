//! The table for pull requests and wikis: GitHub's Markdown.

use netpol::State;

use super::{Answer, COLUMNS, TOGETHER, Table};

/// The table as Markdown.
pub(crate) fn markdown(table: &Table<'_>) -> String {
    let [same, cross, external] = COLUMNS;
    let mut lines = vec![
        line(&["Policy", table.spec_heading(), same, cross, external].map(str::to_owned)),
        line(&["---"; 5].map(str::to_owned)),
    ];
    for row in table.rows() {
        lines.push(answers(&row.policy, &row.from, &table.answers(row.cells)));
    }
    lines.push(answers(&format!("**{TOGETHER}**"), "", &table.answers(table.together())));
    lines.join("\n")
}

fn answers(name: &str, spec: &str, answers: &[Answer; 3]) -> String {
    let [same, cross, external] = answers.each_ref().map(cell);
    line(&[name.to_owned(), spec.to_owned(), same, cross, external])
}

fn line(cells: &[String; 5]) -> String {
    format!("| {} |", cells.each_ref().map(|cell| escaped(cell)).join(" | "))
}

fn cell(answer: &Answer) -> String {
    let mark = match answer.state {
        State::Allowed => "✅",
        State::Denied => "❌",
        State::Partly => "◐",
        State::Unrestricted => "–",
        State::Depends => "❔",
    };
    format!("{mark} {}", answer.words())
}

/// A `|` would end the cell, a line break the row, and a `<` could start HTML.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;").replace(['\r', '\n'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_break_the_table_is_escaped() {
        let cells = ["a|b", "<x>", "1\n2", "", ""].map(str::to_owned);
        assert_eq!(line(&cells), "| a\\|b | &lt;x> | 1 2 |  |  |");
    }
}
