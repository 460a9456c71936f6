//! The reverse of a why: for each line of the YAML, the cells that hang on it.

use super::{Subject, place, rules::Rules};
use crate::{
    cluster::Cluster,
    field::{FieldPath, Origin, Segment},
    manifest::Manifest,
    policy::{NetworkPolicy, PolicyPort},
    scoreboard::{Column, Scoreboard, State},
};

/// How a cell hangs on some lines. The strongest bond first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bond {
    /// They let someone of the column through.
    Opens,
    /// They say whom the policy selects, which direction it restricts, or that nobody is named.
    Decides,
    /// They are a rule, an item or a port that lets nobody of the column through.
    Misses,
}

/// Some lines, and a cell that hangs on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hanging {
    /// The field.
    pub origin: Origin,
    /// Its source, an index into [`Manifest::sources`].
    pub source: usize,
    /// Its first line, from 1.
    pub first: usize,
    /// Its last line.
    pub last: usize,
    /// The cell's row.
    pub subject: Subject,
    /// The cell's column.
    pub column: Column,
    /// How it hangs on them.
    pub bond: Bond,
}

/// For all lines of the policies, the cells that hang on them. Fields that nobody wrote are left out.
pub fn hanging(cluster: &Cluster, manifest: &Manifest, scoreboard: &Scoreboard) -> Vec<Hanging> {
    let direction = scoreboard.direction;
    let inside = cluster.pod_addresses();
    let mut all = Vec::new();
    for row in &scoreboard.rows {
        let Some(policy) = cluster.policy(row.policy) else { continue };
        for column in Column::ALL {
            let is_free = row.cells.get(column).state == State::Unrestricted;
            let rules = Rules { cluster, policy, direction, column, inside };
            let mut put = |origin: Option<Origin>, bond| {
                let Some(origin) = origin else { return };
                let Some((source, (first, last))) = written(manifest, &origin) else { return };
                let subjects = [Subject::Policy(row.policy), Subject::Together];
                let is_shared = !is_free && bond != Bond::Misses;
                for subject in subjects.into_iter().take(1 + usize::from(is_shared)) {
                    let origin = origin.clone();
                    all.push(Hanging { origin, source, first, last, subject, column, bond });
                }
            };
            put(place::field(policy, "spec.podSelector"), Bond::Decides);
            if !policy.policy_types.is_empty() {
                put(place::types(policy, direction), Bond::Decides);
            }
            if !is_free {
                bonds(policy, &rules, put);
            }
        }
    }
    all
}

/// Every rule, item and port of a policy with its bond.
fn bonds(policy: &NetworkPolicy, rules: &Rules<'_>, mut put: impl FnMut(Option<Origin>, Bond)) {
    let direction = rules.direction;
    let written = policy.rules(direction);
    if written.is_empty() {
        put(place::field(policy, "spec").map(|spec| spec.key(direction.field())), Bond::Decides);
    }
    let bond = |opens| if opens { Bond::Opens } else { Bond::Misses };
    for (at, rule) in written.iter().enumerate() {
        let origin = policy.rule_origin(direction, at);
        let is_port: Vec<bool> =
            rule.ports.iter().map(|port: &PolicyPort| rules.is_port(port)).collect();
        let has_ports = rule.ports.is_empty() || is_port.contains(&true);
        let is_peer: Vec<bool> = rule.peers.iter().map(|peer| rules.matches_any(peer)).collect();
        let has_peers = rule.peers.is_empty() || is_peer.contains(&true);
        put(origin.clone(), bond(has_ports && has_peers));
        for (item, matches) in is_peer.into_iter().enumerate() {
            put(place::item(policy, direction, at, Some(item)), bond(matches && has_ports));
        }
        for (item, means) in is_port.into_iter().enumerate() {
            let ports = origin.as_ref().map(|origin| origin.key("ports").index(item));
            put(ports, bond(means && has_peers));
        }
    }
}

/// A field with its source and lines, if somebody wrote it: else its span would be its parent's.
fn written(manifest: &Manifest, origin: &Origin) -> Option<(usize, (usize, usize))> {
    let mut above = FieldPath::root();
    let (_, steps) = origin.path.segments().split_last()?;
    for step in steps {
        above = match step {
            Segment::Key(key) => above.label(key),
            Segment::Index(index) => above.index(*index),
        };
    }
    let above = Origin { document: origin.document, path: above };
    if manifest.span(origin)? == manifest.span(&above)? {
        return None;
    }
    manifest.lines(origin)
}

/// The cells that hang on a line: by the smallest field around it, each cell once, by its strongest
/// bond.
pub fn hanging_at(all: &[Hanging], source: usize, line: usize) -> Vec<&Hanging> {
    let around = |hanging: &&Hanging| {
        hanging.source == source && hanging.first <= line && line <= hanging.last
    };
    let size = |hanging: &Hanging| hanging.last - hanging.first;
    let smallest = all.iter().filter(around).map(size).min();
    let mut found: Vec<&Hanging> =
        all.iter().filter(around).filter(|hanging| Some(size(hanging)) == smallest).collect();
    found.sort_by_key(|hanging| (hanging.subject, hanging.column, hanging.bond));
    found.dedup_by_key(|hanging| (hanging.subject, hanging.column));
    found
}
