//! How far what begins on a line goes: a key with its value or an item of a list, as a comment above it means them.

use std::collections::BTreeMap;

use crate::{
    source::Source,
    yaml::{Node, Value},
};

/// The end of the outermost key or item that begins on a line, by line.
pub(super) fn ends(source: &Source, root: &Node) -> BTreeMap<usize, usize> {
    let mut ends = BTreeMap::new();
    note(source, root, &mut ends);
    ends
}

fn note(source: &Source, node: &Node, ends: &mut BTreeMap<usize, usize>) {
    match &node.value {
        Value::Scalar(_) => {}
        Value::Sequence(items) => {
            for item in items {
                ends.entry(source.line_of(item.span.start)).or_insert(item.span.end);
                note(source, item, ends);
            }
        }
        Value::Mapping(entries) => {
            for entry in entries {
                // what an alias repeats stands elsewhere; keys that nobody wrote stand nowhere
                if entry.is_written() {
                    let end = entry.key_span.end.max(entry.value.span.end);
                    ends.entry(source.line_of(entry.key_span.start)).or_insert(end);
                }
                note(source, &entry.value, ends);
            }
        }
    }
}
