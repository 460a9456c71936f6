//! Tokens → events: which of them make a map, a list, a value that was left out. A pushdown machine, so depth costs no stack.

mod flow;

use std::borrow::Cow;

use super::{
    problem::{Kind, Problem},
    scan::Scanner,
    tag::Tag,
    token::{Style, Token, TokenKind},
};
use crate::source::Span;

/// What a document consists of, in order.
#[derive(Debug)]
pub(super) struct Event<'t> {
    pub(super) kind: EventKind<'t>,
    pub(super) span: Span,
}

/// The parts of a document.
#[derive(Debug)]
pub(super) enum EventKind<'t> {
    DocumentStart,
    DocumentEnd,
    /// Nothing follows.
    StreamEnd,
    Alias(&'t str),
    Scalar(Properties<'t>, Cow<'t, str>, Style),
    SequenceStart(Properties<'t>),
    SequenceEnd,
    MappingStart(Properties<'t>),
    MappingEnd,
}

/// What may stand before a value.
#[derive(Debug, Default)]
pub(super) struct Properties<'t> {
    pub(super) anchor: Option<&'t str>,
    pub(super) tag: Option<Tag>,
}

/// Where the machine is: what it expects next.
#[derive(Clone, Copy)]
enum State {
    ImplicitDocumentStart,
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockItem,
    IndentlessItem,
    BlockKey,
    BlockValue,
    FlowItem { is_first: bool },
    PairKey,
    PairValue,
    PairEnd,
    FlowKey { is_first: bool },
    FlowValue,
    FlowNoValue,
}

/// Where in a document a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Block,
    /// Behind a key, where a list may stand in the key's column.
    BehindKey,
    Flow,
}

/// The events of one document, made as they are asked for.
pub(super) struct Parser<'t> {
    scanner: Scanner<'t>,
    state: State,
    /// What comes after what is being read.
    then: Vec<State>,
    /// Where the maps and lists around start.
    starts: Vec<usize>,
}

type Parsed<'t> = Result<Event<'t>, Problem>;

impl<'t> Parser<'t> {
    /// Of what stands in `text` from a byte on.
    pub(super) fn new(text: &'t str, from: usize, is_json: bool) -> Self {
        Self {
            scanner: Scanner::new(text, from, is_json),
            state: State::ImplicitDocumentStart,
            then: Vec::new(),
            starts: Vec::new(),
        }
    }

