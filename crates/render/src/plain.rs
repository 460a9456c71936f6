//! Columns of text, measured and folded.

use unicode_width::UnicodeWidthChar as _;

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
