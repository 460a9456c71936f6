//! A finding as compilers lay it out: what, where, the line, and the part of it that is meant.

use std::{borrow::Cow, fmt::Write as _};

use anstyle::Style;
use netpol::{Severity, Source, Span};

use super::{Finding, Folded, Place};
use crate::ink::{BLUE, BOLD, Ink, RED, YELLOW, harmless, width};

/// How much of a line is shown before and after what is meant: JSON may be one line of a megabyte.
const CONTEXT: usize = 60;
/// How many characters of it are underlined at most.
const LONGEST_MARK: usize = 80;
/// How much is shown of the beginning and of the end of a message: it may quote a word of a megabyte.
const HALF_MESSAGE: usize = 500;
/// How many lines of repeated notes are named.
const LINES: usize = 8;

/// Lays out messages in the ink of a stream. Each ends with a line break.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout(pub(crate) Ink);

impl Layout {
    pub(crate) fn finding(self, finding: &Finding<'_>) -> String {
        let Finding { diagnostic, source, start, end, fix } = finding;
        let code = format!("[{}]", diagnostic.code);
        let severity = diagnostic.severity();
        let mut text = self.heading(severity, &code, &diagnostic.to_string());
        text += &self.arrow(&format!("{}:{}:{}", source.name(), start.line, start.column));
        // of a file that was not read there is nothing to show
        if !source.text().is_empty() {
            text += &self.excerpt(severity, source, diagnostic.span, (*start, *end));
        }
        text += &self.help(diagnostic.help.as_deref());
        if let Some(fix) = fix {
            let label = self.0.paint(BLUE, "= fix available:");
            let _ = writeln!(text, "  {label} {}", harmless(&fix.title));
        }
        text
    }

    /// With the lines where the same is to be said.
    pub(crate) fn folded(self, folded: &Folded<'_>) -> String {
        let named: Vec<String> = folded.also.iter().take(LINES).map(usize::to_string).collect();
        let mut text = self.finding(&folded.finding);
        if let [only] = named.as_slice() {
            let _ = writeln!(text, "  {} line {only}", self.0.paint(BLUE, "= also:"));
        } else if !named.is_empty() {
            let more = match folded.also.len() - named.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let label = self.0.paint(BLUE, "= also:");
            let _ = writeln!(text, "  {label} lines {}{more}", named.join(", "));
        }
        text
    }

    /// Something that is said of a place, and has no code.
    pub(crate) fn placed(
        self,
        severity: Severity,
        source: &Source,
        span: Span,
        message: &str,
        help: Option<&str>,
    ) -> String {
        let (start, end) = (Place::of(source, span.start), Place::of(source, span.end));
        let mut text = self.heading(severity, "", message);
        text += &self.arrow(&format!("{}:{}:{}", source.name(), start.line, start.column));
        text += &self.excerpt(severity, source, span, (start, end));
        text + &self.help(help)
    }

    /// Something that is said of no place.
    pub(crate) fn remark(self, severity: Severity, message: &str, help: Option<&str>) -> String {
        self.heading(severity, "", message) + &self.help(help)
    }

    fn heading(self, severity: Severity, code: &str, message: &str) -> String {
        let label = format!("{severity}{code}");
        let message = format!(": {}", harmless(&shortened(message)));
        format!("{}{}\n", self.0.paint(style(severity), &label), self.0.paint(BOLD, &message))
    }

    fn arrow(self, place: &str) -> String {
        format!("  {} {}\n", self.0.paint(BLUE, "-->"), harmless(place))
    }

    fn excerpt(
        self,
        severity: Severity,
        source: &Source,
        span: Span,
        (start, end): (Place, Place),
    ) -> String {
        let excerpt = Excerpt::of(source.text(), span, start, end);
        let number = start.line.to_string();
        let margin = " ".repeat(number.len());
        let bar = self.0.paint(BLUE, "|");
        let number = self.0.paint(BLUE, &number);
        let mut text = format!("{number} {bar} {}\n", excerpt.line);
        let mark = self.0.paint(style(severity), &excerpt.mark);
        let _ = writeln!(text, "{margin} {bar} {}{mark}", " ".repeat(excerpt.indent));
        text
    }

    fn help(self, help: Option<&str>) -> String {
        let line = |help| format!("  {} {}\n", self.0.paint(BLUE, "= help:"), harmless(help));
        help.map(line).unwrap_or_default()
    }
}

