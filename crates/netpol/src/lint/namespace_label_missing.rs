//! `namespace-label-missing`: a `namespaceSelector` for a label that no namespace has, with the name of
//! one as its value.

use super::{
    Finding,
    linter::{Linter, names},
};
use crate::{
    diagnostic::Code,
    field::Origin,
    meta::NAMESPACE_NAME_LABEL,
    policy::Peer,
    selector::{LabelSelector, LabelSelectorRequirement, Operator, Written},
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        for rule in policy.rules() {
            for (at, peer) in rule.rule.peers.iter().enumerate() {
                found.extend(of_peer(linter, peer, &rule.peers().index(at)));
            }
        }
    }
}

fn of_peer(linter: &Linter<'_>, peer: &Peer, item: &Origin) -> Option<Finding> {
    let Peer::Pods { namespaces: Some(selector), .. } = peer else { return None };
    let missing = selector.requirements.iter().find(|one| is_missing(linter, one))?;
    let selector_origin = item.key("namespaceSelector");
    let field = match missing.written {
        Written::MatchLabels => selector_origin.key("matchLabels").label(&missing.key),
        Written::MatchExpressions(at) => {
            selector_origin.key("matchExpressions").index(at).key("key")
        }
    };
    let called = names(missing.values.iter().map(String::as_str));
    let message = format!(
        "no namespace has the label `{missing}`: being called {called} is not enough, so this item admits nobody"
    );
    let is_named = selector.requirements.iter().any(|one| one.key == NAMESPACE_NAME_LABEL);
    let rewriter = linter.rewriter;
    let rewrite = match missing.written {
        _ if is_named => None,
        Written::MatchLabels => rewriter.rename(&field, NAMESPACE_NAME_LABEL),
        Written::MatchExpressions(_) => rewriter.replace(&field, NAMESPACE_NAME_LABEL),
    };
    let finding = linter.finding(Code::NamespaceLabelMissing, &field, message)?.help(format!(
        "select by `{NAMESPACE_NAME_LABEL}`, which every namespace has, or label the namespace"
    ));
    Some(finding.fix(&format!("Select by `{NAMESPACE_NAME_LABEL}`"), rewrite))
}

/// Whether a selector asks for such a label.
pub(super) fn asks_for_missing(linter: &Linter<'_>, selector: &LabelSelector) -> bool {
    selector.requirements.iter().any(|one| is_missing(linter, one))
}

fn is_missing(linter: &Linter<'_>, requirement: &LabelSelectorRequirement) -> bool {
    let is_name =
        |value: &String| linter.declared().any(|namespace| namespace.meta.name.name == *value);
    requirement.operator == Operator::In
        && requirement.key != NAMESPACE_NAME_LABEL
        && requirement.values.iter().all(is_name)
        && !linter.declared().any(|namespace| requirement.matches(&namespace.meta.labels))
}
