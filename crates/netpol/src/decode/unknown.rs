//! What is most probably meant by a field that the API does not have.

use super::{advice::Advice, fields::Field, meant};
use crate::{
    empty,
    field::Segment,
    meta::NAMESPACE_NAME_LABEL,
    remedy::{Remedy, is_dash, is_odd_space},
    scalar::written,
    validate,
    yaml::{Entry, Node, Value},
};

/// Whether a field's name was most probably meant to be this one: of three letters one may be wrong, of the shorter word.
pub(super) fn is_near(name: &str, key: &str) -> bool {
    let letters = name.len().min(key.chars().count());
    name.eq_ignore_ascii_case(key) || strsim::osa_distance(name, key) <= (letters / 3).max(1)
}

/// What to write instead of a field that the API does not have.
pub(super) fn field(map: &Field<'_>, entry: &Entry, known: &[&str]) -> Option<Advice> {
    let advice = likely(map, entry, known)?;
    let words = match &advice.remedy {
        Some(Remedy::Rename(name)) => renamed(map, entry, name),
        Some(Remedy::Gather(_)) => empty::widened_map(map.node).map(str::to_owned),
        Some(Remedy::Entry { key, .. }) if key == "namespaceSelector" => {
            unsaid(map).map(str::to_owned)
        }
        _ => None,
    };
    let Some(words) = words else { return Some(advice) };
    let end = if advice.help.ends_with('?') { "" } else { ";" };
    Some(format!("{}{end} {words}", advice.help).into())
}

/// Why an entry does not simply get this name: what it would mean then.
fn renamed(map: &Field<'_>, entry: &Entry, name: &str) -> Option<String> {
    if let Some(words) = empty::widened(name, &entry.value) {
        return Some(words.to_owned());
    }
    match name {
        "egress" if empty::is_empty(&entry.value) && !is_listed(map, "Egress") => {
            Some("alone it denies nothing: list `Egress` in `policyTypes`".to_owned())
        }
        "namespaceSelector" => unsaid(map).map(str::to_owned),
        _ if entry.value.is_null() => Some("it has no value: write one".to_owned()),
        _ => None,
    }
}

/// Which pods are meant of another namespace, where a peer names a selector and says nothing in it.
fn unsaid(peer: &Field<'_>) -> Option<&'static str> {
    empty::widened("podSelector", peer.node.get("podSelector")?)
}

/// Whether a policy's `policyTypes` name a direction.
pub(super) fn is_listed(spec: &Field<'_>, direction: &str) -> bool {
    let types = spec.get("policyTypes").map(|types| types.items());
    types.map_or(direction == "Ingress", |mut types| {
        types.any(|item| item.node.as_str() == Some(direction))
    })
}

/// What was most probably meant, whatever its value.
fn likely(map: &Field<'_>, entry: &Entry, known: &[&str]) -> Option<Advice> {
    let key = entry.key.as_str();
    let is_free = |name: &str| map.node.get(name).is_none();
    if let Some(advice) = unseen(map, key, known) {
        return Some(advice);
    }
    // among rules a line that is left out would be a condition less
    let is_prose = known.contains(&"spec") && key.matches(' ').count() > 1;
    if is_prose && entry.value.is_null() {
        return Some(Remedy::Comment.into());
    }
    let advice = if known.contains(&"ipBlock") {
        in_peer(map, entry)
    } else if known == ["matchLabels", "matchExpressions"] {
        in_selector(map, entry)
    } else if known.contains(&"ports") {
        in_rule(map, entry, known)
    } else {
        elsewhere(map, entry, known)
    };
    advice.or_else(|| {
        let name = known.iter().find(|name| is_near(name, key))?;
        let remedy = Remedy::Rename((*name).to_owned());
        let help = remedy.to_string();
        Some(Advice { help, remedy: Some(remedy).filter(|_| is_free(name)) })
    })
}

/// What web pages and word processors make of spaces and hyphens.
fn unseen(map: &Field<'_>, key: &str, known: &[&str]) -> Option<Advice> {
    if key.contains(is_odd_space) {
        let help = "this space is a non-breaking one, as web pages have it; type a plain space";
        return Some(Advice { help: help.to_owned(), remedy: Some(Remedy::Plain) });
    }
    if key.starts_with(is_dash) {
        let help = "this dash is not the hyphen `-` that starts a list item; type a plain one";
        return Some(Advice { help: help.to_owned(), remedy: Some(Remedy::Plain) });
    }
    let mut advice = key_without_unseen(map, key)?;
    let mut names = known.iter().map(|name| Remedy::Rename((*name).to_owned()));
    advice.remedy = advice.remedy.filter(|remedy| names.any(|name| name == *remedy));
    Some(advice)
}

/// What to write for a key of a map with characters that nobody sees.
pub(super) fn key_without_unseen(map: &Field<'_>, key: &str) -> Option<Advice> {
    let seen = meant::seen(key)?;
    let help = format!("a character that nobody sees stands in this key: write `{seen}` anew");
    let is_key = validate::label_key(&seen).is_empty() && map.node.get(&seen).is_none();
    Some(Advice { help, remedy: is_key.then(|| Remedy::Rename(written(&seen))) })
}

fn entries<'n>(map: &Field<'n>) -> &'n [Entry] {
    match &map.node.value {
        Value::Mapping(entries) => entries,
        _ => &[],
    }
}

