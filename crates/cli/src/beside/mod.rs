//! The files of a folder → those that are manifests, and what stands beside them: kustomizations with their patches, Helm
//! charts, templates, settings. Those are left alone, and said once a kind. A broken manifest stays one.

mod kustomization;
mod said;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use netpol::{
    Manifest, Remedy, Source,
    foreign::{Foreign, foreign},
    kinds::workload,
    template::Engine,
    yaml::{self, Document, Node},
};

use crate::{
    text::{Text, shown},
    unread::Unread,
    walk::identity,
};

/// A larger file is a dump of a cluster, and not read twice to find that out.
const MOST_BYTES: usize = 4 << 20;

/// What a file is that is no manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Kustomization,
    /// A patch, or settings that a kustomization names.
    Part,
    /// A part of a Helm chart that is not applied as it stands.
    Chart,
    Template(Engine),
    Foreign(Foreign),
    /// A link out of the folder.
    Link,
}

/// A file that is left alone.
struct Left {
    kind: Kind,
    path: PathBuf,
    text: Text,
    /// Of how much a kustomization is made that no other one here is made of; of nothing for others.
    size: usize,
}

/// The files of a folder.
pub(crate) struct Parted {
    pub(crate) manifests: Vec<Text>,
    /// What to say of the others.
    pub(crate) left: Vec<Unread>,
    /// Whether kubectl builds objects of it: then it is no fault that none stands there.
    pub(crate) is_built: bool,
}

/// Parts the files of a folder.
pub(crate) fn parted(files: Vec<(PathBuf, Text)>) -> Parted {
    let (mut parts, mut resources, mut sizes) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
    let kustomizations = files.iter().filter(|(path, _)| is_kustomization(path));
    for (path, text) in kustomizations.clone() {
        let mut named = kustomization::named(path, text.source.text());
        sizes.insert(path.clone(), named.resources.len());
        parts.append(&mut named.parts);
        resources.append(&mut named.resources);
    }
    parts.retain(|part| !resources.contains(part));
    let is_built = kustomizations.count() > 0;
    let (mut manifests, mut left) = (Vec::new(), Vec::new());
    for (path, text) in files {
        let source = &text.source;
        let is_part = !parts.is_empty() && parts.contains(&identity(&path));
        let kind = if is_part { Some(Kind::Part) } else { kind(&path, source, is_built) };
        match kind {
            Some(kind) => {
                let folder = identity(path.parent().unwrap_or(&path));
                let is_whole = !resources.contains(&folder) && !is_component(source);
                let size = sizes.get(&path).copied().filter(|_| is_whole).unwrap_or(0);
                left.push(Left { kind, path, text, size });
            }
            None => manifests.push(text),
        }
    }
    Parted { manifests, left: said::remarks(left), is_built }
}

/// What to say of links out of the folder: nothing of what they lead to was read.
pub(crate) fn outward(links: Vec<PathBuf>) -> impl Iterator<Item = Unread> {
    let left = links.into_iter().map(|path| {
        let source = Source::new(shown(&path), "");
        let text = Text { source, path: Some(path.clone()), is_linked: true };
        Left { kind: Kind::Link, path, text, size: 0 }
    });
    said::remarks(left.collect()).into_iter()
}

/// A `Component` is built only as a part of others.
fn is_component(source: &Source) -> bool {
    let documents = yaml::documents(source.text());
    let mut roots = documents.iter().filter_map(|document| document.root.as_ref());
    roots.any(|root| root.get("kind").and_then(Node::as_str) == Some("Component"))
}

fn is_kustomization(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| {
        ["kustomization.yaml", "kustomization.yml", "Kustomization"].contains(&name)
    })
}

/// What a file is; `None` for a manifest, and for what may be meant as one.
fn kind(path: &Path, source: &Source, has_kustomization: bool) -> Option<Kind> {
    if is_kustomization(path) {
        return Some(Kind::Kustomization);
    }
    let text = source.text();
    if is_of_chart(path, text) {
        return Some(Kind::Chart);
    }
    if text.len() > MOST_BYTES {
        return None;
    }
    template(source).map(Kind::Template).or_else(|| of_documents(text, has_kustomization))
}

/// Whether Helm makes something of a file: `Chart.yaml`, values beside it, and templates that are not plain manifests.
fn is_of_chart(path: &Path, text: &str) -> bool {
    let is_chart = |folder: &Path| folder.join("Chart.yaml").is_file();
    let Some(folder) = path.parent() else { return false };
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    if is_chart(folder) {
        return name == "Chart.yaml" || name.starts_with("values");
    }
    let mut above = path.ancestors().skip(1);
    let is_templates = |folder: &Path| {
        folder.file_name().is_some_and(|name| name == "templates")
            && folder.parent().is_some_and(is_chart)
    };
    text.contains("{{") && above.any(is_templates)
}

/// What renders a file, where one of its documents is a template.
fn template(source: &Source) -> Option<Engine> {
    let signs = ["{{", "{%", "<%", "$", "#@", "(@"];
    if !signs.iter().any(|sign| source.text().contains(sign)) {
        return None;
    }
    let manifest = Manifest::read(vec![source.clone()]);
    manifest.diagnostics.iter().find_map(|one| match one.remedy {
        Some(Remedy::Render(engine)) => Some(engine),
        _ => None,
    })
}

fn of_documents(text: &str, has_kustomization: bool) -> Option<Kind> {
    let documents = yaml::documents(text);
    let mut first = None;
    for Document { root, faults, .. } in &documents {
        let root = match root {
            Some(root) => root,
            // comments alone are nothing, and a broken document may be a manifest
            None if faults.is_empty() => continue,
            None => return None,
        };
        let kind = foreign(root).map(Kind::Foreign);
        let kind = kind.or_else(|| (has_kustomization && is_partial(root)).then_some(Kind::Part));
        first = first.or(Some(kind?));
    }
    first
}

/// Whether it is a workload without the selector that the API server insists on: a patch, even if no kustomization lists it.
fn is_partial(root: &Node) -> bool {
    let text = |key| root.get(key).and_then(Node::as_str).unwrap_or("");
    let (version, kind) = (text("apiVersion"), text("kind"));
    let needs_selector = version == "apps/v1" && workload(version, kind).is_some();
    needs_selector && root.get("spec").is_none_or(|spec| spec.get("selector").is_none())
}
