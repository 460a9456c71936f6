//! Edits at the key or value that a diagnostic underlines.

use crate::{
    field::{FieldPath, Origin, Segment},
    manifest::{Manifest, ManifestDocument},
    remedy::Remedy,
    rewrite::{Edit, Rewrite, Rewriter},
    source::Span,
    yaml::{Entry, Node, Value},
};

/// What a remedy does at a place of a document; `None` where an anchor makes it a place of several.
pub(super) fn edit(
    manifest: &Manifest,
    document: usize,
    span: Span,
    remedy: &Remedy,
) -> Option<Rewrite> {
    let rewriter = Rewriter::new(manifest);
    let (root, text) = parts(manifest, document)?;
    let is_of_key = matches!(
        remedy,
        Remedy::Remove | Remedy::Rename(_) | Remedy::Entry { .. } | Remedy::Gather(_)
    );
    let path = if is_of_key { key_path(root, span)? } else { value_path(root, span)? };
    let is_entry = matches!(path.segments().last(), Some(Segment::Key(_)));
    let at = Origin { document, path };
    let written = text.get(span.start..span.end)?;
    match remedy {
        Remedy::Write(text) if text == written => None,
        Remedy::Remove => rewriter.remove(&at),
        Remedy::Rename(key) => rewriter.rename(&at, key),
        Remedy::Entry { key, value } => {
            joined([rewriter.rename(&at, key)?, rewriter.set(&at, value)?])
        }
        Remedy::Gather(key) => rewriter.gather(&above(&at)?, key),
        Remedy::Write(text) if is_entry => rewriter.set(&at, text),
        Remedy::Write(text) => rewriter.replace(&at, text),
        Remedy::Quote if written.starts_with(['"', '\'', '!', '|', '>']) => None,
        Remedy::Quote => rewriter.replace(&at, &format!("\"{written}\"")),
        Remedy::Dash => rewriter.dash(&at),
        Remedy::Undash => rewriter.undash(&at),
        Remedy::Ports { ranges, protocol } => ports(rewriter, root, &at, ranges, *protocol),
        _ => None,
    }
}

/// The nodes and the text of a document without anchors.
fn parts(manifest: &Manifest, document: usize) -> Option<(&Node, &str)> {
    let ManifestDocument { source, yaml, .. } = manifest.documents.get(document)?;
    let text = manifest.sources.get(*source)?.text();
    let own = text.get(yaml.span.start..yaml.span.end)?;
    Some((yaml.root.as_ref().filter(|_| !own.contains('&'))?, text))
}

fn above(origin: &Origin) -> Option<Origin> {
    let path = origin.path.segments().split_last()?.1.iter();
    let path = path.fold(FieldPath::root(), |path, segment| match segment {
        Segment::Key(key) => path.label(key),
        Segment::Index(at) => path.index(*at),
    });
    Some(Origin { path, ..origin.clone() })
}

/// An item for each port; what else the one item says is said in each.
fn ports(
    rewriter: Rewriter<'_>,
    root: &Node,
    port: &Origin,
    ranges: &[(u16, u16)],
    beside: Option<&'static str>,
) -> Option<Rewrite> {
    let item = above(port)?;
    let node = root.at(&item.path)?;
    let Value::Mapping(entries) = &node.value else { return None };
    let written = node.get("protocol").and_then(Node::as_str);
    let is_plain = entries.iter().all(|entry| match entry.key.as_str() {
        "port" => true,
        "protocol" => written.is_some() && beside.is_none(),
        _ => false,
    });
    let (&(first, last), more) = ranges.split_first().filter(|_| is_plain)?;
    let mut parts = vec![rewriter.set(port, &first.to_string())?];
    let end = (first != last).then(|| format!("endPort: {last}"));
    let protocol = beside.map(|name| format!("protocol: {name}"));
    for entry in end.into_iter().chain(protocol) {
        parts.push(rewriter.add_entry(&item, &entry)?);
    }
    let all = above(&item)?;
    let protocol = written.or(beside).map(|name| format!(", protocol: {name}")).unwrap_or_default();
    for (first, last) in more {
        let end = if first == last { String::new() } else { format!(", endPort: {last}") };
        let another = format!("{{port: {first}{end}{protocol}}}");
        parts.push(rewriter.add_item(&all, &another)?);
    }
    joined(parts)
}

/// Rewrites of one text as one, in order; those that touch are one edit.
fn joined(rewrites: impl IntoIterator<Item = Rewrite>) -> Option<Rewrite> {
    let mut rewrites = rewrites.into_iter();
    let mut all = rewrites.next()?;
    all.edits.extend(rewrites.flat_map(|rewrite| rewrite.edits));
    all.edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut edits: Vec<Edit> = Vec::new();
    for edit in all.edits {
        match edits.last_mut() {
            Some(last) if last.span.end >= edit.span.start => {
                last.span.end = last.span.end.max(edit.span.end);
                last.text.push_str(&edit.text);
            }
            _ => edits.push(edit),
        }
    }
    Some(Rewrite { edits, ..all })
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Where the key stands whose bytes these are.
fn key_path(root: &Node, key: Span) -> Option<FieldPath> {
    let (mut node, mut path) = (root, FieldPath::root());
    loop {
        let (next, below) =
            step(node, &path, |entry| entry.key_span == key || holds(entry.value.span, key), key)?;
        if let Value::Mapping(entries) = &node.value
            && entries.iter().any(|entry| entry.key_span == key)
        {
            return Some(below);
        }
        (node, path) = (next, below);
    }
}

/// Where the value stands whose bytes these are.
fn value_path(root: &Node, value: Span) -> Option<FieldPath> {
    let (mut node, mut path) = (root, FieldPath::root());
    while node.span != value || path.is_root() {
        (node, path) = step(node, &path, |entry| holds(entry.value.span, value), value)?;
    }
    Some(path)
}

/// One step down, to the part that holds these bytes.
fn step<'n>(
    node: &'n Node,
    path: &FieldPath,
    is_it: impl Fn(&Entry) -> bool,
    inner: Span,
) -> Option<(&'n Node, FieldPath)> {
    match &node.value {
        Value::Scalar(_) => None,
        Value::Sequence(items) => {
            let at = items.iter().position(|item| holds(item.span, inner))?;
            Some((items.get(at)?, path.index(at)))
        }
        Value::Mapping(entries) => {
            let entry = entries.iter().find(|entry| is_it(entry))?;
            Some((&entry.value, path.label(&entry.key)))
        }
    }
}
