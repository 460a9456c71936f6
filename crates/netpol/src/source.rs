//! Text with its name: the only place that turns byte offsets into lines and columns.
//! It knows nothing of YAML.

use std::fmt;

use crate::steps;

/// How many bytes of a long line lie between two marks.
const STEP: usize = 1024;

/// A half-open range of bytes in one source's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The range `start..end`; an end before the start gives an empty range.
    pub const fn new(start: usize, end: usize) -> Self {
        let end = if end < start { start } else { end };
        Self { start, end }
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether `offset` lies inside.
    pub const fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }
}

/// A place as a person says it: both count from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for LineColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// One text with the name it goes by in messages (a file's path, or `policies`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Box<[usize]>,
    /// Places in long lines: a file may be a single one of megabytes, and is asked for thousands of places.
    marks: Box<[Mark]>,
}

/// A place in a line, with what lies before it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    at: usize,
    characters: usize,
    utf16: usize,
}

impl Mark {
    const fn at(at: usize) -> Self {
        Self { at, characters: 0, utf16: 0 }
    }

    const fn after(self, c: char) -> Self {
        let Self { at, characters, utf16 } = self;
        Self { at: at + c.len_utf8(), characters: characters + 1, utf16: utf16 + c.len_utf16() }
    }
}

impl Source {
    /// Takes the text and notes where its lines begin.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1))
            .collect();
        let mut marks = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let mut place = Mark::at(start);
            start += line.len();
            if line.len() <= STEP {
                continue;
            }
            let mut next = place.at + STEP;
            for c in line.chars() {
                if place.at >= next {
                    marks.push(place);
                    next += STEP;
                }
                place = place.after(c);
            }
        }
        Self { name: name.into(), text, line_starts, marks: marks.into() }
    }

    /// The name for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many lines the text has, a last empty one included.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// Line and column of a byte offset; an offset past the end is the end.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        LineColumn { line: self.line_of(offset), column: self.place(offset).characters + 1 }
    }

    /// The column (from 1) of a byte offset in UTF-16 code units, as browsers and SARIF count.
    pub fn utf16_column(&self, offset: usize) -> usize {
        self.place(offset).utf16 + 1
    }

    /// A byte offset, with what lies before it in its line.
    fn place(&self, offset: usize) -> Mark {
        let offset = offset.min(self.text.len());
        let start = self.line_starts.get(self.line_of(offset) - 1).copied().unwrap_or(0);
        let next = self.marks.partition_point(|mark| mark.at <= offset);
        let mark = next.checked_sub(1).and_then(|at| self.marks.get(at));
        let mark = mark.filter(|mark| mark.at >= start).copied().unwrap_or(Mark::at(start));
        let between = self.text.get(mark.at..offset).unwrap_or("");
        steps::take(between.len());
        between.chars().fold(mark, Mark::after)
    }

    /// The line (from 1) of a byte offset.
    pub fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset).max(1)
    }

    /// The text of a line (from 1) without its line break; empty beyond the end.
    pub fn line(&self, line: usize) -> &str {
        let start = line.checked_sub(1).and_then(|i| self.line_starts.get(i));
        let end = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        let text = start.and_then(|start| self.text.get(*start..end)).unwrap_or("");
        text.trim_end_matches(['\n', '\r'])
    }

    /// First and last line (from 1) that a span touches.
    pub fn lines(&self, span: Span) -> (usize, usize) {
        (self.line_of(span.start), self.line_of(span.end.saturating_sub(1).max(span.start)))
    }

    /// Byte offset as an offset in UTF-16 code units, which is how browsers count.
    pub fn utf16(&self, offset: usize) -> usize {
        let before = self.text.get(..offset.min(self.text.len())).unwrap_or(&self.text);
        before.chars().map(char::len_utf16).sum()
    }

    /// Offset in UTF-16 code units as a byte offset.
    pub fn byte(&self, utf16: usize) -> usize {
        let mut units = 0;
        for (at, c) in self.text.char_indices() {
            if units >= utf16 {
                return at;
            }
            units += c.len_utf16();
        }
        self.text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let s = Source::new("x", "é: 1\nβγ: 2\n");
        assert_eq!(s.line_column(0), LineColumn { line: 1, column: 1 });
        assert_eq!(s.line_column(3), LineColumn { line: 1, column: 3 });
        assert_eq!(s.line_column(s.text().len()), LineColumn { line: 3, column: 1 });
        assert_eq!(s.line_column(999).line, 3);
        assert_eq!((s.line(2), s.line(9), s.line(0)), ("βγ: 2", "", ""));
    }

    #[test]
    fn marks_in_long_lines_change_nothing_but_the_steps() {
        let text = "é😀x".repeat(2 * STEP) + "\n" + &"ab\n世".repeat(STEP) + &"y".repeat(3 * STEP);
        let source = Source::new("x", text.as_str());
        let (mut line, mut column, mut utf16) = (1, 1, 1);
        for (at, c) in text.char_indices() {
            let (place, steps) = steps::of(|| source.line_column(at));
            assert_eq!(place, LineColumn { line, column }, "byte {at}");
            assert_eq!(source.utf16_column(at), utf16, "byte {at}");
            assert!(steps < STEP + 4, "{steps} steps to byte {at}");
            (line, column, utf16) = match c {
                '\n' => (line + 1, 1, 1),
                _ => (line, column + 1, utf16 + c.len_utf16()),
            };
        }
        assert_eq!(source.line_column(text.len()), LineColumn { line, column });
    }

    #[test]
    fn browser_offsets_round_trip() {
        let s = Source::new("x", "a😀b");
        assert_eq!(s.utf16(5), 3);
        assert_eq!(s.byte(3), 5);
        assert_eq!(s.byte(99), 6);
    }
}
