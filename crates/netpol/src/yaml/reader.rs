//! Events → nodes. No recursion, so depth costs no stack.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    Document, Entry, Fault, MAX_ALIASED_NODES, MAX_DEPTH, Node, Value,
    chunks::Chunk,
    fault,
    keys::{self, Part},
    parse::{Event, EventKind, Parser, Properties},
    token::Style,
};
use crate::{
    diagnostic::MAX_DIAGNOSTICS,
    scalar::{Scalar, is_beyond_json, resolve},
    source::Span,
};

/// How many values that JSON has no word for are remembered: each is looked for in all that is replaced.
const MOST_NOT_JSON: usize = 100;

/// How many parts of a text's budget one copied node costs.
const COPY_COST: usize = 100;

/// Reads one chunk of a text: its first document, as kubectl does. `None` for comments only.
pub(super) fn read(text: &str, chunk: &Chunk, budget: &mut usize) -> Option<Document> {
    let text = text.get(..chunk.span.end).unwrap_or("");
    let mut reader = Reader { text, ..Reader::default() };
    // those that JSON allows stand in its strings
    let control = (!chunk.is_json).then(|| fault::control_character(text, chunk.content));
    let outcome = match control.flatten() {
        Some(fault) => Err(fault),
        None => reader.read(Parser::new(text, chunk.content, chunk.is_json), budget),
    };
    match outcome {
        Ok(false) => None,
        Ok(true) => Some(reader.finish(chunk.span)),
        Err(fault) => {
            reader.root = None;
            reader.faults.push(fault);
            Some(reader.finish(chunk.span))
        }
    }
}

enum Frame {
    Sequence { start: Span, anchor: Option<usize>, items: Vec<Node> },
    Mapping { start: Span, anchor: Option<usize>, parts: Vec<Part>, key: Option<Key> },
}

/// A key whose value is yet to come.
struct Key {
    node: Node,
    /// It is `<<`, which takes over the entries of other maps.
    is_merge: bool,
}

/// Builds nodes from events.
#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    stack: Vec<Frame>,
    /// The place of each name in `anchors`; the last one of a name counts.
    names: BTreeMap<String, usize>,
    /// `None` while it is being read.
    anchors: Vec<Option<Node>>,
    /// Nodes in them, those of an anchor inside another one twice.
    anchored: usize,
    aliased: usize,
    root: Option<Node>,
    /// What JSON, on whose way kubectl reads a document, has no word for; unless a later key of the same name replaces it.
    not_json: Vec<Fault>,
    faults: Vec<Fault>,
    quoted: Vec<Span>,
}

impl<'t> Reader<'t> {
    /// Whether there is a document.
    fn read(&mut self, mut parser: Parser<'t>, budget: &mut usize) -> Result<bool, Fault> {
        loop {
            let event = parser.next().map_err(|problem| fault::syntax(self.text, problem))?;
            match event.kind {
                EventKind::StreamEnd => return Ok(false),
                EventKind::DocumentEnd => {
                    let rest = match parser.next() {
                        Ok(Event { kind: EventKind::StreamEnd, .. }) => None,
                        Ok(event) => Some(event.span.start),
                        Err(problem) => Some(problem.from),
                    };
                    self.faults.extend(rest.map(|at| fault::not_read(self.text, at)));
                    return self.not_json.drain(..).next().map_or(Ok(true), Err);
                }
                _ => {}
            }
            let (span, copied) = (event.span, self.copied());
            self.take(event)?;
            // what is copied costs memory that the text does not show
            let cost = 1 + (self.copied() - copied).saturating_mul(COPY_COST);
            *budget = budget.saturating_sub(cost);
            if *budget == 0 {
                return Err(fault::too_many_nodes(span));
            }
        }
    }

    fn finish(self, chunk: Span) -> Document {
        let root = self.root.filter(|root| !root.is_null());
        Document { span: chunk, root, faults: self.faults, quoted: self.quoted }
    }

