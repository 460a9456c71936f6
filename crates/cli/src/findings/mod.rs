//! What was found in the files, each with its place, in the forms that people and programs read. The wording is the
//! core's; a form chooses marks and layout.

mod fold;
mod json;
mod layout;
mod place;
mod sarif;
mod silenced;
mod uri;

use netpol::{
    Diagnostic, Source,
    lint::{Finding as Remark, Fix},
};

pub(crate) use fold::{Folded, folded};
pub(crate) use json::{json, json_with_fixes};
pub(crate) use layout::Layout;
pub(crate) use place::Place;
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

/// Puts diagnostics beside their sources.
pub(crate) fn findings<'a>(
    sources: &'a [Source],
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
) -> impl Iterator<Item = Finding<'a>> {
    placed_in(sources, diagnostics.into_iter().map(|diagnostic| (diagnostic, None)))
}

/// Puts what was said beside the sources, and the fixes with it.
pub(crate) fn placed<'a>(
    sources: &'a [Source],
    remarks: &'a [Remark],
) -> impl Iterator<Item = Finding<'a>> {
    placed_in(sources, remarks.iter().map(|Remark { diagnostic, fix }| (diagnostic, fix.as_ref())))
}

fn placed_in<'a>(
    sources: &'a [Source],
    said: impl Iterator<Item = (&'a Diagnostic, Option<&'a Fix>)>,
) -> impl Iterator<Item = Finding<'a>> {
    said.filter_map(move |(diagnostic, fix)| {
        let source = sources.get(diagnostic.source)?;
        let place = |offset| Place::of(source, offset);
        let (start, end) = (place(diagnostic.span.start), place(diagnostic.span.end));
        let fix = fix.filter(|fix| fix.rewrite.source == diagnostic.source);
        Some(Finding { diagnostic, source, start, end, fix })
    })
}
