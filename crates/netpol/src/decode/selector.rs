//! `LabelSelector` fields → [`LabelSelector`].

use super::{
    complaint::quoted,
    fields::{Field, go},
    meant,
    walk::Walker,
};
use crate::{
    diagnostic::Code,
    selector::{LabelSelector, LabelSelectorRequirement, Operator, Written},
    validate,
};

impl<'n> Walker<'_> {
    /// A selector that is there; broken parts are reported and left out.
    pub(super) fn selector(&mut self, field: Field<'n>, owner: &'static str) -> LabelSelector {
        let mut selector = LabelSelector::default();
        let known = ["matchLabels", "matchExpressions"];
        let Some(map) = self.strict_map(field, go(owner, "v1.LabelSelector"), &known) else {
            return selector;
        };
        if let Some(labels) = map.get("matchLabels") {
            let labels = self.checked_labels(&labels, "LabelSelector");
            selector.requirements.extend(labels.into_iter().map(|(key, value)| {
                LabelSelectorRequirement {
                    key,
                    operator: Operator::In,
                    values: vec![value],
                    written: Written::MatchLabels,
                }
            }));
        }
        let list = map.get("matchExpressions");
        let of_type = go("LabelSelector", "[]v1.LabelSelectorRequirement");
        if let Some(list) = list.and_then(|field| self.list(field, of_type)) {
            for (at, item) in list.items().enumerate() {
                selector.requirements.extend(self.requirement(&item, at));
            }
        }
        selector
    }

    fn requirement(&mut self, item: &Field<'n>, at: usize) -> Option<LabelSelectorRequirement> {
        // a null item is an empty requirement, which has no operator
        let owner = "LabelSelectorRequirement";
        let map = if item.node.is_null() {
            None
        } else {
            Some(self.strict_map(
                item.clone(),
                go("LabelSelector", "v1.LabelSelectorRequirement"),
                &["key", "operator", "values"],
            )?)
        };
        let get = |name| map.as_ref().and_then(|map: &Field<'n>| map.get(name));
        let string = go(owner, "string");
        let operator_field = get("operator");
        let operator = operator_field
            .as_ref()
            .map_or(Some(""), |field| self.text(field, go(owner, "v1.LabelSelectorOperator")));
        let values: Vec<Field<'n>> =
            get("values").map_or_else(Vec::new, |field| self.texts(field, go(owner, "[]string")));
        let operator = self.operator(item, operator_field.as_ref(), operator?, values.len());
        let key_field = get("key");
        let key = key_field.as_ref().map_or(Some(""), |field| self.text(field, string))?;
        let at_key =
            key_field.unwrap_or_else(|| Field { node: item.node, path: item.path.key("key") });
        self.invalid(&at_key, &quoted(key), &validate::label_key(key));
        let values: Vec<String> = values
            .iter()
            .map(|value| {
                let text = value.node.as_str().unwrap_or("");
                self.invalid(value, &quoted(text), &validate::label_value(text));
                text.to_owned()
            })
            .collect();
        Some(LabelSelectorRequirement {
            key: key.to_owned(),
            operator: operator?,
            values,
            written: Written::MatchExpressions(at),
        })
    }

    fn operator(
        &mut self,
        item: &Field<'n>,
        field: Option<&Field<'n>>,
        text: &str,
        values: usize,
    ) -> Option<Operator> {
        let values_path = item.path.key("values");
        let values_span = item.node.get("values").map_or(item.node.span, |node| node.span);
        let operator = match text {
            "In" => Operator::In,
            "NotIn" => Operator::NotIn,
            "Exists" => Operator::Exists,
            "DoesNotExist" => Operator::DoesNotExist,
            _ => {
                let span = field.map_or(item.node.span, |field| field.node.span);
                let message =
                    format!("Invalid value: {}: not a valid selector operator", quoted(text));
                let words = ["In", "NotIn", "Exists", "DoesNotExist"];
                let advice = meant::one_of(text, words.into_iter()).unwrap_or_else(|| {
                    "the operators are `In`, `NotIn`, `Exists` and `DoesNotExist`".into()
                });
                self.report(Code::InvalidValue, &item.path.key("operator"), span, message)
                    .advised(Some(advice));
                return None;
            }
        };
        match operator {
            Operator::In | Operator::NotIn if values == 0 => {
                self.required(
                    &values_path,
                    values_span,
                    "must be specified when `operator` is 'In' or 'NotIn'",
                )
                .help = Some("list the values: `values: [a, b]`".to_owned());
            }
            Operator::Exists | Operator::DoesNotExist if values > 0 => {
                let message =
                    "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
                        .to_owned();
                let help = if operator == Operator::Exists {
                    "`Exists` takes any value; for these write `operator: In`"
                } else {
                    "`DoesNotExist` asks that the label is not there, `NotIn` that it has none of these values"
                };
                self.report(Code::Forbidden, &values_path, values_span, message).help =
                    Some(help.to_owned());
            }
            _ => {}
        }
        Some(operator)
    }
}
