//! The command line: which commands there are, and what they have in common.

use clap::{Args, Parser, Subcommand, ValueEnum};
use netpol::{Code, Direction, NamespaceName, allow};
use std::path::PathBuf;

use crate::commands::{check, check_article, explain, link, lint, matrix, render, table, test};

/// Who may connect to whom under Kubernetes NetworkPolicies, and why
#[derive(Debug, Parser)]
#[command(name = "netpol", version, propagate_version = true, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
FILE is a file, a directory (walked for .yaml, .yml and .json) or - for standard input. A netpol.toml
in that directory, or the nearest one above it in the repository, speaks for all that is named:
namespace = \"NAME\", deny = \"warnings\", and [[allow]] with code, paths and reason.

What the files say counts, and wins by name. Where they hold no pod, an example cluster stands around
them. Whom policies name and nobody answers to is assumed, and marked; of a whole cluster, such as
`kubectl get namespaces,pods -A -o yaml` prints, nothing is assumed.

Exit codes: 0, all is well; 1, an expectation failed, an article says what is not so, or there are
warnings and they are denied; 2, the input has errors.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print who may connect to the pods that each policy selects
    #[command(after_long_help = table::SHAPES)]
    Table(table::Arguments),
    /// Print who reaches whom on which ports, under all policies together
    #[command(after_long_help = matrix::SHAPES)]
    Matrix(matrix::Arguments),
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

/// What every command reads.
#[derive(Debug, Args)]
#[expect(clippy::struct_field_names, reason = "they are the files of the command line")]
pub(crate) struct Files {
    /// Files, directories, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Objects that belong to the cluster too; those of FILE win by name
    #[arg(long, value_name = "FILE")]
    pub(crate) cluster: Vec<PathBuf>,
    /// Take the files for the whole cluster: no example around them, and nobody whom only a policy names
    #[arg(long)]
    pub(crate) no_assume: bool,
    /// Where objects land that name no namespace, as with `kubectl apply -n`
    #[arg(long, short, value_name = "NAME")]
    pub(crate) namespace: Option<NamespaceName>,
}

/// What is not to be told.
#[derive(Debug, Args)]
pub(crate) struct Allowing {
    /// Codes of warnings and notes that are not told, separated by commas. In a file the comment
    /// `# netpol: allow CODE because REASON` does it for the line that it ends, for the key or item below it, or, before the
    /// first key, for the document
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = code)]
    pub(crate) allow: Vec<Code>,
}

fn code(word: &str) -> Result<Code, String> {
    allow::code(word).map_err(|fault| format!("{fault}; {}", fault.help()))
}

/// [`Direction`] as a word of the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Way {
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