/// Whether an entry of a selector asks for something.
fn is_condition(entry: &Entry) -> bool {
    ["matchLabels", "matchExpressions"].contains(&entry.key.as_str())
        && !empty::is_empty(&entry.value)
}

/// A label, as far as can be seen.
fn is_label(entry: &Entry) -> bool {
    validate::label_key(&entry.key).is_empty()
        && entry.value.as_str().is_some_and(|text| validate::label_value(text).is_empty())
}

/// The entry that asks for a namespace by its name, for the end of a key that is a word.
fn by_name(entry: &Entry) -> Option<String> {
    let name = entry.value.as_str().filter(|name| validate::namespace_name(name).is_empty())?;
    Some(format!("{{{NAMESPACE_NAME_LABEL}: {}}}", written(name)))
}

fn in_peer(map: &Field<'_>, entry: &Entry) -> Option<Advice> {
    let all = entries(map);
    let is_null = |key: &str| map.node.get(key).is_some_and(Node::is_null);
    match entry.key.as_str() {
        "cidr" | "except" => {
            let is_all = all.iter().all(|entry| ["cidr", "except"].contains(&entry.key.as_str()));
            let remedy = Remedy::Gather("ipBlock");
            let help = remedy.to_string();
            Some(Advice { help, remedy: Some(remedy).filter(|_| is_all) })
        }
        "matchLabels" | "matchExpressions" => {
            let above = ["podSelector", "namespaceSelector"].into_iter().find(|key| is_null(key));
            let key = &entry.key;
            Some(above.map_or_else(
                || format!("put `{key}` under `podSelector` or `namespaceSelector`").into(),
                |above| format!("`{key}` belongs under `{above}`: indent it").into(),
            ))
        }
        "port" | "ports" | "protocol" | "endPort" => {
            Some("`ports` belongs beside `from` or `to`, not in one of their items".into())
        }
        "namespace" | "namespaces" => {
            let labels = by_name(entry)?;
            let value = format!("{{matchLabels: {labels}}}");
            let help = format!("write `namespaceSelector: {value}`");
            let is_free = map.node.get("namespaceSelector").is_none();
            let remedy = Remedy::Entry { key: "namespaceSelector".to_owned(), value };
            Some(Advice { help, remedy: Some(remedy).filter(|_| is_free) })
        }
        "name" => Some(
            format!("pods are selected by their labels, namespaces by `{NAMESPACE_NAME_LABEL}`: put it under `matchLabels` of `podSelector` or `namespaceSelector`").into(),
        ),
        key if is_label(entry) => {
            Some(format!("labels belong under a selector: `podSelector: {{matchLabels: {{{key}: …}}}}`").into())
        }
        _ => None,
    }
}

const LABELS: &str = "pods are selected by their labels: `matchLabels: {…}`";

/// What to write for `any`, of which other policies make a selector of everything.
fn any(all: &[Entry], is_of_namespaces: bool) -> &'static str {
    if all.iter().any(is_condition) {
        "take `any` out: the rest of the selector says who"
    } else if is_of_namespaces {
        "every namespace is `namespaceSelector: {}`, the policy's own one a `podSelector` alone"
    } else {
        LABELS
    }
}

