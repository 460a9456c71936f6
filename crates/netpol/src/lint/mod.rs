//! Legal, but surprising: one file a lint. What each says, why, and what to write instead is its page
//! (`pages/<code>.md`); the API server would take all of it without a word.

mod linter;
mod selectors_ored;

use crate::{
    analysis::Analysis,
    diagnostic::{Diagnostic, MAX_DIAGNOSTICS},
    rewrite::Rewrite,
};

use linter::Linter;

/// What a lint found, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What and where.
    pub diagnostic: Diagnostic,
    /// An edit that mends it, where there is one that is surely meant.
    pub fix: Option<Fix>,
}

/// An edit that mends a finding; everything else in the text stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a button says it: "Add the DNS rule".
    pub title: String,
    /// The edit.
    pub rewrite: Rewrite,
}

/// A lint: looks at everything, says what it finds.
type Lint = fn(&Linter<'_>, &mut Vec<Finding>);

/// All lints.
const LINTS: &[Lint] = &[selectors_ored::lint];

/// Everything that is legal but surprising in the policies of an analysis, by place.
pub fn lints(analysis: &Analysis) -> Vec<Finding> {
    let linter = Linter::new(analysis);
    let mut found = Vec::new();
    for lint in LINTS {
        lint(&linter, &mut found);
    }
    found.sort_by_key(|Finding { diagnostic, .. }| (diagnostic.source, diagnostic.span.start));
    found.truncate(MAX_DIAGNOSTICS);
    found
}
