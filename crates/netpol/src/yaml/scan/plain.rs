//! Words without quotes, over as many lines as they go.

use std::borrow::Cow;

use super::{Kind, Scanned, Scanner};
use crate::yaml::token::{Style, TokenKind};

impl Scanner<'_> {
    pub(super) fn fetch_plain(&mut self) -> Scanned {
        self.remember_key()?;
        self.is_key_allowed = false;
        let start = self.cursor.at;
        let indent = self.indent + 1;
        let mut text = Cow::Borrowed("");
        let mut end = start;
        // what stands between two words, if there is more
        let mut between = Between::default();
        loop {
            if self.cursor.is_document_mark() || self.cursor.byte(0) == b'#' {
                break;
            }
            let word = self.cursor.at;
            self.skip_word();
            if self.cursor.at > word {
                match &mut text {
                    // words on one line stand as they are
                    Cow::Borrowed(_) if !between.has_break => {
                        text = Cow::Borrowed(self.cursor.since(start));
                    }
                    text => {
                        between.fold_into(text);
                        text.to_mut().push_str(self.cursor.since(word));
                    }
                }
                between = Between::default();
                end = self.cursor.at;
            }
            if !(self.cursor.is_blank(0) || self.cursor.is_break(0)) {
                break;
            }
            self.skip_between(&mut between, indent, start)?;
            if !self.is_flow() && self.column() < indent {
                break;
            }
        }
        self.is_key_allowed |= between.has_break;
        self.push(TokenKind::Scalar(text, Style::Plain), start, end);
        Ok(())
    }

    /// To the end of a word: a blank, a colon that ends a key, or what means something in brackets.
    fn skip_word(&mut self) {
        while !self.cursor.is_space(0) {
            let is_end = match self.cursor.byte(0) {
                b':' => self.cursor.is_space(1),
                b',' | b'?' | b'[' | b']' | b'{' | b'}' => self.is_flow(),
                _ => false,
            };
            if is_end {
                return;
            }
            self.cursor.skip();
        }
    }

    fn skip_between(&mut self, between: &mut Between, indent: isize, start: usize) -> Scanned {
        loop {
            if self.cursor.is_blank(0) {
                let is_tab = self.cursor.byte(0) == b'\t';
                if between.has_break && is_tab && self.column() < indent {
                    return Err(self.problem_since(Kind::TabInWord, start));
                }
                if !between.has_break {
                    between.blanks.push(if is_tab { '\t' } else { ' ' });
                }
                self.cursor.skip_ascii(1);
            } else if self.cursor.is_break(0) {
                between.add_break(self.cursor.skip_break());
            } else {
                return Ok(());
            }
        }
    }
}

/// Blanks and line breaks between two words of one value.
#[derive(Default)]
pub(super) struct Between {
    pub(super) blanks: String,
    pub(super) has_break: bool,
    first_break: &'static str,
    more_breaks: String,
}

impl Between {
    pub(super) fn add_break(&mut self, meaning: &'static str) {
        if self.has_break {
            self.more_breaks.push_str(meaning);
        } else {
            self.has_break = true;
            self.first_break = meaning;
            self.blanks.clear();
        }
    }

    /// An escaped line break, which joins two lines.
    pub(super) fn join(&mut self) {
        self.has_break = true;
    }

    /// Adds what they mean: one line break is a blank, more are one less.
    pub(super) fn fold_into(&self, text: &mut Cow<'_, str>) {
        if !self.has_break {
            if !self.blanks.is_empty() {
                text.to_mut().push_str(&self.blanks);
            }
        } else if self.first_break == "\n" {
            let text = text.to_mut();
            text.push_str(if self.more_breaks.is_empty() { " " } else { &self.more_breaks });
        } else {
            let text = text.to_mut();
            text.push_str(self.first_break);
            text.push_str(&self.more_breaks);
        }
    }
}
