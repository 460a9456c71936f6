//! `netpol table`: who may connect to the pods that each policy selects, for all files as one set.

use clap::{Args, ValueEnum};
use netpol::{Analysis, Code, Diagnostic, Direction, Inputs, Source, Witnesses};

use crate::{
    args::Files,
    files::Reader,
    findings::{findings, folded},
    formats::{self, Table},
    missing::Missing,
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
    let mut reader = Reader::default();
    let cluster = reader.read(&arguments.files.cluster, report);
    if report.has_errors() {
        // in another cluster the table would be another one
        return Outcome::InputError;
    }
    let text = reader.read(&arguments.files.files, report);
    if text.is_empty() {
        report.error("there is nothing to show: no file was read", None);
        return Outcome::InputError;
    }
    let analysis = Analysis::of(Inputs {
        text,
        cluster,
        fallback: vec![Source::new("built-in cluster", lessons::CLUSTER)],
        witnesses: Witnesses::AddUnlessPods,
    });
    tell(&analysis, report);
    let table = Table::of(&analysis, arguments.direction.into());
    match arguments.output {
        Output::Text => printer.line(&formats::text(&table, printer.ink(), printer.is_terminal())),
        Output::Json => printer.line(&formats::json(&table)),
        Output::Markdown => printer.line(&formats::markdown(&table)),
    }
    if report.has_errors() { Outcome::InputError } else { Outcome::Success }
}

/// Everything besides the table itself: what is wrong, what is missing, and what was assumed.
fn tell(analysis: &Analysis, report: &mut Report) {
    // a table is not about the `#?` lines, and the pods that they name may be in other files
    let is_shown = |diagnostic: &&Diagnostic| {
        !matches!(diagnostic.code, Code::ExpectationSyntax | Code::ExpectationUnknownPod)
    };
    let shown = analysis.diagnostics.iter().filter(is_shown);
    for folded in folded(findings(&analysis.manifest.sources, shown)) {
        report.folded(&folded);
    }
    if let Some(missing) = Missing::of(&analysis.manifest).sentence() {
        report.error(&missing, None);
    } else if analysis.cluster.policies().next().is_none() {
        report.note("no NetworkPolicy to show");
    }
    if analysis.uses_fallback {
        report.note("no Namespace and no Pod in these files: the built-in cluster serves");
    }
    if let Some(added) = added(analysis) {
        report.note(&format!(
            "added to the cluster, so that the policies show their meaning: {added}"
        ));
    }
}

/// The witnesses by name; `None` where there are none.
fn added(analysis: &Analysis) -> Option<String> {
    let added = &analysis.added;
    let namespaces =
        added.namespaces.iter().map(|namespace| format!("namespace {}", namespace.meta.name.name));
    let pods = added.pods.iter().map(|pod| format!("pod {}", pod.meta.name));
    let names: Vec<String> = namespaces.chain(pods).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
