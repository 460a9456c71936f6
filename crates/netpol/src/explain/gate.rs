//! A question that decides about a connection, its answer, the reason and the place.

use crate::field::Origin;

/// What comes after a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    /// The next gate.
    Next,
    /// The connection is let through.
    Allowed,
    /// Not here: another lane may still let it through.
    Denied,
}

/// A question that decides about a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// "From a namespace with `purpose=ml-ops`?"
    pub question: String,
    /// Yes or no.
    pub answer: bool,
    /// Why: "namespace `default` lacks `purpose=ml-ops`".
    pub because: String,
    /// The fields that ask.
    pub places: Vec<Origin>,
    /// What comes after yes.
    pub yes: Follows,
    /// What comes after no.
    pub no: Follows,
}

impl Gate {
    /// A gate in the middle of a lane.
    pub(super) fn new(
        question: String,
        answer: bool,
        because: String,
        place: Option<Origin>,
    ) -> Self {
        let places = place.into_iter().collect();
        Self { question, answer, because, places, yes: Follows::Next, no: Follows::Denied }
    }

    /// What follows the answer that was given.
    pub const fn follows(&self) -> Follows {
        if self.answer { self.yes } else { self.no }
    }
}
