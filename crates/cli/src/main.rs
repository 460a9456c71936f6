//! The evaluator in a terminal and in CI. Arguments come in; what was asked for goes to standard output, everything else
//! that is said about the files to standard error, and the exit code sums it up.

mod args;
mod article;
mod beside;
mod checked;
mod commands;
mod files;
mod findings;
mod fixing;
mod formats;
mod ink;
mod judged;
mod likely;
mod listing;
mod matrix;
mod missing;
mod omissions;
mod outcome;
mod page;
mod printer;
mod report;
mod settings;
mod shown;
mod walk;

use std::process::ExitCode;

use args::{Arguments, Command};
use clap::Parser as _;
use commands::{
    check, check_article, explain, link, lint, matrix as matrix_command, render, table, test,
};
use outcome::Outcome;
use printer::Printer;
use report::Report;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut printer = Printer::to_stdout();
    let mut report = Report::to_stderr();
    let outcome = match &arguments.command {
        Command::Check(arguments) => check::run(arguments, &mut printer, &mut report),
        Command::Lint(arguments) => lint::run(arguments, &mut printer, &mut report),
        Command::Explain(arguments) => explain::run(arguments, &mut printer, &mut report),
        Command::Table(arguments) => table::run(arguments, &mut printer, &mut report),
        Command::Matrix(arguments) => matrix_command::run(arguments, &mut printer, &mut report),
        Command::Test(arguments) => test::run(arguments, &mut printer, &mut report),
        Command::Render(arguments) => render::run(arguments, &mut printer, &mut report),
        Command::CheckArticle(arguments) => {
            check_article::run(arguments, &mut printer, &mut report)
        }
        Command::Link(arguments) => link::run(arguments, &mut printer, &mut report),
    };
    match printer.finish() {
        Ok(()) => outcome.into(),
        Err(error) => {
            report.error(&format!("cannot write to standard output: {error}"), None);
            Outcome::InputError.into()
        }
    }
}
