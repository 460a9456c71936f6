//! Walking a document's fields: types checked and unknown fields told, as the API server's strict
//! decoder does. Every fault of a document is reported, not only the first.

use super::{
    fields::{Field, Go, go},
    help::{json_type, wrong_type},
    old_field::old_field,
    unknown,
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
    yaml::Value,
};

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

    /// Whether a field of this map was reported as unknown: then what seems to be missing may only
    /// be misspelt.
    pub(super) fn has_unknown_field_in(&self, map: &Field<'_>) -> bool {
        self.unknown_in == Some(map.node.span)
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
            let advice = unknown::field(&map, entry, known);
            let span = entry.key_span;
            let message = format!("unknown field \"{path}\"");
            self.report(Code::UnknownField, &path, span, message).advised(advice);
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

    pub(super) fn wrong_type(&mut self, field: &Field<'_>, go: Go) -> &mut Diagnostic {
        let found = json_type(field.node, go.of_type);
        let path = field.path.without_indexes();
        let place = if path.is_empty() {
            format!("value of type {}", go.of_type)
        } else {
            format!("struct field {}.{path} of type {}", go.owner, go.of_type)
        };
        let advice = wrong_type(field, go);
        let message = format!("json: cannot unmarshal {found} into Go {place}");
        let diagnostic = self.report(Code::WrongType, &field.path, field.node.span, message);
        diagnostic.advised(advice);
        diagnostic
    }
}
