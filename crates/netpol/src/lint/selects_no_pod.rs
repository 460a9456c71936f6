//! `selects-no-pod`: a policy that applies to nobody.

use super::{
    Finding,
    known::instead,
    linter::{Linter, Written},
};
use crate::{diagnostic::Code, policy::Peer};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    found.extend(linter.policies().filter_map(|policy| of_policy(linter, policy)));
}

fn of_policy(linter: &Linter<'_>, policy: Written<'_>) -> Option<Finding> {
    let selector = &policy.policy.pod_selector;
    // as a peer would: a pod on its node's network is there, even if it is not selected
    let selected = Peer::Pods { namespaces: None, pods: Some(selector.clone()) };
    if !linter.knows_around(policy) || !linter.finds(policy, &selected).is_empty() {
        return None;
    }
    let own = policy.namespace();
    let message = format!("no pod of `{own}` has `{selector}`: the policy protects nobody");
    let origin = policy.field("spec.podSelector");
    let pods: Vec<_> = linter.pods_of(own).collect();
    let help = instead(selector, &pods);
    Some(linter.finding(Code::SelectsNoPod, &origin, message)?.help(help))
}
