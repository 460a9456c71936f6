//! Bytes → lines and columns.

use netpol::{LineColumn, Source};

/// A place in a text; everything counts from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    /// In characters, as people count.
    pub(crate) column: usize,
    /// In UTF-16 code units, as browsers and SARIF count.
    pub(crate) utf16_column: usize,
}

impl Place {
    /// The place of a byte; one past the end is the end.
    pub(crate) fn of(source: &Source, offset: usize) -> Self {
        let LineColumn { line, column } = source.line_column(offset);
        Self { line, column, utf16_column: source.utf16_column(offset) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_characters_and_utf16_units() {
        let source = Source::new("x", "a😀b\né\r\n");
        let at = |offset| Place::of(&source, offset);
        let place = |line, column, utf16_column| Place { line, column, utf16_column };
        assert_eq!(at(0), place(1, 1, 1));
        assert_eq!(at(5), place(1, 3, 4));
        assert_eq!(at(7), place(2, 1, 1));
        assert_eq!(at(11), place(3, 1, 1));
        assert_eq!(at(99), at(11));
    }
}
