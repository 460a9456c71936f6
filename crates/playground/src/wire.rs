//! Values ⇄ lists of texts, the only thing that modules of the page hand each other.

use netpol::{
    Severity, Span,
    rewrite::{Edit, Rewrite},
};

use crate::{
    place::{Place, Tab},
    problem::SEVERITIES,
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

    /// All that is left.
    pub fn left(self) -> Vec<String> {
        self.0.collect()
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

    /// Lines.
    pub fn place(&mut self) -> Option<Place> {
        let tab = Tab::of_source(self.number()?);
        Some(Place { tab, first: self.number()?, last: self.number()? })
    }

    /// A severity.
    pub fn severity(&mut self) -> Option<Severity> {
        SEVERITIES.get(self.number()?).copied()
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

/// Lines, for [`Words::place`].
pub fn put_place(list: &mut Vec<String>, Place { tab, first, last }: Place) {
    let tab = usize::from(tab == Tab::Cluster);
    list.extend([tab, first, last].map(|number| number.to_string()));
}

/// A severity, for [`Words::severity`].
pub fn put_severity(list: &mut Vec<String>, severity: Severity) {
    let at = SEVERITIES.iter().position(|one| *one == severity);
    list.push(at.unwrap_or_default().to_string());
}
