//! Walking a document's fields: types checked and unknown fields told, as the API server's strict
//! decoder does. Every fault of a document is reported, not only the first.

use super::{
    help::{json_type, unknown_field_help, wrong_type_help},
    old_field::old_field,
};
use crate::{
    diagnostic::{Code, Diagnostic},
    field::{FieldPath, Origin},
    meta::Labels,
    release::Release,
    remedy::Remedy,
    scalar::Scalar,
    source::Span,
    validate::NamespaceName,
    yaml::{Node, Value},
};

/// A field that is there and not null.
#[derive(Clone)]
pub(super) struct Field<'n> {
    pub(super) node: &'n Node,
    /// Within the object: an item of a `List` counts as an object of its own.
    pub(super) path: FieldPath,
}

impl<'n> Field<'n> {
    /// A field of this map, unless it is missing or null.
    pub(super) fn get(&self, name: &str) -> Option<Field<'n>> {
        let node = self.node.get(name).filter(|node| !node.is_null())?;
        Some(Field { node, path: self.path.key(name) })
    }

    /// The items of this list; what is no list has none.
    pub(super) fn items(&self) -> impl Iterator<Item = Field<'n>> + use<'n> {
        let items: &[Node] = match &self.node.value {
            Value::Sequence(items) => items,
            _ => &[],
        };
        let path = self.path.clone();
        items.iter().enumerate().map(move |(at, node)| Field { node, path: path.index(at) })
    }
}

/// The longest value that is quoted whole.
const MOST_QUOTED: usize = 1_000;

/// A text in double quotes, as Go's `%q` has it; a very long one is cut.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for (at, c) in text.chars().enumerate() {
        if at == MOST_QUOTED {
            quoted.push('…');
            break;
        }
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() => quoted.extend(c.escape_unicode()),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// How Go names the place of a field: `Go struct field NetworkPolicySpec.… of type …`.
#[derive(Clone, Copy)]
pub(super) struct Go {
    pub(super) owner: &'static str,
    pub(super) of_type: &'static str,
}

pub(super) const fn go(owner: &'static str, of_type: &'static str) -> Go {
    Go { owner, of_type }
}

/// Collects what is wrong with one object while it is decoded.
pub(super) struct Walker<'d> {
    pub(super) source: usize,
    /// The document's index within its source, for messages.
    pub(super) document: usize,
    /// Where the object stands among all documents.
    pub(super) origin: Origin,
    pub(super) out: &'d mut Vec<Diagnostic>,
    pub(super) has_errors: bool,
    /// Where objects land that name no namespace; `None` where nobody said.
    pub(super) landing: Option<&'d NamespaceName>,
    /// Who answers.
    pub(super) release: Release,
    /// How long `out` may grow.
    pub(super) most: usize,
    /// What was left out last.
    pub(super) spare: Option<Diagnostic>,
    /// The map in which a field was unknown last.
    pub(super) unknown_in: Option<Span>,
}

