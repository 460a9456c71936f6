//! What the API server keeps in `metadata` beside names and labels. No policy asks for any of it, but
//! a policy with a fault in it is refused.

use super::{
    complaint::quoted,
    fields::{Field, go},
    walk::Walker,
};
use crate::{
    diagnostic::Code,
    scalar::{Scalar, whole},
    validate,
    yaml::Value,
};

/// Keys and values of all annotations together may have this many bytes.
const MOST_ANNOTATED: usize = 256 << 10;
const OWNER: &str = "ObjectMeta";

impl<'n> Walker<'_> {
    /// `generateName`, which the API server looks at first.
    pub(super) fn generate_name(&mut self, metadata: &Field<'n>) {
        if let Some(field) = metadata.get("generateName")
            && let Some(prefix) = self.text(&field, go(OWNER, "string"))
            && !prefix.is_empty()
        {
            self.invalid(&field, &quoted(prefix), &validate::generate_name(prefix));
        }
    }

    /// All but names and labels.
    pub(super) fn rest_of_meta(&mut self, metadata: &Field<'n>) {
        for name in ["selfLink", "resourceVersion"] {
            self.text_of(metadata, name, go(OWNER, "string"));
        }
        for name in ["creationTimestamp", "deletionTimestamp"] {
            self.moment_of(metadata, name, OWNER);
        }
        self.text_of(metadata, "uid", go(OWNER, "types.UID"));
        for name in ["generation", "deletionGracePeriodSeconds"] {
            if let Some(field) = metadata.get(name) {
                self.int64(&field);
            }
        }
        if let Some(field) = metadata.get("annotations") {
            self.annotations(&field);
        }
        let of_type = go(OWNER, "[]v1.OwnerReference");
        for item in self.items_of(metadata, "ownerReferences", of_type) {
            self.owner_reference(item);
        }
        if let Some(list) = metadata.get("finalizers") {
            let path = list.path.clone();
            for item in self.texts(list, go(OWNER, "[]string")) {
                let name = item.node.as_str().unwrap_or("");
                // the API server names the list, not the item
                let item = Field { path: path.clone(), ..item };
                self.invalid(&item, &quoted(name), &validate::qualified_name(name));
            }
        }
        for item in self.items_of(metadata, "managedFields", go(OWNER, "[]v1.ManagedFieldsEntry")) {
            let known = [
                "apiVersion",
                "fieldsType",
                "fieldsV1",
                "manager",
                "operation",
                "subresource",
                "time",
            ];
            let of_type = go(OWNER, "v1.ManagedFieldsEntry");
            let Some(map) = self.strict_struct(item, of_type, &known) else { continue };
            let owner = "ManagedFieldsEntry";
            for name in ["apiVersion", "fieldsType", "manager", "subresource"] {
                self.text_of(&map, name, go(owner, "string"));
            }
            self.text_of(&map, "operation", go(owner, "v1.ManagedFieldsOperationType"));
            self.moment_of(&map, "time", owner);
        }
    }

    /// A time stamp. Its decoder is one of its own, with words of its own.
    fn moment_of(&mut self, map: &Field<'n>, name: &str, owner: &'static str) {
        let Some(field) = map.get(name) else { return };
        if let Some(text) = self.text(&field, go(owner, "string"))
            && let Some(message) = validate::moment(text)
        {
            let help =
                "write it as in `2006-01-02T15:04:05Z`, or remove it: the API server knows better";
            self.report(Code::WrongType, &field.path, field.node.span, message).help =
                Some(help.to_owned());
        }
    }

    fn int64(&mut self, field: &Field<'n>) {
        let fits = match &field.node.value {
            Value::Scalar(Scalar::Int(value)) => i64::try_from(*value).is_ok(),
            Value::Scalar(Scalar::Float(decimal)) => whole(decimal).is_some(),
            _ => false,
        };
        if !fits {
            self.wrong_type(field, go(OWNER, "int64"));
        }
    }

    fn annotations(&mut self, field: &Field<'n>) {
        let annotations = self.labels(field.clone(), OWNER);
        let entries = match &field.node.value {
            Value::Mapping(entries) => entries.as_slice(),
            _ => &[],
        };
        for entry in entries {
            for complaint in validate::qualified_name(&entry.key.to_ascii_lowercase()) {
                let message = format!("Invalid value: {}: {complaint}", quoted(&entry.key));
                self.report(Code::InvalidValue, &field.path, entry.key_span, message);
            }
        }
        let bytes: usize = annotations.iter().map(|(key, value)| key.len() + value.len()).sum();
        if bytes > MOST_ANNOTATED {
            let message = format!("Too long: may not be more than {MOST_ANNOTATED} bytes");
            self.report(Code::InvalidValue, &field.path, field.node.span, message);
        }
    }

    fn owner_reference(&mut self, item: Field<'n>) {
        let owner = "OwnerReference";
        let known = ["apiVersion", "blockOwnerDeletion", "controller", "kind", "name", "uid"];
        let Some(map) = self.strict_struct(item, go(OWNER, "v1.OwnerReference"), &known) else {
            return;
        };
        for (name, of_type, complaint) in [
            ("apiVersion", "string", "version must not be empty"),
            ("kind", "string", "must not be empty"),
            ("name", "string", "must not be empty"),
            ("uid", "types.UID", "must not be empty"),
        ] {
            let field = map.get(name);
            let text =
                field.as_ref().map_or(Some(""), |field| self.text(field, go(owner, of_type)));
            if text == Some("") && !self.has_unknown_field_in(&map) {
                let at = Field { path: map.path.key(name), ..field.unwrap_or_else(|| map.clone()) };
                self.invalid(&at, "\"\"", &[complaint.to_owned()]);
            }
        }
        self.bool_of(&map, "controller", owner);
        self.bool_of(&map, "blockOwnerDeletion", owner);
    }
}
