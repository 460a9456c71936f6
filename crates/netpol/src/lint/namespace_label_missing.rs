//! `namespace-label-missing`: a `namespaceSelector` for a label that no namespace has, with the name of
//! one as its value; a note where the namespace is not among the files, so that it may have the label.

use super::{
    Finding,
    linter::{Linter, names},
};
use crate::{
    diagnostic::Code,
    field::Origin,
    meta::NAMESPACE_NAME_LABEL,
    objects::Namespace,
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
    let requirements = &selector.requirements;
    let missing = requirements.iter().find(|one| is_missing(linter, one));
    let (missing, is_unset) = match missing {
        Some(missing) => (missing, false),
        None => (requirements.iter().find(|one| is_unset(linter, one))?, true),
    };
    let selector_origin = item.key("namespaceSelector");
    let field = match missing.written {
        Written::MatchLabels => selector_origin.key("matchLabels").label(&missing.key),
        Written::MatchExpressions(at) => {
            selector_origin.key("matchExpressions").index(at).key("key")
        }
    };
    let called = names(missing.values.iter().map(String::as_str));
    let message = if is_unset {
        format!(
            "nothing sets the label `{}` by itself: being called {called} is not enough, somebody has to label the namespace so",
            missing.key
        )
    } else {
        format!(
            "no namespace has the label `{missing}`: being called {called} is not enough, so this item admits nobody"
        )
    };
    let is_named = selector.requirements.iter().any(|one| one.key == NAMESPACE_NAME_LABEL)
        || is_unset && !missing.values.iter().all(|value| is_system(value));
    let rewriter = linter.rewriter;
    let rewrite = match missing.written {
        _ if is_named => None,
        Written::MatchLabels => rewriter.rename(&field, NAMESPACE_NAME_LABEL),
        Written::MatchExpressions(_) => rewriter.replace(&field, NAMESPACE_NAME_LABEL),
    };
    let finding = linter.finding(Code::NamespaceLabelMissing, &field, message)?.help(format!(
        "select by `{NAMESPACE_NAME_LABEL}`, which every namespace has, or label the namespace"
    ));
    let finding = finding.fix(&format!("Select by `{NAMESPACE_NAME_LABEL}`"), rewrite);
    Some(if is_unset { finding.noted() } else { finding })
}

/// Whether a selector asks for such a label.
pub(super) fn asks_for_missing(linter: &Linter<'_>, selector: &LabelSelector) -> bool {
    selector.requirements.iter().any(|one| is_missing(linter, one))
}

/// The namespaces that every cluster has, none with a label of this kind.
fn is_system(name: &str) -> bool {
    ["default", "kube-system", "kube-public", "kube-node-lease"].contains(&name)
}

/// Keys under which people expect a namespace's name.
const NAME_KEYS: &[&str] = &["name", "namespace", "metadata.name", "kubernetes.io/name"];

/// Whether a selector looks for a name under a label that Kubernetes does not set, in a namespace of
/// which the labels are not known. Whoever labels namespaces so in these files does it elsewhere too.
fn is_unset(linter: &Linter<'_>, requirement: &LabelSelectorRequirement) -> bool {
    let LabelSelectorRequirement { key, operator, values, .. } = requirement;
    let is_about_name =
        NAME_KEYS.contains(&key.as_str()) || values.iter().all(|value| is_system(value));
    let is_custom = |namespace: &Namespace| {
        requirement.matches(&namespace.meta.labels)
            || !linter.analysis.uses_fallback && namespace.meta.labels.contains_key(key)
    };
    *operator == Operator::In
        && key != NAMESPACE_NAME_LABEL
        && is_about_name
        && !linter.declared().any(is_custom)
}

fn is_missing(linter: &Linter<'_>, requirement: &LabelSelectorRequirement) -> bool {
    let is_name =
        |value: &String| linter.declared().any(|namespace| namespace.meta.name.name == *value);
    requirement.operator == Operator::In
        && requirement.key != NAMESPACE_NAME_LABEL
        && requirement.values.iter().all(is_name)
        && !linter.declared().any(|namespace| requirement.matches(&namespace.meta.labels))
}
