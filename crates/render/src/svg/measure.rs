//! How wide words may get in a font that is not known: estimates after the widest of the usual system fonts, and words parted
//! so that they stay within a width.

use unicode_width::UnicodeWidthChar as _;

/// A way to set words, and its size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Font {
    /// The system's.
    Sans(f32),
    /// The same, bold.
    Bold(f32),
    /// All characters of one width.
    Mono(f32),
}

impl Font {
    pub(super) const fn size(self) -> f32 {
        let (Self::Sans(size) | Self::Bold(size) | Self::Mono(size)) = self;
        size
    }

    /// How wide a text gets at most.
    pub(super) fn width(self, text: &str) -> f32 {
        text.chars().map(|c| self.advance(c)).sum()
    }

    /// The width of a character in `DejaVu Sans`, which is wider than what most systems have.
    fn advance(self, c: char) -> f32 {
        let wide = f32::from(u8::try_from(c.width().unwrap_or(0)).unwrap_or(2));
        let of_size = match (self, c) {
            (Self::Mono(_), _) => 0.61 * wide,
            (
                _,
                'i' | 'j' | 'l' | 'f' | 't' | 'r' | ' ' | '.' | ',' | ':' | ';' | '|' | '!' | '\'',
            ) => 0.38,
            (_, '(' | ')' | '[' | ']' | '/' | '-') => 0.42,
            (_, 'm' | 'w' | 'M' | 'W' | '@' | '%') => 1.0,
            (_, 'A'..='Z') => 0.74,
            (_, ' '..='~') => 0.64,
            (_, _) if wide > 0.0 => 1.0,
            _ => 0.0,
        };
        let heavier = if matches!(self, Self::Bold(_)) { 1.1 } else { 1.0 };
        of_size * heavier * self.size()
    }

    /// Parts a text into lines of at most this width: between words, and within a word only where it is wider.
    pub(super) fn wrap(self, text: &str, widest: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let (mut line, mut taken) = (String::new(), 0.0);
        for word in text.split(' ') {
            let wide = self.width(word);
            if !line.is_empty() && taken + self.advance(' ') + wide > widest {
                lines.push(std::mem::take(&mut line));
                taken = 0.0;
            } else if !line.is_empty() {
                line.push(' ');
                taken += self.advance(' ');
            }
            for c in word.chars() {
                let advance = self.advance(c);
                if taken + advance > widest && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                    taken = 0.0;
                }
                line.push(c);
                taken += advance;
            }
        }
        lines.push(line);
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_asked_for_and_nothing_is_lost() {
        let font = Font::Sans(13.0);
        let text = format!("one two {} three 世界", "x".repeat(300));
        let lines = font.wrap(&text, 120.0);
        assert!(lines.iter().all(|line| font.width(line) <= 120.0), "{lines:?}");
        let all: String = lines.concat();
        assert_eq!(all.replace(' ', ""), text.replace(' ', ""));
        assert_eq!(font.wrap("", 120.0), [""]);
    }
}
