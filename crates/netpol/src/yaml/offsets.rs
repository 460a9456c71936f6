//! Character positions of a parser → bytes of the text.

use crate::source::Span;

/// Where the characters that a parser was fed stand in the text.
pub(super) struct Offsets {
    base: usize,
    /// Bytes at the start that do not stand in the text.
    made_up: usize,
    /// `None` where every character is one byte.
    bytes: Option<Vec<usize>>,
    len: usize,
}

impl Offsets {
    /// Of what stands in the text from `base` on, after some bytes that do not stand there.
    pub(super) fn new(fed: &str, made_up: usize, base: usize) -> Self {
        let bytes = (!fed.is_ascii()).then(|| fed.char_indices().map(|(at, _)| at).collect());
        Self { base, made_up, bytes, len: fed.len() }
    }

    /// Of nothing.
    pub(super) const fn none() -> Self {
        Self { base: 0, made_up: 0, bytes: None, len: 0 }
    }

    /// The byte of a character; the end of the text for those behind it.
    pub(super) fn at(&self, character: usize) -> usize {
        let at = match &self.bytes {
            Some(bytes) => bytes.get(character).copied().unwrap_or(self.len),
            None => character.min(self.len),
        };
        self.base + at.saturating_sub(self.made_up)
    }

    /// The bytes between two characters.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.at(start), self.at(end))
    }
}
