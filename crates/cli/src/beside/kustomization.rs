//! A kustomization → the files that it uses and does not take as objects: patches, and settings of its own.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use netpol::yaml::{self, Node, Value};

use crate::files::identity;

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

/// The files of its folder, and of others, that a kustomization uses as parts. What it lists among its resources too is an object.
pub(super) fn parts(file: &Path, text: &str) -> BTreeSet<PathBuf> {
    let folder = file.parent().unwrap_or_else(|| Path::new(""));
    let mut parts = BTreeSet::new();
    let mut resources = BTreeSet::new();
    for root in yaml::documents(text).iter().filter_map(|document| document.root.as_ref()) {
        let mut add = |path: &str| {
            // an inline patch is no path
            if !path.contains('\n') {
                parts.insert(identity(&folder.join(path)));
            }
        };
        for key in PATHS {
            for item in items(root, key) {
                let path = item.as_str().or_else(|| item.get("path").and_then(Node::as_str));
                path.into_iter().for_each(&mut add);
            }
        }
        for key in ["configMapGenerator", "secretGenerator"] {
            for file in items(root, key).iter().flat_map(|item| items(item, "files")) {
                // `key=path`
                let path =
                    file.as_str().map(|file| file.split_once('=').map_or(file, |(_, path)| path));
                path.into_iter().for_each(&mut add);
            }
        }
        for chart in items(root, "helmCharts") {
            let values = chart.get("valuesFile").and_then(Node::as_str);
            let more = items(chart, "additionalValuesFiles").iter().filter_map(Node::as_str);
            values.into_iter().chain(more).for_each(&mut add);
        }
        root.get("openapi").and_then(|at| at.get("path")?.as_str()).into_iter().for_each(&mut add);
        let listed = items(root, "resources").iter().filter_map(Node::as_str);
        resources.extend(listed.map(|path| identity(&folder.join(path))));
    }
    parts.retain(|path| !resources.contains(path));
    parts
}

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    match node.get(key).map(|list| &list.value) {
        Some(Value::Sequence(items)) => items,
        _ => &[],
    }
}
