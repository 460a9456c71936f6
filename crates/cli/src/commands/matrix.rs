//! `netpol matrix`: who reaches whom on which ports, under all policies of the files together.

use clap::{Args, ValueEnum};
use netpol::{Cluster, Direction, addresses::IpSet, policy::Peer};

use crate::{
    args::Files,
    judged::{judged, tell},
    matrix::{self, Reach},
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
and finished ones are left out. What is not listed is not reached; a pod always reaches itself.

JSON:
  groups    [{name, pods: [\"namespace/name\"]} or {name, addresses: [CIDR]}]
  rows      [{source, reaches: [{ports: [{protocol, first, last}], destinations: [name]}]}]
            source and destinations are names of groups; with --unfold, source is a pod
  left_out  {host_network: [pod], finished: [pod]}

CSV (RFC 4180): source,destination,ports, a line for each two of which one reaches the other.
  ports is `all`, or a list such as `80/TCP 8000-8999/TCP 53/UDP`. A name that a spreadsheet would
  take for a formula is led by a `'`; no name that Kubernetes accepts is one.";

pub(crate) fn run(arguments: &Arguments, printer: &mut Printer, report: &mut Report) -> Outcome {
    let Some(analysis) = judged(&arguments.files, report) else { return Outcome::InputError };
    if tell(&analysis, "matrix", report) == 0 {
        report.note("no NetworkPolicy in these files");
    }
    if has_blocks_on_pods(&analysis.cluster) {
        report.note(
            "an `ipBlock` holds the address of a pod: whether it admits the pod is left to the network plugin; here it does, as in Kubernetes' conformance tests",
        );
    }
    let reach = Reach::of(&analysis.cluster);
    match arguments.output {
        Output::Text => matrix::text(&reach, arguments.unfold, printer),
        Output::Json => matrix::json(&reach, arguments.unfold, printer),
        Output::Csv => {
            reach.omissions().iter().for_each(|omission| report.note(omission));
            matrix::csv(&reach, arguments.unfold, printer);
        }
    }
    if report.has_errors() { Outcome::InputError } else { Outcome::Success }
}

/// Whether an address block matches a pod of the matrix.
fn has_blocks_on_pods(cluster: &Cluster) -> bool {
    let mut blocks: Vec<IpSet> = Vec::new();
    for (_, policy) in cluster.policies() {
        for rule in Direction::ALL.iter().flat_map(|direction| policy.rules(*direction)) {
            for peer in &rule.peers {
                if let Peer::IpBlock(block) = peer {
                    blocks.push(block.addresses());
                }
            }
        }
    }
    let blocks = blocks.iter().fold(IpSet::empty(), |all, block| all.union(block));
    let is_inside = |address: &std::net::IpAddr| blocks.contains(*address);
    let mut pods = cluster.running_pods().filter(|(_, pod)| !pod.host_network);
    pods.any(|(_, pod)| pod.addresses.iter().any(is_inside))
}
