//! What is most probably meant by a field that is unknown or holds the wrong type.

use crate::{
    scalar::Scalar,
    yaml::{Node, Value},
};

/// Go names the number itself only where a number was wanted.
pub(super) fn json_type(node: &Node, wanted: &str) -> String {
    match &node.value {
        Value::Mapping(_) => "object".to_owned(),
        Value::Sequence(_) => "array".to_owned(),
        Value::Scalar(number @ (Scalar::Int(_) | Scalar::Float(_)))
            if wanted.starts_with("int") =>
        {
            format!("number {number}")
        }
        Value::Scalar(scalar) => scalar.json_type().to_owned(),
    }
}

/// Whether Go's type holds one word or number.
fn is_word(wanted: &str) -> bool {
    let words = ["string", "bool", "types.UID", "v1.Protocol", "v1.PolicyType"];
    wanted.starts_with("int") || words.contains(&wanted) || wanted == "v1.LabelSelectorOperator"
}

/// What is most probably meant by a value of the wrong type.
pub(super) fn wrong_type_help(node: &Node, wanted: &str) -> Option<String> {
    match (&node.value, wanted) {
        (Value::Scalar(Scalar::Bool(_) | Scalar::Int(_) | Scalar::Float(_)), "string") => {
            Some("YAML reads this word as a boolean or a number; put it in quotes".to_owned())
        }
        (Value::Mapping(_), list) if list.starts_with("[]") => {
            Some("a list belongs here: start the item with `- `".to_owned())
        }
        (Value::Sequence(_) | Value::Mapping(_), word) if is_word(word) => {
            let found = if matches!(node.value, Value::Mapping(_)) { "map" } else { "list" };
            Some(format!("one value belongs here, not a {found}"))
        }
        (Value::Sequence(_), map) if !map.starts_with("[]") => {
            Some("a map belongs here: remove the `- `".to_owned())
        }
        (Value::Scalar(Scalar::Text(text)), _) if text.contains(":{") || text.contains(":[") => {
            Some("put a space after the colon".to_owned())
        }
        _ => None,
    }
}

/// Whether a field's name was most probably meant to be this one.
pub(super) fn is_near(name: &str, key: &str) -> bool {
    name.eq_ignore_ascii_case(key) || strsim::osa_distance(name, key) <= (key.len() / 3).max(1)
}

/// What to write instead of a field that the API does not have.
pub(super) fn unknown_field_help(key: &str, known: &[&str]) -> Option<String> {
    if key.contains(['\u{a0}', '\u{2007}', '\u{202f}']) {
        return Some(
            "this space is a non-breaking one, as web pages have it; type a plain space".to_owned(),
        );
    }
    if key.starts_with(['–', '—', '−', '‐', '‑']) {
        return Some(
            "this dash is not the hyphen `-` that starts a list item; type a plain one".to_owned(),
        );
    }
    if let Some(name) = known.iter().find(|name| is_near(name, key)) {
        return Some(format!("did you mean `{name}`?"));
    }
    match key {
        "from" if known.contains(&"to") => Some("egress rules have `to`".to_owned()),
        "to" if known.contains(&"from") => Some("ingress rules have `from`".to_owned()),
        "ingress" | "egress" | "podSelector" | "policyTypes" if known.contains(&"spec") => {
            Some(format!("`{key}` belongs under `spec`: indent it"))
        }
        "matchLabels" | "matchExpressions" if known.contains(&"podSelector") => {
            Some(format!("put `{key}` under `podSelector` or `namespaceSelector`"))
        }
        "port" | "protocol" if known.contains(&"ports") => {
            Some("ports are a list: `ports: [{port: …}]`".to_owned())
        }
        "ports" if known.contains(&"ipBlock") => {
            Some("`ports` belongs beside `from` or `to`, not in one of their items".to_owned())
        }
        _ if known == ["matchLabels", "matchExpressions"] => {
            Some(format!("labels go under `matchLabels`: `matchLabels: {{{key}: …}}`"))
        }
        _ => None,
    }
}
