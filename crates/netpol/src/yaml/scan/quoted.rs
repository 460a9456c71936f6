//! Text in quotes.

use std::borrow::Cow;

use super::{Kind, Problem, Scanned, Scanner, plain::Between};
use crate::yaml::{
    cursor::Cursor,
    token::{Style, TokenKind},
};

impl<'t> Scanner<'t> {
    pub(super) fn fetch_quoted(&mut self) -> Scanned {
        self.remember_key()?;
        self.is_key_allowed = false;
        let start = self.cursor.at;
        let quote = self.cursor.byte(0);
        self.cursor.skip_ascii(1);
        let text =
            if self.is_json { self.read_json(start)? } else { self.read_quoted(quote, start)? };
        self.cursor.skip_ascii(1);
        self.push(TokenKind::Scalar(text, Style::Quoted(start)), start, self.cursor.at);
        Ok(())
    }

    /// Up to the closing quote of a JSON string, in which no character is a line break.
    fn read_json(&mut self, start: usize) -> Scanned<Cow<'t, str>> {
        let mut text = Cow::Borrowed("");
        loop {
            let from = self.cursor.at;
            while !matches!(self.cursor.byte(0), 0 | b'"' | b'\\') {
                self.cursor.skip();
            }
            match &mut text {
                Cow::Borrowed("") => text = Cow::Borrowed(self.cursor.since(from)),
                text => text.to_mut().push_str(self.cursor.since(from)),
            }
            match self.cursor.byte(0) {
                b'"' => return Ok(text),
                b'\\' => text.to_mut().push(self.read_escape(start)?),
                _ => return Err(self.problem_since(Kind::QuoteNotClosed, start)),
            }
        }
    }

    /// Up to the closing quote, over as many lines as it goes.
    fn read_quoted(&mut self, quote: u8, start: usize) -> Scanned<Cow<'t, str>> {
        let mut text = Cow::Borrowed(self.skip_simple_words(quote));
        loop {
            if self.cursor.is_document_mark() {
                return Err(self.problem_since(Kind::MarkInQuotes, start));
            }
            if self.cursor.is_end() {
                return Err(self.problem_since(Kind::QuoteNotClosed, start));
            }
            let mut between = Between::default();
            self.read_quoted_words(quote, start, &mut text, &mut between)?;
            if self.cursor.byte(0) == quote {
                return Ok(text);
            }
            while self.cursor.is_blank(0) || self.cursor.is_break(0) {
                if self.cursor.is_break(0) {
                    between.add_break(self.cursor.skip_break());
                    continue;
                }
                if !between.has_break {
                    between.blanks.push(char::from(self.cursor.byte(0)));
                }
                self.cursor.skip_ascii(1);
            }
            between.fold_into(&mut text);
        }
    }

    /// Over what stands for itself: words and blanks without line breaks and escapes.
    fn skip_simple_words(&mut self, quote: u8) -> &'t str {
        let start = self.cursor.at;
        let mut end = self.cursor;
        while !end.is_break_or_end(0) && end.byte(0) != b'\\' && end.byte(0) != quote {
            end.skip();
            // blanks before a line break mean nothing
            if !end.is_space(0) {
                self.cursor = end;
            }
        }
        self.cursor.since(start)
    }

    /// Up to a blank, a line break or the closing quote.
    fn read_quoted_words(
        &mut self,
        quote: u8,
        start: usize,
        text: &mut Cow<'_, str>,
        between: &mut Between,
    ) -> Scanned {
        while !self.cursor.is_space(0) {
            match self.cursor.byte(0) {
                b'\'' if quote == b'\'' && self.cursor.byte(1) == b'\'' => {
                    text.to_mut().push('\'');
                    self.cursor.skip_ascii(2);
                }
                byte if byte == quote => return Ok(()),
                b'\\' if quote == b'"' && self.cursor.is_break(1) => {
                    self.cursor.skip_ascii(1);
                    self.cursor.skip_break();
                    between.join();
                    return Ok(());
                }
                b'\\' if quote == b'"' => text.to_mut().push(self.read_escape(start)?),
                _ => {
                    let from = self.cursor.at;
                    while !self.cursor.is_space(0)
                        && self.cursor.byte(0) != b'\\'
                        && self.cursor.byte(0) != quote
                    {
                        self.cursor.skip();
                    }
                    // a backslash in single quotes stands for itself
                    if self.cursor.at == from {
                        self.cursor.skip();
                    }
                    text.to_mut().push_str(self.cursor.since(from));
                }
            }
        }
        Ok(())
    }

    fn read_escape(&mut self, start: usize) -> Scanned<char> {
        let digits = match self.cursor.byte(1) {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            other => {
                let Some(meaning) = self.short_escape(other) else {
                    return Err(self.problem_since(Kind::UnknownEscape, start));
                };
                self.cursor.skip_ascii(2);
                return Ok(meaning);
            }
        };
        self.cursor.skip_ascii(2);
        let hexadecimal = |cursor: &mut Cursor<'_>, digits| {
            hexadecimal(cursor, digits).ok_or(Problem {
                kind: Kind::NoHexadecimal,
                at: cursor.at,
                from: start,
            })
        };
        let mut value = hexadecimal(&mut self.cursor, digits)?;
        // JSON writes what is beyond U+FFFF as two halves
        if self.is_json && (0xD800..0xDC00).contains(&value) && self.cursor.is_on("\\u") {
            let mut second = self.cursor;
            second.skip_ascii(2);
            let low = hexadecimal(&mut second, 4)?;
            if (0xDC00..0xE000).contains(&low) {
                value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
                self.cursor = second;
            }
        }
        match char::from_u32(value) {
            Some(character) => Ok(character),
            // and half of one is no character
            None if self.is_json => Ok(char::REPLACEMENT_CHARACTER),
            None => Err(self.problem_since(Kind::NoCharacter, start)),
        }
    }

    fn short_escape(&self, byte: u8) -> Option<char> {
        Some(match byte {
            b'0' => '\0',
            b'a' => '\u{7}',
            b'b' => '\u{8}',
            b't' | b'\t' => '\t',
            b'n' => '\n',
            b'v' => '\u{B}',
            b'f' => '\u{C}',
            b'r' => '\r',
            b'e' => '\u{1B}',
            b' ' | b'"' | b'\'' | b'\\' => char::from(byte),
            b'/' if self.is_json => '/',
            b'N' => '\u{85}',
            b'_' => '\u{A0}',
            b'L' => '\u{2028}',
            b'P' => '\u{2029}',
            _ => return None,
        })
    }
}

fn hexadecimal(cursor: &mut Cursor<'_>, digits: usize) -> Option<u32> {
    let mut value = 0_u32;
    for _ in 0..digits {
        value = (value << 4) | char::from(cursor.byte(0)).to_digit(16)?;
        cursor.skip_ascii(1);
    }
    Some(value)
}
