//! Everything that is said about two texts, each with the edit that mends it.

use netpol::{
    Analysis, Diagnostic,
    lint::{self, Finding, Fix, Linted},
    repair,
};

/// What is said, and the edit that mends it.
pub(crate) type Said = (Diagnostic, Option<Fix>);

/// What was said while the texts were read.
pub(crate) fn read(analysis: &Analysis) -> Vec<Said> {
    let fix = |one: &Diagnostic| repair::fix(&analysis.manifest, one);
    analysis.diagnostics.iter().map(|one| (one.clone(), fix(one))).collect()
}

/// What is legal but surprising; not before what is wrong has been mended.
pub(crate) fn linted(analysis: &Analysis) -> Linted {
    if analysis.diagnostics.iter().any(Diagnostic::leaves_out) {
        Linted::default()
    } else {
        lint::linted(analysis)
    }
}

/// The same as what was said while the texts were read.
pub(crate) fn said(found: Vec<Finding>) -> Vec<Said> {
    found.into_iter().map(|found| (found.diagnostic, found.fix)).collect()
}
