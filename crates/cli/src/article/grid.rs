//! A table as it stands in an article: words in rows, each with its place.

use netpol::Span;

/// How many rows of a table are looked at.
const MOST_ROWS: usize = 1000;

/// A table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Grid {
    /// Where it begins in the article.
    pub(crate) at: usize,
    /// The first row.
    pub(crate) headings: Vec<Words>,
    pub(crate) rows: Vec<Vec<Words>>,
}

/// The words of a cell.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) text: String,
    /// Where they stand in the article, white space left out.
    pub(crate) span: Span,
}

impl Grid {
    /// A table that begins at `at`.
    pub(crate) fn at(at: usize) -> Self {
        Self { at, ..Self::default() }
    }

    /// Takes the next row, be it the headings or another.
    pub(crate) fn add(&mut self, row: Vec<Words>) {
        if self.headings.is_empty() {
            self.headings = row;
        } else if !row.is_empty() && self.rows.len() < MOST_ROWS {
            self.rows.push(row);
        }
    }
}

impl Words {
    /// An empty cell at a place.
    pub(crate) fn at(at: usize) -> Self {
        Self { text: String::new(), span: Span::new(at, at) }
    }

    /// Adds a piece of text that stands there.
    pub(crate) fn push(&mut self, piece: &str, span: Span) {
        if piece.trim().is_empty() {
            self.text.push(' ');
            return;
        }
        let is_first = self.text.trim().is_empty();
        self.span = if is_first { span } else { self.span.to(span) };
        self.text.push_str(piece);
    }

    /// The text, its white space made plain.
    pub(crate) fn plain(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
