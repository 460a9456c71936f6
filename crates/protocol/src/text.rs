//! Words and lines: where something stands in one of the two texts, and how words are shown that may come from a stranger.

use std::{
    borrow::Cow,
    fmt::{self, Write as _},
};

use serde::{Deserialize, Serialize};

/// One of the two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Tab {
    /// The policies.
    Policies,
    /// The cluster.
    Cluster,
}

impl Tab {
    /// All tabs, from left to right.
    pub const ALL: [Self; 2] = [Self::Policies, Self::Cluster];

    /// The word on it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Policies => "Policies",
            Self::Cluster => "Cluster",
        }
    }
}

/// Lines of a text, from 1, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Which text.
    pub tab: Tab,
    /// The first line.
    pub first: usize,
    /// The last line.
    pub last: usize,
}

impl Place {
    /// One line.
    pub const fn line(tab: Tab, line: usize) -> Self {
        Self { tab, first: line, last: line }
    }

    /// Whether a line of the same text is among them.
    pub const fn contains(&self, line: usize) -> bool {
        self.first <= line && line <= self.last
    }
}

/// `line 125`, `lines 129–134`, `line 3 of the cluster`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "line {}", self.first)?;
        } else {
            write!(f, "lines {}–{}", self.first, self.last)?;
        }
        if self.tab == Tab::Cluster { f.write_str(" of the cluster") } else { Ok(()) }
    }
}

/// A piece of a text with `` `code` `` and `**strong**` marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span<'t> {
    /// Plain words.
    Text(&'t str),
    /// Words of the YAML.
    Code(&'t str),
    /// What matters most.
    Strong(&'t str),
}

/// Cuts a text at its marks. A mark that is never closed is just a character.
pub fn spans(text: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some((before, span, after)) = next_mark(rest) {
        if !before.is_empty() {
            spans.push(Span::Text(before));
        }
        spans.push(span);
        rest = after;
    }
    if !rest.is_empty() {
        spans.push(Span::Text(rest));
    }
    spans
}

fn next_mark(text: &str) -> Option<(&str, Span<'_>, &str)> {
    let marked = |mark: &str| {
        let (before, rest) = text.split_once(mark)?;
        let (inside, after) = rest.split_once(mark)?;
        Some((before, inside, after))
    };
    let code = marked("`").map(|(before, inside, after)| (before, Span::Code(inside), after));
    let strong = marked("**").map(|(before, inside, after)| (before, Span::Strong(inside), after));
    match (code, strong) {
        (Some(code), Some(strong)) => {
            Some(if code.0.len() < strong.0.len() { code } else { strong })
        }
        (code, strong) => code.or(strong),
    }
}

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

/// With a capital at the beginning. ASCII is enough, and the tables for all other scripts would be part of the page.
pub fn capitalised(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// Messages are written to stand behind a name; here they stand alone.
pub fn sentence(text: &str) -> String {
    // a field's name stays as it is written
    let first = text.split(' ').next().unwrap_or_default();
    let is_word = first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut sentence = if is_word { capitalised(text) } else { text.to_owned() };
    if !sentence.ends_with(['.', '?', '!', '…']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_cut_out_in_order() {
        assert_eq!(
            spans("Is it? **Yes.** `a: {}` selects."),
            [
                Span::Text("Is it? "),
                Span::Strong("Yes."),
                Span::Text(" "),
                Span::Code("a: {}"),
                Span::Text(" selects.")
            ]
        );
    }

    #[test]
    fn a_mark_that_is_never_closed_is_a_character() {
        assert_eq!(spans("2 ** 3 and `x"), [Span::Text("2 ** 3 and `x")]);
        assert_eq!(spans(""), []);
    }

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(sentence("did you mean `from`?"), "Did you mean `from`?");
        assert_eq!(sentence("the link is damaged"), "The link is damaged.");
        assert_eq!(sentence(""), ".");
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
}
