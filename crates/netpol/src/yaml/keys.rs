//! The keys of a map: the last of equal ones wins, and `<<` brings those of other maps.

use std::collections::BTreeMap;

use super::{Entry, Fault, Node, Value, fault};
use crate::{
    diagnostic::{Code, MAX_DIAGNOSTICS},
    source::Span,
};

/// What stands in a map, in order.
pub(super) enum Part {
    Entry(Entry),
    /// The maps behind `<<`, that which counts least first; and where they end.
    Merged(Vec<Vec<Entry>>, Span),
}

/// `<<` with a map or a list of maps, of which the first one counts most.
pub(super) fn merge(node: Node) -> Result<Part, Fault> {
    let span = node.span;
    let maps = match node.value {
        Value::Sequence(items) => items,
        _ => vec![node],
    };
    let entries = maps.into_iter().rev().map(|map| match map.value {
        Value::Mapping(entries) => Ok(entries),
        _ => Err(fault::merge_of_no_map(map.span)),
    });
    Ok(Part::Merged(entries.collect::<Result<_, _>>()?, span))
}

/// What is in a map.
pub(super) struct Contents {
    /// Each key once.
    pub(super) entries: Vec<Entry>,
    /// Where the last of them ends.
    pub(super) end: Option<usize>,
    /// Where those stand that others replaced.
    pub(super) replaced: Vec<Span>,
}

/// A later key replaces what stands before it, be it written or merged, as in go-yaml.
pub(super) fn entries(parts: Vec<Part>, faults: &mut Vec<Fault>) -> Contents {
    let end = parts.last().map(|part| match part {
        Part::Entry(entry) => entry.key_span.end.max(entry.value.span.end),
        Part::Merged(_, span) => span.end,
    });
    let mut replaced = Vec::new();
    let mut map = Map { entries: Vec::with_capacity(parts.len()), index: None };
    let mut written: Vec<bool> = Vec::new();
    for part in parts {
        let (entries, is_written) = match part {
            Part::Entry(entry) => (vec![entry], true),
            Part::Merged(maps, _) => (maps.into_iter().flatten().collect(), false),
        };
        for entry in entries {
            let key_span = entry.key_span;
            let (at, before) = map.put(entry);
            replaced.extend(before.map(|entry| entry.key_span.to(entry.value.span)));
            written.resize(written.len().max(at + 1), false);
            let Some(was_written) = written.get_mut(at) else { continue };
            if *was_written && is_written && faults.len() < MAX_DIAGNOSTICS {
                faults.extend(map.entries.get(at).map(|entry| duplicate(&entry.key, key_span)));
            }
            *was_written |= is_written;
        }
    }
    Contents { entries: map.entries, end, replaced }
}

fn duplicate(key: &str, span: Span) -> Fault {
    Fault {
        code: Code::DuplicateKey,
        message: format!("key `{key}` already set in map; the last one wins"),
        help: Some("remove one of the two".to_owned()),
        span,
    }
}

/// Entries in the order of their first keys.
struct Map {
    entries: Vec<Entry>,
    /// The place of each key, once there are many; most maps are small.
    index: Option<BTreeMap<String, usize>>,
}

impl Map {
    const SMALL: usize = 16;

    /// Puts an entry in the place of one with the same key, or behind the others. Returns the place, and what was there.
    fn put(&mut self, entry: Entry) -> (usize, Option<Entry>) {
        let found = match &self.index {
            Some(index) => index.get(&entry.key).copied(),
            None => self.entries.iter().position(|other| other.key == entry.key),
        };
        if let Some(at) = found {
            let slot = self.entries.get_mut(at);
            return (at, slot.map(|slot| std::mem::replace(slot, entry)));
        }
        let at = self.entries.len();
        if let Some(index) = &mut self.index {
            index.insert(entry.key.clone(), at);
        } else if at >= Self::SMALL {
            let keys = self.entries.iter().chain([&entry]).map(|entry| entry.key.clone());
            self.index = Some(keys.zip(0..).collect());
        }
        self.entries.push(entry);
        (at, None)
    }
}
