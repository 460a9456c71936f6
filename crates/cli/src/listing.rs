//! A list of findings as people and programs get it, its summing-up, and the exit code that it comes to.

use std::{collections::BTreeSet, env};

use clap::ValueEnum;
use netpol::Severity;

use crate::{
    checked::{Checked, Looking},
    findings::{
        Allower, Finding, Layout, Run, Silenced, findings, folded, json, json_with_fixes, placed,
        sarif,
    },
    outcome::Outcome,
    printer::Printer,
    settings::Settings,
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
    /// What would be among them if nobody allowed it.
    silenced: Vec<(Finding<'a>, &'a Silenced)>,
}

impl<'a> Listing<'a> {
    /// Of what was read, with what could not be.
    pub(crate) fn of(checked: &'a Checked, faults: &'a [String]) -> Self {
        let mut said = BTreeSet::new();
        // a file that is given twice, as a cluster too, is spoken of once
        let mut is_new = |Finding { source, diagnostic, .. }: &Finding<'a>| {
            said.insert((source.name(), diagnostic.span, diagnostic.code, &diagnostic.message))
        };
        let found = placed(&checked.sources, &checked.remarks).filter(&mut is_new).collect();
        let diagnostics = checked.silenced.iter().map(|one| &one.diagnostic);
        let placed = findings(&checked.sources, diagnostics).zip(&checked.silenced);
        let silenced = placed.filter(|(finding, _)| is_new(finding)).collect();
        Self { checked, faults, found, silenced }
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
                let (directory, paths) = (directory.as_deref(), self.checked.paths.as_slice());
                let run = Run { directory, paths, faults: self.faults };
                printer.line(&sarif(&self.found, &self.silenced, run));
            }
        }
    }

    /// What it comes to.
    pub(crate) fn outcome(&self, denied: Option<Denied>, settings: &Settings) -> Outcome {
        let denies_warnings = settings.denies_warnings || matches!(denied, Some(Denied::Warnings));
        let has = |severity| self.found.iter().any(|one| one.diagnostic.severity() == severity);
        if has(Severity::Error) || !self.faults.is_empty() {
            Outcome::InputError
        } else if has(Severity::Warning) && denies_warnings {
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
        let files = amount(self.checked.files, "file");
        let rest = if self.faults.is_empty() { "" } else { "; not everything could be read" };
        format!("{found} in {files}{}{rest}", self.allowed())
    }

    /// `; 2 findings allowed by comments, 1 by --allow`
    fn allowed(&self) -> String {
        let by = |allower, name: &str| {
            let number = self.silenced.iter().filter(|(_, one)| one.by == allower).count();
            (number > 0).then(|| (number, format!("by {name}")))
        };
        let settings = self.checked.settings.as_deref().unwrap_or_default();
        let parts = [
            by(Allower::Comment, "comments"),
            by(Allower::Settings, settings),
            by(Allower::CommandLine, "--allow"),
        ];
        let mut parts = parts.into_iter().flatten();
        let Some((number, by)) = parts.next() else { return String::new() };
        let first = format!("; {} allowed {by}", amount(number, "finding"));
        parts.fold(first, |said, (number, by)| format!("{said}, {number} {by}"))
    }
}

/// `1 file`, `2 files`
fn amount(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
