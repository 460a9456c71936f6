//! Text that stays text: what a terminal, a browser or an XML reader would obey or refuse is spelt out, and columns are measured
//! and folded.

use std::{borrow::Cow, fmt::Write as _};

use unicode_width::UnicodeWidthChar as _;

/// Text from a file, made harmless: control characters, by which it could move a cursor or change colours, those that
/// change the direction of writing or end a line, and those that XML does not know, are spelt out.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut spelt = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_obeyed(c) {
            let _ = write!(spelt, "{}", c.escape_default());
        } else {
            spelt.push(c);
        }
    }
    Cow::Owned(spelt)
}

fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{fffe}' | '\u{ffff}')
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_would_obey_is_spelt_out() {
        assert_eq!(harmless("a\u{1b}[31mb\n"), "a\\u{1b}[31mb\\n");
        assert_eq!(harmless("\u{202e}evil\u{61c}\u{2028}"), "\\u{202e}evil\\u{61c}\\u{2028}");
        assert_eq!(harmless("\u{ffff}\0"), "\\u{ffff}\\u{0}");
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
