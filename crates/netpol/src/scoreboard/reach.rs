//! How far an entry of `from` or `to` reaches into a column, whoever lives there: what a cell says of
//! the rule, and not of the pods that happen to be there.

use super::Column;
use crate::{
    meta::{Labels, NAMESPACE_NAME_LABEL},
    policy::Peer,
    selector::{LabelSelector, LabelSelectorRequirement, Operator},
};

/// Whom of a column an entry of `from` or `to` matches by its selectors, now or later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Nobody who could be there.
    Nobody,
    /// Those that meet a condition.
    OnCondition,
    /// Whoever comes.
    Everyone,
}

/// How far an entry reaches for a policy of the namespace `own` with these labels. An `ipBlock`
/// reaches no pod by its labels; addresses outside are counted exactly and need no such question.
pub(crate) fn reach(peer: &Peer, column: Column, own: &str, labels: Option<&Labels>) -> Reach {
    let Peer::Pods { namespaces, pods } = peer else { return Reach::Nobody };
    let by_namespace = match (namespaces, column) {
        (_, Column::External) | (None, Column::Cross) => Reach::Nobody,
        (None, Column::Same) => Reach::Everyone,
        (Some(selector), Column::Same) => of_own_namespace(selector, labels),
        (Some(selector), Column::Cross) => of_other_namespaces(selector, own),
    };
    match pods {
        Some(selector) if selector.example().is_none() => Reach::Nobody,
        Some(selector) if !selector.is_empty() && by_namespace == Reach::Everyone => {
            Reach::OnCondition
        }
        _ => by_namespace,
    }
}

/// The policy's own namespace is known; that it has the labels asked for is a condition all the same,
/// unless it is its name, which nobody can take away.
fn of_own_namespace(selector: &LabelSelector, labels: Option<&Labels>) -> Reach {
    let is_name = |one: &LabelSelectorRequirement| one.key == NAMESPACE_NAME_LABEL;
    match labels {
        Some(labels) if selector.matches(labels) => {
            if selector.requirements.iter().all(is_name) {
                Reach::Everyone
            } else {
                Reach::OnCondition
            }
        }
        _ => Reach::Nobody,
    }
}

fn of_other_namespaces(selector: &LabelSelector, own: &str) -> Reach {
    let mut reach = Reach::Everyone;
    for one in &selector.requirements {
        let is_only = || one.values.iter().all(|value| value == own);
        match (one.key == NAMESPACE_NAME_LABEL, one.operator) {
            // every namespace has its name as a label, and no other one has this namespace's
            (true, Operator::Exists) => {}
            (true, Operator::NotIn) if is_only() => {}
            (true, Operator::DoesNotExist) => return Reach::Nobody,
            (true, Operator::In) if is_only() => return Reach::Nobody,
            _ => reach = Reach::OnCondition,
        }
    }
    if selector.example().is_none() { Reach::Nobody } else { reach }
}
