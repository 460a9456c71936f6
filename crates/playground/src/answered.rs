//! The table with the question that it answers, so that what is shown can be told from what is asked.

use protocol::{Opened, Table, Texts, View, ViewQuestion};

/// A question for the table, and its answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Answered {
    /// What was asked.
    pub question: ViewQuestion,
    /// What is to be seen.
    pub view: View,
}

impl Answered {
    /// What came with the texts.
    pub fn of(opened: &Opened) -> Self {
        let Opened { texts, direction, open, view, .. } = opened;
        let question =
            ViewQuestion { texts: texts.clone(), direction: *direction, open: open.clone() };
        Self { question, view: view.clone() }
    }

    /// The texts that were asked about.
    pub const fn texts(&self) -> &Texts {
        &self.question.texts
    }

    /// The table.
    pub const fn table(&self) -> &Table {
        &self.view.table
    }
}
