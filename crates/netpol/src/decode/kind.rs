//! What kinds there are, and what is most probably meant by one that there is not.

use super::{
    TypeMeta,
    help::is_near,
    pod::WORKLOADS,
    walk::{Field, Walker, go},
};
use crate::{diagnostic::Code, source::Span, yaml::Value};

/// What is read besides the workloads: API version and kind.
const KINDS: &[(&str, &str)] = &[
    ("networking.k8s.io/v1", "NetworkPolicy"),
    ("v1", "Namespace"),
    ("v1", "Pod"),
    ("v1", "Service"),
    ("v1", "List"),
];

fn known() -> impl Iterator<Item = (&'static str, &'static str)> {
    KINDS.iter().copied().chain(WORKLOADS.iter().map(|(version, kind, _)| (*version, *kind)))
}

/// The kind that a misspelt one was most probably meant to be: another case, a plural, a slip; and
/// `List`, where it is one of its lists.
fn near(kind: &str) -> Option<(&'static str, &'static str, &'static str)> {
    let lower = kind.to_ascii_lowercase();
    let stem = lower.strip_suffix("list").filter(|stem| !stem.is_empty());
    let (lower, suffix) = stem.map_or((lower.as_str(), ""), |stem| (stem, "List"));
    let singular = lower.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let found = known().find(|(_, known)| {
        let known = known.to_ascii_lowercase();
        singular.as_deref() == Some(known.as_str())
            || strsim::osa_distance(&known, lower) <= (known.len() / 5).max(1)
    });
    found.map(|(version, kind)| (version, kind, suffix))
}

/// Groups whose policies are not evaluated here, though they decide about the same connections.
const OTHER_POLICY_GROUPS: &[&str] = &[
    "cilium.io",
    "projectcalico.org",
    "crd.projectcalico.org",
    "policy.networking.k8s.io",
    "crd.antrea.io",
];

/// Whether other kinds of this version's group are read.
fn is_read_group(version: &str) -> bool {
    version.split_once('/').is_none_or(|(group, _)| {
        matches!(group, "apps" | "batch" | "extensions" | "networking.k8s.io")
    })
}

/// Where the kind stands; the whole document says little.
fn kind_span(field: &Field<'_>) -> Span {
    let entry = field.node.entry("kind");
    entry.map_or(field.node.span, |entry| entry.key_span.to(entry.value.span))
}

/// The items of a `List` or of a list of one kind such as `PodList`, with the types of those that
/// name none. `None` for what is no list.
pub(super) fn list<'n>(
    walker: &mut Walker<'_>,
    field: &Field<'n>,
    types: &TypeMeta,
) -> Option<(TypeMeta, Vec<Field<'n>>)> {
    let (version, kind) = (types.api_version.as_str(), types.kind.as_str());
    let item_kind = kind.strip_suffix("List")?;
    let expected = match item_kind {
        // every group has a `List`
        "" => Some(if version.contains('/') { version } else { "v1" }),
        _ => known_version(item_kind),
    };
    let is_there = field.node.get("items").is_some();
    let is_misspelt = expected.is_none() && is_read_group(version) && near(kind).is_some();
    if is_misspelt || (expected.is_none() && !is_there) {
        return None;
    }
    let mut items = Vec::new();
    let is_other = OTHER_POLICY_GROUPS.contains(&version.split('/').next().unwrap_or(""));
    if !is_other && expected.is_some_and(|expected| expected != version) {
        wrong_version(walker, field, types, expected.unwrap_or(""));
    } else if is_there {
        items = walker.items_of(field, "items", go("decodeList", "[]json.RawMessage"));
    } else {
        without_items(walker, field);
    }
    let item_types = match item_kind {
        "" => TypeMeta::default(),
        _ => TypeMeta { kind: item_kind.to_owned(), api_version: version.to_owned() },
    };
    Some((item_types, items))
}

/// To kubectl a list without `items` is an object, and one without a name.
fn without_items(walker: &mut Walker<'_>, list: &Field<'_>) {
    let entries = match &list.node.value {
        Value::Mapping(entries) => entries.as_slice(),
        _ => &[],
    };
    let is_other = |key: &str| ["apiVersion", "kind", "metadata"].contains(&key);
    let misspelt = entries
        .iter()
        .find(|entry| !is_other(&entry.key) && is_near("items", &entry.key.to_ascii_lowercase()));
    if let Some(entry) = misspelt {
        let path = list.path.key(&entry.key);
        let message = format!("unknown field \"{path}\"");
        walker.report(Code::UnknownField, &path, entry.key_span, message).help =
            Some("did you mean `items`?".to_owned());
    } else {
        let span = kind_span(list);
        walker.required(&list.path.key("items"), span, "a list is nothing without its items");
    }
}

/// A kind that is not read: one of another API, of another version, misspelt, or of no interest.
pub(super) fn not_used(walker: &mut Walker<'_>, field: &Field<'_>, types: &TypeMeta) {
    let (version, kind) = (types.api_version.as_str(), types.kind.as_str());
    let (path, span) = (field.path.key("kind"), kind_span(field));
    let group = version.split('/').next().unwrap_or("");
    if OTHER_POLICY_GROUPS.contains(&group) && kind.ends_with("Policy") {
        let message = format!(
            "`{kind}` ({version}) is not evaluated: the table would be different if it were"
        );
        walker.report(Code::OtherPolicyKind, &path, span, message);
    } else if let Some(known) = known_version(kind) {
        wrong_version(walker, field, types, known);
    } else if let Some((known, near, list)) = near(kind).filter(|_| is_read_group(version)) {
        let mut help = format!("did you mean `kind: {near}{list}`?");
        if known != version {
            help = format!("did you mean `kind: {near}{list}` with `apiVersion: {known}`?");
        }
        let message = no_matches(types);
        walker.report(Code::UnknownKind, &path, span, message).help = Some(help);
    } else {
        let message = format!("`{kind}` takes no part in what a NetworkPolicy decides");
        walker.report(Code::KindNotUsed, &path, span, message);
    }
}

fn no_matches(types: &TypeMeta) -> String {
    let TypeMeta { api_version, kind } = types;
    format!("no matches for kind \"{kind}\" in version \"{api_version}\"")
}

fn wrong_version(walker: &mut Walker<'_>, field: &Field<'_>, types: &TypeMeta, known: &str) {
    let path = field.path.key("apiVersion");
    walker.report(Code::WrongApiVersion, &path, kind_span(field), no_matches(types)).help =
        Some(format!("write `apiVersion: {known}`"));
}

/// The version under which a kind is read, whatever version was written.
fn known_version(kind: &str) -> Option<&'static str> {
    known().find(|(_, known)| *known == kind).map(|(version, _)| version)
}
