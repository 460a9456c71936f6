//! Diagnostics → the lines of the Problems tab, and what is said above a table that is older than the text.

use netpol::{Analysis, Code, Diagnostic, Severity, Source};

use crate::place::{Place, Tab};

/// One thing that is said about a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// What it is, with `` `code` `` marks.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where.
    pub place: Place,
    /// The column that it begins in, from 1.
    pub column: usize,
}

impl Problem {
    /// Everything that is said about the texts of an analysis, errors first.
    pub fn all(analysis: &Analysis) -> Vec<Self> {
        // three passes and no sort: a sort of its own would add kilobytes to the page
        let of_severity = |severity| {
            let diagnostics = analysis.diagnostics.iter();
            let all = diagnostics.filter(move |diagnostic| diagnostic.severity() == severity);
            all.filter_map(|diagnostic| Self::of(analysis, diagnostic))
        };
        [Severity::Error, Severity::Warning, Severity::Note]
            .into_iter()
            .flat_map(of_severity)
            .collect()
    }

    /// The errors that keep the table from telling all: the policies and the cluster as far as they cannot be read.
    pub fn in_the_way(analysis: &Analysis) -> Vec<Self> {
        let diagnostics =
            analysis.diagnostics.iter().filter(|diagnostic| is_in_the_way(diagnostic));
        diagnostics.filter_map(|diagnostic| Self::of(analysis, diagnostic)).collect()
    }

    fn of(analysis: &Analysis, diagnostic: &Diagnostic) -> Option<Self> {
        let source: &Source = analysis.manifest.sources.get(diagnostic.source)?;
        let start = source.line_column(diagnostic.span.start);
        Some(Self {
            severity: diagnostic.severity(),
            message: diagnostic.to_string(),
            help: diagnostic.help.clone(),
            place: Place::line(Tab::of_source(diagnostic.source), start.line),
            column: start.column,
        })
    }
}

/// Whether the table would be another one without this fault. A `#?` line decides nothing.
pub fn is_in_the_way(diagnostic: &Diagnostic) -> bool {
    let is_about_expectation =
        matches!(diagnostic.code, Code::ExpectationSyntax | Code::ExpectationUnknownPod);
    diagnostic.is_error() && !is_about_expectation
}
