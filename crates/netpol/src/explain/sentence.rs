//! What explanations are made of: a sentence and the places in the YAML that it speaks of.

use crate::field::Origin;

/// A sentence, the places that it speaks of, and what it is made up of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The text, with `` `code` `` and `**strong**` marks.
    pub text: String,
    /// Fields of the YAML.
    pub places: Vec<Origin>,
    /// One after the other, what the sentence sums up: rules, items, policies. Mostly empty.
    pub details: Vec<Self>,
}

impl Sentence {
    /// A sentence about some places.
    pub const fn new(text: String, places: Vec<Origin>) -> Self {
        Self { text, places, details: Vec::new() }
    }

    /// A sentence about no place.
    pub const fn plain(text: String) -> Self {
        Self::new(text, Vec::new())
    }

    /// Its places and those of its details.
    pub fn all_places(&self) -> Vec<&Origin> {
        let own = self.places.iter();
        own.chain(self.details.iter().flat_map(Self::all_places)).collect()
    }
}
