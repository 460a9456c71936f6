//! Where kubectl cuts a text before it reads any YAML (`YAMLOrJSONDecoder` of apimachinery 0.36,
//! `util/yaml/decoder.go`): JSON values one after the other, else pieces between `---` lines.

use super::{Fault, MAX_DOCUMENTS, json};
use crate::{diagnostic::Code, source::Span};

/// A piece of a text: one document, or why kubectl reads none.
pub(super) struct Chunk {
    pub(super) span: Span,
    /// Where kubectl starts to read it: behind the `---` before it and behind a byte order mark.
    pub(super) content: usize,
    /// It is a JSON value, blanks before it left out.
    pub(super) is_json: bool,
    pub(super) fault: Option<Fault>,
}

/// The pieces of a text, in order.
pub(super) fn chunks(text: &str) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let start = unmarked(text, 0);
    if !text.get(start..).is_some_and(|text| text.trim_start().starts_with('{')) {
        cut_at_lines(text, 0, 0, &mut chunks);
        return chunks;
    }
    let mut at = 0;
    while chunks.len() <= MAX_DOCUMENTS
        && let Some((content, end)) = json::value(text.as_bytes(), at.max(start))
    {
        let span = Span::new(at, end);
        chunks.push(Chunk { span, content, is_json: true, fault: None });
        at = end;
    }
    behind_json(text, at, &mut chunks);
    chunks
}

/// After one value the rest may be YAML, after two it is JSON to the end.
fn behind_json(text: &str, at: usize, chunks: &mut Vec<Chunk>) {
    let rest = text.get(at..).unwrap_or("");
    let content = rest.trim_start_matches(json::is_blank);
    if content.is_empty() {
        return;
    }
    let (message, help) = if chunks.len() >= 2 {
        (
            "this is no JSON, and it follows on several JSON objects",
            "kubectl reads a text that starts with two JSON objects as JSON to its end: write `---` on a line of its own between all of them",
        )
    } else if let Some(start) = yaml_start(rest) {
        cut_at_lines(text, at, at + start, chunks);
        return;
    } else {
        ("this is no JSON, and too short for kubectl to read it as YAML", "take it out")
    };
    let fault = syntax(text, text.len() - content.len(), message.to_owned(), help);
    let span = Span::new(at, text.len());
    chunks.push(Chunk { span, content: at, is_json: false, fault: Some(fault) });
}

/// Where YAML starts in what is no JSON: kubectl leaves out blanks up to the end of their line, and gives up where it
/// looks at fewer than four bytes.
fn yaml_start(rest: &str) -> Option<usize> {
    const FEWEST: usize = 4;
    let blanks = rest.len() - rest.trim_start().len();
    let line_end = rest.find('\n').filter(|end| *end < blanks);
    let is_enough = rest.len() - line_end.unwrap_or(blanks) >= FEWEST;
    is_enough.then(|| line_end.map_or(blanks, |end| end + 1))
}

/// A fault from a byte of the text to the end of its line.
fn syntax(text: &str, start: usize, message: String, help: &str) -> Fault {
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let span = Span::new(start, start + line.trim_end().len());
    Fault { code: Code::YamlSyntax, message, help: Some(help.to_owned()), span }
}

/// Cuts at lines that start with `---`; only a comment may follow on such a line. The first piece starts before blanks
/// that nobody reads.
fn cut_at_lines(text: &str, mut start: usize, from: usize, chunks: &mut Vec<Chunk>) {
    let (mut at, mut has_content) = (from, false);
    let mut content = unmarked(text, from);
    let mut fault = None;
    for line in text.get(from..).unwrap_or("").split_inclusive('\n') {
        let behind = line.strip_prefix("---").map(str::trim);
        if behind.is_some() && at > from {
            // what is before it was no comment alone, or is thrown away with it
            if has_content && chunks.len() <= MAX_DOCUMENTS {
                let span = Span::new(start, at);
                chunks.push(Chunk { span, content, is_json: false, fault: fault.take() });
                start = at;
            }
            content = unmarked(text, at + line.len());
        }
        if let Some(behind) = behind.filter(|text| !text.is_empty() && !text.starts_with('#')) {
            let shown: String = behind.chars().take(80).collect();
            let message = format!("invalid Yaml document separator: {shown}");
            let help = "write `---` alone on its line, and the rest below it";
            fault = Some(syntax(text, at, message, help));
        }
        let trimmed = line.trim_start_matches('\u{feff}').trim();
        has_content |= behind.is_some() || !(trimmed.is_empty() || trimmed.starts_with('#'));
        at += line.len();
    }
    if has_content {
        chunks.push(Chunk { span: Span::new(start, text.len()), content, is_json: false, fault });
    }
}

/// Behind a byte order mark.
fn unmarked(text: &str, at: usize) -> usize {
    let mark = '\u{feff}';
    if text.get(at..).is_some_and(|rest| rest.starts_with(mark)) {
        at + mark.len_utf8()
    } else {
        at
    }
}