    fn take(&mut self, event: Event<'t>) -> Result<(), Fault> {
        let span = event.span;
        match event.kind {
            EventKind::Scalar(properties, text, style) => {
                self.scalar(&properties, text, style, span)
            }
            EventKind::Alias(name) => self.alias(name, span),
            EventKind::SequenceStart(properties) => {
                let anchor = self.open(&properties, "seq", span)?;
                self.stack.push(Frame::Sequence { start: span, anchor, items: Vec::new() });
                Ok(())
            }
            EventKind::MappingStart(properties) => {
                let anchor = self.open(&properties, "map", span)?;
                let (parts, key) = (Vec::new(), None);
                self.stack.push(Frame::Mapping { start: span, anchor, parts, key });
                Ok(())
            }
            EventKind::SequenceEnd | EventKind::MappingEnd => self.close(span),
            EventKind::DocumentStart | EventKind::DocumentEnd | EventKind::StreamEnd => Ok(()),
        }
    }

    fn tell(&mut self, fault: Option<Fault>) {
        if self.faults.len() < MAX_DIAGNOSTICS {
            self.faults.extend(fault);
        }
    }

    fn scalar(
        &mut self,
        properties: &Properties<'_>,
        text: Cow<'_, str>,
        style: Style,
        span: Span,
    ) -> Result<(), Fault> {
        let written = self.text.get(span.start..span.end).unwrap_or("");
        let is_quoted = matches!(style, Style::Quoted(_));
        let end =
            if is_quoted { written } else { written.trim_end_matches([' ', '\t', '\r', '\n']) };
        let span = Span::new(span.start, span.start + end.len());
        let content = match style {
            Style::Plain => span.end,
            Style::Quoted(content) | Style::Block(content) => content,
        };
        if self.text.get(content..span.end).is_some_and(|content| content.contains('#')) {
            self.quoted.push(Span::new(content, span.end));
        }
        let is_plain = style == Style::Plain && properties.tag.is_none();
        let is_merge = text == "<<"
            && properties.tag.as_ref().map_or(is_plain, super::tag::Tag::leaves_merge_keys);
        let anchor = self.anchor(properties);
        let value = match &properties.tag {
            Some(tag) => {
                let (value, fault) = tag.on_scalar(text.into_owned(), span)?;
                self.tell(fault);
                value
            }
            None if is_plain => resolve(&text),
            None => Scalar::Text(text.into_owned()),
        };
        match &value {
            Scalar::Float(word) if is_beyond_json(word) && !self.is_at_key() => {
                self.tell_no_json(fault::no_json(word, span))?;
            }
            _ => {}
        }
        self.place(Node { span, value: Value::Scalar(value) }, anchor, is_merge)
    }

    /// Remembers what JSON has no word for. Where there is so much of it, not all of it is replaced.
    fn tell_no_json(&mut self, fault: Fault) -> Result<(), Fault> {
        if self.not_json.len() >= MOST_NOT_JSON {
            return Err(fault);
        }
        self.not_json.push(fault);
        Ok(())
    }

    /// Whether what comes next is the key of a map.
    fn is_at_key(&self) -> bool {
        matches!(self.stack.last(), Some(Frame::Mapping { key: None, .. }))
    }

