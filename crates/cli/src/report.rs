//! Standard error: everything said about the input, laid out as compilers do, with the place, the line and the part of
//! it that is meant. Counts the errors; wording comes from elsewhere.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    io::{self, Write as _},
};

use anstyle::Style;
use netpol::{Diagnostic, Severity, Source};

use crate::ink::{BLUE, BOLD, Ink, RED, YELLOW, harmless, width};

/// How much of a line is shown before and after what is meant: JSON may be one line of a megabyte.
const CONTEXT: usize = 60;
/// How many characters of it are underlined at most.
const LONGEST_MARK: usize = 80;

/// Says what is wrong, each thing once.
pub(crate) struct Report {
    ink: Ink,
    said: BTreeSet<String>,
    has_errors: bool,
}

impl Report {
    pub(crate) fn to_stderr() -> Self {
        Self { ink: Ink::of(&io::stderr()), said: BTreeSet::new(), has_errors: false }
    }

    pub(crate) const fn has_errors(&self) -> bool {
        self.has_errors
    }

    /// An error of the input as a whole.
    pub(crate) fn error(&mut self, message: &str, help: Option<&str>) {
        let text = self.heading(Severity::Error, "", message) + &self.help(help);
        self.say(Severity::Error, text);
    }

    /// An error at a place that cannot be shown.
    pub(crate) fn error_at(&mut self, message: &str, place: &str, help: Option<&str>) {
        let text =
            self.heading(Severity::Error, "", message) + &self.arrow(place) + &self.help(help);
        self.say(Severity::Error, text);
    }

    pub(crate) fn note(&mut self, message: &str) {
        let text = self.heading(Severity::Note, "", message);
        self.say(Severity::Note, text);
    }

    /// What the evaluator says of one of these sources.
    pub(crate) fn diagnostic(&mut self, sources: &[Source], diagnostic: &Diagnostic) {
        let code = format!("[{}]", diagnostic.code);
        let severity = diagnostic.severity();
        let mut text = self.heading(severity, &code, &diagnostic.to_string());
        if let Some(source) = sources.get(diagnostic.source) {
            let place = source.line_column(diagnostic.span.start);
            text += &self.arrow(&format!("{}:{place}", source.name()));
            let excerpt = Excerpt::of(source, diagnostic);
            let number = place.line.to_string();
            let margin = " ".repeat(number.len());
            let bar = self.ink.paint(BLUE, "|");
            let number = self.ink.paint(BLUE, &number);
            let _ = writeln!(text, "{number} {bar} {}", excerpt.line);
            let mark = self.ink.paint(style(severity), &excerpt.mark);
            let _ = writeln!(text, "{margin} {bar} {}{mark}", " ".repeat(excerpt.indent));
        }
        text += &self.help(diagnostic.help.as_deref());
        self.say(severity, text);
    }

    fn heading(&self, severity: Severity, code: &str, message: &str) -> String {
        let label = format!("{severity}{code}");
        let message = format!(": {}", harmless(message));
        format!("{}{}\n", self.ink.paint(style(severity), &label), self.ink.paint(BOLD, &message))
    }

    fn arrow(&self, place: &str) -> String {
        format!("  {} {}\n", self.ink.paint(BLUE, "-->"), harmless(place))
    }

    fn help(&self, help: Option<&str>) -> String {
        let line = |help| format!("  {} {}\n", self.ink.paint(BLUE, "= help:"), harmless(help));
        help.map(line).unwrap_or_default()
    }

    fn say(&mut self, severity: Severity, text: String) {
        self.has_errors |= severity == Severity::Error;
        if !self.said.contains(&text) {
            // nobody listens to standard error: then there is nobody to tell that either
            let _ = io::stderr().lock().write_all(text.as_bytes());
            self.said.insert(text);
        }
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
    fn of(source: &Source, diagnostic: &Diagnostic) -> Self {
        let start = source.line_column(diagnostic.span.start);
        let end = source.line_column(diagnostic.span.end);
        let line = source.line(start.line);
        let column = start.column - 1;
        // what goes on in the next lines is underlined to the end of this one
        let marked = if end.line == start.line {
            end.column.saturating_sub(start.column)
        } else {
            usize::MAX
        };
        let marked = marked.min(LONGEST_MARK);
        let skipped = column.saturating_sub(CONTEXT);
        let mut rest = line.chars().skip(skipped);
        let before: String = rest.by_ref().take(column - skipped).collect();
        let meant: String = rest.by_ref().take(marked).collect();
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

/// A tab would take another width in each terminal.
fn flat(text: &str) -> String {
    harmless(&text.replace('\t', "    ").replace('\u{feff}', "")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use netpol::{Code, FieldPath, Span};

    fn excerpt(text: &str, meant: &str) -> Excerpt {
        let start = text.find(meant).unwrap();
        let diagnostic = Diagnostic {
            code: Code::Forbidden,
            message: String::new(),
            help: None,
            field: FieldPath::root(),
            source: 0,
            document: 0,
            span: Span::new(start, start + meant.len()),
        };
        Excerpt::of(&Source::new("x", text), &diagnostic)
    }

    #[test]
    fn the_mark_stands_below_what_is_meant() {
        let Excerpt { line, indent, mark } = excerpt("a: 1\n\tb: 世界 {}\n", "{}");
        assert_eq!((line.as_str(), indent, mark.as_str()), ("    b: 世界 {}", 12, "^^"));
    }

    #[test]
    fn what_spans_lines_is_marked_to_the_end_of_the_first() {
        let Excerpt { line, mark, .. } = excerpt("spec:  \n  x: 1\n", "spec:  \n  x");
        assert_eq!((line.as_str(), mark.as_str()), ("spec:", "^^^^^"));
    }

    #[test]
    fn an_endless_line_is_cut_around_what_is_meant() {
        let text = format!("{}HERE{}", "x".repeat(5000), "y".repeat(5000));
        let Excerpt { line, indent, mark } = excerpt(&text, "HERE");
        assert_eq!(line, format!("…{}HERE{}…", "x".repeat(60), "y".repeat(60)));
        assert_eq!((indent, mark.as_str()), (61, "^^^^"));
    }
}
