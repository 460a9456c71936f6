//! A parser's events → nodes. Only this file and `feed` name a YAML parser; no recursion, so depth costs
//! no stack.

use std::cell::Cell;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

use super::{
    Document, Entry, Fault, MAX_ALIASED_NODES, MAX_DEPTH, MAX_VALUE, Node, Value,
    chunks::Chunk,
    fault,
    feed::{Bounded, feed},
    keys::{last_of_each_key, merge},
    offsets::Offsets,
    quoted,
    tag::Tag,
};
use crate::{
    diagnostic::{Code, MAX_DIAGNOSTICS},
    scalar::{Scalar, resolve},
    source::Span,
};

/// How many parts of a text's budget one copied node costs.
const COPY_COST: usize = 100;

/// Reads one chunk of a text: its first document, as kubectl does. `None` for comments only.
pub(super) fn read(text: &str, chunk: &Chunk, budget: &mut usize) -> Option<Document> {
    let (fed, offsets) = feed(text, chunk);
    let chunk = chunk.span;
    let ahead = Cell::new(0);
    let mut parser = Parser::new(Bounded::new(&fed, &ahead));
    let mut reader = Reader { offsets: &offsets, text, ..Reader::new() };
    while let Some(event) = parser.next_event() {
        let is_too_long = ahead.take() > MAX_VALUE;
        let outcome = match event {
            Ok((_, span)) if is_too_long => Err(too_long(&offsets, span.start)),
            Err(error) if is_too_long => Err(too_long(&offsets, *error.marker())),
            Ok((Event::DocumentEnd, _)) => {
                let rest = match parser.next_event() {
                    None | Some(Ok((Event::StreamEnd, _))) => None,
                    Some(Ok((_, span))) => Some(span.start.index()),
                    Some(Err(error)) => Some(error.marker().index()),
                };
                reader.faults.extend(rest.map(|at| fault::not_read(text, offsets.at(at))));
                return Some(reader.finish(chunk));
            }
            Ok((event, span)) => {
                let span = offsets.span(span.start.index(), span.end.index());
                let copied = reader.copied();
                let outcome = reader.take(event, span);
                // what is copied costs memory that the text does not show
                let cost = 1 + (reader.copied() - copied).saturating_mul(COPY_COST);
                *budget = budget.saturating_sub(cost);
                if *budget == 0 { Err(fault::too_many_nodes(span)) } else { outcome }
            }
            Err(error) => {
                let at = offsets.at(error.marker().index());
                if reader.is_at_its_end() {
                    reader.faults.push(fault::not_read(text, at));
                    return Some(reader.finish(chunk));
                }
                Err(fault::syntax(text, at, error.info()))
            }
        };
        if let Err(fault) = outcome {
            reader.root = None;
            reader.faults.push(fault);
            return Some(reader.finish(chunk));
        }
    }
    None
}

fn too_long(offsets: &Offsets, at: Marker) -> Fault {
    fault::too_long(offsets.span(at.index(), at.index() + 1))
}

enum Frame {
    Sequence {
        start: Span,
        anchor: usize,
        items: Vec<Node>,
    },
    Mapping {
        start: Span,
        anchor: usize,
        entries: Vec<Entry>,
        key: Option<(Node, bool)>,
        merged: Vec<Node>,
    },
}

/// Builds nodes from events without recursion, so depth costs no stack.
struct Reader<'t> {
    text: &'t str,
    offsets: &'t Offsets,
    stack: Vec<Frame>,
    /// By the number that the parser gives them, from 1; it only grows.
    anchors: Vec<Option<Node>>,
    /// Nodes in them, those of an anchor inside another one twice.
    anchored: usize,
    aliased: usize,
    root: Option<Node>,
    faults: Vec<Fault>,
    quoted: Vec<Span>,
}

static NO_OFFSETS: Offsets = Offsets::none();

