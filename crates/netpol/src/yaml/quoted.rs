//! Where texts in quotes and in blocks begin and end: what stands in them is no comment, and a comment behind them is no part
//! of them.

use crate::source::Span;

/// The span of a text in quotes up to its closing quote; the parser counts the blanks and the comment behind it to it.
pub(super) fn through_quote(text: &str, span: Span, quote: char) -> Span {
    let written = text.get(span.start..span.end).unwrap_or("");
    let inner = behind_properties(written).strip_prefix(quote);
    let end = inner.and_then(|inner| {
        let start = span.end - inner.len();
        Some(start + closing(inner, quote)?)
    });
    Span::new(span.start, end.unwrap_or(span.end))
}

/// Where a `#` is text, if there is one. A bare block's span begins with its text; behind an anchor or a tag comes the `|` as
/// well, and a comment may follow on it.
pub(super) fn with_hash(text: &str, span: Span, is_bare: bool) -> Option<Span> {
    let written = text.get(span.start..span.end).filter(|text| text.contains('#'))?;
    if is_bare {
        return Some(span);
    }
    let value = behind_properties(written);
    let header = if value.starts_with(['|', '>']) { value.find('\n')? } else { 0 };
    Some(Span::new(span.end - value.len() + header, span.end))
}

/// A scalar without the anchor and the tag before it, and the comments among them.
fn behind_properties(written: &str) -> &str {
    let mut rest = written;
    loop {
        let end = match rest.chars().next() {
            Some('&' | '!') => rest.find(char::is_whitespace),
            Some('#') => rest.find('\n'),
            _ => return rest,
        };
        rest = rest.get(end.unwrap_or(rest.len())..).unwrap_or("").trim_start();
    }
}

/// The byte behind the closing quote.
fn closing(inner: &str, quote: char) -> Option<usize> {
    let mut characters = inner.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if c == '\\' && quote == '"' {
            characters.next();
        } else if c == quote {
            let is_doubled = quote == '\'' && characters.next_if(|(_, c)| *c == quote).is_some();
            if !is_doubled {
                return Some(at + quote.len_utf8());
            }
        }
    }
    None
}
