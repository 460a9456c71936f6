//! The matrix for programs. Keys keep their names and order; a group or a row is a line, written as soon as it is known.
//!
//! ```json
//! {
//! "groups": [
//!   {"name": "shop/web-{0..1}", "pods": ["shop/web-0", "shop/web-1"]},
//!   {"name": "10.0.0.0/8", "addresses": ["10.0.0.0/8"]}
//! ],
//! "rows": [
//!   {"source": "shop/web-{0..1}", "reaches": [
//!     {"ports": [{"protocol": "TCP", "first": 80, "last": 80}], "destinations": ["10.0.0.0/8"]}]}
//! ],
//! "left_out": {"host_network": ["kube-system/kube-proxy"], "finished": []}
//! }
//! ```
//!
//! A destination is the name of a group, and so is a source; unfolded, a source is a pod. `ports` are ranges, each protocol's
//! in order and apart: all ports are 1 to 65535 of TCP, UDP and SCTP. `addresses` are the fewest CIDRs. Where the network plugin
//! decides, `"depends": true` follows `ports`, which are those of the usual plugin, and `sure`, which are those of every one.

use netpol::ports::{PortSet, Protocol};
use serde::Serialize;

use super::{Members, Reach};
use crate::{omissions::Omissions, printer::Printer, spelt::line};

#[derive(Serialize)]
struct GroupLine<'r> {
    name: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pods: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    addresses: Option<Vec<String>>,
}

#[derive(Serialize)]
struct RowLine<'r> {
    source: &'r str,
    reaches: &'r [Reached<'r>],
}

#[derive(Serialize)]
struct Reached<'r> {
    ports: Vec<Range>,
    #[serde(skip_serializing_if = "Option::is_none")]
    depends: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sure: Option<Vec<Range>>,
    destinations: Vec<&'r str>,
}

#[derive(Serialize)]
struct Range {
    protocol: &'static str,
    first: u16,
    last: u16,
}

#[derive(Serialize)]
struct LeftOut<'o> {
    host_network: &'o [String],
    finished: &'o [String],
}

/// Writes the matrix as JSON. Unfolded, each pod has a row of its own; the destinations stay groups.
pub(crate) fn json(reach: &Reach<'_>, unfolds: bool, printer: &mut Printer) {
    printer.text("{\n\"groups\": [");
    let mut parts = Separator("\n  ");
    for group in &reach.groups {
        let (pods, addresses) = match &group.members {
            Members::Pods(pods) => {
                (Some(pods.iter().map(|id| reach.pod_name(*id)).collect()), None)
            }
            Members::Addresses(set) => {
                (None, Some(set.cidrs().iter().map(ToString::to_string).collect()))
            }
        };
        parts.put(&GroupLine { name: &group.name, pods, addresses }, printer);
    }
    printer.text("\n],\n\"rows\": [");
    let mut parts = Separator("\n  ");
    for (at, group) in reach.groups.iter().enumerate() {
        let reaches = reaches(reach, at);
        match &group.members {
            Members::Pods(pods) if unfolds => {
                for id in pods {
                    parts
                        .put(&RowLine { source: &reach.pod_name(*id), reaches: &reaches }, printer);
                }
            }
            _ => parts.put(&RowLine { source: &group.name, reaches: &reaches }, printer),
        }
        if printer.is_closed() {
            return;
        }
    }
    let Omissions { host_network, finished, .. } = &Omissions::of(reach.cluster);
    let left_out = line(&LeftOut { host_network, finished });
    printer.text(&format!("\n],\n\"left_out\": {left_out}\n}}\n"));
}

fn reaches<'r>(reach: &'r Reach<'_>, source: usize) -> Vec<Reached<'r>> {
    let row = reach.row(source);
    let name = |at: usize| reach.groups.get(at).map(|group| group.name.as_str());
    let reached = reach.reached(&row).into_iter().map(|(answer, groups)| Reached {
        ports: ranges(&answer.ports),
        depends: answer.sure.as_ref().map(|_| true),
        sure: answer.sure.as_ref().map(ranges),
        destinations: groups.into_iter().filter_map(name).collect(),
    });
    reached.collect()
}

fn ranges(ports: &PortSet) -> Vec<Range> {
    let of = |protocol: Protocol| {
        ports.ranges(protocol).iter().map(move |range| Range {
            protocol: protocol.as_str(),
            first: range.first(),
            last: range.last(),
        })
    };
    Protocol::ALL.into_iter().flat_map(of).collect()
}

/// What comes before the next item of a list.
struct Separator(&'static str);

impl Separator {
    fn put(&mut self, item: &impl Serialize, printer: &mut Printer) {
        printer.text(self.0);
        printer.json(item);
        self.0 = ",\n  ";
    }
}
