//! Where kubectl cuts a text before it reads any YAML (`YAMLOrJSONDecoder` of apimachinery 0.36,
//! `util/yaml/decoder.go`): JSON objects one after the other, else pieces between `---` lines.

use super::{Fault, MAX_DOCUMENTS};
use crate::{diagnostic::Code, source::Span};

/// A piece of a text: one document, or why kubectl reads none.
pub(super) struct Chunk {
    pub(super) span: Span,
    /// Where kubectl starts to read it: behind the `---` before it and behind a byte order mark.
    pub(super) content: usize,
    /// It is a JSON object, blanks before it left out.
    pub(super) is_json: bool,
    pub(super) fault: Option<Fault>,
}

/// The pieces of a text, in order.
pub(super) fn chunks(text: &str) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut at = 0;
    while chunks.len() <= MAX_DOCUMENTS
        && let Some(end) = json_object(text, at)
    {
        let blanks = text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start().len());
        let (span, content) = (Span::new(at, end), at + blanks);
        chunks.push(Chunk { span, content, is_json: true, fault: None });
        at = end;
    }
    let rest = text.get(at..).unwrap_or("");
    // after one object the rest may be YAML, after two it is JSON to the end
    if chunks.len() < 2 {
        cut_at_lines(text, at, &mut chunks);
    } else if !rest.trim().is_empty() {
        let start = at + rest.len() - rest.trim_start().len();
        let fault = syntax(
            text,
            start,
            "this is no JSON object, and it follows on several".to_owned(),
            "kubectl reads a text that starts with two JSON objects as JSON to its end: write `---` on a line of its own between all of them",
        );
        let span = Span::new(at, text.len());
        chunks.push(Chunk { span, content: at, is_json: false, fault: Some(fault) });
    }
    chunks
}

/// A fault from a byte of the text to the end of its line.
fn syntax(text: &str, start: usize, message: String, help: &str) -> Fault {
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let span = Span::new(start, start + line.trim_end().len());
    Fault { code: Code::YamlSyntax, message, help: Some(help.to_owned()), span }
}

/// Cuts at lines that start with `---`; only a comment may follow on such a line.
fn cut_at_lines(text: &str, from: usize, chunks: &mut Vec<Chunk>) {
    let (mut start, mut at, mut has_content) = (from, from, false);
    let mut content = unmarked(text, from);
    let mut fault = None;
    for line in text.get(from..).unwrap_or("").split_inclusive('\n') {
        let behind = line.strip_prefix("---").map(str::trim);
        if behind.is_some() && at > start {
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

/// The end of the JSON object that starts here, blanks before it left out. `None` for what is no
/// JSON, be it YAML or not; faults that YAML has as well are left to its parser.
fn json_object(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let rest = text.get(from..)?;
    let mut at = text.len() - rest.trim_start().len();
    if bytes.get(at) != Some(&b'{') {
        return None;
    }
    let (mut depth, mut before) = (0_usize, b'{');
    while let Some(&byte) = bytes.get(at) {
        let mut end = at + 1;
        match byte {
            b'{' | b'[' => depth += 1,
            // YAML takes a comma before the bracket, and an empty value
            b'}' | b']' if matches!(before, b',' | b':') => return None,
            b'}' | b']' => depth -= 1,
            b',' | b':' => {}
            b' ' | b'\t' | b'\r' | b'\n' => {
                at = end;
                continue;
            }
            b'"' => end = string_end(bytes, at)?,
            _ => {
                let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                end = at + bytes.get(at..)?.iter().take_while(|byte| is_word(byte)).count();
                let word = text.get(at..end)?;
                let is_number = word.starts_with(|c: char| c == '-' || c.is_ascii_digit());
                if !is_number && !matches!(word, "true" | "false" | "null") {
                    return None;
                }
            }
        }
        if depth == 0 {
            return Some(end);
        }
        (at, before) = (end, byte);
    }
    None
}

/// Behind the closing quote of a JSON string, which stays on one line and knows fewer escapes than YAML.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' if br#""\/bfnrtu"#.contains(bytes.get(at + 1)?) => at += 2,
            ..b' ' | b'\\' => return None,
            _ => at += 1,
        }
    }
}
