//! The table for programs. Keys keep their names and order; a row is a line, written as soon as it is known.
//!
//! ```json
//! {
//! "direction": "ingress",
//! "assumed": ["ingress-nginx/ingress-nginx"],
//! "groups": [
//!   {"pods": ["shop/api"]},
//!   {"pods": ["shop/db"]},
//!   {"pods": ["shop/web-0", "shop/web-1"]},
//!   {"addresses": ["0.0.0.0/0", "::/0"]}
//! ],
//! "rows": [
//!   {"policy": "shop/db", "document": 0, "file": "p.yaml", "from": "podSelector with labels",
//!    "same": {"state": "partly", "reason": "api only", "assumed": false, "shares": [
//!      {"subjects": [[1, 1]], "groups": [
//!        {"pods": [[0, 0]], "ports": {"TCP": ["80", "8000-8999"]}, "depends": false},
//!        {"pods": [[1, 2]], "ports": {}, "depends": false}], "anyone": {}}]},
//!    "cross": …, "external": …}
//! ],
//! "together": {"same": …, "cross": …, "external": …}
//! }
//! ```
//!
//! Everyone is in one of the `groups`, named once: in a large cluster each row speaks of everybody. Rows say whom they mean by
//! the groups' places, first and last of those that follow one another. The reason is for people, and may say "and 3 more"; the
//! shares leave nothing out, but for a cell that is `too_large`: each pod that the policy selects is in one of them, with
//! everyone of the column. Ports are those of the usual network plugin; where it depends, `sure` are those of
//! every one.

use netpol::{
    Analysis, Cells, Cluster, Column, Direction, Manifest, NetworkPolicy, PodId,
    addresses::IpSet,
    explain,
    ports::{PortRange, PortSet, Protocol},
    scoreboard::{Alike, Cell, Group, Peers, Share},
};
use serde::{
    Serialize, Serializer,
    ser::{SerializeMap as _, SerializeStruct as _},
};

use crate::printer::Printer;

/// Writes the table of a direction as JSON.
pub(crate) fn json(analysis: &Analysis, direction: Direction, printer: &mut Printer) {
    let scoreboard = analysis.scoreboard(direction);
    printer.text(&format!("{{\n\"direction\": \"{direction}\",\n\"assumed\": "));
    printer.json(&Assumed(analysis));
    printer.text(",\n\"groups\": [");
    let mut before = "\n  ";
    for alike in scoreboard.everyone() {
        printer.text(before);
        printer.json(&AlikeLine(&analysis.cluster, alike));
        before = ",\n  ";
    }
    printer.text("\n],\n\"rows\": [");
    let table = &Table { analysis, direction };
    let mut before = "\n  ";
    for row in &scoreboard.rows {
        let Some(policy) = analysis.cluster.policy(row.policy) else { continue };
        printer.text(before);
        printer.json(&RowLine { table, policy, cells: &row.cells });
        before = ",\n  ";
        if printer.is_closed() {
            return;
        }
    }
    printer.text("\n],\n\"together\": ");
    printer.json(&CellsLine(table, &scoreboard.together));
    printer.text("\n}\n");
}

struct AlikeLine<'t>(&'t Cluster, Alike<'t>);

impl Serialize for AlikeLine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self.1 {
            Alike::Pods(pods) => map.serialize_entry("pods", &Pods(self.0, pods))?,
            Alike::Addresses(set) => map.serialize_entry("addresses", &Addresses(set))?,
        }
        map.end()
    }
}

/// The pods that are in nobody's files.
struct Assumed<'a>(&'a Analysis);

impl Serialize for Assumed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let pods = self.0.added.pods.iter();
        serializer.collect_seq(pods.map(|pod| pod.meta.name.to_string()))
    }
}

/// What its cells are about.
struct Table<'a> {
    analysis: &'a Analysis,
    direction: Direction,
}

struct RowLine<'t> {
    table: &'t Table<'t>,
    policy: &'t NetworkPolicy,
    cells: &'t Cells,
}

impl Serialize for RowLine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { table, policy, cells } = self;
        let (file, document) = place(&table.analysis.manifest, policy);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("policy", &policy.meta.name.to_string())?;
        map.serialize_entry("document", &document)?;
        map.serialize_entry("file", file)?;
        map.serialize_entry("from", &explain::spec_line(policy, table.direction))?;
        put_cells(&mut map, table, cells)?;
        map.end()
    }
}

