//! Edits that mend what was said while a text was read: a fragment made whole, indentation put back, two
//! policies parted, a value that was surely meant. What the lints offer is theirs.

mod lines;
mod place;

use crate::{
    diagnostic::Diagnostic,
    empty, fragment,
    lint::Fix,
    manifest::{Manifest, ManifestDocument},
    remedy::Remedy,
    rewrite::{Edit, Rewrite},
    source::Span,
    yaml,
};

/// A longer piece of YAML is on no button.
const MOST_SHOWN: usize = 60;

/// The edit that mends what a diagnostic of a manifest says, where one is surely meant.
pub fn fix(manifest: &Manifest, diagnostic: &Diagnostic) -> Option<Fix> {
    let remedy = diagnostic.remedy.as_ref()?;
    let is_here = |document: &ManifestDocument| {
        (document.source, document.index) == (diagnostic.source, diagnostic.document)
    };
    let at = manifest.documents.iter().position(is_here)?;
    let document = manifest.documents.get(at)?;
    let (source, span) = (document.source, document.yaml.span);
    let text = manifest.sources.get(source)?.text();
    let put = |(at, text)| Edit { span: Span::new(at, at), text };
    let start = diagnostic.span.start;
    let edits: Vec<Edit> = match remedy {
        Remedy::Render(_) => return None,
        Remedy::Indent => fragment::lost_indentation(text, span)?.into_iter().map(put).collect(),
        Remedy::Part => vec![put(fragment::second_spec(text, span, start)?)],
        Remedy::Complete => {
            let (fragment, root) = (document.fragment.as_ref()?, document.yaml.root.as_ref()?);
            lines::whole(text, fragment, root)?.into_iter().map(put).collect()
        }
        Remedy::Comment => match fragment::prose(text, span) {
            Some(lines) => lines.into_iter().map(put).collect(),
            None => vec![put(lines::comment(text, start)?)],
        },
        Remedy::Plain => lines::plain(text, span)?,
        _ => place::edit(manifest, at, diagnostic.span, remedy)?.edits,
    };
    let rewrite = Rewrite { source, edits };
    let is_of_lines = matches!(remedy, Remedy::Indent | Remedy::Comment | Remedy::Plain);
    if is_of_lines {
        let (before, after) = (text.get(span.start..span.end)?, rewrite.apply(text));
        let end = after.len().checked_sub(text.len() - span.end)?;
        if empties(after.get(span.start..end)?) > empties(before) {
            return None;
        }
    }
    Some(Fix { title: title(remedy), rewrite })
}

/// How much of a text says nothing, or everything, by standing empty.
fn empties(text: &str) -> usize {
    let roots = yaml::documents(text).into_iter().filter_map(|document| document.root);
    roots.map(|root| empty::count(&root)).sum()
}

/// What a button says.
fn title(remedy: &Remedy) -> String {
    let write = |text: &str| match text.len() {
        0..=MOST_SHOWN => format!("Write `{text}`"),
        _ => "Write it anew".to_owned(),
    };
    let title = match remedy {
        Remedy::Write(text) | Remedy::Rename(text) => return write(text),
        Remedy::Entry { key, value } => return write(&format!("{key}: {value}")),
        Remedy::Gather(key) => return format!("Put it under `{key}`"),
        Remedy::Indent => "Restore the indentation",
        Remedy::Part => "Make them two documents",
        Remedy::Complete => "Make it a whole policy",
        Remedy::Quote => "Put it in quotes",
        Remedy::Dash => "Make it an item of a list",
        Remedy::Undash => "Take it out of the list",
        Remedy::Ports { .. } => "Write each port",
        Remedy::Comment => "Make it a comment",
        Remedy::Plain => "Type plain spaces and hyphens",
        Remedy::Remove | Remedy::Render(_) => "Remove the field",
    };
    title.to_owned()
}
