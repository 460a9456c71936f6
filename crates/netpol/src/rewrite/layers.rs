//! A layer more around a map, or one less: a dash, a key.

use super::{Edit, Found, Rewrite, Rewriter};
use crate::{
    field::Origin,
    source::Span,
    yaml::{Entry, Value},
};

impl Rewriter<'_> {
    /// A map made the only item of a list in its place.
    pub fn dash(self, map: &Origin) -> Option<Rewrite> {
        let found = self.find(map)?;
        if found.is_flow() || found.is_in_flow() {
            return Some(found.enclosed(Span::new(found.node.span.start, found.end()), "[", "]"));
        }
        found.deeper("- ".to_owned())
    }

    /// A list of one map made that map.
    pub fn undash(self, list: &Origin) -> Option<Rewrite> {
        let found = self.find(list)?;
        let Value::Sequence(items) = &found.node.value else { return None };
        let [item] = items.as_slice() else { return None };
        if !found.is_flow() {
            let dash = found.dash(item)?;
            return Some(found.one(Span::new(dash, dash + 1), " ".to_owned()));
        }
        let Span { start, end } = found.node.span;
        let before = Span::new(start, item.span.start);
        let after = Span::new(item.span.end, end);
        let is_bracket = |span: Span, bracket| {
            found.text.get(span.start..span.end).map(str::trim) == Some(bracket)
        };
        // of `[key: value]` the brackets are the only ones
        let [open, close] = if found.starts_flow(item) { ["", ""] } else { ["{", "}"] };
        let put = |span, text: &str| Edit { span, text: text.to_owned() };
        let edits = vec![put(before, open), put(after, close)];
        (is_bracket(before, "[") && is_bracket(after, "]"))
            .then_some(Rewrite { source: found.source, edits })
    }

    /// A map with all its entries under one key.
    pub fn gather(self, map: &Origin, key: &str) -> Option<Rewrite> {
        let found = self.find(map)?;
        let Span { start, end } = found.node.span;
        if found.is_flow() {
            let inside = Span::new(start + 1, end.checked_sub(1)?);
            return Some(found.enclosed(inside, &format!("{key}: {{"), "}"));
        }
        if found.is_in_flow() {
            let all = Span::new(start, found.end());
            return Some(found.enclosed(all, &format!("{key}: {{"), "}"));
        }
        let Value::Mapping(entries) = &found.node.value else { return None };
        let column = found.column(entries.first()?.key_span.start);
        found.deeper(format!("{key}:\n{}", " ".repeat(column + 2)))
    }
}

impl Found<'_> {
    fn enclosed(&self, Span { start, end }: Span, open: &str, close: &str) -> Rewrite {
        let put = |at, text: &str| Edit { span: Span::new(at, at), text: text.to_owned() };
        Rewrite { source: self.source, edits: vec![put(start, open), put(end, close)] }
    }

    /// The lines of a map without braces indented by two, with something before its first key.
    fn deeper(&self, before: String) -> Option<Rewrite> {
        let Value::Mapping(entries) = &self.node.value else { return None };
        let start = entries.first()?.key_span.start;
        let end = self.node.span.end;
        let text = self.text.get(start..end)?;
        let is_odd = |c| c == '\r' || c == '\t';
        if !entries.iter().all(Entry::is_written) || text.contains(is_odd) {
            return None;
        }
        let put = |at, text| Edit { span: Span::new(at, at), text };
        let mut edits = vec![put(start, before)];
        let mut at = start;
        for line in text.split_inclusive('\n') {
            if at > start && !line.trim().is_empty() {
                edits.push(put(at, "  ".to_owned()));
            }
            at += line.len();
        }
        Some(Rewrite { source: self.source, edits })
    }
}
