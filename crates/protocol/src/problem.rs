//! What is said about the two texts, and the edits that mend it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::{Place, Tab};

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The API server refuses it.
    Error,
    /// It is taken, and probably not what was meant.
    Warning,
    /// Good to know.
    Note,
}

impl Severity {
    /// All of them, the gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];
}

/// `error`, `warning` or `note`.
impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// A place in a text: line and column from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LineColumn {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// `12:3`.
impl fmt::Display for LineColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// One thing that is said about a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What kind of thing; it has a page.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What it is, with `` `code` `` marks.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where.
    pub place: Place,
    /// Where exactly: from here…
    pub start: LineColumn,
    /// …to before here.
    pub end: LineColumn,
}

/// An edit of one of the texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewrite {
    /// Which text.
    pub tab: Tab,
    /// In the order of their places; none overlaps another.
    pub edits: Vec<Edit>,
}

/// What takes the place of a part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Where it begins, in bytes of the text.
    pub start: usize,
    /// Before where it ends.
    pub end: usize,
    /// What stands there then.
    pub text: String,
}

impl Rewrite {
    /// The text with its edits made; `None` where they are of another text.
    pub fn apply(&self, text: &str) -> Option<String> {
        let mut edited = String::with_capacity(text.len());
        let mut done = 0;
        for Edit { start, end, text: new } in &self.edits {
            edited.push_str(text.get(done..*start)?);
            edited.push_str(new);
            text.get(*start..*end)?;
            done = *end;
        }
        edited.push_str(text.get(done..)?);
        Some(edited)
    }

    /// The first line of a text that changes.
    pub fn first_line(&self, text: &str) -> usize {
        let start = self.edits.first().map_or(0, |edit| edit.start);
        1 + text.bytes().take(start).filter(|byte| *byte == b'\n').count()
    }
}

/// One `#?` line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// What is expected.
    pub text: String,
    /// Where it is written.
    pub place: Place,
    /// What is true instead, where it does not hold.
    pub contradiction: Option<String>,
    /// Whether it speaks of a pod that is in nobody's files.
    pub is_of_assumed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewrite(edits: &[(usize, usize, &str)]) -> Rewrite {
        let edit = |(start, end, text): &(usize, usize, &str)| Edit {
            start: *start,
            end: *end,
            text: (*text).to_owned(),
        };
        Rewrite { tab: Tab::Policies, edits: edits.iter().map(edit).collect() }
    }

    #[test]
    fn edits_are_made_in_order_and_the_rest_stays() {
        let edits = rewrite(&[(0, 1, "b"), (3, 3, "- "), (4, 6, "")]);
        assert_eq!(edits.apply("a: xyz\n").as_deref(), Some("b: - x\n"));
        assert_eq!(rewrite(&[(6, 6, "c")]).first_line("a\nb\ncd\n"), 3);
    }

    #[test]
    fn edits_of_another_text_are_not_made() {
        assert_eq!(rewrite(&[(3, 9, "")]).apply("a: b\n"), None);
        assert_eq!(rewrite(&[(1, 2, "")]).apply("ä"), None, "inside of a character");
    }
}
