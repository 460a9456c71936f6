//! `selects-no-pod`: a policy that applies to nobody; `pods-at-run-time` where an operator may start its pods.

use super::{
    Finding,
    around::instead,
    linter::{Linter, Written},
};
use crate::{diagnostic::Code, field::Origin, policy::Peer};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    found.extend(linter.policies().filter_map(|policy| of_policy(linter, policy)));
}

fn of_policy(linter: &Linter<'_>, policy: Written<'_>) -> Option<Finding> {
    let selector = &policy.policy.pod_selector;
    // as a peer would: a pod on its node's network is there, even if it is not selected
    let selected = Peer::Pods { namespaces: None, pods: Some(selector.clone()) };
    let own = policy.namespace();
    if !linter.is_written(own) || !linter.finds(policy, &selected).is_empty() {
        return None;
    }
    let origin = policy.field("spec.podSelector");
    if let Some(starter) = linter.starter(own) {
        return of_starter(linter, &origin, own, &selector.to_string(), starter);
    }
    let message = format!("no pod of `{own}` has `{selector}`: the policy protects nobody");
    let pods: Vec<_> = linter.pods_of(own).collect();
    let help = instead(selector, &pods);
    Some(linter.finding(Code::SelectsNoPod, &origin, message)?.help(help))
}

/// `pods-at-run-time`: the same where an operator may start such pods.
pub(super) fn of_starter(
    linter: &Linter<'_>,
    selector: &Origin,
    place: &str,
    labels: &str,
    starter: &str,
) -> Option<Finding> {
    let message = format!(
        "no pod of `{place}` has `{labels}` here; an operator may start some at run time, as for `{starter}`"
    );
    linter.finding(Code::PodsAtRunTime, selector, message)
}
