//! Text in lines of its own, behind `|` or `>`.

use super::{Kind, Scanned, Scanner};
use crate::yaml::token::{Style, TokenKind};

/// What happens to the line breaks at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    /// `-`: none is kept.
    Strip,
    /// The first one is.
    Clip,
    /// `+`: all are.
    Keep,
}

impl Scanner<'_> {
    pub(super) fn fetch_block_scalar(&mut self) -> Scanned {
        self.forget_last_key()?;
        self.is_key_allowed = true;
        let start = self.cursor.at;
        let is_literal = self.cursor.byte(0) == b'|';
        self.cursor.skip_ascii(1);
        let (chomping, increment) = self.read_header(start)?;
        let first_line = self.cursor.at;

        let mut indent = increment.map_or(0, |increment| self.indent.max(0) + increment);
        let (mut text, mut breaks) = (String::new(), String::new());
        let mut end = self.read_breaks(&mut indent, &mut breaks, start)?;
        let mut line_break = "";
        let mut was_blank = false;
        while self.column() == indent && !self.cursor.is_end() {
            let is_blank = self.cursor.is_blank(0);
            if !is_literal && !was_blank && !is_blank && line_break == "\n" {
                if breaks.is_empty() {
                    text.push(' ');
                }
            } else {
                text.push_str(line_break);
            }
            text.push_str(&breaks);
            breaks.clear();
            was_blank = is_blank;
            let line = self.cursor.at;
            while !self.cursor.is_break_or_end(0) {
                self.cursor.skip();
            }
            text.push_str(self.cursor.since(line));
            end = self.cursor.at;
            // kubectl ends each line it reads, the last one as well
            line_break = if self.cursor.is_end() { "\n" } else { self.cursor.skip_break() };
            self.read_breaks(&mut indent, &mut breaks, start)?;
        }
        if chomping != Chomping::Strip {
            text.push_str(line_break);
        }
        if chomping == Chomping::Keep {
            text.push_str(&breaks);
        }
        self.push(TokenKind::Scalar(text.into(), Style::Block(first_line)), start, end);
        Ok(())
    }

    /// What stands behind `|` or `>`: a sign and a digit in either order, then a comment.
    fn read_header(&mut self, start: usize) -> Scanned<(Chomping, Option<isize>)> {
        let (mut chomping, mut increment) = (Chomping::Clip, None);
        for _ in 0..2 {
            match self.cursor.byte(0) {
                sign @ (b'+' | b'-') if chomping == Chomping::Clip => {
                    chomping = if sign == b'+' { Chomping::Keep } else { Chomping::Strip };
                }
                b'0' if increment.is_none() => {
                    return Err(self.problem_since(Kind::BlockIndentation, start));
                }
                digit @ b'1'..=b'9' if increment.is_none() => {
                    increment = Some(isize::from(digit.saturating_sub(b'0').cast_signed()));
                }
                _ => break,
            }
            self.cursor.skip_ascii(1);
        }
        self.cursor.skip_blanks();
        self.cursor.skip_comment();
        if !self.cursor.is_break_or_end(0) {
            return Err(self.problem_since(Kind::BlockHeader, start));
        }
        self.cursor.skip_break();
        Ok((chomping, increment))
    }

    /// Over empty lines and the indentation of the next one, which sets that of the block where none is said.
    /// Returns where the lines before it end.
    fn read_breaks(
        &mut self,
        indent: &mut isize,
        breaks: &mut String,
        start: usize,
    ) -> Scanned<usize> {
        let end = self.cursor.at;
        let mut widest = 0;
        loop {
            let is_indentation = |column: isize| *indent == 0 || column < *indent;
            while is_indentation(self.column()) && self.cursor.byte(0) == b' ' {
                self.cursor.skip_ascii(1);
            }
            widest = widest.max(self.column());
            if is_indentation(self.column()) && self.cursor.byte(0) == b'\t' {
                return Err(self.problem_since(Kind::TabInBlock, start));
            }
            if !self.cursor.is_break(0) {
                break;
            }
            breaks.push_str(self.cursor.skip_break());
        }
        if *indent == 0 {
            *indent = widest.max(self.indent + 1).max(1);
        }
        Ok(end)
    }
}
