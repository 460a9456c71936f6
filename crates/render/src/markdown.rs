//! The table for pull requests, wikis and articles: GitHub's Markdown.

use netpol::State;

use crate::{
    harmless,
    table::{Answer, TOGETHER, Table},
};

/// The table as Markdown.
pub fn markdown(table: &Table) -> String {
    let mut lines = vec![line(&table.headings()), line(&["---"; 5])];
    for row in &table.rows {
        lines.push(answers(&escaped(&row.policy), &escaped(&row.spec), &row.answers));
    }
    lines.push(answers(&format!("**{TOGETHER}**"), "", &table.together));
    lines.join("\n")
}

fn answers(name: &str, spec: &str, answers: &[Answer; 3]) -> String {
    let [same, cross, external] = answers.each_ref().map(cell);
    line(&[name, spec, &same, &cross, &external])
}

fn line(cells: &[&str; 5]) -> String {
    format!("| {} |", cells.join(" | "))
}

fn cell(answer: &Answer) -> String {
    let mark = match answer.state {
        State::Allowed => "✅",
        State::Denied => "❌",
        State::Partly => "◐",
        State::Unrestricted => "–",
        State::Depends => "❔",
    };
    format!("{mark} {}", escaped(&answer.words()))
}

/// A `|` would end the cell and a line break the row; the others could start something that is not text. A bracket does so
/// only before another one.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for c in harmless(text).chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '|' | '~' | '$' => safe.extend(['\\', c]),
            '(' | '[' if before == ']' => safe.extend(['\\', c]),
            _ => safe.push(c),
        }
        before = c;
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_break_the_table_is_escaped() {
        assert_eq!(escaped("a|b"), "a\\|b");
        assert_eq!(escaped("<x>"), "&lt;x>");
        assert_eq!(escaped("1\n2"), "1\\\\n2");
        assert_eq!(escaped("[a](b)"), "[a]\\(b)");
        assert_eq!(escaped("ingress: [{}]"), "ingress: [{}]");
    }
}
