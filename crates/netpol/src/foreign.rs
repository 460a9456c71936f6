//! YAML that stands beside manifests and is none: what a document is instead of an object, by its shape.

use crate::{
    fragment::{self, Reading},
    kinds,
    yaml::{Entry, Node, Value},
};

/// What a document is that is no object of a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Foreign {
    /// `kustomization.yaml`, or a `Component`: a recipe for `kubectl kustomize`.
    Kustomization,
    /// A list of `op` and `path`: a JSON patch.
    JsonPatch,
    /// `Chart.yaml` of Helm.
    Chart,
    /// A file of Docker Compose.
    Compose,
    /// A workflow of GitHub or Gitea.
    Workflow,
    /// Settings of something: a Helm chart's values, a tool's options.
    Settings,
}

/// What a kustomization lists.
const KUSTOMIZATION_LISTS: &[&str] = &[
    "resources",
    "bases",
    "components",
    "patches",
    "patchesStrategicMerge",
    "patchesJson6902",
    "configMapGenerator",
    "secretGenerator",
    "generators",
    "transformers",
    "images",
    "configurations",
    "helmCharts",
    "crds",
];

impl Foreign {
    /// What it is, in words: one, and many.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Kustomization => ("a kustomization", "kustomizations"),
            Self::JsonPatch => ("a JSON patch", "JSON patches"),
            Self::Chart => ("a Helm chart's `Chart.yaml`", "`Chart.yaml` of Helm charts"),
            Self::Compose => ("a Docker Compose file", "Docker Compose files"),
            Self::Workflow => ("a workflow of a CI", "workflows of a CI"),
            Self::Settings => ("a file of settings", "files of settings"),
        }
    }

    /// What to check instead of it.
    pub const fn help(self) -> Option<&'static str> {
        match self {
            Self::Kustomization | Self::JsonPatch => {
                Some("check what is built of it: `kubectl kustomize DIR | netpol lint -`")
            }
            Self::Chart => {
                Some("check what is rendered of it: `helm template DIR | netpol lint -`")
            }
            Self::Compose | Self::Workflow | Self::Settings => None,
        }
    }
}

/// What a document is, where it is no object and nothing that was surely meant as one. Whatever has a `kind`,
/// `metadata` or a `spec` is meant as an object, and so is a part of a policy.
pub fn foreign(root: &Node) -> Option<Foreign> {
    let has = |key: &str| root.get(key).is_some();
    let text = |key: &str| root.get(key).and_then(Node::as_str).unwrap_or("");
    let is_list = |key: &str| matches!(root.get(key).map(|at| &at.value), Some(Value::Sequence(_)));
    match &root.value {
        _ if !matches!(fragment::reading(root), Reading::Object) => None,
        Value::Scalar(_) => None,
        Value::Sequence(items) => of_list(items),
        Value::Mapping(_) if kinds::group(text("apiVersion")) == "kustomize.config.k8s.io" => {
            Some(Foreign::Kustomization)
        }
        Value::Mapping(_) if has("kind") || has("spec") => None,
        Value::Mapping(_) if KUSTOMIZATION_LISTS.iter().any(|key| is_list(key)) => {
            Some(Foreign::Kustomization)
        }
        Value::Mapping(_) if has("metadata") => None,
        Value::Mapping(_) if ["v1", "v2"].contains(&text("apiVersion")) && has("version") => {
            Some(Foreign::Chart)
        }
        Value::Mapping(_) if has("apiVersion") => None,
        Value::Mapping(_) if has("services") && !has("jobs") => Some(Foreign::Compose),
        // to YAML 1.1 the key `on` is a boolean
        Value::Mapping(_) if has("jobs") && (has("true") || has("on")) => Some(Foreign::Workflow),
        Value::Mapping(entries) => {
            entries.iter().all(Entry::is_written).then_some(Foreign::Settings)
        }
    }
}

fn of_list(items: &[Node]) -> Option<Foreign> {
    let has = |item: &Node, key: &str| item.get(key).is_some();
    let is_operation = |item: &Node| has(item, "op") && has(item, "path");
    let is_object =
        |item: &Node| has(item, "kind") || has(item, "apiVersion") || has(item, "metadata");
    if items.is_empty() || items.iter().any(is_object) {
        None
    } else if items.iter().all(is_operation) {
        Some(Foreign::JsonPatch)
    } else {
        Some(Foreign::Settings)
    }
}

/// What to do about a list of objects without the `List` around it.
pub(crate) const OBJECTS_IN_A_LIST: &str = "these are several objects: write `---` between them instead of a dash before each, or put the list under `items:` of a `kind: List`";

/// Whether a document is a list whose items are objects.
pub(crate) fn is_list_of_objects(root: &Node) -> bool {
    let Value::Sequence(items) = &root.value else { return false };
    items.first().is_some_and(|item| item.get("apiVersion").is_some() && item.get("kind").is_some())
}

/// What to do instead where a document is what kubectl prints for people: a table, or a description.
pub(crate) fn printed(document: &str) -> Option<String> {
    let is_content = |line: &&str| !line.is_empty() && !line.starts_with("---");
    let mut lines = document.lines().map(str::trim_end).filter(is_content);
    let first = lines.next()?;
    let is_table = first.starts_with("NAME") && first.split_whitespace().any(|word| word == "AGE");
    if is_table {
        return Some(
            "this is what `kubectl get` prints for people: paste what it prints with `-o yaml`"
                .to_owned(),
        );
    }
    let name = first.strip_prefix("Name:")?.trim();
    let namespace = lines.next()?.strip_prefix("Namespace:")?.trim();
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
    };
    let is_policy = lines.any(|line| line.trim_start().starts_with("PodSelector:"));
    let kind = if is_policy { "networkpolicy" } else { "KIND" };
    (is_word(name) && is_word(namespace)).then(|| {
        format!("this is what `kubectl describe` prints: paste what `kubectl get {kind} {name} -n {namespace} -o yaml` prints")
    })
}
