use proptest::prelude::*;

use super::*;
use crate::selector::Written;

fn requirement() -> impl Strategy<Value = LabelSelectorRequirement> {
    let operator = prop::sample::select(vec![
        Operator::In,
        Operator::NotIn,
        Operator::Exists,
        Operator::DoesNotExist,
    ]);
    let key = prop::sample::select(vec!["a", "b"]);
    let values = prop::sample::subsequence(vec!["x", "y", "z"], 1..=3);
    (operator, key, values).prop_map(|(operator, key, values)| LabelSelectorRequirement {
        key: key.to_owned(),
        operator,
        values: match operator {
            Operator::In | Operator::NotIn => values.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        },
        written: Written::MatchLabels,
    })
}

fn labels() -> impl Strategy<Value = crate::meta::Labels> {
    let label =
        (prop::sample::select(vec!["a", "b"]), prop::sample::select(vec!["x", "y", "z", "w"]));
    prop::collection::btree_map(label.0, label.1, 0..3).prop_map(|labels| {
        labels.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    })
}

fn a_selector() -> impl Strategy<Value = LabelSelector> {
    prop::collection::vec(requirement(), 0..3)
        .prop_map(|requirements| LabelSelector { requirements })
}

proptest! {
    #[test]
    fn what_matches_a_contained_selector_matches_the_other(
        inner in a_selector(), outer in a_selector(), labels in labels(),
    ) {
        prop_assume!(selector(&inner, &outer));
        prop_assert!(!inner.matches(&labels) || outer.matches(&labels));
    }

    #[test]
    fn each_selector_contains_itself_and_lies_in_the_empty_one(inner in a_selector()) {
        prop_assert!(selector(&inner, &inner));
        prop_assert!(selector(&inner, &LabelSelector::default()));
    }
}
