//! What the parser is fed, so that it never holds a large text as a whole: it looks for the end of all that
//! may be a key before it hands out the first part of it.

use std::{borrow::Cow, cell::Cell};

use saphyr_parser::{
    StrInput,
    input::{Input, SkipTabs},
};

use super::{MAX_VALUE, chunks::Chunk, offsets::Offsets};

/// Before a JSON object: brackets behind it are no key.
const NO_KEY: &str = "--- ";

/// What of a chunk is fed to the parser, and where it stands.
pub(super) fn feed<'t>(text: &'t str, chunk: &Chunk) -> (Cow<'t, str>, Offsets) {
    let body = text.get(chunk.span.start..chunk.span.end).unwrap_or("");
    if chunk.is_json {
        let object = body.trim_start();
        let fed = [NO_KEY, object].concat();
        let offsets = Offsets::new(&fed, NO_KEY.len(), chunk.span.end - object.len());
        return (fed.into(), offsets);
    }
    let unmarked = body.strip_prefix('\u{feff}').unwrap_or(body);
    (unmarked.into(), Offsets::new(unmarked, 0, chunk.span.end - unmarked.len()))
}

/// The text as the parser takes it. It ends early where the parser reads on and on before it hands out
/// anything: all of that it would hold.
pub(super) struct Bounded<'t, 'a> {
    rest: StrInput<'t>,
    /// Characters taken since the last part was handed out, as far as they cost memory.
    ahead: &'a Cell<usize>,
}

impl<'t, 'a> Bounded<'t, 'a> {
    /// Counts in `ahead`, which whoever takes what the parser hands out sets back.
    pub(super) fn new(text: &'t str, ahead: &'a Cell<usize>) -> Self {
        Self { rest: StrInput::new(text), ahead }
    }

    fn count(&mut self, characters: usize) {
        self.ahead.update(|ahead| ahead + characters);
        if self.ahead.get() > MAX_VALUE {
            self.rest = StrInput::new("");
        }
    }
}

impl Input for Bounded<'_, '_> {
    fn lookahead(&mut self, count: usize) {
        self.rest.lookahead(count);
    }
    fn buflen(&self) -> usize {
        self.rest.buflen()
    }
    fn bufmaxlen(&self) -> usize {
        self.rest.bufmaxlen()
    }
    fn raw_read_ch(&mut self) -> char {
        self.rest.raw_read_ch()
    }
    fn raw_read_non_breakz_ch(&mut self) -> Option<char> {
        self.rest.raw_read_non_breakz_ch()
    }
    fn skip(&mut self) {
        if !self.rest.next_is_blank_or_break() {
            self.count(1);
        }
        self.rest.skip();
    }
    fn skip_n(&mut self, count: usize) {
        self.count(count);
        self.rest.skip_n(count);
    }
    fn peek(&self) -> char {
        self.rest.peek()
    }
    fn peek_nth(&self, n: usize) -> char {
        self.rest.peek_nth(n)
    }
    fn peek_opt(&self) -> Option<char> {
        self.rest.peek_opt()
    }
    fn skip_ws_to_eol(&mut self, tabs: SkipTabs) -> (usize, Result<SkipTabs, &'static str>) {
        self.rest.skip_ws_to_eol(tabs)
    }
    fn skip_while_non_breakz(&mut self) -> usize {
        self.rest.skip_while_non_breakz()
    }
    fn skip_while_blank(&mut self) -> usize {
        self.rest.skip_while_blank()
    }
}
