//! Bytes → lines and columns, for any number of questions about one text. The core counts from the start of the line each
//! time, which takes ages where a file is a single line of megabytes; this counts from the nearest of many marks.

/// How many bytes lie between two marks.
const STEP: usize = 1024;

/// A place in a text; everything counts from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    /// In characters, as people count.
    pub(crate) column: usize,
    /// In UTF-16 code units, as browsers and SARIF count.
    pub(crate) utf16_column: usize,
}

impl Place {
    const START: Self = Self { line: 1, column: 1, utf16_column: 1 };

    const fn after(self, c: char) -> Self {
        if c == '\n' {
            return Self { line: self.line + 1, ..Self::START };
        }
        Self {
            line: self.line,
            column: self.column + 1,
            utf16_column: self.utf16_column + c.len_utf16(),
        }
    }
}

/// A text with marks.
pub(crate) struct Ruler<'t> {
    text: &'t str,
    /// At `n`, the last character boundary at or before byte `n * STEP`, and its place.
    marks: Vec<(usize, Place)>,
}

impl<'t> Ruler<'t> {
    /// Goes through the text once.
    pub(crate) fn of(text: &'t str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut place = Place::START;
        for (at, c) in text.char_indices() {
            if at + c.len_utf8() > marks.len() * STEP {
                marks.push((at, place));
            }
            place = place.after(c);
        }
        Self { text, marks }
    }

    /// The place of a byte; one past the end is the end.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let (from, start) = self
            .marks
            .get(offset / STEP)
            .or(self.marks.last())
            .copied()
            .unwrap_or((0, Place::START));
        let between = self.text.get(from..offset).unwrap_or("");
        between.chars().fold(start, Place::after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_characters_and_utf16_units() {
        let ruler = Ruler::of("a😀b\né\r\n");
        let place = |line, column, utf16_column| Place { line, column, utf16_column };
        assert_eq!(ruler.place(0), place(1, 1, 1));
        assert_eq!(ruler.place(5), place(1, 3, 4));
        assert_eq!(ruler.place(7), place(2, 1, 1));
        assert_eq!(ruler.place(11), place(3, 1, 1));
        assert_eq!(ruler.place(99), ruler.place(11));
        assert_eq!(Ruler::of("").place(3), Place::START);
    }

    #[test]
    fn the_marks_change_nothing_but_the_speed() {
        let text = "é😀x".repeat(2 * STEP) + "\n" + &"ab\n世".repeat(STEP);
        let (ruler, mut place) = (Ruler::of(&text), Place::START);
        for (at, c) in text.char_indices() {
            assert_eq!(ruler.place(at), place, "byte {at}");
            place = place.after(c);
        }
        assert_eq!(ruler.place(text.len()), place);
    }
}
