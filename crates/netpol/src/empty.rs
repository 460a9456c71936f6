//! What admits everyone, selects everything or says nothing where it stands empty in a policy. It is a policy's author who
//! may write that: no fix does, and each help that comes near it says what it would mean.

use crate::yaml::{Node, Value};

/// A rule that nobody has filled.
pub(crate) const RULE: &str =
    "an empty rule admits everyone: say who, as in `from: [{podSelector: {…}}]` (or `to`)";
const PORT: &str = "an item without a `port` is for every port: write it, as in `port: 80`";

/// What a field of this name would mean with the value that is there, where that is more than its author has said.
pub(crate) fn widened(key: &str, value: &Node) -> Option<&'static str> {
    words(key).filter(|_| is_nothing(key, value)).or_else(|| match (key, &value.value) {
        ("ports", Value::Sequence(items)) => items.iter().find_map(widened_port),
        ("ingress" | "egress", Value::Sequence(items)) => items.iter().find_map(widened_rule),
        ("from" | "to", Value::Sequence(items)) => items.iter().find_map(widened_map),
        ("spec" | "podSelector" | "namespaceSelector" | "ipBlock", _) => widened_map(value),
        _ => None,
    })
}

/// The same of the fields of a map, whichever it is.
pub(crate) fn widened_map(map: &Node) -> Option<&'static str> {
    let Value::Mapping(entries) = &map.value else { return None };
    entries.iter().find_map(|entry| widened(&entry.key, &entry.value))
}

fn widened_port(item: &Node) -> Option<&'static str> {
    if is_empty(item) { Some(PORT) } else { widened_map(item) }
}

fn widened_rule(item: &Node) -> Option<&'static str> {
    // `{}` is how a rule for everyone is written
    if item.is_null() { Some(RULE) } else { widened_map(item) }
}

/// How many fields of a document say nothing, or everything, by standing empty.
pub(crate) fn count(node: &Node) -> usize {
    match &node.value {
        Value::Scalar(_) => 0,
        Value::Sequence(items) => items.iter().map(count).sum(),
        Value::Mapping(entries) => {
            let here = |key: &str, value| words(key).is_some() && is_nothing(key, value);
            let each = entries
                .iter()
                .map(|entry| usize::from(here(&entry.key, &entry.value)) + count(&entry.value));
            each.sum()
        }
    }
}

/// Whether there is no value, or one that holds nothing.
pub(crate) fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Scalar(_) => node.is_null(),
        Value::Sequence(items) => items.is_empty(),
        Value::Mapping(entries) => entries.is_empty(),
    }
}

/// Whether a field's value is none. A selector in braces is how every pod is written, and a list without rules how nobody is.
fn is_nothing(key: &str, value: &Node) -> bool {
    match key {
        "spec" | "ingress" | "egress" | "podSelector" | "namespaceSelector" => value.is_null(),
        _ => is_empty(value),
    }
}

/// What a field means that stands empty, and what to write.
fn words(key: &str) -> Option<&'static str> {
    Some(match key {
        "from" => "an empty `from` admits everyone: say who, as in `from: [{podSelector: {…}}]`",
        "to" => "an empty `to` is for everyone: say who, as in `to: [{podSelector: {…}}]`",
        "ports" => "an empty `ports` is every port: name them, as in `ports: [{port: 80}]`",
        "port" => "a `port` without a value is every port: write its number or its name",
        "podSelector" => {
            "without a value it is every pod: write the labels under it, or `{}` where every pod is meant"
        }
        "namespaceSelector" => {
            "without a value it says nothing: write the labels under it, or `{}` where every namespace is meant"
        }
        "matchLabels" => "an empty `matchLabels` is met by everything: write the labels in it",
        "matchExpressions" => {
            "an empty `matchExpressions` is met by everything: write what is asked for in it"
        }
        "ipBlock" | "cidr" => "without a value it says nothing: name the block, `cidr: 10.0.0.0/8`",
        "except" => "an empty `except` leaves nothing out: list the blocks that are to be left out",
        "policyTypes" => {
            "an empty `policyTypes` is read from the rules: list `Ingress`, `Egress` or both"
        }
        "ingress" => {
            "without a value it has no rules: write them, or `[]` with `Ingress` in `policyTypes` for nobody"
        }
        "egress" => {
            "without a value it has no rules: write them, or `[]` with `Egress` in `policyTypes` for nobody"
        }
        "spec" => "without a value it is about every pod of the namespace: write what is meant",
        _ => return None,
    })
}
