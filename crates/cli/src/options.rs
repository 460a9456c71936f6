//! Options that several commands share: which files are read, what is not to be told, a direction. It names no command;
//! a command flattens what it needs into its own arguments.

use clap::{Args, ValueEnum};
use netpol::{Code, Direction, NamespaceName, Release, allow};
use std::path::PathBuf;

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
    /// The release of Kubernetes that is asked, such as 1.35, which takes CIDRs that later ones refuse; the newest by itself
    #[arg(long, value_name = "VERSION")]
    pub(crate) kubernetes: Option<Release>,
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