impl<'n> Walker<'_> {
    pub(super) fn report(
        &mut self,
        code: Code,
        field: &FieldPath,
        span: Span,
        message: String,
    ) -> &mut Diagnostic {
        let diagnostic = Diagnostic {
            field: field.clone(),
            ..Diagnostic::new(code, message, self.source, self.document, span)
        };
        self.has_errors |= diagnostic.is_error();
        if self.out.len() >= self.most {
            return self.spare.insert(diagnostic);
        }
        self.out.push(diagnostic);
        let last = self.out.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "the index of what was just pushed")]
        &mut self.out[last]
    }

    pub(super) fn required(
        &mut self,
        field: &FieldPath,
        span: Span,
        detail: &str,
    ) -> &mut Diagnostic {
        let message = if detail.is_empty() {
            "Required value".to_owned()
        } else {
            format!("Required value: {detail}")
        };
        self.report(Code::RequiredValue, field, span, message)
    }

    /// Whether a field of this map was reported as unknown: then what seems to be missing may only
    /// be misspelt.
    pub(super) fn has_unknown_field_in(&self, map: &Field<'_>) -> bool {
        self.unknown_in == Some(map.node.span)
    }

    /// One `Invalid value` for each complaint; `shown` is the value as JSON would have it.
    pub(super) fn invalid(&mut self, field: &Field<'_>, shown: &str, complaints: &[String]) {
        for complaint in complaints {
            let message = format!("Invalid value: {shown}: {complaint}");
            self.report(Code::InvalidValue, &field.path, field.node.span, message);
        }
    }

    /// A word that is none of those the API knows.
    pub(super) fn unsupported(&mut self, field: &Field<'n>, text: &str, supported: &str) {
        let message = format!("Unsupported value: {}: supported values: {supported}", quoted(text));
        let help = format!("write one of {supported}; case counts");
        self.report(Code::UnsupportedValue, &field.path, field.node.span, message).help =
            Some(help);
    }

    /// The map at `field`, its unknown fields reported. `None` when it is no map.
    pub(super) fn strict_map(
        &mut self,
        field: Field<'n>,
        go: Go,
        known: &[&str],
    ) -> Option<Field<'n>> {
        let map = self.map(field, go)?;
        let Value::Mapping(entries) = &map.node.value else { return None };
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let path = map.path.key(&entry.key);
            if let Some(versions) = old_field(go.of_type, &entry.key) {
                self.of_another_version(&path, entry.key_span, versions);
                continue;
            }
            let help = unknown_field_help(&entry.key, known);
            let span = entry.key_span;
            let message = format!("unknown field \"{path}\"");
            self.report(Code::UnknownField, &path, span, message).help = help;
            self.unknown_in = Some(map.node.span);
        }
        Some(map)
    }

    fn of_another_version(&mut self, path: &FieldPath, span: Span, versions: &str) {
        let message = format!(
            "field \"{path}\" is of Kubernetes {versions}: kubectl refuses it today (unknown field), and other clients drop it"
        );
        self.report(Code::FieldOfAnotherVersion, path, span, message).remedied(Remedy::Remove);
    }

    /// The map at `field`, whatever its fields. `None` when it is no map.
    pub(super) fn map(&mut self, field: Field<'n>, go: Go) -> Option<Field<'n>> {
        if let Value::Mapping(_) = field.node.value {
            Some(field)
        } else {
            self.wrong_type(&field, go);
            None
        }
    }

    /// The list at `field`. `None` when it is no list.
    pub(super) fn list(&mut self, field: Field<'n>, go: Go) -> Option<Field<'n>> {
        if let Value::Sequence(_) = field.node.value {
            Some(field)
        } else {
            self.wrong_type(&field, go);
            None
        }
    }

    /// The map in a field of this one.
    pub(super) fn map_of(&mut self, map: &Field<'n>, name: &str, go: Go) -> Option<Field<'n>> {
        map.get(name).and_then(|field| self.map(field, go))
    }

    /// An item of a list of maps: a null one is a map without fields, as in Go.
    pub(super) fn struct_of(&mut self, item: Field<'n>, go: Go) -> Option<Field<'n>> {
        if item.node.is_null() { Some(item) } else { self.map(item, go) }
    }

    /// The same, its unknown fields reported.
    pub(super) fn strict_struct(
        &mut self,
        item: Field<'n>,
        go: Go,
        known: &[&str],
    ) -> Option<Field<'n>> {
        if item.node.is_null() { Some(item) } else { self.strict_map(item, go, known) }
    }

    /// The items of the list in a field of this map.
    pub(super) fn items_of(&mut self, map: &Field<'n>, name: &str, go: Go) -> Vec<Field<'n>> {
        let list = map.get(name).and_then(|field| self.list(field, go));
        list.map_or_else(Vec::new, |list| list.items().collect())
    }

    /// The text in a field of this map, empty where it is missing.
    pub(super) fn text_of(&mut self, map: &Field<'n>, name: &str, go: Go) -> &'n str {
        map.get(name).and_then(|field| self.text(&field, go)).unwrap_or("")
    }

    /// The boolean in a field of this map, `false` where it is missing.
    pub(super) fn bool_of(&mut self, map: &Field<'n>, name: &str, owner: &'static str) -> bool {
        let Some(field) = map.get(name) else { return false };
        let Value::Scalar(Scalar::Bool(value)) = field.node.value else {
            self.wrong_type(&field, go(owner, "bool"));
            return false;
        };
        value
    }

    /// The text at `field`. `None` when it is no text.
    pub(super) fn text(&mut self, field: &Field<'n>, go: Go) -> Option<&'n str> {
        let text = field.node.as_str();
        if text.is_none() {
            self.wrong_type(field, go);
        }
        text
    }

    /// A list of texts; null items are empty texts, as in Go.
    pub(super) fn texts(&mut self, field: Field<'n>, go: Go) -> Vec<Field<'n>> {
        let Some(list) = self.list(field, go) else { return Vec::new() };
        let item_type = Go { of_type: go.of_type.trim_start_matches("[]"), ..go };
        let items: Vec<_> = list.items().collect();
        items
            .into_iter()
            .filter(|item| item.node.is_null() || self.text(item, item_type).is_some())
            .collect()
    }

    /// A map of texts, such as labels; null values are empty texts, as in Go.
    pub(super) fn labels(&mut self, field: Field<'n>, owner: &'static str) -> Labels {
        let mut labels = Labels::new();
        let Some(map) = self.map(field, go(owner, "map[string]string")) else { return labels };
        let Value::Mapping(entries) = &map.node.value else { return labels };
        for entry in entries {
            let value = Field { node: &entry.value, path: map.path.label(&entry.key) };
            match &entry.value.value {
                Value::Scalar(Scalar::Text(text)) => {
                    labels.insert(entry.key.clone(), text.clone());
                }
                Value::Scalar(Scalar::Null) => {
                    labels.insert(entry.key.clone(), String::new());
                }
                // Go's decoder names the map and not the key
                _ => {
                    self.wrong_type(
                        &Field { path: map.path.clone(), ..value },
                        go(owner, "string"),
                    );
                }
            }
        }
        labels
    }

    pub(super) fn wrong_type(&mut self, field: &Field<'_>, go: Go) {
        let found = json_type(field.node, go.of_type);
        let path = field.path.without_indexes();
        let place = if path.is_empty() {
            format!("value of type {}", go.of_type)
        } else {
            format!("struct field {}.{path} of type {}", go.owner, go.of_type)
        };
        let help = wrong_type_help(field.node, go.of_type);
        let message = format!("json: cannot unmarshal {found} into Go {place}");
        self.report(Code::WrongType, &field.path, field.node.span, message).help = help;
    }
}
