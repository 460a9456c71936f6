//! How wide words may get in a font that is not known: estimates after the widest of the usual system fonts, and words parted
//! so that they stay within a width. In whole numbers: the page's module would pay for fractions.

use unicode_width::UnicodeWidthChar as _;

/// A way to set words, and its size in tenths of a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Font {
    /// The system's.
    Sans(i32),
    /// The same, bold.
    Bold(i32),
    /// All characters of one width.
    Mono(i32),
}

impl Font {
    /// In tenths of a pixel.
    pub(super) const fn size(self) -> i32 {
        let (Self::Sans(size) | Self::Bold(size) | Self::Mono(size)) = self;
        size
    }

    /// How many pixels a text takes at most.
    pub(super) fn width(self, text: &str) -> i32 {
        pixels(text.chars().map(|c| self.advance(c)).fold(0, i32::saturating_add))
    }

    /// The width of a character in `DejaVu Sans`, which is wider than what most systems have, in thousandths of a pixel.
    fn advance(self, c: char) -> i32 {
        let cells = match c.width() {
            None | Some(0) => 0,
            Some(1) => 1,
            Some(_) => 2,
        };
        let hundredths = match (self, c) {
            (Self::Mono(_), _) => 61 * cells,
            (_, 'f' | 'i' | 'j' | 'l' | 'r' | 't' | ' ') => 38,
            (_, '.' | ',' | ':' | ';' | '|' | '!' | '\'') => 37,
            (_, '(' | ')' | '[' | ']' | '/' | '-') => 42,
            (_, 'm' | 'w' | 'M' | 'W' | '@' | '%') => 100,
            (_, 'A'..='Z') => 74,
            (_, ' '..='~') => 64,
            _ => 100 * cells.min(1),
        };
        let heavier = if matches!(self, Self::Bold(_)) { 11 } else { 10 };
        hundredths * self.size() * heavier / 10
    }

    /// Parts a text into lines of at most so many pixels: between words, and within a word only where it is wider.
    pub(super) fn wrap(self, text: &str, widest: i32) -> Vec<String> {
        let mut lines = Vec::new();
        let (mut line, mut taken) = (String::new(), 0);
        for word in text.split(' ') {
            if !line.is_empty() && pixels(taken + self.advance(' ')) + self.width(word) > widest {
                lines.push(std::mem::take(&mut line));
                taken = 0;
            } else if !line.is_empty() {
                line.push(' ');
                taken += self.advance(' ');
            }
            for c in word.chars() {
                let advance = self.advance(c);
                if pixels(taken + advance) > widest && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                    taken = 0;
                }
                line.push(c);
                taken += advance;
            }
        }
        lines.push(line);
        lines
    }
}

/// Thousandths of a pixel as whole ones, rounded up.
const fn pixels(thousandths: i32) -> i32 {
    thousandths.saturating_add(999) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_asked_for_and_nothing_is_lost() {
        let font = Font::Sans(130);
        let text = format!("one two {} three 世界", "x".repeat(300));
        let lines = font.wrap(&text, 120);
        assert!(lines.iter().all(|line| font.width(line) <= 120), "{lines:?}");
        let all: String = lines.concat();
        assert_eq!(all.replace(' ', ""), text.replace(' ', ""));
        assert_eq!(font.wrap("", 120), [""]);
        let endless = "x".repeat(1 << 20);
        assert_eq!(font.wrap(&endless, 120).concat(), endless);
    }
}
