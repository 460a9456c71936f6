//! Small edits of a text that leave everything else as it is: comments, quotes, order, indentation.
//! What cannot be edited without guessing is not edited at all.

mod found;
mod layers;

use crate::{
    field::Origin,
    manifest::Manifest,
    source::{Source, Span},
    yaml::{Entry, Value},
};
use found::Found;

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

impl<'m> Rewriter<'m> {
    /// For the texts of this manifest.
    pub const fn new(manifest: &'m Manifest) -> Self {
        Self { manifest }
    }

    fn find(self, origin: &Origin) -> Option<Found<'m>> {
        Found::of(self.manifest, origin)
    }

    /// Another value in the place of one that is written there.
    pub fn replace(self, origin: &Origin, value: &str) -> Option<Rewrite> {
        let found = self.find(origin)?;
        let is_written = found.node.span.end > found.node.span.start;
        let span = Span::new(found.node.span.start, found.end());
        is_written.then(|| found.one(span, value.to_owned()))
    }

    /// Another key in the place of the one of a map's entry.
    pub fn rename(self, origin: &Origin, key: &str) -> Option<Rewrite> {
        let found = self.find(origin)?;
        Some(found.one(found.key()?.key_span, key.to_owned()))
    }

    /// Another value, on one line, behind the key of a map's entry, whatever lines the old one takes.
    pub fn set(self, origin: &Origin, value: &str) -> Option<Rewrite> {
        let found = self.find(origin)?;
        let key = found.key()?.key_span.end;
        let old = Span::new(found.node.span.start, found.end());
        let line = found.text.get(key..found.line_end(key))?;
        let colon = key + line.find(':')? + 1;
        let put = |span| Edit { span, text: format!(" {value}") };
        if old.start <= key + line.len() {
            return Some(found.one(Span::new(colon, old.end.max(colon)), format!(" {value}")));
        }
        // what stands between the two is a comment
        let start = found.line_start(old.start) - 1;
        let is_carriage = found.text.get(..start).is_some_and(|before| before.ends_with('\r'));
        let gone = Span::new(start - usize::from(is_carriage), old.end);
        let edits = vec![put(Span::new(colon, colon)), Edit { span: gone, text: String::new() }];
        Some(Rewrite { source: found.source, edits })
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

    /// A document more behind the one that a place belongs to. JSON stays as it is: what reads it
    /// need not take YAML.
    pub fn add_document(self, origin: &Origin, document: &str) -> Option<Rewrite> {
        let place = self.manifest.document(origin)?;
        let text = self.manifest.sources.get(place.source)?.text();
        let (root, end) = (place.yaml.root.as_ref()?, place.yaml.span.end);
        let own = text.get(place.yaml.span.start..end)?;
        if text.get(root.span.start..)?.starts_with(['{', '[']) {
            return None;
        }
        let gap = if own.ends_with('\n') { "" } else { "\n" };
        let added = format!("{gap}---\n{document}\n");
        let added = if own.contains("\r\n") { added.replace('\n', "\r\n") } else { added };
        let edit = Edit { span: Span::new(end, end), text: added };
        Some(Rewrite { source: place.source, edits: vec![edit] })
    }

    /// A map with one entry more, at its end: `key: value`, lines after the first relative to the key.
    pub fn add_entry(self, map: &Origin, entry: &str) -> Option<Rewrite> {
        let found = self.find(map)?;
        let Value::Mapping(entries) = &found.node.value else { return None };
        if !entries.iter().all(Entry::is_written) {
            return None;
        }
        if found.is_flow() {
            return found.add_in_brackets(entries.is_empty(), entry);
        }
        if found.is_in_flow() {
            // `[key: value]` holds one entry
            return None;
        }
        let indent = " ".repeat(found.column(entries.first()?.key_span.start));
        let lines = entry.replace('\n', &format!("\n{indent}"));
        Some(found.add_line(found.node.span.end, &format!("{indent}{lines}")))
    }

    /// The list or map without one of its parts; `None` for the only one.
    pub fn remove(self, origin: &Origin) -> Option<Rewrite> {
        let found = self.find(origin)?;
        let starts: Vec<usize> = match &found.parent?.value {
            Value::Mapping(entries) if !entries.iter().all(Entry::is_written) => return None,
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
            let between = if found.is_in_flow() {
                "}, {".to_owned()
            } else {
                let dash = found.column(found.dash(found.node)?);
                format!("}}\n{}- {{", " ".repeat(dash))
            };
            return Some(found.one(Span::new(end, key), between));
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
            let has_comment = found.text.get(span.start..span.end)?.contains('#');
            return (!has_comment).then(|| found.one(span, ", ".to_owned()));
        }
        let dash = found.dash(found.node)?;
        let is_aligned = found.column(before.span.start) == found.column(found.node.span.start);
        is_aligned.then(|| found.one(Span::new(dash, dash + 1), " ".to_owned()))
    }
}

#[cfg(test)]
mod tests;
