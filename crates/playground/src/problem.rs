//! Diagnostics and lints → the lines of the problems list, and what is said above a table that is older than the text.

use netpol::{Analysis, Code, Diagnostic, LineColumn, Severity, Source};

use crate::place::{Place, Tab};

/// All severities, the gravest first.
pub const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// One thing that is said about a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What kind of thing; it has a page.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// What it is, with `` `code` `` marks.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where.
    pub place: Place,
    /// Where exactly: from here…
    pub start: LineColumn,
    /// …to before here.
    pub end: LineColumn,
}

impl Problem {
    /// Everything that was said while the texts were read, by place.
    pub fn all(analysis: &Analysis) -> Vec<Self> {
        let diagnostics = analysis.diagnostics.iter();
        diagnostics.filter_map(|diagnostic| Self::of(analysis, diagnostic)).collect()
    }

    /// The errors that keep the table from telling all: the policies and the cluster as far as they cannot be read.
    pub fn in_the_way(analysis: &Analysis) -> Vec<Self> {
        let diagnostics = analysis.diagnostics.iter().filter(|one| one.leaves_out());
        diagnostics.filter_map(|diagnostic| Self::of(analysis, diagnostic)).collect()
    }

    /// How much it matters.
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// A diagnostic or a lint of these texts.
    pub fn of(analysis: &Analysis, diagnostic: &Diagnostic) -> Option<Self> {
        let source: &Source = analysis.manifest.sources.get(diagnostic.source)?;
        let start = source.line_column(diagnostic.span.start);
        Some(Self {
            code: diagnostic.code,
            severity: diagnostic.severity(),
            message: diagnostic.to_string(),
            help: diagnostic.help.clone(),
            place: Place::line(Tab::of_source(diagnostic.source), start.line),
            start,
            end: source.line_column(diagnostic.span.end),
        })
    }
}
