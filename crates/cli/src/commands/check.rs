//! `netpol check`: everything that is wrong with the files, or worth knowing about them, as one set.

use clap::Args;

use crate::{
    checked::{Looking, Texts},
    listing::{Denied, Listing, Output},
    options::{Allowing, Files},
    outcome::Outcome,
    printer::Printer,
    report::Report,
};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    files: Files,
    /// The form of the list; what is allowed is counted in text, and a suppressed result in SARIF
    #[arg(long, short, value_enum, default_value = "text")]
    output: Output,
    /// What makes the exit code 1
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Denied>,
    #[command(flatten)]
    allowing: Allowing,
}

pub(crate) fn run(arguments: &Arguments, printer: &mut Printer, report: &mut Report) -> Outcome {
    let Some(texts) = Texts::read(&arguments.files, &arguments.allowing, report) else {
        return Outcome::InputError;
    };
    let checked = texts.check(Looking::ForFaults);
    let listing = Listing::of(&checked, &texts.faults);
    listing.print(arguments.output, Looking::ForFaults, printer);
    listing.outcome(arguments.deny, &texts.settings)
}
