//! Edits that mend what was said while a text was read: a fragment made whole, indentation put back, two
//! policies parted. What the lints offer is theirs.

use crate::{
    diagnostic::{Code, Diagnostic},
    fragment::{self, Fragment, Insertion},
    lint::Fix,
    manifest::{LOST_INDENTATION, Manifest, ManifestDocument, SECOND_SPEC},
    rewrite::{Edit, Rewrite},
    source::Span,
    yaml::Node,
};

/// The edit that mends what a diagnostic of a manifest says, where one is surely meant.
pub fn fix(manifest: &Manifest, diagnostic: &Diagnostic) -> Option<Fix> {
    let help = diagnostic.help.as_deref()?;
    let is_wanted =
        diagnostic.code == Code::Fragment || [LOST_INDENTATION, SECOND_SPEC].contains(&help);
    let is_here = |document: &&ManifestDocument| {
        (document.source, document.index) == (diagnostic.source, diagnostic.document)
    };
    let document = manifest.documents.iter().filter(|_| is_wanted).find(is_here)?;
    let text = manifest.sources.get(document.source)?.text();
    let (title, insertions) = if help == LOST_INDENTATION {
        ("Restore the indentation", fragment::lost_indentation(text, document.yaml.span)?)
    } else if help == SECOND_SPEC {
        let border = fragment::second_spec(text, document.yaml.span, diagnostic.span.start)?;
        ("Make them two documents", vec![border])
    } else {
        let (fragment, root) = (document.fragment.as_ref()?, document.yaml.root.as_ref()?);
        ("Make it a whole policy", whole(text, fragment, root)?)
    };
    let edit = |(at, text)| Edit { span: Span::new(at, at), text };
    let edits = insertions.into_iter().map(edit).collect();
    Some(Fix { title: title.to_owned(), rewrite: Rewrite { source: document.source, edits } })
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
