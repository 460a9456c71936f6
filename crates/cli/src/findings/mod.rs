//! What was found in the files, each with its place, in the forms that people and programs read. The wording is the
//! core's; a form chooses marks and layout.

mod fold;
mod json;
mod layout;
mod ruler;
mod sarif;
mod silenced;
mod uri;

use std::collections::BTreeMap;

use netpol::{
    Diagnostic, Source,
    lint::{Finding as Remark, Fix},
};

pub(crate) use fold::{Folded, folded};
pub(crate) use json::{json, json_with_fixes};
pub(crate) use layout::Layout;
pub(crate) use ruler::{Place, Ruler};
pub(crate) use sarif::{Run, sarif};
pub(crate) use silenced::{Allower, Silenced};

/// A diagnostic, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finding<'a> {
    pub(crate) diagnostic: &'a Diagnostic,
    pub(crate) source: &'a Source,
    pub(crate) start: Place,
    /// The place after the last character.
    pub(crate) end: Place,
    /// An edit of this source that mends it.
    pub(crate) fix: Option<&'a Fix>,
}

/// A source that is asked for many places.
pub(crate) struct Measured<'a> {
    pub(crate) source: &'a Source,
    ruler: Ruler<'a>,
}

impl<'a> Measured<'a> {
    /// Measures it.
    pub(crate) fn of(source: &'a Source) -> Self {
        Self { source, ruler: Ruler::of(source.text()) }
    }
}

/// Puts diagnostics beside their sources.
pub(crate) fn findings<'a>(
    sources: &'a [Source],
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
) -> impl Iterator<Item = Finding<'a>> {
    measured(sources, diagnostics.into_iter().map(|diagnostic| (diagnostic, None)))
}

/// Puts what was said beside the sources, and the fixes with it.
pub(crate) fn placed<'a>(
    sources: &'a [Source],
    remarks: &'a [Remark],
) -> impl Iterator<Item = Finding<'a>> {
    measured(sources, remarks.iter().map(|Remark { diagnostic, fix }| (diagnostic, fix.as_ref())))
}

/// Each source is measured once, and only if something was found in it.
fn measured<'a>(
    sources: &'a [Source],
    said: impl Iterator<Item = (&'a Diagnostic, Option<&'a Fix>)>,
) -> impl Iterator<Item = Finding<'a>> {
    let mut rulers = BTreeMap::new();
    said.filter_map(move |(diagnostic, fix)| {
        let source = sources.get(diagnostic.source)?;
        let ruler = rulers.entry(diagnostic.source).or_insert_with(|| Ruler::of(source.text()));
        let start = ruler.place(diagnostic.span.start);
        let end = ruler.place(diagnostic.span.end);
        let fix = fix.filter(|fix| fix.rewrite.source == diagnostic.source);
        Some(Finding { diagnostic, source, start, end, fix })
    })
}
