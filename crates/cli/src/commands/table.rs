//! `netpol table`: who may connect to the pods that each policy selects, for all files as one set.

use clap::{Args, ValueEnum};
use netpol::Direction;

use crate::{
    args::Files,
    formats::{self, Table},
    judged::{judged, tell},
    outcome::Outcome,
    printer::Printer,
    report::Report,
};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    files: Files,
    /// Who calls: others the selected pods (ingress), or they others (egress)
    #[arg(long, value_enum, default_value = "ingress")]
    direction: Way,
    /// The form of the table
    #[arg(long, short, value_enum, default_value = "text")]
    output: Output,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Output {
    Text,
    Json,
    Markdown,
}

/// [`Direction`] as a word of the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Way {
    Ingress,
    Egress,
}

impl From<Way> for Direction {
    fn from(way: Way) -> Self {
        match way {
            Way::Ingress => Self::Ingress,
            Way::Egress => Self::Egress,
        }
    }
}

pub(crate) fn run(arguments: &Arguments, printer: &mut Printer, report: &mut Report) -> Outcome {
    let Some(analysis) = judged(&arguments.files, report) else { return Outcome::InputError };
    if tell(&analysis, "table", report) == 0 {
        report.note("no NetworkPolicy to show");
    }
    let table = Table::of(&analysis, arguments.direction.into());
    match arguments.output {
        Output::Text => printer.line(&formats::text(&table, printer.ink(), printer.is_terminal())),
        Output::Json => printer.line(&formats::json(&table)),
        Output::Markdown => printer.line(&formats::markdown(&table)),
    }
    if report.has_errors() { Outcome::InputError } else { Outcome::Success }
}
