//! Where the parts of policies, pods and namespaces stand, as far as somebody wrote them.

use crate::{
    cluster::{Cluster, PolicyId},
    field::Origin,
    kinds::template,
    meta::ObjectMeta,
    objects::Pod,
    policy::{Direction, NetworkPolicy},
    selector::{LabelSelectorRequirement, Written},
};

/// A field of a policy.
pub(super) fn field(policy: &NetworkPolicy, path: &str) -> Option<Origin> {
    policy.meta.origin.as_ref().map(|origin| origin.key(path))
}

/// `podSelector` of each policy.
pub(super) fn pod_selectors(cluster: &Cluster, policies: &[PolicyId]) -> Vec<Origin> {
    let policies = policies.iter().filter_map(|id| cluster.policy(*id));
    policies.filter_map(|policy| field(policy, "spec.podSelector")).collect()
}

/// What makes a policy restrict a direction, or not: `policyTypes` where it is written, else the rules
/// from which it is inferred.
pub(super) fn types(policy: &NetworkPolicy, direction: Direction) -> Option<Origin> {
    let spec = field(policy, "spec")?;
    let rules = policy.written_rules(direction).map(|_| direction.field());
    Some(match (policy.policy_types.is_empty(), rules) {
        (false, _) => spec.key("policyTypes"),
        (true, Some(rules)) => spec.key(rules),
        (true, None) => spec,
    })
}

/// The rules of a direction; the whole spec where there are none.
pub(super) fn rules(policy: &NetworkPolicy, direction: Direction) -> Option<Origin> {
    let spec = field(policy, "spec")?;
    Some(match policy.written_rules(direction) {
        Some(_) => spec.key(direction.field()),
        None => spec,
    })
}

/// An item of `from` or `to`, or the rule itself.
pub(super) fn item(
    policy: &NetworkPolicy,
    direction: Direction,
    rule: usize,
    item: Option<usize>,
) -> Option<Origin> {
    let rule = policy.rule_origin(direction, rule)?;
    Some(match item {
        Some(item) => rule.key(direction.peers_field()).index(item),
        None => rule,
    })
}

/// A requirement below its selector.
pub(super) fn requirement(selector: &Origin, requirement: &LabelSelectorRequirement) -> Origin {
    match requirement.written {
        Written::MatchLabels => {
            let path = selector.path.key("matchLabels").label(&requirement.key);
            Origin { document: selector.document, path }
        }
        Written::MatchExpressions(at) => selector.key("matchExpressions").index(at),
    }
}

/// The labels of a pod.
pub(super) fn pod_labels(pod: &Pod) -> Option<Origin> {
    let origin = pod.meta.origin.as_ref()?;
    Some(
        template(pod.kind)
            .map_or_else(|| origin.clone(), |path| origin.key(path))
            .key("metadata.labels"),
    )
}

/// The labels of a namespace.
pub(super) fn namespace_labels(cluster: &Cluster, name: &str) -> Option<Origin> {
    let is_it = |meta: &&ObjectMeta| meta.name.name == name;
    let mut metas = cluster.namespaces().iter().map(|namespace| &namespace.meta);
    Some(metas.find(is_it)?.origin.as_ref()?.key("metadata.labels"))
}
