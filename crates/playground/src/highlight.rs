//! A line of YAML → pieces with a kind, for the colours of the editor. It guesses as a reader would, line by line, and
//! knows nothing that matters: what the text means is decided elsewhere.

/// What a piece of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Anything else.
    Plain,
    /// The key of a map.
    Key,
    /// The dash that begins a list item.
    Dash,
    /// A label's value, or text in quotes.
    Value,
    /// A comment.
    Comment,
    /// A `#?` line.
    Expectation,
    /// The line between two documents.
    Separator,
}

impl Kind {
    /// Its class in the style sheet; empty for plain text.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Key => "k",
            Self::Dash => "d",
            Self::Value => "s",
            Self::Comment => "c",
            Self::Expectation => "e",
            Self::Separator => "m",
        }
    }
}

/// Colours a text line by line, from its first line on.
#[derive(Debug, Default)]
pub struct Highlighter {
    /// Inside a map of labels: the indentation of its key.
    labels: Option<usize>,
}

impl Highlighter {
    /// The pieces of the next line; together they are the line.
    pub fn line<'t>(&mut self, line: &'t str) -> Vec<(Kind, &'t str)> {
        let trimmed = line.trim_start();
        if trimmed.is_empty() {
            return vec![(Kind::Plain, line)];
        }
        if trimmed.starts_with('#') {
            let is_expectation = trimmed.starts_with("#?");
            return vec![(if is_expectation { Kind::Expectation } else { Kind::Comment }, line)];
        }
        if line.starts_with("---") || line.starts_with("...") {
            self.labels = None;
            return vec![(Kind::Separator, line)];
        }
        let mut pieces = Vec::new();
        let (body, comment) = split_comment(line);
        let rest = dashes(body, &mut pieces);
        let indent = body.len() - rest.len();
        if self.labels.is_some_and(|labels| indent <= labels) {
            self.labels = None;
        }
        self.entry(rest, indent, &mut pieces);
        if !comment.is_empty() {
            pieces.push((Kind::Comment, comment));
        }
        pieces
    }

    fn entry<'t>(&mut self, text: &'t str, indent: usize, pieces: &mut Vec<(Kind, &'t str)>) {
        let Some((key, value)) = split_key(text) else {
            pieces.push((self.kind_of(text), text));
            return;
        };
        pieces.push((Kind::Key, key));
        let name = key.trim_matches(['"', '\'']);
        let is_labels = matches!(name, "matchLabels" | "labels" | "values");
        if is_labels && value.trim() == ":" {
            self.labels = Some(indent);
        }
        if value.contains(['{', '[']) {
            flow(value, is_labels || self.labels.is_some(), pieces);
        } else if let Some(value) = value.strip_prefix(':') {
            pieces.push((Kind::Plain, ":"));
            if !value.is_empty() {
                pieces.push((self.kind_of(value), value));
            }
        }
    }

    fn kind_of(&self, value: &str) -> Kind {
        let is_quoted = value.trim().starts_with(['"', '\'']);
        if is_quoted || self.labels.is_some() { Kind::Value } else { Kind::Plain }
    }
}

/// The indentation and the dashes that a line begins with; returns the rest.
fn dashes<'t>(line: &'t str, pieces: &mut Vec<(Kind, &'t str)>) -> &'t str {
    let mut rest = line;
    loop {
        let trimmed = rest.trim_start();
        let (indent, _) = rest.split_at_checked(rest.len() - trimmed.len()).unwrap_or((rest, ""));
        if !indent.is_empty() {
            pieces.push((Kind::Plain, indent));
        }
        let after =
            trimmed.strip_prefix('-').filter(|after| after.is_empty() || after.starts_with(' '));
        let Some(after) = after else { return trimmed };
        pieces.push((Kind::Dash, "-"));
        rest = after;
    }
}

/// A comment begins with a `#` after a space, outside quotes.
fn split_comment(line: &str) -> (&str, &str) {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '#' && before.is_whitespace() => {
                return line.split_at_checked(at).unwrap_or((line, ""));
            }
            None if matches!(c, '"' | '\'') && !before.is_ascii_alphanumeric() => quote = Some(c),
            _ => {}
        }
        before = c;
    }
    (line, "")
}

/// `key` and `: value`.
fn split_key(text: &str) -> Option<(&str, &str)> {
    if text.starts_with(['{', '[']) {
        return None;
    }
    let is_end =
        |at: usize| text.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let at = text.match_indices(':').map(|(at, _)| at).find(|at| is_end(*at))?;
    let (key, value) = text.split_at_checked(at)?;
    let is_plain =
        key.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric() || "._-/\"'".contains(c));
    (is_plain && !key.is_empty()).then_some((key, value))
}

/// `: {a: b, c: d}` and the like, cut at its punctuation.
fn flow<'t>(text: &'t str, is_labels: bool, pieces: &mut Vec<(Kind, &'t str)>) {
    let mut rest = text;
    while !rest.is_empty() {
        let is_punctuation = |c: char| "{}[],: ".contains(c);
        let word_at = rest.find(|c| !is_punctuation(c)).unwrap_or(rest.len());
        let (punctuation, after) = rest.split_at_checked(word_at).unwrap_or((rest, ""));
        if !punctuation.is_empty() {
            pieces.push((Kind::Plain, punctuation));
        }
        let end = after.find(|c| "{}[], ".contains(c)).unwrap_or(after.len());
        let (word, after) = after.split_at_checked(end).unwrap_or((after, ""));
        if let Some(key) = word.strip_suffix(':') {
            pieces.push((Kind::Key, key));
            pieces.push((Kind::Plain, ":"));
        } else if !word.is_empty() {
            let is_value = is_labels || word.starts_with(['"', '\'']);
            pieces.push((if is_value { Kind::Value } else { Kind::Plain }, word));
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let mut highlighter = Highlighter::default();
        text.lines()
            .map(|line| {
                let pieces = highlighter.line(line);
                assert_eq!(pieces.iter().map(|(_, text)| *text).collect::<String>(), line);
                let pieces = pieces.iter().map(|(kind, text)| format!("{}<{text}>", kind.class()));
                pieces.collect::<Vec<_>>().concat()
            })
            .collect()
    }

    #[test]
    fn a_line_is_cut_into_key_dash_value_and_comment() {
        assert_eq!(
            shown("- from:  # who\n  - matchLabels:\n      name: ml-ops\n  ports: [{port: 80}]"),
            [
                "d<->< >k<from><:><  >c<# who>",
                "<  >d<->< >k<matchLabels><:>",
                "<      >k<name><:>s< ml-ops>",
                "<  >k<ports><: [{>k<port><:>< ><80><}]>"
            ]
        );
    }

    #[test]
    fn expectations_and_separators_stand_out() {
        assert_eq!(shown("#? a/b -> c/d:1 denied\n---"), ["e<#? a/b -> c/d:1 denied>", "m<--->"]);
    }

    #[test]
    fn any_text_is_returned_whole() {
        for text in [
            "\"a#b\": 'c # d' # e",
            "é: ö",
            "- - -",
            ":",
            "{a: [b, {c: d}]}",
            "a:b: c",
            "\ta: 1",
            "- {",
            "x: | #",
        ] {
            shown(text);
        }
    }
}
