//! `metadata` → [`ObjectMeta`].

use super::{
    complaint::quoted,
    fields::{Field, go},
    meant, unknown,
    walk::Walker,
};
use crate::{
    diagnostic::Code,
    field::FieldPath,
    meta::{DEFAULT_NAMESPACE, Labels, NamespacedName, ObjectMeta},
    source::Span,
    validate,
    yaml::Value,
};

const FIELDS: &[&str] = &[
    "annotations",
    "creationTimestamp",
    "deletionGracePeriodSeconds",
    "deletionTimestamp",
    "finalizers",
    "generateName",
    "generation",
    "labels",
    "managedFields",
    "name",
    "namespace",
    "ownerReferences",
    "resourceVersion",
    "selfLink",
    "uid",
];

/// How closely an object's metadata is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A policy: everything that the API server refuses is refused.
    Policy,
    /// A pod or workload of the cluster: named and labelled, unknown fields are fine.
    Namespaced,
    /// A namespace: as before, and it is in none.
    Namespace,
}

impl<'n> Walker<'_> {
    /// Name, namespace and labels of the object.
    pub(super) fn meta(&mut self, object: &Field<'n>, kind: Kind) -> ObjectMeta {
        let metadata = object.get("metadata").and_then(|field| match kind {
            Kind::Policy => self.strict_map(field, go("NetworkPolicy", "v1.ObjectMeta"), FIELDS),
            _ => self.map(field, go("Object", "v1.ObjectMeta")),
        });
        let path = FieldPath::root().key("metadata");
        let span = metadata.as_ref().map_or(object.node.span, |field| field.node.span);
        if let (Kind::Policy, Some(metadata)) = (kind, &metadata) {
            self.generate_name(metadata);
        }
        let name = self.object_name(metadata.as_ref(), kind, &path, span);
        let namespace = match kind {
            Kind::Namespace => name.clone(),
            _ => self.namespace(metadata.as_ref(), kind, &path, span),
        };
        let labels = metadata.as_ref().and_then(|field| field.get("labels"));
        let labels =
            labels.map_or_else(Labels::new, |field| self.checked_labels(&field, "ObjectMeta"));
        if let (Kind::Policy, Some(metadata)) = (kind, &metadata) {
            self.rest_of_meta(metadata);
        }
        let name = NamespacedName::new(namespace, name);
        ObjectMeta { name, labels, origin: Some(self.origin.clone()) }
    }

    /// A map of labels whose keys and values have label syntax.
    pub(super) fn checked_labels(&mut self, field: &Field<'n>, owner: &'static str) -> Labels {
        let labels = self.labels(field.clone(), owner);
        let entries = match &field.node.value {
            Value::Mapping(entries) => entries.as_slice(),
            _ => &[],
        };
        for entry in entries {
            let value = entry.value.as_str().unwrap_or("");
            for complaint in validate::label_key(&entry.key) {
                let message = format!("Invalid value: {}: {complaint}", quoted(&entry.key));
                let advice = unknown::key_without_unseen(field, &entry.key);
                self.report(Code::InvalidValue, &field.path, entry.key_span, message)
                    .advised(advice);
            }
            for complaint in validate::label_value(value) {
                let message = format!("Invalid value: {}: {complaint}", quoted(value));
                let advice =
                    meant::without_unseen(value, |seen| validate::label_value(seen).is_empty());
                self.report(Code::InvalidValue, &field.path, entry.value.span, message)
                    .advised(advice);
            }
        }
        labels
    }

    fn object_name(
        &mut self,
        metadata: Option<&Field<'n>>,
        kind: Kind,
        path: &FieldPath,
        span: Span,
    ) -> String {
        let text_of = |walker: &mut Self, name| {
            let field = metadata.and_then(|field| field.get(name))?;
            let text = walker.text(&field, go("ObjectMeta", "string"))?;
            Some((field, text))
        };
        match text_of(self, "name") {
            Some((field, name)) if !name.is_empty() => {
                let complaints = match kind {
                    Kind::Namespace => validate::namespace_name(name),
                    _ => validate::object_name(name),
                };
                self.invalid(&field, &quoted(name), &complaints);
                name.to_owned()
            }
            _ => {
                // of a policy its type has been looked at
                let prefix = match kind {
                    Kind::Policy => {
                        metadata.and_then(|field| field.get("generateName")?.node.as_str())
                    }
                    _ => text_of(self, "generateName").map(|(_, prefix)| prefix),
                };
                let is_no_text = |name| {
                    let field = metadata.and_then(|field| field.get(name));
                    field.is_some_and(|field| field.node.as_str().is_none())
                };
                match prefix {
                    Some(prefix) if !prefix.is_empty() => format!("{prefix}*"),
                    _ if ["name", "generateName"].into_iter().any(is_no_text) => String::new(),
                    _ => {
                        self.required(&path.key("name"), span, "name or generateName is required");
                        String::new()
                    }
                }
            }
        }
    }

    fn namespace(
        &mut self,
        metadata: Option<&Field<'n>>,
        kind: Kind,
        path: &FieldPath,
        span: Span,
    ) -> String {
        let field = metadata.and_then(|field| field.get("namespace"));
        let text = field.as_ref().and_then(|field| self.text(field, go("ObjectMeta", "string")));
        match (field, text) {
            (Some(field), Some(name)) if !name.is_empty() => {
                self.invalid(&field, &quoted(name), &validate::namespace_name(name));
                name.to_owned()
            }
            _ if let Some(landing) = self.landing => landing.as_str().to_owned(),
            _ => {
                if kind == Kind::Policy {
                    let message = format!(
                        "no `metadata.namespace`: the policy lands in `{DEFAULT_NAMESPACE}`"
                    );
                    self.report(Code::NamespaceMissing, &path.key("namespace"), span, message).help =
                        Some("add `namespace:` under `metadata`, or mind what kubectl's current namespace is".to_owned());
                }
                DEFAULT_NAMESPACE.to_owned()
            }
        }
    }
}
