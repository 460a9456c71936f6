//! `netpol matrix`: who reaches whom on which ports, under all policies of the files together.

use clap::{Args, ValueEnum};

use crate::{
    judged::{judged, tell, tell_of_omissions},
    matrix::{self, Reach},
    options::Files,
    outcome::Outcome,
    printer::Printer,
    report::Report,
};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    files: Files,
    /// The form of the matrix
    #[arg(long, short, value_enum, default_value = "text")]
    output: Output,
    /// Give each pod a row of its own, instead of one to all that the policies treat alike; in CSV, one towards each pod
    #[arg(long)]
    unfold: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Output {
    Text,
    Json,
    Csv,
}

/// What programs may rely on, below the long help.
pub(crate) const SHAPES: &str = "\
Pods of a namespace are one group where they reach the same, are reached by the same, and reach one
another alike. Addresses outside the cluster are groups as well. Pods on the network of their nodes
and finished ones are left out. What is not listed is not reached; a pod always reaches itself, and
a pod and its own node always reach each other.

Whether an ipBlock that holds the address of a pod matches the pod is left to the network plugin.
Here it does, as Kubernetes' conformance tests ask for; what would be otherwise if it did not is
marked: `?` in text, followed by the ports that are sure, and `depends` elsewhere. The same where
a policy asks for a value that only the cluster knows, such as a pod-template-hash.

JSON:
  groups    [{name, pods: [\"namespace/name\"]} or {name, addresses: [CIDR]}]
  rows      [{source, reaches: [{ports: [{protocol, first, last}], destinations: [name]}]}]
            source and destinations are names of groups; with --unfold, source is a pod;
            what depends has two more keys after ports: depends: true, and sure, the ports
            that are reached whatever the network plugin
  left_out  {host_network: [pod], finished: [pod]}

CSV (RFC 4180): source,destination,ports,depends, a line for each two of which one reaches the other.
  ports is `all`, or a list such as `80/TCP 8000-8999/TCP 53/UDP`; depends is true or false. A name that a spreadsheet would
  take for a formula is led by a `'`; no name that Kubernetes accepts is one.";

pub(crate) fn run(arguments: &Arguments, printer: &mut Printer, report: &mut Report) -> Outcome {
    let Some(analysis) = judged(&arguments.files, report) else { return Outcome::InputError };
    if tell(&analysis, "matrix", report) == 0 {
        report.note("no NetworkPolicy in these files");
    }
    let reach = Reach::of(&analysis.cluster);
    if reach.depends() {
        report.note(
            "an `ipBlock` holds the address of a pod: whether it then matches the pod is left to the network plugin; here it does, as in Kubernetes' conformance tests, and what depends on it is marked",
        );
    }
    if reach.asks_unknown_values() {
        report.note(
            "a policy asks for the value of a label that a controller sets and that is not in the files: here it is the one that opens most, and what depends on it is marked",
        );
    }
    match arguments.output {
        Output::Text => matrix::text(&reach, arguments.unfold, printer),
        Output::Json => matrix::json(&reach, arguments.unfold, printer),
        Output::Csv => {
            tell_of_omissions(&analysis.cluster, "matrix", report);
            matrix::csv(&reach, arguments.unfold, printer);
        }
    }
    if report.has_errors() { Outcome::InputError } else { Outcome::Success }
}
