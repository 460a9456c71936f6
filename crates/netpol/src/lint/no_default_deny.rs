//! `no-default-deny`: a namespace whose policies shut some pods and leave others wide open.

use std::collections::BTreeMap;

use super::{
    Finding,
    linter::{Linter, Written},
};
use crate::{diagnostic::Code, evaluate::selects, objects::Pod, policy::Direction};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    let mut pods: BTreeMap<&str, Vec<&Pod>> = BTreeMap::new();
    for (_, pod) in linter.pods().filter(|(_, pod)| !pod.host_network) {
        pods.entry(pod.namespace()).or_default().push(pod);
    }
    for policy in linter.policies() {
        // once a namespace, at its first policy
        let Some(pods) = pods.remove(policy.namespace()) else { continue };
        let directions = Direction::ALL.into_iter();
        let mut findings = directions.filter_map(|it| of_namespace(linter, policy, &pods, it));
        found.extend(findings.next());
    }
}

fn of_namespace(
    linter: &Linter<'_>,
    first: Written<'_>,
    pods: &[&Pod],
    direction: Direction,
) -> Option<Finding> {
    let own = first.namespace();
    let isolating: Vec<_> = linter
        .cluster
        .policies_in(own)
        .map(|(_, policy)| policy)
        .filter(|policy| policy.affects(direction) && pods.iter().any(|pod| selects(policy, pod)))
        .collect();
    // policies for one and the same app are no plan for the namespace
    let first_selector = &isolating.first()?.pod_selector;
    let is_plan = isolating.iter().any(|policy| policy.pod_selector != *first_selector);
    if !is_plan || isolating.iter().any(|policy| policy.pod_selector.is_empty()) {
        return None;
    }
    let is_open = |pod: &&Pod| !isolating.iter().any(|policy| selects(policy, pod));
    let open: Vec<&Pod> = pods.iter().copied().filter(is_open).collect();
    if open.is_empty() {
        return None;
    }
    let (count, pods) = (isolating.len(), Linter::names(&open));
    let free = match direction {
        Direction::Ingress => "anyone may connect to",
        Direction::Egress => "any call may go out from",
    };
    let message = format!(
        "{count} policies of `{own}` isolate pods for {direction}, but no one isolates all: {free} {pods}"
    );
    let kind = direction.as_str();
    let help = format!(
        "add a policy with `podSelector: {{}}`, `policyTypes: [{kind}]` and no rules: what no policy admits is shut then"
    );
    Some(linter.finding(Code::NoDefaultDeny, &first.field("metadata.name"), message)?.help(help))
}
