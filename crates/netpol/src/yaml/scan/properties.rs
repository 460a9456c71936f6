//! What may stand before a value: anchors, aliases, tags; and directives before a document.

use super::{Kind, Scanned, Scanner};
use crate::yaml::{tag::Tag, token::TokenKind};

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

impl<'t> Scanner<'t> {
    fn skip_name(&mut self) {
        while is_name(self.cursor.byte(0)) {
            self.cursor.skip_ascii(1);
        }
    }

    /// `&name` or `*name`.
    pub(super) fn fetch_anchor(&mut self, kind: fn(&'t str) -> TokenKind<'t>) -> Scanned {
        self.remember_key()?;
        self.is_key_allowed = false;
        let start = self.cursor.at;
        self.cursor.skip_ascii(1);
        self.skip_name();
        let name = self.cursor.since(start + 1);
        let is_end = self.cursor.is_space(0)
            || matches!(self.cursor.byte(0), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if name.is_empty() || !is_end {
            return Err(self.problem_since(Kind::AnchorName, start));
        }
        self.push(kind(name), start, self.cursor.at);
        Ok(())
    }

    /// `!!int`, `!name`, `!handle!name` or `!<name>`.
    pub(super) fn fetch_tag(&mut self) -> Scanned {
        self.remember_key()?;
        self.is_key_allowed = false;
        let start = self.cursor.at;
        let tag = self.read_tag(start)?;
        if !self.cursor.is_space(0) {
            return Err(self.problem_since(Kind::BehindTag, start));
        }
        self.push(TokenKind::Tag(tag), start, self.cursor.at);
        Ok(())
    }

    fn read_tag(&mut self, start: usize) -> Scanned<Tag> {
        if self.cursor.byte(1) == b'<' {
            self.cursor.skip_ascii(2);
            let name = self.read_tag_name(String::new(), start)?;
            if self.cursor.byte(0) != b'>' {
                return Err(self.problem_since(Kind::TagNotClosed, start));
            }
            self.cursor.skip_ascii(1);
            return Ok(Tag::whole(name));
        }
        self.cursor.skip_ascii(1);
        self.skip_name();
        if self.cursor.byte(0) == b'!' {
            let handle = self.cursor.since(start + 1);
            if !handle.is_empty() {
                return Err(self.problem_since(Kind::TagHandle, start));
            }
            self.cursor.skip_ascii(1);
            return Ok(Tag::core(&self.read_tag_name(String::new(), start)?));
        }
        // `!` alone is a tag as well
        let head = self.cursor.since(start).to_owned();
        Ok(Tag::whole(self.read_tag_name(head, start)?))
    }

    fn read_tag_name(&mut self, mut name: String, start: usize) -> Scanned<String> {
        loop {
            let from = self.cursor.at;
            while is_name(self.cursor.byte(0))
                || b";/?:@&=+$,.!~*'()[]".contains(&self.cursor.byte(0))
            {
                self.cursor.skip_ascii(1);
            }
            name.push_str(self.cursor.since(from));
            if self.cursor.byte(0) != b'%' {
                break;
            }
            name.push(self.read_octets(start)?);
        }
        if name.is_empty() {
            return Err(self.problem_since(Kind::TagName, start));
        }
        Ok(name)
    }

    /// One character as `%C3%BC`.
    fn read_octets(&mut self, start: usize) -> Scanned<char> {
        let wrong = self.problem_since(Kind::TagEscape, start);
        let mut octets = Vec::new();
        while octets.len() < 4 {
            let digit = |ahead| char::from(self.cursor.byte(ahead)).to_digit(16);
            let (b'%', Some(high), Some(low)) = (self.cursor.byte(0), digit(1), digit(2)) else {
                return Err(wrong);
            };
            octets.push(u8::try_from(high * 16 + low).map_err(|_| wrong)?);
            self.cursor.skip_ascii(3);
            if let Some(character) =
                str::from_utf8(&octets).ok().and_then(|text| text.chars().next())
            {
                return Ok(character);
            }
        }
        Err(wrong)
    }

    /// `%YAML 1.1`: a document of its own to kubectl, which cuts the text at `---`.
    pub(super) fn fetch_directive(&mut self) -> Scanned {
        self.unroll(-1);
        self.forget_last_key()?;
        self.is_key_allowed = false;
        let start = self.cursor.at;
        self.cursor.skip_ascii(1);
        self.skip_name();
        if !matches!(self.cursor.since(start), "%YAML" | "%TAG") {
            return Err(self.problem_since(Kind::Directive, start));
        }
        while !self.cursor.is_break_or_end(0) {
            self.cursor.skip();
        }
        self.push(TokenKind::Directive, start, self.cursor.at);
        Ok(())
    }
}
