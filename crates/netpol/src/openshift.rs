//! OpenShift's `Template`: its objects with the values of its parameters put in, as `oc process` does it.
//!
//! A parameter is referenced "as a string value by placing values in the form `${PARAMETER_NAME}` in place of any string field
//! in the template", or "as a JSON or YAML value by placing values in the form `${{PARAMETER_NAME}}` in place of any field in
//! the template". (OpenShift docs, Using templates)

use std::collections::BTreeMap;

use crate::{
    kinds,
    scalar::{Scalar, resolve},
    yaml::{Entry, Node, Value},
};

/// How many bytes the values of one template may add.
const MOST_BYTES: usize = 1 << 20;

/// By name; `None` for one that is generated, or required and not given.
type Parameters = BTreeMap<String, Option<String>>;

/// Whether a document is such a template.
pub fn is_template(root: &Node) -> bool {
    let text = |key| root.get(key).and_then(Node::as_str).unwrap_or("");
    let version = text("apiVersion");
    text("kind") == "Template"
        && (version == "v1" || kinds::group(version) == "template.openshift.io")
}

/// Puts the values of its parameters into a template's objects, and of each template in a list. Every node stays where it is in the text.
pub(crate) fn fill(root: &mut Node) {
    if is_template(root) {
        let parameters = parameters(root);
        let mut left = MOST_BYTES;
        if let Some(objects) = value_mut(root, "objects") {
            substitute(objects, &parameters, &mut left);
        }
    } else if let Some(Node { value: Value::Sequence(items), .. }) = value_mut(root, "items") {
        items.iter_mut().filter(|item| is_template(item)).for_each(fill);
    }
}

/// The objects of a template, each with the parameter for lack of whose value it cannot be read.
pub fn objects(template: &Node) -> Vec<(&Node, Option<String>)> {
    let parameters = parameters(template);
    let objects = match template.get("objects").map(|objects| &objects.value) {
        Some(Value::Sequence(objects)) => objects.as_slice(),
        _ => &[],
    };
    let are_given = parameters.values().all(Option::is_some);
    let lacking = |object| if are_given { None } else { lacking(object, &parameters) };
    objects.iter().map(|object| (object, lacking(object))).collect()
}

fn value_mut<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    match &mut node.value {
        Value::Mapping(entries) => {
            entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value)
        }
        _ => None,
    }
}

fn parameters(template: &Node) -> Parameters {
    let items = match template.get("parameters").map(|parameters| &parameters.value) {
        Some(Value::Sequence(items)) => items.as_slice(),
        _ => &[],
    };
    let one = |item: &Node| {
        let name = item.get("name")?.as_str()?.to_owned();
        let written = item.get("value").filter(|value| !value.is_null());
        let value = written.and_then(|value| match &value.value {
            Value::Scalar(scalar) => Some(scalar.to_string()),
            _ => None,
        });
        let is = |key| match item.get(key).map(|node| &node.value) {
            Some(Value::Scalar(Scalar::Bool(is))) => *is,
            Some(Value::Scalar(Scalar::Text(text))) => !text.is_empty(),
            _ => false,
        };
        // `generate` makes a value where there is none; one that nobody requires is empty
        let is_open =
            value.as_deref().unwrap_or("").is_empty() && (is("generate") || is("required"));
        Some((name, if is_open { None } else { Some(value.unwrap_or_default()) }))
    };
    items.iter().filter_map(one).collect()
}

/// The references in a text: what stands between `${` and `}`, or between `${{` and `}}`.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.split("${").skip(1).filter_map(|rest| {
        let rest = rest.strip_prefix('{').unwrap_or(rest);
        Some(rest.split_once('}')?.0)
    })
}

fn lacking(node: &Node, parameters: &Parameters) -> Option<String> {
    let in_text = |text: &str| {
        let mut names = references(text);
        names.find(|name| parameters.get(*name).is_some_and(Option::is_none)).map(str::to_owned)
    };
    match &node.value {
        Value::Scalar(Scalar::Text(text)) => in_text(text),
        Value::Scalar(_) => None,
        Value::Sequence(items) => items.iter().find_map(|item| lacking(item, parameters)),
        Value::Mapping(entries) => entries.iter().find_map(|Entry { key, value, .. }| {
            in_text(key).or_else(|| lacking(value, parameters))
        }),
    }
}

fn substitute(node: &mut Node, parameters: &Parameters, left: &mut usize) {
    match &mut node.value {
        Value::Scalar(scalar) => {
            if let Scalar::Text(text) = scalar
                && let Some(filled) = filled(text, parameters, left)
            {
                *scalar = filled;
            }
        }
        Value::Sequence(items) => {
            for item in items {
                substitute(item, parameters, left);
            }
        }
        Value::Mapping(entries) => {
            for entry in entries {
                if let Some(Scalar::Text(key)) = filled(&entry.key, parameters, left) {
                    entry.key = key;
                }
                substitute(&mut entry.value, parameters, left);
            }
        }
    }
}

/// A text with the values put in; `None` where it names no parameter that has one.
fn filled(text: &str, parameters: &Parameters, left: &mut usize) -> Option<Scalar> {
    let value = |name: &str| parameters.get(name).and_then(Option::as_deref);
    let mut take = |value: &str| {
        let fits = *left >= value.len();
        *left = left.saturating_sub(value.len());
        fits
    };
    // the whole of it is one parameter, without quotes: a number stays a number
    let whole = text.strip_prefix("${{").and_then(|rest| rest.strip_suffix("}}"));
    if let Some(value) = whole.and_then(value) {
        return take(value).then(|| resolve(value));
    }
    let mut parts = text.split("${");
    let mut all = parts.next().unwrap_or("").to_owned();
    let mut is_filled = false;
    for part in parts {
        match part.split_once('}').and_then(|(name, rest)| Some((value(name)?, rest))) {
            Some((value, rest)) if take(value) => {
                all.extend([value, rest]);
                is_filled = true;
            }
            _ => all.extend(["${", part]),
        }
    }
    is_filled.then_some(Scalar::Text(all))
}
