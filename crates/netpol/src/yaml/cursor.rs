//! A place in a text that is read a character at a time, counting as libyaml does: lines end at CR, LF, NEL, LS and PS.

/// A place in a text. Bytes are looked at, since all that means something in YAML is ASCII or a line break.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    /// The byte it stands on.
    pub(super) at: usize,
    /// Characters before it on its line.
    pub(super) column: usize,
    /// Line breaks before it.
    pub(super) line: usize,
    /// Characters before it.
    pub(super) index: usize,
}

impl<'t> Cursor<'t> {
    /// At a byte of a text, as at the first of all.
    pub(super) const fn new(text: &'t str, at: usize) -> Self {
        Self { text, at, column: 0, line: 0, index: 0 }
    }

    /// The byte some bytes on; 0 at the end of the text, which holds no such character.
    pub(super) fn byte(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    /// What stands from a byte up to here.
    pub(super) fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or("")
    }

    /// Whether a text stands here.
    pub(super) fn is_on(&self, text: &str) -> bool {
        self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(text.as_bytes()))
    }

    /// Whether it is the end of the text.
    pub(super) fn is_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Whether a space or a tab stands some bytes on.
    pub(super) fn is_blank(&self, ahead: usize) -> bool {
        matches!(self.byte(ahead), b' ' | b'\t')
    }

    /// The bytes of the line break that starts some bytes on, CR and LF counted apart; 0 for none.
    fn break_width(&self, ahead: usize) -> usize {
        match (self.byte(ahead), self.byte(ahead + 1), self.byte(ahead + 2)) {
            (b'\n' | b'\r', ..) => 1,
            (0xC2, 0x85, _) => 2,
            (0xE2, 0x80, 0xA8 | 0xA9) => 3,
            _ => 0,
        }
    }

    /// Whether a line break starts some bytes on.
    pub(super) fn is_break(&self, ahead: usize) -> bool {
        self.break_width(ahead) > 0
    }

    /// Whether a line break or the end is some bytes on.
    pub(super) fn is_break_or_end(&self, ahead: usize) -> bool {
        self.byte(ahead) == 0 || self.is_break(ahead)
    }

    /// Whether a space, a tab, a line break or the end is some bytes on.
    pub(super) fn is_space(&self, ahead: usize) -> bool {
        self.is_blank(ahead) || self.is_break_or_end(ahead)
    }

    /// Whether `---` or `...` stands here alone, at the start of a line.
    pub(super) fn is_document_mark(&self) -> bool {
        self.column == 0 && (self.is_on("---") || self.is_on("...")) && self.is_space(3)
    }

    /// Over one character that is no line break.
    pub(super) fn skip(&mut self) {
        let width = match self.byte(0) {
            0..0x80 => 1,
            0x80..0xE0 => 2,
            0xE0..0xF0 => 3,
            _ => 4,
        };
        self.at = (self.at + width).min(self.text.len());
        self.column += 1;
        self.index += 1;
    }

    /// Over some ASCII characters.
    pub(super) const fn skip_ascii(&mut self, count: usize) {
        self.at += count;
        self.column += count;
        self.index += count;
    }

    /// Over the line break that stands here, and what it means in a value: LS and PS stay what they are.
    pub(super) fn skip_break(&mut self) -> &'static str {
        let (width, characters, meaning) = match self.break_width(0) {
            1 if self.is_on("\r\n") => (2, 2, "\n"),
            // kubectl takes the CR of a line end away before go-yaml sees the line
            1 if self.is_on("\r\r\n") => (3, 2, "\n"),
            3 if self.byte(2) == 0xA8 => (3, 1, "\u{2028}"),
            3 => (3, 1, "\u{2029}"),
            0 => return "",
            width => (width, 1, "\n"),
        };
        self.at += width;
        self.index += characters;
        self.column = 0;
        self.line += 1;
        meaning
    }

    /// Over spaces and tabs.
    pub(super) fn skip_blanks(&mut self) {
        while self.is_blank(0) {
            self.skip_ascii(1);
        }
    }

    /// Over a comment, where one starts here.
    pub(super) fn skip_comment(&mut self) {
        if self.byte(0) == b'#' {
            while !self.is_break_or_end(0) {
                self.skip();
            }
        }
    }
}
