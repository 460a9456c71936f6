//! Everything that is said about two texts, each with the edit that mends it.

use netpol::{
    Analysis, Diagnostic,
    lint::{Finding, Fix},
    repair,
};

/// What is said, and the edit that mends it.
pub(crate) type Said = (Diagnostic, Option<Fix>);

/// What was said while the texts were read.
pub(crate) fn read(analysis: &Analysis) -> Vec<Said> {
    let fix = |one: &Diagnostic| repair::fix(&analysis.manifest, one);
    analysis.diagnostics.iter().map(|one| (one.clone(), fix(one))).collect()
}

/// The same as what was said while the texts were read.
pub(crate) fn said(found: &[Finding]) -> Vec<Said> {
    found.iter().map(|found| (found.diagnostic.clone(), found.fix.clone())).collect()
}
