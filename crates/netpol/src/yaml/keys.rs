//! The keys of a map: the last of equal ones wins, and `<<` brings those of other maps.

use std::collections::BTreeMap;

use super::{Entry, Fault, Node, Value};
use crate::diagnostic::{Code, MAX_DIAGNOSTICS};

/// Keeps the last entry of each key, and tells of the others.
pub(super) fn last_of_each_key(entries: &mut Vec<Entry>, faults: &mut Vec<Fault>) {
    // most maps are small and have none
    let is_small = entries.len() <= 16;
    let mut pairs = entries.iter().enumerate();
    if is_small
        && pairs.all(|(at, entry)| entries.iter().skip(at + 1).all(|other| other.key != entry.key))
    {
        return;
    }
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut replaced = vec![false; entries.len()];
    for (at, entry) in entries.iter().enumerate() {
        let Some(before) = first.insert(entry.key.clone(), at) else { continue };
        if let Some(is_replaced) = replaced.get_mut(before) {
            *is_replaced = true;
        }
        if faults.len() >= MAX_DIAGNOSTICS {
            continue;
        }
        faults.push(Fault {
            code: Code::DuplicateKey,
            message: format!("key `{}` already set in map; the last one wins", entry.key),
            help: Some("remove one of the two".to_owned()),
            span: entry.key_span,
        });
    }
    if replaced.contains(&true) {
        let mut replaced = replaced.into_iter();
        entries.retain(|_| !replaced.next().unwrap_or(false));
    }
}

/// `<<: *base`: keys that are not there yet come from the merged maps, the first of them first.
pub(super) fn merge(entries: &mut Vec<Entry>, merged: Vec<Node>) {
    let maps = merged.into_iter().flat_map(|node| match node.value {
        Value::Sequence(items) => items,
        _ => vec![node],
    });
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries.iter() {
        known.insert(entry.key.clone(), 0);
    }
    for map in maps {
        let Value::Mapping(more) = map.value else { continue };
        for entry in more {
            if known.insert(entry.key.clone(), 0).is_none() {
                entries.push(entry);
            }
        }
    }
}
