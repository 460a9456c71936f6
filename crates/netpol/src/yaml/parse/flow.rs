//! Lists and maps in brackets.

use super::{Event, EventKind, Kind, Parsed, Parser, Place, Properties, State, TokenKind};

impl<'t> Parser<'t> {
    pub(super) fn flow_item(&mut self, is_first: bool) -> Parsed<'t> {
        if !is_first && !self.is_next(&[TokenKind::FlowSequenceEnd])? {
            if !self.is_next(&[TokenKind::FlowEntry])? {
                return self.unexpected(Kind::CommaOrBracketExpected);
            }
            self.scanner.take()?;
        }
        match self.scanner.peek()? {
            TokenKind::FlowSequenceEnd => self.end(EventKind::SequenceEnd),
            TokenKind::Key => {
                let span = self.scanner.take()?.span;
                self.state = State::PairKey;
                Ok(Event { kind: EventKind::MappingStart(Properties::default()), span })
            }
            _ => self.node_then(Place::Flow, State::FlowItem { is_first: false }),
        }
    }

    pub(super) fn pair_key(&mut self) -> Parsed<'t> {
        const NONE: &[TokenKind<'_>] =
            &[TokenKind::Value, TokenKind::FlowEntry, TokenKind::FlowSequenceEnd];
        if self.is_next(NONE)? {
            let at = self.scanner.next_span()?.start;
            return Ok(self.nothing(at, State::PairValue));
        }
        self.node_then(Place::Flow, State::PairValue)
    }

    pub(super) fn pair_value(&mut self) -> Parsed<'t> {
        if self.is_next(&[TokenKind::Value])? {
            self.scanner.take()?;
            if !self.is_next(&[TokenKind::FlowEntry, TokenKind::FlowSequenceEnd])? {
                return self.node_then(Place::Flow, State::PairEnd);
            }
        }
        let at = self.scanner.next_span()?.start;
        Ok(self.nothing(at, State::PairEnd))
    }

    pub(super) fn flow_key(&mut self, is_first: bool) -> Parsed<'t> {
        const NONE: &[TokenKind<'_>] =
            &[TokenKind::Value, TokenKind::FlowEntry, TokenKind::FlowMappingEnd];
        if !is_first && !self.is_next(&[TokenKind::FlowMappingEnd])? {
            if !self.is_next(&[TokenKind::FlowEntry])? {
                return self.unexpected(Kind::CommaOrBraceExpected);
            }
            self.scanner.take()?;
        }
        match self.scanner.peek()? {
            TokenKind::FlowMappingEnd => self.end(EventKind::MappingEnd),
            TokenKind::Key => {
                self.scanner.take()?;
                if self.is_next(NONE)? {
                    let at = self.scanner.next_span()?.start;
                    return Ok(self.nothing(at, State::FlowValue));
                }
                self.node_then(Place::Flow, State::FlowValue)
            }
            _ => self.node_then(Place::Flow, State::FlowNoValue),
        }
    }

    pub(super) fn flow_value(&mut self) -> Parsed<'t> {
        const NEXT: State = State::FlowKey { is_first: false };
        if self.is_next(&[TokenKind::Value])? {
            self.scanner.take()?;
            if !self.is_next(&[TokenKind::FlowEntry, TokenKind::FlowMappingEnd])? {
                return self.node_then(Place::Flow, NEXT);
            }
        }
        let at = self.scanner.next_span()?.start;
        Ok(self.nothing(at, NEXT))
    }
}