/// The file of a policy, and the index of its YAML document there, from 0.
fn place<'m>(manifest: &'m Manifest, policy: &NetworkPolicy) -> (&'m str, usize) {
    let document = policy.meta.origin.as_ref().and_then(|origin| manifest.document(origin));
    let Some(document) = document else { return ("", 0) };
    let file = manifest.sources.get(document.source).map_or("", |source| source.name());
    (file, document.index)
}

struct CellsLine<'t>(&'t Table<'t>, &'t Cells);

impl Serialize for CellsLine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        put_cells(&mut map, self.0, self.1)?;
        map.end()
    }
}

fn put_cells<M: serde::ser::SerializeMap>(
    map: &mut M,
    table: &Table<'_>,
    cells: &Cells,
) -> Result<(), M::Error> {
    Column::ALL.into_iter().try_for_each(|column| {
        map.serialize_entry(column.as_str(), &CellLine { table, cell: cells.get(column), column })
    })
}

struct CellLine<'t> {
    table: &'t Table<'t>,
    cell: &'t Cell,
    column: Column,
}

impl Serialize for CellLine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Table { analysis, direction } = self.table;
        let cluster = &analysis.cluster;
        let reason = explain::reason(cluster, self.cell, self.column, *direction);
        let mut fields = serializer.serialize_struct("Cell", 4 + usize::from(self.cell.is_cut))?;
        fields.serialize_field("state", self.cell.state.as_str())?;
        fields.serialize_field("reason", &reason)?;
        fields.serialize_field("assumed", &self.cell.rests_on_assumed(cluster))?;
        fields.serialize_field(
            "shares",
            &List(&self.cell.shares, |share| ShareLine(share, self.column)),
        )?;
        if self.cell.is_cut {
            fields.serialize_field("too_large", &true)?;
        }
        fields.end()
    }
}

struct ShareLine<'t>(&'t Share, Column);

impl Serialize for ShareLine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(share, column) = *self;
        let is_of_pods = column != Column::External;
        let mut fields = serializer.serialize_struct("Share", 2 + usize::from(is_of_pods))?;
        fields.serialize_field("subjects", &share.subjects.spans())?;
        fields.serialize_field("groups", &List(&share.groups, GroupLine))?;
        if is_of_pods {
            fields.serialize_field("anyone", &Ports(&share.anyone))?;
        }
        fields.end()
    }
}

struct GroupLine<'t>(&'t Group);

impl Serialize for GroupLine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(Group { peers, admitted }) = *self;
        let mut map = serializer.serialize_map(None)?;
        match peers {
            Peers::Pods(pods) => map.serialize_entry("pods", &pods.spans())?,
            Peers::Addresses(set) => map.serialize_entry("addresses", &set.spans())?,
        }
        map.serialize_entry("ports", &Ports(&admitted.documented))?;
        map.serialize_entry("depends", &admitted.depends())?;
        if admitted.depends() {
            map.serialize_entry("sure", &Ports(&admitted.surely))?;
        }
        map.end()
    }
}

/// A list, each item made when its turn comes.
struct List<'t, T, F>(&'t [T], F);

impl<'t, T, L: Serialize, F: Fn(&'t T) -> L> Serialize for List<'t, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(&self.1))
    }
}

struct Pods<'t>(&'t Cluster, &'t [PodId]);

impl Serialize for Pods<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let pods = self.1.iter().filter_map(|id| self.0.pod(*id));
        serializer.collect_seq(pods.map(|pod| pod.meta.name.to_string()))
    }
}

struct Addresses<'t>(&'t IpSet);

impl Serialize for Addresses<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.cidrs().iter().map(ToString::to_string))
    }
}

/// `"all"`, or by protocol what there is of it.
struct Ports<'t>(&'t PortSet);

impl Serialize for Ports<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_all() {
            return serializer.serialize_str("all");
        }
        let written = |range: &PortRange| match (range.first(), range.last()) {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}-{last}"),
        };
        let of = |protocol| self.0.ranges(protocol).iter().map(written).collect::<Vec<_>>();
        let ports = Protocol::ALL.into_iter().map(|protocol| (protocol.as_str(), of(protocol)));
        serializer.collect_map(ports.filter(|(_, ranges)| !ranges.is_empty()))
    }
}
