//! What kinds there are, and what is most probably meant by one that there is not.

use super::{
    TypeMeta,
    fields::{Field, go},
    unknown::is_near,
    walk::Walker,
};
use crate::{
    diagnostic::Code,
    kinds::{
        Brings, NETWORKING, brings, group, instead, is_kubernetes, known_version, near,
        other_policy,
    },
    source::Span,
    yaml::Value,
};

/// Where the kind stands; the whole document says little.
pub(super) fn kind_span(field: &Field<'_>) -> Span {
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
    let is_kubernetes = is_kubernetes(version);
    let is_misspelt = expected.is_none() && is_kubernetes && near(kind).is_some();
    if is_misspelt || (expected.is_none() && !is_there) {
        return None;
    }
    let mut items = Vec::new();
    if is_kubernetes && expected.is_some_and(|expected| expected != version) {
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
    let is_kubernetes = is_kubernetes(version);
    if let Some(effect) = other_policy(version, kind) {
        let message = format!("`{kind}` ({version}) is not evaluated: {effect}");
        walker.report(Code::OtherPolicyKind, &path, span, message);
    } else if let Some(known) = known_version(kind).filter(|_| is_kubernetes) {
        wrong_version(walker, field, types, known);
    } else if let Some((known, near, list)) = near(kind).filter(|_| is_kubernetes) {
        let mut help = format!("did you mean `kind: {near}{list}`?");
        if known != version {
            help = format!("did you mean `kind: {near}{list}` with `apiVersion: {known}`?");
        }
        let message = no_matches(types);
        walker.report(Code::UnknownKind, &path, span, message).help = Some(help);
    } else if let Some(kinds) = instead(version, kind) {
        let help = match kinds {
            [near] => format!("did you mean `kind: {near}`?"),
            _ => format!("the kinds of `{NETWORKING}` are `{}`", kinds.join("`, `")),
        };
        walker.report(Code::UnknownKind, &path, span, no_matches(types)).help = Some(help);
    } else if group(version) == "kustomize.config.k8s.io" {
        let message =
            format!("`{kind}` is no object of a cluster: what it builds is not read here");
        walker.report(Code::LeftAlone, &path, span, message).help =
            Some("check what is built of it: `kubectl kustomize DIR | netpol lint -`".to_owned());
    } else {
        let message = not_used_because(version, kind);
        walker.report(Code::KindNotUsed, &path, span, message);
    }
}

/// A kind of one's own may start pods, and no table shows those.
fn not_used_because(version: &str, kind: &str) -> String {
    match brings(version, kind) {
        Brings::AnyPods if known_version(kind).is_some() => {
            format!(
                "`{kind}` of `{}` is not Kubernetes' own: pods that it starts are not known",
                group(version)
            )
        }
        _ => format!("`{kind}` takes no part in what a NetworkPolicy decides"),
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