impl Reader<'_> {
    const fn new() -> Self {
        Self {
            text: "",
            offsets: &NO_OFFSETS,
            stack: Vec::new(),
            anchors: Vec::new(),
            anchored: 0,
            aliased: 0,
            root: None,
            faults: Vec::new(),
            quoted: Vec::new(),
        }
    }

    fn finish(&mut self, chunk: Span) -> Document {
        let root = self.root.take().filter(|root| !root.is_null());
        let (faults, quoted) = (std::mem::take(&mut self.faults), std::mem::take(&mut self.quoted));
        *self = Self { text: self.text, offsets: self.offsets, ..Self::new() };
        Document { span: chunk, root, faults, quoted }
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let is_bare = anchor == 0 && tag.is_none();
                let value = match tag {
                    Some(tag) => {
                        let (value, fault) = named(&tag).on_scalar(text.into_owned(), span)?;
                        self.tell(fault);
                        value
                    }
                    None if plain => resolve(&text),
                    None => Scalar::Text(text.into_owned()),
                };
                let span = match style {
                    ScalarStyle::SingleQuoted => quoted::through_quote(self.text, span, '\''),
                    ScalarStyle::DoubleQuoted => quoted::through_quote(self.text, span, '"'),
                    _ => self.tidy(span, plain),
                };
                let node = Node { span, value: Value::Scalar(value) };
                if style != ScalarStyle::Plain {
                    self.quoted.extend(quoted::with_hash(self.text, span, is_bare));
                }
                self.place(node, anchor, plain)?;
            }
            Event::Alias(anchor) => self.alias(anchor, span)?,
            Event::SequenceStart(anchor, tag) => {
                self.tell(tag.and_then(|tag| named(&tag).on_collection("seq", span)));
                self.push(Frame::Sequence { start: span, anchor, items: Vec::new() }, span)?;
            }
            Event::MappingStart(anchor, tag) => {
                self.tell(tag.and_then(|tag| named(&tag).on_collection("map", span)));
                let (entries, merged) = (Vec::new(), Vec::new());
                self.push(
                    Frame::Mapping { start: span, anchor, entries, key: None, merged },
                    span,
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.pop(span)?,
            _ => {}
        }
        Ok(())
    }

    /// Whether a map or list in brackets is complete: what follows it, kubectl never looks at.
    fn is_at_its_end(&self) -> bool {
        let start = self.root.as_ref().map_or(usize::MAX, |root| root.span.start);
        self.stack.is_empty()
            && self.text.get(start..).is_some_and(|text| text.starts_with(['{', '[']))
    }

    fn tell(&mut self, fault: Option<Fault>) {
        if self.faults.len() < MAX_DIAGNOSTICS {
            self.faults.extend(fault);
        }
    }

    /// A plain scalar's span without the blank lines and comments that may trail it.
    fn tidy(&self, span: Span, plain: bool) -> Span {
        let text = self.text.get(span.start..span.end).unwrap_or("");
        let kept = if plain { text.trim_end() } else { text.trim_end_matches(['\n', '\r']) };
        Span::new(span.start, span.start + kept.len())
    }

    fn push(&mut self, frame: Frame, span: Span) -> Result<(), Fault> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(fault::too_deep(span));
        }
        self.stack.push(frame);
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Fault> {
        let Some(node) = self.anchors.get(anchor).and_then(Option::as_ref) else {
            let message = "an alias may not stand inside what it repeats".to_owned();
            return Err(Fault { code: Code::YamlSyntax, message, help: None, span });
        };
        self.aliased += node.count();
        if self.aliased > MAX_ALIASED_NODES {
            let message = format!("aliases repeat more than {MAX_ALIASED_NODES} nodes");
            return Err(Fault { code: Code::TooLarge, message, help: None, span });
        }
        let node = node.clone();
        self.place(node, 0, false)
    }

    fn pop(&mut self, end: Span) -> Result<(), Fault> {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        let (start, anchor, value, last) = match frame {
            Frame::Sequence { start, anchor, items } => {
                let last = items.last().map(|item| item.span.end);
                (start, anchor, Value::Sequence(items), last)
            }
            Frame::Mapping { start, anchor, mut entries, merged, .. } => {
                let last = entries.last().map(|entry| entry.key_span.end.max(entry.value.span.end));
                last_of_each_key(&mut entries, &mut self.faults);
                if !merged.is_empty() {
                    merge(&mut entries, merged);
                }
                (start, anchor, Value::Mapping(entries), last)
            }
        };
        // the parser counts blanks and a comment behind a bracket to it
        let closed = self.text.get(end.start..).is_some_and(|t| t.starts_with([']', '}']))
            && end.end > end.start;
        let end = if closed { end.start + 1 } else { last.unwrap_or(start.end) };
        self.place(Node { span: Span::new(start.start, end), value }, anchor, false)
    }

    /// Puts a finished node where it belongs; `plain` tells a written `<<` from a quoted one.
    fn place(&mut self, node: Node, anchor: usize, plain: bool) -> Result<(), Fault> {
        if anchor > 0 {
            self.keep(&node, anchor)?;
        }
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Frame::Sequence { items, .. }) => items.push(node),
            Some(Frame::Mapping { entries, key, merged, .. }) => match key.take() {
                None => *key = Some((node, plain)),
                Some((key, true)) if key.as_str() == Some("<<") => merged.push(node),
                Some((key, _)) => insert(entries, &key, node),
            },
        }
        Ok(())
    }

    /// Keeps a copy for aliases. Anchors inside anchors would copy the same nodes again and again.
    fn keep(&mut self, node: &Node, anchor: usize) -> Result<(), Fault> {
        let anchored = self.anchored + node.count();
        if anchored > MAX_ALIASED_NODES {
            let message = format!("anchors hold more than {MAX_ALIASED_NODES} nodes");
            return Err(Fault { code: Code::TooLarge, message, help: None, span: node.span });
        }
        self.anchored = anchored;
        if self.anchors.len() <= anchor {
            self.anchors.resize(anchor + 1, None);
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

fn named(tag: &saphyr_parser::Tag) -> Tag<'_> {
    Tag { handle: &tag.handle, suffix: &tag.suffix }
}

fn insert(entries: &mut Vec<Entry>, key: &Node, mut value: Node) {
    let text = match &key.value {
        Value::Scalar(scalar) => scalar.to_string(),
        _ => "a list or map as a key".to_owned(),
    };
    if value.is_null() && value.span.start == value.span.end {
        value.span = Span::new(key.span.end, key.span.end);
    }
    entries.push(Entry { key: text, key_span: key.span, value });
}
