//! Edits that mend what was said while a text was read: a fragment made whole, indentation put back, two
//! policies parted, a field of another version taken out. What the lints offer is theirs.

use crate::{
    diagnostic::Diagnostic,
    field::{FieldPath, Origin},
    fragment::{self, Fragment, Insertion},
    lint::Fix,
    manifest::{Manifest, ManifestDocument},
    remedy::Remedy,
    rewrite::{Edit, Rewrite, Rewriter},
    source::Span,
    yaml::{Entry, Node, Value},
};

/// The edit that mends what a diagnostic of a manifest says, where one is surely meant.
pub fn fix(manifest: &Manifest, diagnostic: &Diagnostic) -> Option<Fix> {
    let is_here = |document: &ManifestDocument| {
        (document.source, document.index) == (diagnostic.source, diagnostic.document)
    };
    let at = manifest.documents.iter().position(is_here)?;
    let document = manifest.documents.get(at)?;
    let text = manifest.sources.get(document.source)?.text();
    let (title, insertions) = match diagnostic.remedy.as_ref()? {
        Remedy::Remove => return without(manifest, at, diagnostic.span),
        Remedy::Render(_) => return None,
        Remedy::Indent => {
            ("Restore the indentation", fragment::lost_indentation(text, document.yaml.span)?)
        }
        Remedy::Part => {
            let border = fragment::second_spec(text, document.yaml.span, diagnostic.span.start)?;
            ("Make them two documents", vec![border])
        }
        Remedy::Complete => {
            let (fragment, root) = (document.fragment.as_ref()?, document.yaml.root.as_ref()?);
            ("Make it a whole policy", whole(text, fragment, root)?)
        }
    };
    let edit = |(at, text)| Edit { span: Span::new(at, at), text };
    let edits = insertions.into_iter().map(edit).collect();
    Some(Fix { title: title.to_owned(), rewrite: Rewrite { source: document.source, edits } })
}

/// The document without the field whose key stands there.
fn without(manifest: &Manifest, document: usize, key: Span) -> Option<Fix> {
    let root = manifest.documents.get(document)?.yaml.root.as_ref()?;
    let path = path_of(root, key, &FieldPath::root())?;
    let rewrite = Rewriter::new(manifest).remove(&Origin { document, path })?;
    Some(Fix { title: "Remove the field".to_owned(), rewrite })
}

/// Where the key stands whose bytes these are.
fn path_of(node: &Node, key: Span, path: &FieldPath) -> Option<FieldPath> {
    let holds = |node: &Node| node.span.start <= key.start && key.end <= node.span.end;
    match &node.value {
        Value::Scalar(_) => None,
        Value::Sequence(items) => {
            let at = items.iter().position(holds)?;
            path_of(items.get(at)?, key, &path.index(at))
        }
        Value::Mapping(entries) => {
            let is_it = |entry: &&Entry| entry.key_span == key || holds(&entry.value);
            let entry = entries.iter().find(is_it)?;
            let path = path.label(&entry.key);
            if entry.key_span == key { Some(path) } else { path_of(&entry.value, key, &path) }
        }
    }
}

/// What makes a fragment a whole policy: the lines before it, and the indentation of its own.
fn whole(text: &str, fragment: &Fragment, root: &Node) -> Option<Vec<Insertion>> {
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
