//! Edits of whole lines: what makes a part of a policy a whole one, prose made a comment, plain spaces and hyphens.

use crate::{
    fragment::{Fragment, Insertion},
    remedy::{is_dash, is_odd_space},
    rewrite::Edit,
    source::Span,
    yaml::Node,
};

/// What makes a fragment a whole policy: the lines before it, and the indentation of its own.
pub(super) fn whole(text: &str, fragment: &Fragment, root: &Node) -> Option<Vec<Insertion>> {
    let Span { start, end } = root.span;
    let line = text.get(..start)?.rfind('\n').map_or(0, |newline| newline + 1);
    let column = text.get(line..start)?;
    if !column.bytes().all(|byte| byte == b' ') {
        return None;
    }
    let (lines, deeper) = fragment.before(root);
    if text.get(start..end)?.starts_with(['{', '[']) {
        return None;
    }
    let before: String = lines.lines().flat_map(|line| [column, line, "\n"]).collect();
    // a rule alone gets the dash of its list
    let own = if deeper > 2 { "  - ".to_owned() } else { " ".repeat(deeper) };
    let mut insertions = vec![(line, before), (start, own)];
    let mut at = line;
    for line in text.get(line..end)?.split_inclusive('\n') {
        if at > start && !line.trim().is_empty() {
            insertions.push((at, " ".repeat(deeper)));
        }
        at += line.len();
    }
    Some(insertions)
}

/// A comment of the line that a byte stands on.
pub(super) fn comment(text: &str, at: usize) -> Option<Insertion> {
    let line = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    Some((line, "# ".to_owned()))
}

/// Plain spaces and hyphens for what looks like them, outside quotes and comments.
pub(super) fn plain(text: &str, document: Span) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let mut at = document.start;
    for line in text.get(document.start..document.end)?.split_inclusive('\n') {
        let mut is_before = true;
        for (offset, c) in line.char_indices() {
            let plain = match c {
                '#' | '"' | '\'' => break,
                c if is_odd_space(c) => Some(" "),
                c if is_before && is_dash(c) => Some("-"),
                _ => None,
            };
            is_before &= c == ' ' || is_odd_space(c);
            let start = at + offset;
            let span = Span::new(start, start + c.len_utf8());
            edits.extend(plain.map(|text| Edit { span, text: text.to_owned() }));
        }
        at += line.len();
    }
    Some(edits)
}
