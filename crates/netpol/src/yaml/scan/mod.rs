//! Text → tokens, as libyaml tells them apart and go-yaml with it, which is what kubectl reads through. A word turns out to be a key
//! only at the colon behind it; until then it is remembered as one that may become a key.

mod block;
mod plain;
mod properties;
mod quoted;

use std::collections::VecDeque;

use super::{
    MAX_DEPTH,
    cursor::Cursor,
    problem::{Kind, Problem},
    token::{Token, TokenKind},
};
use crate::source::Span;

/// A key without `?` has its colon on its line, at most this many characters from its start.
const MAX_KEY: usize = 1024;

/// The tokens of one document, made as they are asked for.
pub(super) struct Scanner<'t> {
    cursor: Cursor<'t>,
    /// It is JSON by its braces, which kubectl reads as such.
    is_json: bool,
    ready: VecDeque<Token<'t>>,
    /// Tokens that were handed out.
    taken: usize,
    /// Columns of the block maps and lists around this one, -1 for the document's.
    indents: Vec<isize>,
    indent: isize,
    /// What may become a key: in block context, then in each pair of brackets.
    keys: Vec<Option<PossibleKey>>,
    /// Whether a key may start here.
    is_key_allowed: bool,
}

/// Something that is a key if a colon follows.
#[derive(Clone, Copy)]
struct PossibleKey {
    /// Nothing else may stand in its column.
    is_required: bool,
    /// Its number among all tokens.
    token: usize,
    start: usize,
    column: isize,
    line: usize,
    index: usize,
}

type Scanned<T = ()> = Result<T, Problem>;

impl<'t> Scanner<'t> {
    /// Of what stands in `text` from a byte on.
    pub(super) fn new(text: &'t str, from: usize, is_json: bool) -> Self {
        Self {
            cursor: Cursor::new(text, from),
            is_json,
            ready: VecDeque::new(),
            taken: 0,
            indents: Vec::new(),
            indent: -1,
            keys: vec![None],
            is_key_allowed: true,
        }
    }

