//! The evaluator in a terminal and in CI. Arguments come in; what was asked for goes to standard output, everything else
//! that is said about the files to standard error, and the exit code sums it up. The one file that names all commands.

mod article;
mod beside;
mod checked;
mod commands;
mod encoding;
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
mod options;
mod outcome;
mod page;
mod printer;
mod report;
mod settings;
mod shown;
mod spelt;
mod text;
mod unread;
mod walk;
mod writing;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use commands::{
    check, check_article, explain, link, lint, matrix as matrix_command, render, table, test,
};
use outcome::Outcome;
use printer::Printer;
use report::Report;

/// Who may connect to whom under Kubernetes NetworkPolicies, and why
#[derive(Debug, Parser)]
#[command(name = "netpol", version, propagate_version = true, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
FILE is a file, a directory (walked for .yaml, .yml and .json) or - for standard input. A netpol.toml
in that directory, or the nearest one above it in the repository, speaks for all that is named:
namespace = \"NAME\", kubernetes = \"VERSION\", deny = \"warnings\", and [[allow]] with code, paths
and reason.

What the files say counts, and wins by name. Where they hold no pod, an example cluster stands around
them. Whom policies name and nobody answers to is assumed, and marked; of a whole cluster, such as
`kubectl get namespaces,pods -A -o yaml` prints, nothing is assumed.

Exit codes: 0, all is well; 1, an expectation failed, an article says what is not so, or there are
warnings and they are denied; 2, the input has errors.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Print who may connect to the pods that each policy selects
    #[command(after_long_help = table::SHAPES)]
    Table(table::Arguments),
    /// Print who reaches whom on which ports, under all policies together
    #[command(after_long_help = matrix_command::SHAPES)]
    Matrix(matrix_command::Arguments),
    /// Check the `#? namespace/pod -> namespace/pod:port allowed|denied` lines, each file by itself
    Test(test::Arguments),
    /// Print everything that is wrong with the files, or worth knowing about them
    Check(check::Arguments),
    /// Print that and everything that is legal but surprising, and mend it where an edit is offered
    Lint(lint::Arguments),
    /// Print what a code such as `unknown-field` means, and what to write instead
    Explain(explain::Arguments),
    /// Print the table as it stands in an article, beside the text that it was made from
    #[command(after_long_help = render::SHAPES)]
    Render(render::Arguments),
    /// Check whether the tables of an article still say what the policies beside them do
    #[command(after_long_help = check_article::SHAPES)]
    CheckArticle(check_article::Arguments),
    /// Print a link that opens the files in the playground
    Link(link::Arguments),
}

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