    /// A list or map starts; the number of its anchor.
    fn open(
        &mut self,
        properties: &Properties<'_>,
        own_tag: &str,
        span: Span,
    ) -> Result<Option<usize>, Fault> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(fault::too_deep(span));
        }
        self.tell(properties.tag.as_ref().and_then(|tag| tag.on_collection(own_tag, span)));
        Ok(self.anchor(properties))
    }

    fn anchor(&mut self, properties: &Properties<'_>) -> Option<usize> {
        let name = properties.anchor?;
        let number = self.anchors.len();
        self.anchors.push(None);
        self.names.insert(name.to_owned(), number);
        Some(number)
    }

    fn alias(&mut self, name: &str, span: Span) -> Result<(), Fault> {
        let Some(number) = self.names.get(name) else {
            return Err(fault::unknown_anchor(name, span));
        };
        let Some(node) = self.anchors.get(*number).and_then(Option::as_ref) else {
            return Err(fault::anchor_in_itself(name, span));
        };
        let is_map = matches!(node.value, Value::Mapping(_));
        let is_merged = matches!(
            self.stack.last(),
            Some(Frame::Mapping { key: Some(Key { is_merge: true, .. }), .. })
        );
        if is_merged && !is_map {
            return Err(fault::merge_of_no_map(span));
        }
        self.aliased += node.count();
        if self.aliased > MAX_ALIASED_NODES {
            return Err(fault::too_many_aliased(span));
        }
        let node = node.clone();
        self.place(node, None, false)
    }

    fn close(&mut self, end: Span) -> Result<(), Fault> {
        let Some(frame) = self.stack.pop() else {
            debug_assert!(false, "what ends has started");
            return Ok(());
        };
        let (start, anchor, value, last) = match frame {
            Frame::Sequence { start, anchor, items } => {
                let last = items.last().map(|item| item.span.end);
                (start, anchor, Value::Sequence(items), last)
            }
            Frame::Mapping { start, anchor, parts, .. } => {
                let keys::Contents { entries, end, replaced } =
                    keys::entries(parts, &mut self.faults);
                let is_replaced = |place: Span| {
                    replaced.iter().any(|span| span.start <= place.start && place.end <= span.end)
                };
                self.not_json.retain(|fault| !is_replaced(fault.span));
                (start, anchor, Value::Mapping(entries), end)
            }
        };
        // a bracket has a width, the end of a block none
        let is_bracket = end.end > end.start;
        let end = if is_bracket { end.end } else { last.unwrap_or(start.end) };
        self.place(Node { span: Span::new(start.start, end), value }, anchor, false)
    }

    /// Puts a finished node where it belongs.
    fn place(&mut self, node: Node, anchor: Option<usize>, is_merge: bool) -> Result<(), Fault> {
        if let Some(anchor) = anchor {
            self.keep(&node, anchor)?;
        }
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Frame::Sequence { items, .. }) => items.push(node),
            Some(Frame::Mapping { parts, key, .. }) => match key.take() {
                None => *key = Some(Key { node, is_merge }),
                Some(Key { is_merge: true, .. }) => parts.push(keys::merge(node)?),
                Some(Key { node: key, .. }) => {
                    let entry = entry(&key, node)?;
                    parts.push(Part::Entry(entry));
                    if is_no_json_key(&key) {
                        self.tell_no_json(fault::unsupported_key(&key))?;
                    }
                }
            },
        }
        Ok(())
    }

    /// Keeps a copy for aliases. Anchors inside anchors would copy the same nodes again and again.
    fn keep(&mut self, node: &Node, anchor: usize) -> Result<(), Fault> {
        self.anchored += node.count();
        if self.anchored > MAX_ALIASED_NODES {
            return Err(fault::too_many_anchored(node.span));
        }
        if let Some(slot) = self.anchors.get_mut(anchor) {
            *slot = Some(node.clone());
        }
        Ok(())
    }

    /// How many nodes have been copied so far.
    const fn copied(&self) -> usize {
        self.anchored + self.aliased
    }
}

fn entry(key: &Node, mut value: Node) -> Result<Entry, Fault> {
    let Value::Scalar(scalar) = &key.value else { return Err(fault::unsupported_key(key)) };
    let text = scalar.as_key().unwrap_or_else(|| scalar.to_string());
    if value.is_null() && value.span.start == value.span.end {
        value.span = Span::new(key.span.end, key.span.end);
    }
    Ok(Entry { key: text, key_span: key.span, value })
}

fn is_no_json_key(key: &Node) -> bool {
    matches!(&key.value, Value::Scalar(scalar) if scalar.as_key().is_none())
}
