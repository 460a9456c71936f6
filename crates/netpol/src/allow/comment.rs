//! Text → the `# netpol:` comments in it and the lines that they stand above. Knows which `#` starts a comment, and nothing of
//! what the comments say.

use super::extent::ends;
use crate::{
    source::{Source, Span},
    yaml::{Document, Node},
};

/// What starts such a comment, behind its `#`.
const MARK: &str = "netpol:";

/// A comment for this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Comment<'t> {
    /// Behind the mark, to the end of the line.
    pub(super) text: &'t str,
    /// Where that begins in the source.
    pub(super) at: usize,
    /// From the `#` on.
    pub(super) span: Span,
    /// What it speaks of.
    pub(super) covers: Covers,
}

/// What a comment speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Covers {
    /// The whole document, for it stands before its first key.
    Document,
    /// The line that it ends, counted from 1.
    Line(usize),
    /// The key or item that begins on the next line that holds something, and that line.
    Below(usize, Span),
    /// Nothing follows on it.
    Nothing,
}

/// The comments of a document that could be read, in order.
pub(super) fn comments<'t>(source: &'t Source, document: &Document) -> Vec<Comment<'t>> {
    let Some(root) = &document.root else { return Vec::new() };
    let mut found: Vec<Comment<'t>> = Vec::new();
    let text = source.text().get(document.span.start..document.span.end).unwrap_or("");
    if !text.contains(MARK) {
        return found;
    }
    // those before it wait for a line to cover
    let mut covering = 0;
    let mut at = document.span.start;
    for (number, line) in (source.line_of(at)..).zip(text.split_inclusive('\n')) {
        let is_content = has_content(line, at, document);
        if is_content && at > root.span.end {
            // what follows on the document is not read: nobody knows what is quoted there
            break;
        }
        if is_content {
            let waiting = found.iter_mut().skip(covering);
            waiting.filter(|one| one.covers == Covers::Nothing).for_each(|comment| {
                comment.covers = Covers::Below(number, Span::new(at, at + line.len()));
            });
            covering = found.len();
        }
        found.extend(comment(line, at, document).map(|comment| {
            let covers = match comment.span.start {
                start if start < root.span.start => Covers::Document,
                _ if is_content => Covers::Line(number),
                _ => Covers::Nothing,
            };
            Comment { covers, ..comment }
        }));
        at += line.len();
    }
    stretch(&mut found, source, root);
    found
}

/// Stretches what stands below a comment from the first line to its end.
fn stretch(found: &mut [Comment<'_>], source: &Source, root: &Node) {
    let is_below = |comment: &Comment<'_>| matches!(comment.covers, Covers::Below(..));
    if !found.iter().any(is_below) {
        return;
    }
    let ends = ends(source, root);
    for comment in found {
        if let Covers::Below(line, span) = &mut comment.covers {
            span.end = ends.get(line).map_or(span.end, |end| span.end.max(*end));
        }
    }
}

/// Whether there is more on a line than blanks and a comment.
fn has_content(line: &str, at: usize, document: &Document) -> bool {
    let written = line.trim_start_matches('\u{feff}').trim_start();
    let start = at + line.len() - written.len();
    !written.is_empty() && (!written.starts_with('#') || is_quoted(start, document))
}

/// The first comment on a line that is meant for this program; another one may stand before it.
fn comment<'t>(line: &'t str, at: usize, document: &Document) -> Option<Comment<'t>> {
    if !line.contains(MARK) {
        return None;
    }
    let starts = line.match_indices('#').map(|(start, _)| start);
    starts.into_iter().find_map(|start| {
        let (before, rest) = line.split_at_checked(start)?;
        let text = rest.strip_prefix('#')?.trim_start().strip_prefix(MARK)?.trim();
        let starts_comment = before.is_empty() || before.ends_with([' ', '\t', '\u{feff}']);
        if !starts_comment || is_quoted(at + start, document) {
            return None;
        }
        let end = line.trim_end().len();
        let span = Span::new(at + start, at + end);
        Some(Comment { text, at: at + end - text.len(), span, covers: Covers::Nothing })
    })
}

/// Whether a byte is part of a text in quotes or of a block.
fn is_quoted(offset: usize, document: &Document) -> bool {
    let before = document.quoted.partition_point(|span| span.start <= offset);
    let span = before.checked_sub(1).and_then(|at| document.quoted.get(at));
    span.is_some_and(|span| span.contains(offset))
}
