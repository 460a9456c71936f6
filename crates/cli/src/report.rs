//! Standard error: everything said about the input beside the answer itself, each thing once. Counts the errors; wording
//! and layout come from elsewhere.

use std::{
    collections::BTreeSet,
    io::{self, Write as _},
};

use netpol::{Severity, Source, Span};

use crate::{
    findings::{Finding, Folded, Layout},
    ink::Ink,
};

/// Says what is wrong, each thing once.
pub(crate) struct Report {
    layout: Layout,
    said: BTreeSet<String>,
    has_errors: bool,
}

impl Report {
    pub(crate) fn to_stderr() -> Self {
        let layout = Layout(Ink::of(&io::stderr()));
        Self { layout, said: BTreeSet::new(), has_errors: false }
    }

    pub(crate) const fn has_errors(&self) -> bool {
        self.has_errors
    }

    /// An error of the input as a whole.
    pub(crate) fn error(&mut self, message: &str, help: Option<&str>) {
        let text = self.layout.remark(Severity::Error, message, help);
        self.say(Severity::Error, text);
    }

    /// Something that is likely to be meant otherwise, and what to do about it.
    pub(crate) fn warning(&mut self, message: &str, help: Option<&str>) {
        let text = self.layout.remark(Severity::Warning, message, help);
        self.say(Severity::Warning, text);
    }

    pub(crate) fn note(&mut self, message: &str) {
        let text = self.layout.remark(Severity::Note, message, None);
        self.say(Severity::Note, text);
    }

    /// Something that is said of a place.
    pub(crate) fn placed(
        &mut self,
        severity: Severity,
        source: &Source,
        span: Span,
        message: &str,
        help: Option<&str>,
    ) {
        let text = self.layout.placed(severity, source, span, message, help);
        self.say(severity, text);
    }

    /// What the evaluator says of a file.
    pub(crate) fn finding(&mut self, finding: &Finding<'_>) {
        let text = self.layout.finding(finding);
        self.say(finding.diagnostic.severity(), text);
    }

    /// The same, with the places where it is to be said again.
    pub(crate) fn folded(&mut self, folded: &Folded<'_>) {
        let text = self.layout.folded(folded);
        self.say(folded.finding.diagnostic.severity(), text);
    }

    fn say(&mut self, severity: Severity, text: String) {
        self.has_errors |= severity == Severity::Error;
        if !self.said.contains(&text) {
            // nobody listens to standard error: then there is nobody to tell that either
            let _ = io::stderr().lock().write_all(text.as_bytes());
            self.said.insert(text);
        }
    }
}
