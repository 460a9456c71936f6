//! `isolates-without-rules`: a direction that is shut in passing, by a policy that has rules for the other.

use super::{
    Finding, contained,
    linter::{Linter, Written},
};
use crate::{diagnostic::Code, policy::Direction};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        found.extend(of_direction(linter, policy, Direction::Ingress, Direction::Egress));
        found.extend(of_direction(linter, policy, Direction::Egress, Direction::Ingress));
    }
}

fn of_direction(
    linter: &Linter<'_>,
    policy: Written<'_>,
    direction: Direction,
    other: Direction,
) -> Option<Finding> {
    let spec = policy.policy;
    if !shuts_in_passing(linter, policy, direction) {
        return None;
    }
    let shut = match direction {
        Direction::Ingress => "nobody may connect",
        Direction::Egress => "the pods may call nobody, not even DNS",
    };
    let field = policy.field("spec");
    let types = field.key("policyTypes");
    if !spec.policy_types.is_empty() {
        let kind = direction.as_str();
        let message =
            format!("`policyTypes` lists `{kind}`, but there is no `{direction}` rule: {shut}");
        let help = format!(
            "take `{kind}` out of `policyTypes`, add a rule, or write `{direction}: []` if that is meant"
        );
        return Some(linter.finding(Code::IsolatesWithoutRules, &types, message)?.help(help));
    }
    let message = format!("without `policyTypes` this isolates for ingress too: {shut}");
    let finding = linter.finding(Code::IsolatesWithoutRules, &field.key(other.field()), message)?;
    let is_missing = linter.node(&types).is_none();
    let rewrite = linter.rewriter.add_entry(&field, "policyTypes: [Egress]");
    Some(
        finding
            .help("write `policyTypes: [Egress]`, or `[Ingress, Egress]` if that is meant")
            .fix("Add `policyTypes: [Egress]`", rewrite.filter(|_| is_missing)),
    )
}

/// Whether a policy shuts a direction and has rules for the other one only.
pub(super) fn shuts_in_passing(
    linter: &Linter<'_>,
    policy: Written<'_>,
    direction: Direction,
) -> bool {
    let spec = policy.policy;
    spec.affects(direction)
        && spec.written_rules(direction).is_none()
        && policy.rules().any(|rule| rule.direction != direction)
        && !is_isolated_anyway(linter, policy, direction)
}

/// Whether another policy surely isolates the same pods, so that nothing is shut here.
fn is_isolated_anyway(linter: &Linter<'_>, policy: Written<'_>, direction: Direction) -> bool {
    linter.cluster.policies_in(policy.namespace()).any(|(id, other)| {
        id != policy.id
            && other.affects(direction)
            && contained::selector(&policy.policy.pod_selector, &other.pod_selector)
    })
}
