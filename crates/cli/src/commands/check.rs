//! `netpol check`: everything that is wrong with the files, or worth knowing about them, as one set.

use std::{collections::BTreeSet, env};

use clap::{Args, ValueEnum};
use netpol::{Analysis, Diagnostic, Inputs, Severity, Source, Witnesses};

use crate::{
    args::Files,
    files::{Reader, Unread},
    findings::{Finding, Layout, Run, findings, folded, json, sarif},
    outcome::Outcome,
    printer::Printer,
    report::Report,
};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    files: Files,
    /// The form of the list
    #[arg(long, short, value_enum, default_value = "text")]
    output: Output,
    /// What makes the exit code 1
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Denied>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Output {
    Text,
    Json,
    Sarif,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Denied {
    Warnings,
}

/// All that was read, and all that was said of it.
#[derive(Debug, Default)]
struct Checked {
    sources: Vec<Source>,
    diagnostics: Vec<Diagnostic>,
    /// What could not be read, in words.
    faults: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments, printer: &mut Printer, report: &mut Report) -> Outcome {
    let checked = check(&arguments.files, report);
    let mut said = BTreeSet::new();
    let found: Vec<Finding<'_>> = findings(&checked.sources, &checked.diagnostics)
        // a file that is given twice, as a cluster too, is spoken of once
        .filter(|Finding { source, diagnostic, .. }| {
            said.insert((source.name(), diagnostic.span, diagnostic.code, &diagnostic.message))
        })
        .collect();
    match arguments.output {
        Output::Text => {
            let layout = Layout(printer.ink());
            for folded in folded(found.iter().copied()) {
                printer.text(&layout.folded(&folded));
            }
            printer.line(&summary(&checked, &found));
        }
        Output::Json => printer.line(&json(&found)),
        Output::Sarif => {
            let directory = env::current_dir().ok();
            let run = Run { directory: directory.as_deref(), faults: &checked.faults };
            printer.line(&sarif(&found, run));
        }
    }
    let has = |severity| found.iter().any(|finding| finding.diagnostic.severity() == severity);
    if has(Severity::Error) || !checked.faults.is_empty() {
        Outcome::InputError
    } else if has(Severity::Warning) && matches!(arguments.deny, Some(Denied::Warnings)) {
        Outcome::Failed
    } else {
        Outcome::Success
    }
}

/// Reads the files and judges them; what the system does not hand over is an error of its own.
fn check(files: &Files, report: &mut Report) -> Checked {
    let mut reader = Reader::default();
    let mut checked = Checked::default();
    let mut refused = Vec::new();
    let [cluster, text] = [&files.cluster, &files.files].map(|paths| {
        let mut texts = Vec::new();
        for text in reader.try_read(paths) {
            match text {
                Ok(text) => texts.push(text),
                Err(Unread::NoText { shown, diagnostic }) => refused.push((shown, diagnostic)),
                Err(Unread::Fault { message, help }) => {
                    report.error(&message, help);
                    checked.faults.push(message);
                }
            }
        }
        texts
    });
    let own = text.len() + cluster.len();
    let analysis = Analysis::of(Inputs {
        text,
        cluster,
        fallback: vec![Source::new("built-in cluster", lessons::CLUSTER)],
        witnesses: Witnesses::AddUnlessPods,
    });
    checked.sources = analysis.manifest.sources;
    checked.sources.truncate(own);
    checked.diagnostics = analysis.diagnostics;
    checked.diagnostics.retain(|diagnostic| diagnostic.source < own);
    for (shown, diagnostic) in refused {
        checked.diagnostics.push(Diagnostic { source: checked.sources.len(), ..*diagnostic });
        checked.sources.push(shown);
    }
    checked
}

/// `2 errors, 1 warning, 3 notes in 4 files`
fn summary(checked: &Checked, found: &[Finding<'_>]) -> String {
    let amount = |number: usize, what: &str| {
        format!("{number} {what}{}", if number == 1 { "" } else { "s" })
    };
    let of = |severity: Severity| {
        let number = found.iter().filter(|f| f.diagnostic.severity() == severity).count();
        (number > 0).then(|| amount(number, &severity.to_string()))
    };
    let parts: Vec<String> =
        [Severity::Error, Severity::Warning, Severity::Note].into_iter().filter_map(of).collect();
    let found = if parts.is_empty() { "no problems".to_owned() } else { parts.join(", ") };
    let files = amount(checked.sources.len(), "file");
    let rest = if checked.faults.is_empty() { "" } else { "; not everything could be read" };
    format!("{found} in {files}{rest}")
}