fn shortened(message: &str) -> Cow<'_, str> {
    let end_of_head = message.char_indices().nth(HALF_MESSAGE).map(|(at, _)| at);
    let start_of_tail = message.char_indices().nth_back(HALF_MESSAGE - 1).map(|(at, _)| at);
    match (end_of_head, start_of_tail) {
        (Some(end), Some(start)) if end < start => {
            let part = |range| message.get(range).unwrap_or("");
            Cow::Owned(format!("{}…{}", part(0..end), part(start..message.len())))
        }
        _ => Cow::Borrowed(message),
    }
}

const fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => RED,
        Severity::Warning => YELLOW,
        Severity::Note => BLUE,
    }
}

/// A line of a source, shortened around what is meant, and the `^^^` below it.
#[derive(Debug, PartialEq, Eq)]
struct Excerpt {
    line: String,
    indent: usize,
    mark: String,
}

impl Excerpt {
    fn of(text: &str, Span { start: from, .. }: Span, start: Place, end: Place) -> Self {
        // only what is near is looked at, however long the line
        let skipped = (start.column - 1).saturating_sub(CONTEXT);
        let before = text.get(..from).unwrap_or("");
        let shown = before.chars().rev().take(start.column - 1 - skipped);
        let before: String = shown.collect::<Vec<_>>().into_iter().rev().collect();
        let mut rest = text.get(from..).unwrap_or("").chars().take_while(|c| *c != '\n');
        // what goes on in the next lines is underlined to the end of this one
        let marked = if end.line == start.line { end.column - start.column } else { usize::MAX };
        let meant: String = rest.by_ref().take(marked.min(LONGEST_MARK)).collect();
        let after: String = rest.by_ref().take(CONTEXT).collect();
        let (before, meant, after) = (flat(&before), flat(&meant), flat(&after));
        let (head, tail) =
            (if skipped > 0 { "…" } else { "" }, if rest.next().is_some() { "…" } else { "" });
        Self {
            indent: width(head) + width(&before),
            mark: "^".repeat(width(meant.trim_end()).max(1)),
            line: format!("{head}{before}{meant}{after}{tail}").trim_end().to_owned(),
        }
    }
}

/// A tab would take another width in each terminal, and a line break is no part of the line.
fn flat(text: &str) -> String {
    let text = text.trim_end_matches('\r').replace('\t', "    ").replace('\u{feff}', "");
    harmless(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::findings;
    use super::*;
    use netpol::{Code, Diagnostic};

    fn excerpt(text: &str, meant: &str) -> Excerpt {
        let start = text.find(meant).unwrap();
        let span = Span::new(start, start + meant.len());
        let diagnostic = Diagnostic::new(Code::Forbidden, String::new(), 0, 0, span);
        let sources = [Source::new("x", text)];
        let finding = findings(&sources, [&diagnostic]).next().unwrap();
        Excerpt::of(text, diagnostic.span, finding.start, finding.end)
    }

    #[test]
    fn the_mark_stands_below_what_is_meant() {
        let Excerpt { line, indent, mark } = excerpt("a: 1\n\tb: 世界 {}\r\n", "{}");
        assert_eq!((line.as_str(), indent, mark.as_str()), ("    b: 世界 {}", 12, "^^"));
    }

    #[test]
    fn what_spans_lines_is_marked_to_the_end_of_the_first() {
        let Excerpt { line, mark, .. } = excerpt("spec:  \n  x: 1\n", "spec:  \n  x");
        assert_eq!((line.as_str(), mark.as_str()), ("spec:", "^^^^^"));
    }

    #[test]
    fn a_message_is_cut_in_the_middle_only_where_it_is_endless() {
        let longest = "é".repeat(2 * HALF_MESSAGE);
        assert_eq!(shortened(&longest), longest);
        let (head, tail) = ("a".repeat(HALF_MESSAGE), "z".repeat(HALF_MESSAGE));
        assert_eq!(shortened(&format!("{head}é{tail}")), format!("{head}…{tail}"));
    }

    #[test]
    fn an_endless_line_is_cut_around_what_is_meant() {
        let text = format!("{}HERE{}", "x".repeat(5000), "y".repeat(5000));
        let Excerpt { line, indent, mark } = excerpt(&text, "HERE");
        assert_eq!(line, format!("…{}HERE{}…", "x".repeat(60), "y".repeat(60)));
        assert_eq!((indent, mark.as_str()), (61, "^^^^"));
    }
}
