//! A list of findings as people and programs get it, its summing-up, and the exit code that it comes to.

use std::{collections::BTreeSet, env};

use clap::ValueEnum;
use netpol::Severity;

use crate::{
    checked::{Checked, Looking},
    findings::{Finding, Layout, Run, folded, json, json_with_fixes, placed, sarif},
    outcome::Outcome,
    printer::Printer,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    Text,
    Json,
    Sarif,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Denied {
    Warnings,
}

/// All findings, each once.
pub(crate) struct Listing<'a> {
    checked: &'a Checked,
    faults: &'a [String],
    pub(crate) found: Vec<Finding<'a>>,
}

impl<'a> Listing<'a> {
    /// Of what was read, with what could not be.
    pub(crate) fn of(checked: &'a Checked, faults: &'a [String]) -> Self {
        let mut said = BTreeSet::new();
        let found = placed(&checked.sources, &checked.remarks)
            // a file that is given twice, as a cluster too, is spoken of once
            .filter(|Finding { source, diagnostic, .. }| {
                said.insert((source.name(), diagnostic.span, diagnostic.code, &diagnostic.message))
            })
            .collect();
        Self { checked, faults, found }
    }

    /// Prints it.
    pub(crate) fn print(&self, output: Output, looking: Looking, printer: &mut Printer) {
        match output {
            Output::Text => {
                let layout = Layout(printer.ink());
                for folded in folded(self.found.iter().copied()) {
                    printer.text(&layout.folded(&folded));
                }
                printer.line(&self.summary());
            }
            Output::Json if looking == Looking::ForLints => {
                printer.line(&json_with_fixes(&self.found));
            }
            Output::Json => printer.line(&json(&self.found)),
            Output::Sarif => {
                let directory = env::current_dir().ok();
                let run = Run { directory: directory.as_deref(), faults: self.faults };
                printer.line(&sarif(&self.found, run));
            }
        }
    }

    /// What it comes to.
    pub(crate) fn outcome(&self, denied: Option<Denied>) -> Outcome {
        let has = |severity| self.found.iter().any(|one| one.diagnostic.severity() == severity);
        if has(Severity::Error) || !self.faults.is_empty() {
            Outcome::InputError
        } else if has(Severity::Warning) && matches!(denied, Some(Denied::Warnings)) {
            Outcome::Failed
        } else {
            Outcome::Success
        }
    }

    /// `2 errors, 1 warning, 3 notes in 4 files`
    pub(crate) fn summary(&self) -> String {
        let of = |severity: Severity| {
            let number = self.found.iter().filter(|f| f.diagnostic.severity() == severity).count();
            (number > 0).then(|| amount(number, &severity.to_string()))
        };
        let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
            .into_iter()
            .filter_map(of)
            .collect();
        let found = if parts.is_empty() { "no problems".to_owned() } else { parts.join(", ") };
        let files = amount(self.checked.sources.len(), "file");
        let rest = if self.faults.is_empty() { "" } else { "; not everything could be read" };
        format!("{found} in {files}{rest}")
    }
}

/// `1 file`, `2 files`
fn amount(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
