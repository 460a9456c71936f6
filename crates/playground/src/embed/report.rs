//! What the page around the frame is told of the table, in lists of words; web/embed/frame.js makes messages of them.

use protocol::{Entry, Expectation, Table, View};

/// What there is to see.
pub struct Report<'r> {
    /// The table.
    pub table: &'r Table,
    /// The text as it is now; the table may be that of a moment before.
    pub current: &'r View,
    /// Its `#?` lines.
    pub expectations: &'r [Expectation],
}

impl Report<'_> {
    /// `result`, the direction, how many problems, how many expectations hold and fail, the last row, then each row with
    /// its name before it.
    pub fn words(&self) -> Vec<String> {
        let (held, failed) = self.tally();
        let mut words = vec!["result".to_owned(), self.table.direction.to_string()];
        words.extend([self.current.problems.len(), held, failed].map(|count| count.to_string()));
        words.extend(answers(&self.table.together));
        for row in &self.table.rows {
            words.push(row.key.clone());
            words.extend(answers(&row.entries));
        }
        words
    }

    /// Whether the text expects something, and all that it expects holds.
    pub fn is_solved(&self) -> bool {
        !self.current.has_errors() && matches!(self.tally(), (1.., 0))
    }

    fn tally(&self) -> (usize, usize) {
        let held = self.expectations.iter().filter(|one| one.contradiction.is_none()).count();
        (held, self.expectations.len() - held)
    }
}

fn answers(entries: &[Entry; 3]) -> impl Iterator<Item = String> + '_ {
    entries.iter().map(|entry| entry.state.as_str().to_owned())
}
