//! Text that stays text: what a terminal, a browser or an XML reader would obey or refuse is spelt out, and columns are measured
//! and folded.

use std::{borrow::Cow, fmt::Write as _};

use unicode_width::UnicodeWidthChar as _;

/// Text from a file, made harmless: control characters, by which it could move a cursor or change colours, those that
/// change the direction of writing or end a line, those that nobody sees, and those that XML does not know, are spelt out.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_spelt_out) {
        return Cow::Borrowed(text);
    }
    let mut spelt = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_spelt_out(c) {
            let _ = write!(spelt, "{}", c.escape_default());
        } else {
            spelt.push(c);
        }
    }
    Cow::Owned(spelt)
}

/// Whether a character does something, or hides, instead of standing there. What only chooses between the looks of the
/// character before it (`✓` and `✓\u{fe0f}`) may stay.
pub fn is_spelt_out(c: char) -> bool {
    let changes_direction =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}');
    let ends_line = matches!(c, '\u{2028}' | '\u{2029}');
    let hides = matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{e0000}'..='\u{e0fff}');
    let is_none = matches!(c, '\u{fffe}' | '\u{ffff}');
    c.is_control() || changes_direction || ends_line || hides || is_none
}

/// How many cells of a terminal a text takes.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Parts a text between words, so that no line is wider unless a word is.
pub fn fold(text: &str, widest: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut taken) = (String::new(), 0);
    for word in text.split(' ') {
        let wide = width(word);
        if !line.is_empty() && taken + 1 + wide > widest {
            lines.push(std::mem::take(&mut line));
            taken = 0;
        } else if !line.is_empty() {
            line.push(' ');
            taken += 1;
        }
        line.push_str(word);
        taken += wide;
    }
    lines.push(line);
    lines
}

/// The same, with words parted that are wider than a line.
pub fn wrap(text: &str, widest: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in fold(text, widest) {
        let (mut rest, mut taken) = (String::new(), 0);
        for c in line.chars() {
            let wide = c.width().unwrap_or(0);
            if taken + wide > widest && !rest.is_empty() {
                lines.push(std::mem::take(&mut rest));
                taken = 0;
            }
            rest.push(c);
            taken += wide;
        }
        lines.push(rest);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_wider_than_a_line_are_parted() {
        assert_eq!(wrap("one a-very-long-word b", 6), ["one", "a-very", "-long-", "word", "b"]);
        assert_eq!(wrap("世界世", 5), ["世界", "世"]);
        assert_eq!(wrap("ab", 0), ["a", "b"]);
    }

    #[test]
    fn what_a_reader_would_obey_is_spelt_out() {
        assert_eq!(harmless("a\u{1b}[31mb\n"), "a\\u{1b}[31mb\\n");
        assert_eq!(harmless("\u{202e}evil\u{61c}\u{2028}"), "\\u{202e}evil\\u{61c}\\u{2028}");
        assert_eq!(harmless("\u{ffff}\0"), "\\u{ffff}\\u{0}");
        assert_eq!(harmless("we\u{200b}b\u{feff}\u{e0041}"), "we\\u{200b}b\\u{feff}\\u{e0041}");
        assert!(matches!(harmless("✓\u{fe0f}"), Cow::Borrowed(_)));
        assert!(matches!(harmless("größe ✓ 世界"), Cow::Borrowed(_)));
    }

    #[test]
    fn wide_characters_take_two_cells() {
        assert_eq!((width("abc"), width("世界"), width("✓")), (3, 4, 1));
        assert_eq!((width("e\u{301}"), width("🦀")), (1, 2));
    }

    #[test]
    fn words_are_folded_between_words_only() {
        assert_eq!(fold("one two three", 7), ["one two", "three"]);
        assert_eq!(fold("a-very-long-word b", 5), ["a-very-long-word", "b"]);
        assert_eq!(fold("", 5), [""]);
        assert_eq!(fold("one two", usize::MAX), ["one two"]);
    }
}
