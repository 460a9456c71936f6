//! What makes a text unreadable, where, and what to do about it.

use super::{
    Fault, MAX_ALIASED_NODES, MAX_DEPTH, MAX_EVENTS, Node, Value,
    help::Context,
    problem::{Kind, Problem},
};
use crate::{diagnostic::Code, source::Span};

/// A problem of the text, made helpful.
pub(super) fn syntax(text: &str, problem: Problem) -> Fault {
    let at = place(text, problem);
    let line = Line::around(text, at);
    if problem.kind == Kind::TooDeep {
        return too_deep(character(text, at));
    }
    if let Some(tab) = tab(text, &line, problem) {
        let message = match problem.kind {
            Kind::NoToken => format!("{}: a tab", problem.kind),
            _ => problem.kind.to_string(),
        };
        let is_empty = line.text(text).trim().is_empty();
        let help = if is_empty {
            "remove the tab: to kubectl it is no empty line"
        } else {
            "YAML forbids tabs in indentation; use spaces"
        };
        return fault(message, help, tab);
    }
    let above = Line::around(text, line.start.saturating_sub(1));
    let context = Context {
        kind: problem.kind,
        line: line.text(text),
        column: at - line.start,
        above: if line.start == 0 { "" } else { above.text(text) },
    };
    let span = match problem.kind {
        // all that stands on the line is no YAML
        Kind::ColonMissing => line.content(text, at),
        Kind::ValueNotAllowed if context.follows_prose() => above.content(text, above.start),
        _ => character(text, at),
    };
    let help = context.help().map(str::to_owned);
    Fault { code: Code::YamlSyntax, message: problem.kind.to_string(), help, span }
}

/// Where somebody has to look: where it begins, or where it is noticed.
fn place(text: &str, problem: Problem) -> usize {
    let is_at_end = text.get(problem.at..).is_none_or(|rest| rest.trim().is_empty());
    match problem.kind {
        Kind::CommaOrBracketExpected | Kind::CommaOrBraceExpected | Kind::ContentExpected
            if is_at_end =>
        {
            problem.from
        }
        Kind::ColonMissing
        | Kind::QuoteNotClosed
        | Kind::AnchorName
        | Kind::BlockHeader
        | Kind::BlockIndentation
        | Kind::TagNotClosed
        | Kind::BehindTag
        | Kind::TagName
        | Kind::TagEscape
        | Kind::TagHandle => problem.from,
        _ => problem.at,
    }
}

/// A character that no YAML may hold, in a document that starts at a byte and ends with the text.
pub(super) fn control_character(text: &str, start: usize) -> Option<Fault> {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{A0}'..='\u{FFFD}' | '\u{10000}'..);
    let document = text.get(start..)?;
    let (at, found) = document.char_indices().find(|(_, c)| !is_allowed(*c))?;
    let message = format!("{}: U+{:04X}", Kind::ControlCharacter, u32::from(found));
    Some(fault(message, "remove it", Span::new(start + at, start + at + found.len_utf8())))
}

/// A list, a map, null or a number too large as the key of a map.
pub(super) fn unsupported_key(key: &Node) -> Fault {
    let what = match &key.value {
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "a map",
        Value::Scalar(_) => "null or a number too large",
    };
    let help = match &key.value {
        Value::Scalar(_) => "put the key in quotes, or take it away with its value",
        _ => "the key of a map is a word: if this is a template, paste what it renders to",
    };
    fault(format!("invalid map key: {what}"), help, key.span)
}

/// `<<` with something else than maps.
pub(super) fn merge_of_no_map(span: Span) -> Fault {
    let message = "map merge requires map or sequence of maps as the value".to_owned();
    fault(message, "write the keys out in place of `<<`", span)
}

/// `*name` without `&name` before it.
pub(super) fn unknown_anchor(name: &str, span: Span) -> Fault {
    let shown: String = name.chars().take(80).collect();
    let message = format!("unknown anchor '{shown}' referenced");
    fault(message, "put a value that starts with `*` in quotes", span)
}

/// `*name` in what `&name` stands before.
pub(super) fn anchor_in_itself(name: &str, span: Span) -> Fault {
    let shown: String = name.chars().take(80).collect();
    fault(format!("anchor '{shown}' value contains itself"), "write the value out", span)
}

/// `.nan` and `.inf`, for which JSON has no word.
pub(super) fn no_json(word: &str, span: Span) -> Fault {
    let shown: String = word.chars().take(80).collect();
    fault(format!("json: unsupported value: {shown}"), "put the value in quotes", span)
}

/// Aliases repeat too much.
pub(super) fn too_many_aliased(span: Span) -> Fault {
    too_large(format!("aliases repeat more than {MAX_ALIASED_NODES} nodes"), span)
}

/// Anchors hold too much.
pub(super) fn too_many_anchored(span: Span) -> Fault {
    too_large(format!("anchors hold more than {MAX_ALIASED_NODES} nodes"), span)
}

/// What stands behind the end of a chunk's first document, and kubectl never sees.
pub(super) fn not_read(text: &str, at: usize) -> Fault {
    Fault {
        code: Code::NotRead,
        message: "kubectl does not read what follows here".to_owned(),
        help: Some("write `---` on a line of its own before it".to_owned()),
        span: Line::around(text, at).content(text, at),
    }
}

/// The text is nested deeper than is read.
pub(super) fn too_deep(span: Span) -> Fault {
    too_large(format!("the text is nested deeper than {MAX_DEPTH} levels"), span)
}

/// The text holds more than is read.
pub(super) fn too_many_nodes(span: Span) -> Fault {
    too_large(format!("the text has more than {MAX_EVENTS} parts; the rest is not read"), span)
}

fn too_large(message: String, span: Span) -> Fault {
    Fault { code: Code::TooLarge, message, help: None, span }
}

fn fault(message: String, help: &str, span: Span) -> Fault {
    Fault { code: Code::YamlSyntax, message, help: Some(help.to_owned()), span }
}

/// The character at a byte.
fn character(text: &str, at: usize) -> Span {
    let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Span::new(at, at + width)
}

/// A line of a text, without its line break.
struct Line {
    start: usize,
    end: usize,
}

impl Line {
    fn around(text: &str, at: usize) -> Self {
        let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |i| i + 1);
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        Self { start, end: start + line.len() }
    }

    fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// From a byte to the last character that is no blank.
    fn content(&self, text: &str, at: usize) -> Span {
        Span::new(at, at + text.get(at..self.end).unwrap_or("").trim_end().len())
    }
}

/// The tab that is to blame, if one is: where the value would start, or among the blanks before a key that turned out
/// to belong to the value above.
fn tab(text: &str, line: &Line, problem: Problem) -> Option<Span> {
    let at = match problem.kind {
        Kind::NoToken | Kind::TabInWord | Kind::TabInBlock => {
            let is_tab = text.as_bytes().get(problem.at) == Some(&b'\t');
            is_tab.then_some(problem.at)?
        }
        Kind::ValueNotAllowed => {
            let before = text.get(line.start..problem.at)?;
            let key = before.trim_start();
            // in quotes and brackets tabs may stand
            if key.contains(['\'', '"', '[', ']', '{', '}']) {
                return None;
            }
            line.start + before.get(..before.len() - key.len())?.find('\t')?
        }
        _ => return None,
    };
    Some(Span::new(at, at + 1))
}
