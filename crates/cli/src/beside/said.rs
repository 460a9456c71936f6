//! What is said of files that are left alone: once a kind, with how many there are and what to check instead.

use std::{cmp::Reverse, collections::BTreeMap, path::Path};

use netpol::{Code, Diagnostic, Source, Span};

use super::{Kind, Left};
use crate::{text::shown, unread::Unread};

/// How many files are named.
const MOST_NAMES: usize = 3;

/// One note a kind, at the first of its files.
pub(super) fn remarks(left: Vec<Left>) -> Vec<Unread> {
    let mut kinds: BTreeMap<Kind, Vec<Left>> = BTreeMap::new();
    for one in left {
        kinds.entry(one.kind).or_default().push(one);
    }
    for files in kinds.values_mut() {
        // what is to be built goes first
        files.sort_by_key(|file| Reverse(file.size));
    }
    kinds.into_iter().filter_map(|(kind, files)| remark(kind, files)).collect()
}

fn remark(kind: Kind, files: Vec<Left>) -> Option<Unread> {
    let what = match (names(kind), files.len()) {
        ((one, _), 1) => format!("{one} is left alone"),
        ((_, many), number) => format!("{number} {many} are left alone"),
    };
    let also: Vec<String> =
        files.iter().skip(1).map(|file| file.text.source.name().to_owned()).collect();
    let shown = also.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect::<Vec<_>>();
    let rest = match also.len().saturating_sub(MOST_NAMES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let also =
        if shown.is_empty() { String::new() } else { format!(": also {}{rest}", shown.join(", ")) };
    let is_one = files.len() == 1;
    let first = files.into_iter().next()?;
    let help = help(kind, &first.path, is_one);
    let span = first_line(&first.text.source);
    let message = format!("{what}{also}");
    let diagnostic = Diagnostic { help, ..Diagnostic::new(Code::LeftAlone, message, 0, 0, span) };
    Some(Unread::NoText { shown: first.text, diagnostic: Box::new(diagnostic) })
}

const fn names(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Kustomization => ("a kustomization", "kustomizations"),
        Kind::Part => (
            "a patch, or a file that a kustomization packs,",
            "patches, and files that a kustomization packs,",
        ),
        Kind::Chart => ("a file of a Helm chart", "files of Helm charts"),
        Kind::Template(_) => ("a template", "templates"),
        Kind::Foreign(foreign) => foreign.names(),
        Kind::Link => ("a link out of the folder", "links out of the folder"),
    }
}

fn help(kind: Kind, path: &Path, is_one: bool) -> Option<String> {
    match kind {
        Kind::Kustomization => {
            let which = if is_one { "what it builds:" } else { "what they build, such as" };
            let folder = shown(path.parent().unwrap_or(path));
            Some(format!("check {which} `kubectl kustomize {folder} | netpol lint -`"))
        }
        Kind::Chart => {
            let chart = path.ancestors().skip(1).find(|folder| folder.join("Chart.yaml").is_file());
            let chart = shown(chart.unwrap_or(path));
            Some(format!("check what is rendered of it: `helm template {chart} | netpol lint -`"))
        }
        Kind::Template(engine) => Some(engine.help()),
        Kind::Part => None,
        Kind::Link => Some("name what it leads to, if that is meant to be read".to_owned()),
        Kind::Foreign(foreign) => foreign.help().map(str::to_owned),
    }
}

/// The first line that says something.
fn first_line(source: &Source) -> Span {
    let mut at = 0;
    for line in source.text().split_inclusive('\n') {
        let content = line.trim();
        if !content.is_empty() && !content.starts_with('#') && content != "---" {
            let start = at + line.len() - line.trim_start().len();
            return Span::new(start, start + content.len());
        }
        at += line.len();
    }
    Span::new(0, 0)
}