    /// The next event. Not to be asked again after a problem.
    pub(super) fn next(&mut self) -> Parsed<'t> {
        match self.state {
            State::ImplicitDocumentStart => self.document_start(true),
            State::DocumentStart => self.document_start(false),
            State::DocumentContent => self.document_content(),
            State::DocumentEnd => self.document_end(),
            State::BlockNode => self.node(Place::Block),
            State::BlockItem => self.block_item(),
            State::IndentlessItem => self.indentless_item(),
            State::BlockKey => self.block_key(),
            State::BlockValue => self.block_value(),
            State::FlowItem { is_first } => self.flow_item(is_first),
            State::PairKey => self.pair_key(),
            State::PairValue => self.pair_value(),
            State::PairEnd => {
                self.state = State::FlowItem { is_first: false };
                let at = self.scanner.next_span()?.start;
                Ok(Event { kind: EventKind::MappingEnd, span: Span::new(at, at) })
            }
            State::FlowKey { is_first } => self.flow_key(is_first),
            State::FlowValue => self.flow_value(),
            State::FlowNoValue => {
                let at = self.scanner.next_span()?.start;
                Ok(self.nothing(at, State::FlowKey { is_first: false }))
            }
        }
    }

    fn is_next(&mut self, kinds: &[TokenKind<'_>]) -> Result<bool, Problem> {
        self.scanner.peek().map(|next| kinds.contains(next))
    }

    /// Goes on with what comes after what was read.
    fn go_on(&mut self) {
        let then = self.then.pop();
        debug_assert!(then.is_some(), "each value has something after it");
        self.state = then.unwrap_or(State::DocumentEnd);
    }

    /// A value that was left out.
    fn nothing(&mut self, at: usize, then: State) -> Event<'t> {
        self.state = then;
        let kind = EventKind::Scalar(Properties::default(), Cow::Borrowed(""), Style::Plain);
        Event { kind, span: Span::new(at, at) }
    }

    /// A value, and then that.
    fn node_then(&mut self, place: Place, then: State) -> Parsed<'t> {
        self.then.push(then);
        self.node(place)
    }

    /// The end of a map or list, and its token with it.
    fn end(&mut self, kind: EventKind<'t>) -> Parsed<'t> {
        let span = self.scanner.take()?.span;
        self.starts.pop();
        self.go_on();
        Ok(Event { kind, span })
    }

    /// What stands here does not belong in the map or list around.
    fn unexpected(&mut self, kind: Kind) -> Parsed<'t> {
        let at = self.scanner.next_span()?.start;
        Err(Problem { kind, at, from: self.starts.last().copied().unwrap_or(at) })
    }

    fn document_start(&mut self, is_implicit: bool) -> Parsed<'t> {
        while !is_implicit && self.is_next(&[TokenKind::DocumentEnd])? {
            self.scanner.take()?;
        }
        let span = self.scanner.next_span()?;
        if self.is_next(&[TokenKind::End])? {
            return Ok(Event { kind: EventKind::StreamEnd, span });
        }
        self.then.push(State::DocumentEnd);
        let is_marked = self.is_next(&[TokenKind::DocumentStart])?;
        if is_marked {
            self.scanner.take()?;
            self.state = State::DocumentContent;
        } else if is_implicit && !self.is_next(&[TokenKind::Directive])? {
            self.state = State::BlockNode;
        } else {
            return self.unexpected(Kind::DocumentStartExpected);
        }
        Ok(Event { kind: EventKind::DocumentStart, span })
    }

    fn document_content(&mut self) -> Parsed<'t> {
        const NONE: &[TokenKind<'_>] = &[
            TokenKind::Directive,
            TokenKind::DocumentStart,
            TokenKind::DocumentEnd,
            TokenKind::End,
        ];
        if self.is_next(NONE)? {
            let at = self.scanner.next_span()?.start;
            self.then.pop();
            return Ok(self.nothing(at, State::DocumentEnd));
        }
        self.node(Place::Block)
    }

    fn document_end(&mut self) -> Parsed<'t> {
        let span = self.scanner.next_span()?;
        if self.is_next(&[TokenKind::DocumentEnd])? {
            self.scanner.take()?;
        }
        self.state = State::DocumentStart;
        Ok(Event { kind: EventKind::DocumentEnd, span: Span::new(span.start, span.start) })
    }

    fn node(&mut self, place: Place) -> Parsed<'t> {
        let start = self.scanner.next_span()?.start;
        if let TokenKind::Alias(name) = *self.scanner.peek()? {
            let span = self.scanner.take()?.span;
            self.go_on();
            return Ok(Event { kind: EventKind::Alias(name), span });
        }
        let mut properties = Properties::default();
        let mut end = start;
        // one of each, in either order
        for _ in 0..2 {
            match self.scanner.peek()? {
                TokenKind::Anchor(name) if properties.anchor.is_none() => {
                    properties.anchor = Some(*name);
                }
                TokenKind::Tag(tag) if properties.tag.is_none() => {
                    properties.tag = Some(tag.clone());
                }
                _ => break,
            }
            end = self.scanner.take()?.span.end;
        }
        let has_properties = end > start;
        let is_block = place != Place::Flow;
        let next = self.scanner.next_span()?;
        let first = if has_properties { start } else { next.start };
        let (kind, state) = match self.scanner.peek()? {
            TokenKind::BlockEntry if place == Place::BehindKey => {
                (EventKind::SequenceStart(properties), State::IndentlessItem)
            }
            TokenKind::Scalar(..) => return self.scalar(properties, first),
            TokenKind::FlowSequenceStart => {
                (EventKind::SequenceStart(properties), State::FlowItem { is_first: true })
            }
            TokenKind::FlowMappingStart => {
                (EventKind::MappingStart(properties), State::FlowKey { is_first: true })
            }
            TokenKind::BlockSequenceStart if is_block => {
                (EventKind::SequenceStart(properties), State::BlockItem)
            }
            TokenKind::BlockMappingStart if is_block => {
                (EventKind::MappingStart(properties), State::BlockKey)
            }
            _ if has_properties => {
                self.go_on();
                let kind = EventKind::Scalar(properties, Cow::Borrowed(""), Style::Plain);
                return Ok(Event { kind, span: Span::new(start, end) });
            }
            _ => return self.unexpected(Kind::ContentExpected),
        };
        if !matches!(state, State::IndentlessItem) {
            self.scanner.take()?;
            self.starts.push(first);
        }
        self.state = state;
        Ok(Event { kind, span: Span::new(first, next.end) })
    }

    fn scalar(&mut self, properties: Properties<'t>, start: usize) -> Parsed<'t> {
        let Token { kind: TokenKind::Scalar(text, style), span } = self.scanner.take()? else {
            debug_assert!(false, "only asked where a scalar comes next");
            return self.unexpected(Kind::ContentExpected);
        };
        self.go_on();
        let span = Span::new(start, span.end);
        Ok(Event { kind: EventKind::Scalar(properties, text, style), span })
    }

    fn block_item(&mut self) -> Parsed<'t> {
        match self.scanner.peek()? {
            TokenKind::BlockEntry => {
                let dash = self.scanner.take()?.span;
                if self.is_next(&[TokenKind::BlockEntry, TokenKind::BlockEnd])? {
                    return Ok(self.nothing(dash.end, State::BlockItem));
                }
                self.node_then(Place::Block, State::BlockItem)
            }
            TokenKind::BlockEnd => self.end(EventKind::SequenceEnd),
            _ => self.unexpected(Kind::DashExpected),
        }
    }

    fn indentless_item(&mut self) -> Parsed<'t> {
        const NONE: &[TokenKind<'_>] =
            &[TokenKind::BlockEntry, TokenKind::Key, TokenKind::Value, TokenKind::BlockEnd];
        if !self.is_next(&[TokenKind::BlockEntry])? {
            let at = self.scanner.next_span()?.start;
            self.go_on();
            return Ok(Event { kind: EventKind::SequenceEnd, span: Span::new(at, at) });
        }
        let dash = self.scanner.take()?.span;
        if self.is_next(NONE)? {
            return Ok(self.nothing(dash.end, State::IndentlessItem));
        }
        self.node_then(Place::Block, State::IndentlessItem)
    }

    fn block_key(&mut self) -> Parsed<'t> {
        match self.scanner.peek()? {
            TokenKind::Key => self.behind_mark(State::BlockValue),
            TokenKind::BlockEnd => self.end(EventKind::MappingEnd),
            _ => self.unexpected(Kind::KeyExpected),
        }
    }

    fn block_value(&mut self) -> Parsed<'t> {
        if self.is_next(&[TokenKind::Value])? {
            return self.behind_mark(State::BlockKey);
        }
        let at = self.scanner.next_span()?.start;
        Ok(self.nothing(at, State::BlockKey))
    }

    /// What stands behind `?` or `:` in a block map, if anything does.
    fn behind_mark(&mut self, then: State) -> Parsed<'t> {
        let mark = self.scanner.take()?.span;
        if self.is_next(&[TokenKind::Key, TokenKind::Value, TokenKind::BlockEnd])? {
            return Ok(self.nothing(mark.end, then));
        }
        self.node_then(Place::BehindKey, then)
    }
}
