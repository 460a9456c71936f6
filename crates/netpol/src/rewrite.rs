//! Small edits of a text that leave everything else as it is: comments, quotes, order, indentation.
//! What cannot be edited without guessing is not edited at all.

use crate::{
    field::{Origin, Segment},
    manifest::Manifest,
    source::{Source, Span},
    yaml::{Node, Value},
};

/// Bytes to replace, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes; empty where something is put in.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// Edits of one source, made together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// Index into [`Manifest::sources`].
    pub source: usize,
    /// In order, none touching another.
    pub edits: Vec<Edit>,
}

impl Rewrite {
    /// The text afterwards.
    pub fn apply(&self, text: &str) -> String {
        let mut result = String::with_capacity(text.len() + 64);
        let mut at = 0;
        for Edit { span, text: new } in &self.edits {
            result.push_str(text.get(at..span.start).unwrap_or(""));
            result.push_str(new);
            at = span.end.max(at);
        }
        result.push_str(text.get(at..).unwrap_or(""));
        result
    }

    /// The lines that change: those before, and what they are afterwards; unchanged ones at the
    /// borders left out.
    pub fn lines(&self, source: &Source) -> Vec<Change> {
        let after = Source::new(source.name(), self.apply(source.text()));
        let (old, new) = (source.line_count(), after.line_count());
        let same = |a: usize, b: usize| source.line(a) == after.line(b);
        let first = (1..=old.min(new)).find(|line| !same(*line, *line)).unwrap_or(old.min(new) + 1);
        let most = (old + 1 - first.min(old + 1)).min(new + 1 - first.min(new + 1));
        let trailing = (0..most).take_while(|n| same(old - n, new - n)).count();
        let removed = (first..=old - trailing).map(|line| Change::removed(line, source.line(line)));
        let added = (first..=new - trailing).map(|line| Change::added(line, after.line(line)));
        removed.chain(added).collect()
    }
}

/// One line of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number, from 1: in the old text if it is taken away, else in the new one.
    pub line: usize,
    /// Whether it is new.
    pub is_added: bool,
    /// The line.
    pub text: String,
}

impl Change {
    fn removed(line: usize, text: &str) -> Self {
        Self { line, is_added: false, text: text.to_owned() }
    }

    fn added(line: usize, text: &str) -> Self {
        Self { line, is_added: true, text: text.to_owned() }
    }
}

/// Makes rewrites of a manifest's texts. Each is `None` where the text has no such place, or one that
/// an alias or an odd layout makes unsafe to touch.
#[derive(Debug, Clone, Copy)]
pub struct Rewriter<'m> {
    manifest: &'m Manifest,
}

/// A place in the text: its node, the node around it, and which part of that one it is.
struct Found<'m> {
    source: usize,
    text: &'m str,
    node: &'m Node,
    parent: Option<&'m Node>,
    at: usize,
}

impl<'m> Rewriter<'m> {
    /// For the texts of this manifest.
    pub const fn new(manifest: &'m Manifest) -> Self {
        Self { manifest }
    }

