//! What a parser's complaint most probably means, and what to do about it.

use super::{Fault, MAX_DEPTH, MAX_EVENTS, MAX_VALUE};
use crate::{diagnostic::Code, source::Span};

/// A complaint of the parser at a byte of the text, made helpful.
pub(super) fn syntax(text: &str, at: usize, info: &str) -> Fault {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |i| i + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let before = text.get(..start).and_then(|before| before.lines().next_back()).unwrap_or("");
    let indent = line.len() - line.trim_start().len();
    let tab = line.get(..indent).and_then(|blank| blank.find('\t'));
    let (span, message, help) = if let Some(tab) = tab {
        (
            Span::new(start + tab, start + tab + 1),
            "found character that cannot start any token: a tab".to_owned(),
            Some("YAML forbids tabs in indentation; use spaces".to_owned()),
        )
    } else {
        let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        (Span::new(at, at + width), info.to_owned(), help(before, line, info))
    };
    // the parser's own bound on nesting
    let is_too_deep = info.contains("recursion limit");
    if is_too_deep {
        return too_deep(span);
    }
    Fault { code: Code::YamlSyntax, message, help, span }
}

/// What stands behind the end of a chunk's first document, and kubectl never sees.
pub(super) fn not_read(text: &str, at: usize) -> Fault {
    let line = text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or("");
    Fault {
        code: Code::NotRead,
        message: "kubectl does not read what follows here".to_owned(),
        help: Some("write `---` on a line of its own before it".to_owned()),
        span: Span::new(at, at + line.trim_end().len()),
    }
}

/// The text is nested deeper than is read.
pub(super) fn too_deep(span: Span) -> Fault {
    let message = format!("the text is nested deeper than {MAX_DEPTH} levels");
    Fault { code: Code::TooLarge, message, help: None, span }
}

/// A value goes on and on.
pub(super) fn too_long(span: Span) -> Fault {
    let message = format!("a value has more than {MAX_VALUE} characters");
    Fault { code: Code::TooLarge, message, help: None, span }
}

/// The text holds more than is read.
pub(super) fn too_many_nodes(span: Span) -> Fault {
    let message = format!("the text has more than {MAX_EVENTS} parts; the rest is not read");
    Fault { code: Code::TooLarge, message, help: None, span }
}

fn help(before: &str, line: &str, info: &str) -> Option<String> {
    let lacks_space = |line: &str| line.contains(":{") || line.contains(":[");
    let help = if info.contains("document start") && before.starts_with('%') {
        "kubectl cuts the text at `---` and cannot read a directive: remove the line"
    } else if line.contains("{{") || before.contains("{{") {
        "this looks like a Helm template: paste what `helm template` makes of it"
    } else if lacks_space(line) {
        "put a space after the colon"
    } else if lacks_space(before) {
        "put a space after the colon in the line above"
    } else if info.contains("mapping values") || info.contains("key") {
        "the indentation of this line does not fit the lines above: keys of one map start in the same column"
    } else {
        return None;
    };
    Some(help.to_owned())
}
