//! How text looks in a terminal: colours where they are wanted, and nothing that a terminal would obey.

use std::{borrow::Cow, env, fmt::Write as _, io::IsTerminal};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthChar as _;

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const RED: Style = AnsiColor::Red.on_default().bold();
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default();
pub(crate) const BLUE: Style = AnsiColor::Blue.on_default();

/// Whether a stream is coloured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ink {
    is_coloured: bool,
}

impl Ink {
    /// Colours where a person looks at the stream and has not asked for none (<https://no-color.org>).
    pub(crate) fn of(stream: &impl IsTerminal) -> Self {
        let asked_for_none = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let knows_none = env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        Self { is_coloured: stream.is_terminal() && !asked_for_none && !knows_none }
    }

    pub(crate) fn paint(self, style: Style, text: &str) -> Cow<'_, str> {
        if self.is_coloured && !text.is_empty() {
            Cow::Owned(format!("{style}{text}{style:#}"))
        } else {
            Cow::Borrowed(text)
        }
    }
}

/// Text from a file, made harmless: control characters, by which it could move the cursor or change
/// colours, and those that change the direction of writing, are spelt out.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
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
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// How many cells of a terminal a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_spelt_out() {
        assert_eq!(harmless("a\u{1b}[31mb\n"), "a\\u{1b}[31mb\\n");
        assert_eq!(harmless("\u{202e}evil"), "\\u{202e}evil");
        assert!(matches!(harmless("größe ✓ 世界"), Cow::Borrowed(_)));
    }

    #[test]
    fn wide_characters_take_two_cells() {
        assert_eq!((width("abc"), width("世界"), width("✓")), (3, 4, 1));
    }
}
