//! Values that only the cluster knows, tried one after the other: a question about one is answered with yes and with no,
//! and everything that depends on it is asked again.

use std::cell::{Cell, RefCell};

/// The answers given so far, to be varied.
#[derive(Debug, Default)]
pub(crate) struct Choices {
    answers: RefCell<Vec<bool>>,
    asked: Cell<usize>,
}

impl Choices {
    /// Whether an unknown value is the one that is asked for. Each question is one for itself.
    pub(crate) fn choose(&self) -> bool {
        let at = self.asked.get();
        self.asked.set(at + 1);
        let mut answers = self.answers.borrow_mut();
        if at == answers.len() {
            answers.push(false);
        }
        answers[at]
    }

    /// Everything that comes out, whatever the values are.
    pub(crate) fn outcomes(ask: impl Fn(&Self) -> bool) -> [bool; 2] {
        let choices = Self::default();
        let mut seen = [false; 2];
        loop {
            choices.asked.set(0);
            seen[usize::from(ask(&choices))] = true;
            let mut answers = choices.answers.borrow_mut();
            answers.truncate(choices.asked.get());
            while answers.last() == Some(&true) {
                answers.pop();
            }
            match answers.last_mut() {
                Some(last) if seen != [true, true] => *last = true,
                _ => return seen,
            }
        }
    }
}
