//! `netpol explain`: what a code means, why Kubernetes is like that, and what to write instead.

use clap::Args;
use netpol::Code;

use crate::{ink::BOLD, outcome::Outcome, page, printer::Printer, report::Report};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// What stands in brackets after `error`, `warning` or `note`; without it, all codes are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, printer: &mut Printer, report: &mut Report) -> Outcome {
    let Some(text) = &arguments.code else {
        list(printer);
        return Outcome::Success;
    };
    if let Some(code) = code(text) {
        printer.text(code.page());
        return Outcome::Success;
    }
    let help = match nearest(text) {
        Some(code) => format!("did you mean `{code}`?"),
        None => "`netpol explain` lists all codes".to_owned(),
    };
    report.error(&format!("no code `{text}`"), Some(&help));
    Outcome::InputError
}

/// The code of that name.
fn code(text: &str) -> Option<Code> {
    Code::ALL.iter().copied().find(|code| code.as_str() == text)
}

/// The code that was most likely meant.
fn nearest(text: &str) -> Option<Code> {
    let text = text.to_lowercase();
    let likeness = |code: &Code| strsim::jaro_winkler(&text, code.as_str());
    let likely = Code::ALL.iter().copied().filter(|code| likeness(code) > 0.8);
    likely.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
}

fn list(printer: &mut Printer) {
    let widest = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or(0);
    let ink = printer.ink();
    for code in Code::ALL {
        let name = format!("{:widest$}", code.as_str());
        let severity = code.severity().to_string();
        let line = format!("{}  {severity:7}  {}", ink.paint(BOLD, &name), page::summary(*code));
        printer.line(&line);
    }
}
