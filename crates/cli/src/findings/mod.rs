//! What was found in the files, each with its place, in the forms that people and programs read. The wording is the
//! core's; a form chooses marks and layout.

mod fold;
mod json;
mod layout;
mod ruler;
mod sarif;
mod uri;

use std::collections::BTreeMap;

use netpol::{Diagnostic, Source};

pub(crate) use fold::{Folded, folded};
pub(crate) use json::json;
pub(crate) use layout::Layout;
pub(crate) use ruler::{Place, Ruler};
pub(crate) use sarif::{Run, sarif};

/// A diagnostic, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finding<'a> {
    pub(crate) diagnostic: &'a Diagnostic,
    pub(crate) source: &'a Source,
    pub(crate) start: Place,
    /// The place after the last character.
    pub(crate) end: Place,
}

/// Puts diagnostics beside their sources. Each source is measured once, and only if something was found in it.
pub(crate) fn findings<'a>(
    sources: &'a [Source],
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
) -> impl Iterator<Item = Finding<'a>> {
    let mut rulers = BTreeMap::new();
    diagnostics.into_iter().filter_map(move |diagnostic| {
        let source = sources.get(diagnostic.source)?;
        let ruler = rulers.entry(diagnostic.source).or_insert_with(|| Ruler::of(source.text()));
        let start = ruler.place(diagnostic.span.start);
        let end = ruler.place(diagnostic.span.end);
        Some(Finding { diagnostic, source, start, end })
    })
}