    /// What comes next.
    pub(super) fn peek(&mut self) -> Scanned<&TokenKind<'t>> {
        self.prepare()?;
        Ok(self.ready.front().map_or(&TokenKind::End, |token| &token.kind))
    }

    /// Takes what comes next. The end comes again and again.
    pub(super) fn take(&mut self) -> Scanned<Token<'t>> {
        self.prepare()?;
        self.taken += 1;
        let end = Span::new(self.cursor.at, self.cursor.at);
        Ok(self.ready.pop_front().unwrap_or(Token { kind: TokenKind::End, span: end }))
    }

    /// Where what comes next stands.
    pub(super) fn next_span(&mut self) -> Scanned<Span> {
        self.prepare()?;
        let end = Span::new(self.cursor.at, self.cursor.at);
        Ok(self.ready.front().map_or(end, |token| token.span))
    }

    /// Reads on until the next token is known, which it is not while it may become a key.
    fn prepare(&mut self) -> Scanned {
        loop {
            if !self.ready.is_empty() {
                let may_be_key = |key: &PossibleKey| key.token == self.taken;
                let Some(level) =
                    self.keys.iter().position(|key| key.as_ref().is_some_and(may_be_key))
                else {
                    return Ok(());
                };
                if self.possible_key(level)?.is_none() {
                    return Ok(());
                }
            }
            self.fetch()?;
        }
    }

    fn is_flow(&self) -> bool {
        self.keys.len() > 1
    }

    fn problem(&self, kind: Kind) -> Problem {
        Problem { kind, at: self.cursor.at, from: self.cursor.at }
    }

    fn problem_since(&self, kind: Kind, from: usize) -> Problem {
        Problem { kind, at: self.cursor.at, from }
    }

    fn column(&self) -> isize {
        isize::try_from(self.cursor.column).unwrap_or(isize::MAX)
    }

    fn push(&mut self, kind: TokenKind<'t>, start: usize, end: usize) {
        self.ready.push_back(Token { kind, span: Span::new(start, end) });
    }

    /// A token of some ASCII characters that stand here.
    fn push_mark(&mut self, kind: TokenKind<'t>, width: usize) {
        let start = self.cursor.at;
        self.cursor.skip_ascii(width);
        self.push(kind, start, start + width);
    }

    /// Reads one token, and the ends of blocks before it.
    fn fetch(&mut self) -> Scanned {
        self.skip_to_token();
        self.unroll(self.column());
        if self.cursor.is_end() {
            return self.fetch_end();
        }
        if self.cursor.column == 0 && self.cursor.byte(0) == b'%' {
            return self.fetch_directive();
        }
        if self.cursor.is_document_mark() {
            let is_start = self.cursor.byte(0) == b'-';
            let kind = if is_start { TokenKind::DocumentStart } else { TokenKind::DocumentEnd };
            return self.fetch_document_mark(kind);
        }
        let is_apart = self.cursor.is_space(1);
        match self.cursor.byte(0) {
            b'[' => self.fetch_open(TokenKind::FlowSequenceStart),
            b'{' => self.fetch_open(TokenKind::FlowMappingStart),
            b']' => self.fetch_close(TokenKind::FlowSequenceEnd),
            b'}' => self.fetch_close(TokenKind::FlowMappingEnd),
            b',' => self.fetch_comma(),
            b'-' if is_apart => self.fetch_dash(),
            b'?' if is_apart || self.is_flow() => self.fetch_question_mark(),
            b':' if is_apart || self.is_flow() => self.fetch_colon(),
            b'*' => self.fetch_anchor(TokenKind::Alias),
            b'&' => self.fetch_anchor(TokenKind::Anchor),
            b'!' => self.fetch_tag(),
            b'|' | b'>' if !self.is_flow() => self.fetch_block_scalar(),
            b'\'' | b'"' => self.fetch_quoted(),
            b'#' | b'|' | b'>' | b'%' | b'@' | b'`' | b'\t' => Err(self.problem(Kind::NoToken)),
            _ => self.fetch_plain(),
        }
    }

    /// Over blanks, comments and line breaks. A tab is a blank between words and in brackets, but none
    /// where a key may start.
    fn skip_to_token(&mut self) {
        let cursor = &mut self.cursor;
        loop {
            let takes_tabs = self.keys.len() > 1 || !self.is_key_allowed;
            while cursor.byte(0) == b' ' || takes_tabs && cursor.byte(0) == b'\t' {
                cursor.skip_ascii(1);
            }
            cursor.skip_comment();
            if cursor.skip_break().is_empty() {
                return;
            }
            self.is_key_allowed |= self.keys.len() == 1;
        }
    }

    /// What may be a key at a level of brackets, if it still may.
    fn possible_key(&mut self, level: usize) -> Scanned<Option<PossibleKey>> {
        let Some(key) = self.keys.get(level).copied().flatten() else { return Ok(None) };
        // JSON knows no such bound
        let is_past = !self.is_json
            && (key.line < self.cursor.line || key.index + MAX_KEY < self.cursor.index);
        if !is_past {
            return Ok(Some(key));
        }
        self.forget_key(level)?;
        Ok(None)
    }

    /// What may have been a key is none.
    fn forget_key(&mut self, level: usize) -> Scanned {
        match self.keys.get_mut(level).and_then(Option::take) {
            Some(key) if key.is_required => {
                Err(Problem { kind: Kind::ColonMissing, at: self.cursor.at, from: key.start })
            }
            _ => Ok(()),
        }
    }

    fn forget_last_key(&mut self) -> Scanned {
        self.forget_key(self.keys.len().saturating_sub(1))
    }

    /// What starts here may become a key.
    fn remember_key(&mut self) -> Scanned {
        if !self.is_key_allowed {
            return Ok(());
        }
        self.forget_last_key()?;
        let key = PossibleKey {
            is_required: !self.is_flow() && self.indent == self.column(),
            token: self.taken + self.ready.len(),
            start: self.cursor.at,
            column: self.column(),
            line: self.cursor.line,
            index: self.cursor.index,
        };
        if let Some(last) = self.keys.last_mut() {
            *last = Some(key);
        }
        Ok(())
    }

    /// A block map or list starts where the column is further right than that of what is around it.
    fn roll(
        &mut self,
        column: isize,
        place: Option<usize>,
        kind: TokenKind<'t>,
        at: usize,
    ) -> Scanned {
        if self.is_flow() || self.indent >= column {
            return Ok(());
        }
        if self.indents.len() > MAX_DEPTH {
            return Err(self.problem(Kind::TooDeep));
        }
        self.indents.push(self.indent);
        self.indent = column;
        let token = Token { kind, span: Span::new(at, at) };
        let place = place.map_or(self.ready.len(), |number| number.saturating_sub(self.taken));
        debug_assert!(place <= self.ready.len(), "a possible key was handed out");
        self.ready.insert(place.min(self.ready.len()), token);
        Ok(())
    }

    /// Block maps and lists end where the column is further left than theirs.
    fn unroll(&mut self, column: isize) {
        while !self.is_flow() && self.indent > column {
            self.push(TokenKind::BlockEnd, self.cursor.at, self.cursor.at);
            let around = self.indents.pop();
            debug_assert!(around.is_some(), "each block has one around it");
            self.indent = around.unwrap_or(-1);
        }
    }

    fn fetch_end(&mut self) -> Scanned {
        self.unroll(-1);
        self.forget_last_key()?;
        // nor does a colon follow on what brackets are not closed around
        self.keys.fill(None);
        self.is_key_allowed = false;
        self.push(TokenKind::End, self.cursor.at, self.cursor.at);
        Ok(())
    }

    fn fetch_document_mark(&mut self, kind: TokenKind<'t>) -> Scanned {
        self.unroll(-1);
        self.forget_last_key()?;
        self.is_key_allowed = false;
        self.push_mark(kind, 3);
        Ok(())
    }

    fn fetch_open(&mut self, kind: TokenKind<'t>) -> Scanned {
        if !self.is_json {
            self.remember_key()?;
        }
        if self.keys.len() > MAX_DEPTH {
            return Err(self.problem(Kind::TooDeep));
        }
        self.keys.push(None);
        self.is_key_allowed = true;
        self.push_mark(kind, 1);
        Ok(())
    }

    fn fetch_close(&mut self, kind: TokenKind<'t>) -> Scanned {
        self.forget_last_key()?;
        if self.is_flow() {
            self.keys.pop();
        }
        self.is_key_allowed = false;
        self.push_mark(kind, 1);
        Ok(())
    }

    fn fetch_comma(&mut self) -> Scanned {
        self.forget_last_key()?;
        self.is_key_allowed = true;
        self.push_mark(TokenKind::FlowEntry, 1);
        Ok(())
    }

    fn fetch_dash(&mut self) -> Scanned {
        if !self.is_flow() {
            if !self.is_key_allowed {
                return Err(self.problem(Kind::ItemNotAllowed));
            }
            self.roll(self.column(), None, TokenKind::BlockSequenceStart, self.cursor.at)?;
        }
        self.forget_last_key()?;
        self.is_key_allowed = true;
        self.push_mark(TokenKind::BlockEntry, 1);
        Ok(())
    }

    fn fetch_question_mark(&mut self) -> Scanned {
        if !self.is_flow() {
            if !self.is_key_allowed {
                return Err(self.problem(Kind::KeyNotAllowed));
            }
            self.roll(self.column(), None, TokenKind::BlockMappingStart, self.cursor.at)?;
        }
        self.forget_last_key()?;
        self.is_key_allowed = !self.is_flow();
        self.push_mark(TokenKind::Key, 1);
        Ok(())
    }

    fn fetch_colon(&mut self) -> Scanned {
        let level = self.keys.len().saturating_sub(1);
        if let Some(key) = self.possible_key(level)? {
            let place = key.token.saturating_sub(self.taken);
            debug_assert!(place <= self.ready.len(), "a possible key was handed out");
            let token = Token { kind: TokenKind::Key, span: Span::new(key.start, key.start) };
            self.ready.insert(place.min(self.ready.len()), token);
            self.roll(key.column, Some(key.token), TokenKind::BlockMappingStart, key.start)?;
            if let Some(last) = self.keys.last_mut() {
                *last = None;
            }
            self.is_key_allowed = false;
        } else {
            if !self.is_flow() {
                if !self.is_key_allowed {
                    return Err(self.problem(Kind::ValueNotAllowed));
                }
                self.roll(self.column(), None, TokenKind::BlockMappingStart, self.cursor.at)?;
            }
            self.is_key_allowed = !self.is_flow();
        }
        self.push_mark(TokenKind::Value, 1);
        Ok(())
    }
}
