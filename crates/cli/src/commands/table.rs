//! `netpol table`: who may connect to the pods that each policy selects, for all files as one set.

use clap::{Args, ValueEnum};
use render::Table;

use crate::{
    formats,
    judged::{judged, tell, tell_of_omissions, tell_of_the_other_direction},
    options::{Files, Way},
    outcome::Outcome,
    printer::Printer,
    report::Report,
};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    files: Files,
    /// Who calls: others the selected pods (ingress), or they others (egress); by itself the one that all policies are about
    #[arg(long, value_enum)]
    direction: Option<Way>,
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

/// What programs may rely on, below the long help.
pub(crate) const SHAPES: &str = "\
A row is one policy, evaluated alone; the last one is all of them at once, for the pods that any of
them isolates. Pods on the network of their nodes and finished ones are in no row, and are named on
standard error. A pod and its own node always reach each other, whatever the table says. Text and
Markdown cut long lists and say how many more there are; JSON cuts none in `shares`.

JSON:
  direction  ingress or egress
  assumed    [pod]: those that are in nobody's files
  groups     [{pods: [\"namespace/name\"]} or {addresses: [CIDR]}]: everyone, once, those together that no
             policy tells apart; the others are named by their places in this list, counted from 0
  rows       [{policy, document, file, from, same: cell, cross: cell, external: cell}]
  together   {same: cell, cross: cell, external: cell}
  cell       {state, reason, assumed, shares: [{subjects: [span], groups: [group], anyone: ports}]}
             state is allowed, denied, partly, unrestricted or depends; reason is for people;
             assumed is true where only assumed pods get through.
             Selected pods that are treated alike are the subjects of one share; its groups are
             everyone of the column who is there, those with equal answers together; anyone, not
             in external, is what is open to whoever comes, whatever its labels.
             A table keeps 300,000 answers; a cell beyond has no shares, and one more key, too_large: true
  span       [first, last] of the groups, both included
  group      {pods: [span] or addresses: [span], ports, depends}
             depends is true where the network plugin decides: ports are those of the usual one
             then, and one more key, sure, holds those of every one
  ports      all, or {TCP: [\"80\", \"8000-8999\"], UDP: […], SCTP: […]}, a protocol that has none left out";

pub(crate) fn run(arguments: &Arguments, printer: &mut Printer, report: &mut Report) -> Outcome {
    let Some(analysis) = judged(&arguments.files, report) else { return Outcome::InputError };
    if tell(&analysis, "table", report) == 0 {
        report.note("no NetworkPolicy to show");
    }
    tell_of_omissions(&analysis.cluster, "table", report);
    let direction =
        arguments.direction.map_or_else(|| analysis.own_direction(), netpol::Direction::from);
    tell_of_the_other_direction(&analysis.cluster, direction, report);
    let table = || Table::of(&analysis, direction);
    match arguments.output {
        Output::Text => {
            printer.line(&formats::text(&table(), printer.ink(), printer.width()));
        }
        Output::Json => formats::json(&analysis, direction, printer),
        Output::Markdown => printer.line(&render::markdown(&table())),
    }
    if report.has_errors() { Outcome::InputError } else { Outcome::Success }
}