fn in_selector(map: &Field<'_>, entry: &Entry) -> Option<Advice> {
    let is_of_namespaces =
        map.path.segments().last() == Some(&Segment::Key("namespaceSelector".to_owned()));
    let all = entries(map);
    let is_alone = all.len() == 1;
    let replace = |key: &str, value: String| {
        let remedy = Remedy::Entry { key: key.to_owned(), value };
        let help = remedy.to_string();
        Some(Advice { help, remedy: Some(remedy).filter(|_| is_alone) })
    };
    match entry.key.as_str() {
        "matchNames" if is_of_namespaces => {
            let names = meant::list(&entry.value)?;
            let value = format!("[{{key: {NAMESPACE_NAME_LABEL}, operator: In, values: {names}}}]");
            replace("matchExpressions", value)
        }
        "any" => Some(any(all, is_of_namespaces).into()),
        "matchNames" => Some(LABELS.into()),
        "name" | "namespace" if is_of_namespaces => replace("matchLabels", by_name(entry)?),
        "namespace" => {
            let labels = by_name(entry)?;
            Some(format!("name the namespace beside `podSelector`, in the same item: `namespaceSelector: {{matchLabels: {labels}}}`").into())
        }
        "key" | "operator" | "values" => Some(
            "put it in an item: `matchExpressions: [{key: …, operator: …, values: […]}]`".into(),
        ),
        key @ ("podSelector" | "namespaceSelector" | "ipBlock") => {
            Some(format!("`{key}` belongs beside this selector, not in it").into())
        }
        _ if is_label(entry) && all.iter().all(is_label) => {
            Some(Remedy::Gather("matchLabels").into())
        }
        key if entry.value.as_str().is_some()
            && !["matchLabels", "matchExpressions"].iter().any(|name| is_near(name, key)) =>
        {
            Some(format!("labels go under `matchLabels`: `matchLabels: {{{key}: …}}`").into())
        }
        _ => None,
    }
}

fn in_rule(map: &Field<'_>, entry: &Entry, known: &[&str]) -> Option<Advice> {
    let peers = if known.contains(&"to") { "to" } else { "from" };
    match entry.key.as_str() {
        "from" => Some("egress rules have `to`".into()),
        "to" => Some("ingress rules have `from`".into()),
        "port" => {
            let ports = meant::ports(&entry.value).map(|ports| ports.list());
            let is_free =
                ["ports", "protocol", "endPort"].iter().all(|key| map.node.get(key).is_none());
            let shown = ports.as_deref().unwrap_or("[{port: …}]");
            let help = format!("ports are a list: `ports: {shown}`");
            let entry = |value| Remedy::Entry { key: "ports".to_owned(), value };
            Some(Advice { help, remedy: ports.filter(|_| is_free).map(entry) })
        }
        "protocol" | "endPort" => Some("ports are a list: `ports: [{port: …}]`".into()),
        key @ ("podSelector" | "namespaceSelector" | "ipBlock") => {
            Some(format!("who may connect stands in a list: `{peers}: [{{{key}: …}}]`").into())
        }
        "action" => Some(NO_ACTION.into()),
        _ => None,
    }
}

const NO_ACTION: &str =
    "rules only admit: keep those that allow, and take out those that were to deny";

/// In an object, its `spec` or `metadata`, a port or a block.
fn elsewhere(map: &Field<'_>, entry: &Entry, known: &[&str]) -> Option<Advice> {
    match entry.key.as_str() {
        key @ ("ingress" | "egress" | "podSelector" | "policyTypes") if known.contains(&"spec") => {
            Some(format!("`{key}` belongs under `spec`: indent it").into())
        }
        key @ ("matchLabels" | "matchExpressions") if known.contains(&"podSelector") => {
            Some(format!("put `{key}` under `podSelector`").into())
        }
        key @ ("from" | "to") if known.contains(&"podSelector") => {
            let direction = if key == "from" { "ingress" } else { "egress" };
            Some(format!("`{key}` belongs to a rule: `{direction}: [{{{key}: […]}}]`").into())
        }
        "ports" | "port" if known.contains(&"podSelector") => {
            Some("ports belong to a rule: `ingress: [{from: […], ports: […]}]`".into())
        }
        "action" if known.contains(&"podSelector") => Some(NO_ACTION.into()),
        "name" if known.contains(&"endPort") => {
            let name = entry.value.as_str().filter(|name| validate::port_name(name).is_empty())?;
            let value = written(name);
            let help = format!("a port by its name is `port: {value}`");
            let is_free = map.node.get("port").is_none();
            let remedy = Remedy::Entry { key: "port".to_owned(), value };
            Some(Advice { help, remedy: Some(remedy).filter(|_| is_free) })
        }
        _ => None,
    }
}
