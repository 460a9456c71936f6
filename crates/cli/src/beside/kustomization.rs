//! A kustomization → the files that it uses and does not take as objects: patches, and settings of its own.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use netpol::yaml::{self, Node, Value};

use crate::walk::identity;

/// Lists whose items are paths, or maps with a `path`.
const PATHS: &[&str] = &[
    "patches",
    "patchesStrategicMerge",
    "patchesJson6902",
    "replacements",
    "configurations",
    "crds",
    "transformers",
    "generators",
    "validators",
];

/// What a kustomization names.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// Files that it uses as parts, and does not take as objects.
    pub(super) parts: BTreeSet<PathBuf>,
    /// The objects and kustomizations that it is made of.
    pub(super) resources: BTreeSet<PathBuf>,
}

/// What a kustomization names, each by where it is.
pub(super) fn named(file: &Path, text: &str) -> Named {
    let folder = file.parent().unwrap_or_else(|| Path::new(""));
    let mut named = Named::default();
    for root in yaml::documents(text).iter().filter_map(|document| document.root.as_ref()) {
        // an inline patch is no path
        let paths = parts(root).into_iter().filter(|path| !path.contains('\n'));
        named.parts.extend(paths.map(|path| identity(&folder.join(path))));
        for key in ["resources", "bases", "components"] {
            let listed = items(root, key).iter().filter_map(Node::as_str);
            named.resources.extend(listed.map(|path| identity(&folder.join(path))));
        }
    }
    named.parts.retain(|path| !named.resources.contains(path));
    named
}

/// The paths of its parts.
fn parts(root: &Node) -> Vec<&str> {
    let mut parts: Vec<&str> =
        PATHS.iter().flat_map(|key| items(root, key)).filter_map(path_of).collect();
    for key in ["configMapGenerator", "secretGenerator"] {
        let files = items(root, key).iter().flat_map(|item| items(item, "files"));
        parts.extend(files.filter_map(Node::as_str).map(behind_key));
    }
    for chart in items(root, "helmCharts") {
        parts.extend(chart.get("valuesFile").and_then(Node::as_str));
        parts.extend(items(chart, "additionalValuesFiles").iter().filter_map(Node::as_str));
    }
    parts.extend(root.get("openapi").and_then(|openapi| openapi.get("path")?.as_str()));
    parts
}

fn path_of(item: &Node) -> Option<&str> {
    item.as_str().or_else(|| item.get("path")?.as_str())
}

/// `key=path`
fn behind_key(file: &str) -> &str {
    file.split_once('=').map_or(file, |(_, path)| path)
}

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    match node.get(key).map(|list| &list.value) {
        Some(Value::Sequence(items)) => items,
        _ => &[],
    }
}
