//! Values ⇄ lists of texts, the only thing that modules of the page hand each other.

use netpol::{
    Span,
    rewrite::{Edit, Rewrite},
};

/// A list that is read from its beginning.
pub struct Words(std::vec::IntoIter<String>);

impl Words {
    /// Reads a list.
    pub fn of(list: Vec<String>) -> Self {
        Self(list.into_iter())
    }

    /// The next text; `None` at the end.
    pub fn text(&mut self) -> Option<String> {
        self.0.next()
    }

    /// The next text, as a number.
    pub fn number(&mut self) -> Option<usize> {
        self.text()?.parse().ok()
    }

    /// As many values as the next text says.
    pub fn many<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        (0..count).map(|_| one(self)).collect()
    }

    /// Values until the list ends, or cannot be read.
    pub fn rest<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Vec<T> {
        std::iter::from_fn(|| one(self)).collect()
    }

    /// An edit.
    pub fn rewrite(&mut self) -> Option<Rewrite> {
        let source = self.number()?;
        let edit = |words: &mut Self| {
            let span = Span::new(words.number()?, words.number()?);
            Some(Edit { span, text: words.text()? })
        };
        Some(Rewrite { source, edits: self.many(edit)? })
    }
}

/// An edit, for [`Words::rewrite`].
pub fn put_rewrite(list: &mut Vec<String>, rewrite: Rewrite) {
    list.push(rewrite.source.to_string());
    list.push(rewrite.edits.len().to_string());
    for Edit { span, text } in rewrite.edits {
        list.extend([span.start.to_string(), span.end.to_string(), text]);
    }
}