    fn find(self, origin: &Origin) -> Option<Found<'m>> {
        let document = self.manifest.document(origin)?;
        let source = document.source;
        let text = self.manifest.sources.get(source)?.text();
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
        Some(Found { source, text, node, parent, at })
    }

    /// Another value in the place of one that is written there.
    pub fn replace(self, origin: &Origin, value: &str) -> Option<Rewrite> {
        let found = self.find(origin)?;
        let is_written = found.node.span.end > found.node.span.start;
        is_written.then(|| found.one(found.node.span, value.to_owned()))
    }

    /// Another key in the place of the one of a map's entry.
    pub fn rename(self, origin: &Origin, key: &str) -> Option<Rewrite> {
        let found = self.find(origin)?;
        let entry = found.entries()?.get(found.at)?;
        Some(found.one(entry.key_span, key.to_owned()))
    }

    /// A list with one item more, at its end. Lines of `item` after the first are indented as the
    /// first one's content is; in a list in brackets the item has to be one line.
    pub fn add_item(self, list: &Origin, item: &str) -> Option<Rewrite> {
        let found = self.find(list)?;
        let Value::Sequence(items) = &found.node.value else { return None };
        if found.is_flow() {
            return found.add_in_brackets(items.is_empty(), item);
        }
        let dash = found.dash(items.last()?)?;
        let indent = " ".repeat(found.column(dash));
        let lines = item.replace('\n', &format!("\n{indent}  "));
        Some(found.add_line(found.node.span.end, &format!("{indent}- {lines}")))
    }

    /// A map with one entry more, at its end: `key: value`, lines after the first relative to the key.
    pub fn add_entry(self, map: &Origin, entry: &str) -> Option<Rewrite> {
        let found = self.find(map)?;
        let Value::Mapping(entries) = &found.node.value else { return None };
        if found.is_flow() {
            return found.add_in_brackets(entries.is_empty(), entry);
        }
        let indent = " ".repeat(found.column(entries.first()?.key_span.start));
        let lines = entry.replace('\n', &format!("\n{indent}"));
        Some(found.add_line(found.node.span.end, &format!("{indent}{lines}")))
    }

    /// The list or map without one of its parts; `None` for the only one.
    pub fn remove(self, origin: &Origin) -> Option<Rewrite> {
        let found = self.find(origin)?;
        let starts: Vec<usize> = match &found.parent?.value {
            Value::Mapping(entries) => entries.iter().map(|entry| entry.key_span.start).collect(),
            Value::Sequence(items) if found.is_in_flow() => {
                items.iter().map(|item| item.span.start).collect()
            }
            Value::Sequence(items) => {
                items.iter().map(|item| found.dash(item)).collect::<Option<_>>()?
            }
            Value::Scalar(_) => return None,
        };
        let own = *starts.get(found.at)?;
        if let Some(next) = starts.get(found.at + 1) {
            return Some(found.one(Span::new(own, *next), String::new()));
        }
        let before = found.at.checked_sub(1).and_then(|at| found.end_of(at))?;
        if found.is_in_flow() {
            return Some(found.one(Span::new(before, found.node.span.end.max(own)), String::new()));
        }
        let start = found.line_start(own);
        let end = found.line_end(found.end_of(found.at)?);
        // the line break after it, or at the end of the text the one before it
        let has_next = end < found.text.len();
        let span = Span::new(
            if has_next { start } else { start.saturating_sub(1) },
            end + usize::from(has_next),
        );
        Some(found.one(span, String::new()))
    }

    /// One list item made two, by a dash before one of its keys: AND becomes OR.
    pub fn split(self, item: &Origin, key: &str) -> Option<Rewrite> {
        let found = self.find(item)?;
        let Value::Mapping(entries) = &found.node.value else { return None };
        let at = entries.iter().position(|entry| entry.key == key).filter(|at| *at > 0)?;
        let key = entries.get(at)?.key_span.start;
        if found.is_flow() {
            let before = entries.get(at - 1)?;
            let end = before.value.span.end.max(before.key_span.end);
            return Some(found.one(Span::new(end, key), "}, {".to_owned()));
        }
        let dash = found.column(found.dash(found.node)?);
        let start = found.line_start(key);
        let is_indented = found.text.get(start..key)?.bytes().all(|byte| byte == b' ');
        let is_deeper = start + dash + 2 <= key;
        let at = Span::new(start + dash, start + dash + 1);
        (is_indented && is_deeper).then(|| found.one(at, "-".to_owned()))
    }

    /// A list item made one with the one before it, by taking its dash away: OR becomes AND.
    pub fn join(self, item: &Origin) -> Option<Rewrite> {
        let found = self.find(item)?;
        let Value::Sequence(items) = &found.parent?.value else { return None };
        let before = items.get(found.at.checked_sub(1)?)?;
        let (Value::Mapping(first), Value::Mapping(second)) = (&before.value, &found.node.value)
        else {
            return None;
        };
        let is_double = second.iter().any(|entry| first.iter().any(|other| other.key == entry.key));
        if is_double || found.is_flow() != found.starts_flow(before) {
            return None;
        }
        if found.is_flow() {
            let span = Span::new(before.span.end.checked_sub(1)?, found.node.span.start + 1);
            return Some(found.one(span, ", ".to_owned()));
        }
        let dash = found.dash(found.node)?;
        let is_aligned = found.column(before.span.start) == found.column(found.node.span.start);
        is_aligned.then(|| found.one(Span::new(dash, dash + 1), " ".to_owned()))
    }
}

impl<'m> Found<'m> {
    fn one(&self, span: Span, text: String) -> Rewrite {
        Rewrite { source: self.source, edits: vec![Edit { span, text }] }
    }

    fn entries(&self) -> Option<&'m [crate::yaml::Entry]> {
        match &self.parent?.value {
            Value::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// Where a part of the node around this one ends.
    fn end_of(&self, at: usize) -> Option<usize> {
        match &self.parent?.value {
            Value::Mapping(entries) => {
                entries.get(at).map(|entry| entry.key_span.end.max(entry.value.span.end))
            }
            Value::Sequence(items) => items.get(at).map(|item| item.span.end),
            Value::Scalar(_) => None,
        }
    }

    fn starts_flow(&self, node: &Node) -> bool {
        let first = self.text.as_bytes().get(node.span.start);
        let is_container = !matches!(node.value, Value::Scalar(_));
        is_container && first.is_some_and(|byte| matches!(byte, b'[' | b'{'))
    }

    fn is_flow(&self) -> bool {
        self.starts_flow(self.node)
    }

    fn is_in_flow(&self) -> bool {
        self.parent.is_some_and(|parent| self.starts_flow(parent))
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or("");
        before.rfind('\n').map_or(0, |newline| newline + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        let after = self.text.get(at..).unwrap_or("");
        after.find('\n').map_or(self.text.len(), |newline| at + newline)
    }

    fn column(&self, at: usize) -> usize {
        self.text.get(self.line_start(at)..at).unwrap_or("").chars().count()
    }

    /// The dash of an item of a list without brackets.
    fn dash(&self, item: &Node) -> Option<usize> {
        let start = self.line_start(item.span.start);
        let before = self.text.get(start..item.span.start)?.trim_end_matches(' ');
        let dash = start + before.len().checked_sub(1)?;
        before.ends_with('-').then_some(dash)
    }

    fn add_line(&self, end: usize, lines: &str) -> Rewrite {
        let end = self.line_end(end);
        let is_carriage = self.text.get(..end).is_some_and(|before| before.ends_with('\r'));
        let end = end - usize::from(is_carriage);
        let text = format!("\n{lines}");
        let text = if is_carriage { text.replace('\n', "\r\n") } else { text };
        self.one(Span::new(end, end), text)
    }

    fn add_in_brackets(&self, is_empty: bool, part: &str) -> Option<Rewrite> {
        let end = self.node.span.end.checked_sub(1)?;
        let is_closed = matches!(self.text.as_bytes().get(end), Some(b']' | b'}'));
        let text = if is_empty { part.to_owned() } else { format!(", {part}") };
        (is_closed && !part.contains('\n')).then(|| self.one(Span::new(end, end), text))
    }
}

#[cfg(test)]
mod tests;
