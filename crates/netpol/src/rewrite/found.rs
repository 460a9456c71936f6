//! A place in a text: what stands there, and where its lines and dashes are.

use super::{Edit, Rewrite};
use crate::{
    field::{Origin, Segment},
    manifest::Manifest,
    source::Span,
    yaml::{Entry, Node, Value},
};

/// A place in the text: its node, the node around it, and which part of that one it is.
pub(super) struct Found<'m> {
    pub(super) source: usize,
    pub(super) text: &'m str,
    pub(super) node: &'m Node,
    pub(super) parent: Option<&'m Node>,
    pub(super) at: usize,
}

impl<'m> Found<'m> {
    /// The place of a field, unless an alias stands for it.
    pub(super) fn of(manifest: &'m Manifest, origin: &Origin) -> Option<Self> {
        let document = manifest.document(origin)?;
        let source = document.source;
        let text = manifest.sources.get(source)?.text();
        let mut node = document.yaml.root.as_ref()?;
        let (mut parent, mut at) = (None, 0);
        for segment in origin.path.segments() {
            let (next, index, after) = match (segment, &node.value) {
                (Segment::Key(key), Value::Mapping(entries)) => {
                    let index = entries.iter().position(|entry| entry.key == *key)?;
                    let entry = entries.get(index)?;
                    (&entry.value, index, entry.key_span.end)
                }
                (Segment::Index(index), Value::Sequence(items)) => {
                    let before = index.checked_sub(1).and_then(|before| items.get(before));
                    (items.get(*index)?, *index, before.map_or(0, |item| item.span.end))
                }
                _ => return None,
            };
            // an alias stands for what is written elsewhere
            let (inner, outer) = (next.span, node.span);
            if inner.start < outer.start.max(after) || inner.end > outer.end {
                return None;
            }
            (parent, node, at) = (Some(node), next, index);
        }
        Some(Self { source, text, node, parent, at })
    }

    pub(super) fn one(&self, span: Span, text: String) -> Rewrite {
        Rewrite { source: self.source, edits: vec![Edit { span, text }] }
    }

    /// The entry of the map around this node that it is the value of.
    pub(super) fn key(&self) -> Option<&'m Entry> {
        match &self.parent?.value {
            Value::Mapping(entries) => entries.get(self.at).filter(|entry| entry.is_written()),
            _ => None,
        }
    }

    /// Where this node ends, with the colon behind its last key where that has no value.
    pub(super) fn end(&self) -> usize {
        let end = self.node.span.end;
        let rest = self.text.get(end..self.line_end(end)).unwrap_or("");
        let colon = rest.find(':').filter(|at| rest.trim_start().len() + at == rest.len());
        match colon {
            Some(at) if self.ends_in_key(self.node) => end + at + 1,
            _ => end,
        }
    }

    /// Whether the last thing of a node without brackets is a key without a value.
    fn ends_in_key(&self, node: &Node) -> bool {
        let last = match &node.value {
            _ if self.starts_flow(node) => return false,
            Value::Scalar(_) => return false,
            Value::Sequence(items) => items.last(),
            Value::Mapping(entries) => entries.last().map(|entry| &entry.value),
        };
        let is_left_out = |value: &Node| value.is_null() && value.span.start == value.span.end;
        last.is_some_and(|last| is_left_out(last) || self.ends_in_key(last))
    }

    /// Where a part of the node around this one ends.
    pub(super) fn end_of(&self, at: usize) -> Option<usize> {
        match &self.parent?.value {
            Value::Mapping(entries) => {
                entries.get(at).map(|entry| entry.key_span.end.max(entry.value.span.end))
            }
            Value::Sequence(items) => items.get(at).map(|item| item.span.end),
            Value::Scalar(_) => None,
        }
    }

    pub(super) fn starts_flow(&self, node: &Node) -> bool {
        let first = self.text.as_bytes().get(node.span.start);
        // around a fragment stand lists and maps that nobody wrote
        match node.value {
            Value::Sequence(_) => first == Some(&b'['),
            Value::Mapping(_) => first == Some(&b'{'),
            Value::Scalar(_) => false,
        }
    }

    pub(super) fn is_flow(&self) -> bool {
        self.starts_flow(self.node)
    }

    pub(super) fn is_in_flow(&self) -> bool {
        self.parent.is_some_and(|parent| self.starts_flow(parent))
    }

    pub(super) fn line_start(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or("");
        before.rfind('\n').map_or(0, |newline| newline + 1)
    }

    pub(super) fn line_end(&self, at: usize) -> usize {
        let after = self.text.get(at..).unwrap_or("");
        after.find('\n').map_or(self.text.len(), |newline| at + newline)
    }

    pub(super) fn column(&self, at: usize) -> usize {
        self.text.get(self.line_start(at)..at).unwrap_or("").chars().count()
    }

    /// The dash of an item of a list without brackets.
    pub(super) fn dash(&self, item: &Node) -> Option<usize> {
        let start = self.line_start(item.span.start);
        let before = self.text.get(start..item.span.start)?.trim_end_matches(' ');
        let dash = start + before.len().checked_sub(1)?;
        before.ends_with('-').then_some(dash)
    }

    pub(super) fn add_line(&self, end: usize, lines: &str) -> Rewrite {
        let end = self.line_end(end);
        let is_carriage = self.text.get(..end).is_some_and(|before| before.ends_with('\r'));
        let end = end - usize::from(is_carriage);
        let text = format!("\n{lines}");
        let text = if is_carriage { text.replace('\n', "\r\n") } else { text };
        self.one(Span::new(end, end), text)
    }

    pub(super) fn add_in_brackets(&self, is_empty: bool, part: &str) -> Option<Rewrite> {
        let end = self.node.span.end.checked_sub(1)?;
        let is_closed = matches!(self.text.as_bytes().get(end), Some(b']' | b'}'));
        let text = if is_empty { part.to_owned() } else { format!(", {part}") };
        (is_closed && !part.contains('\n')).then(|| self.one(Span::new(end, end), text))
    }
}
