//! `rules-without-type`: rules of a direction that `policyTypes` does not list.

use super::{
    Finding,
    linter::{Linter, Written},
};
use crate::{diagnostic::Code, policy::Direction};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        let directions = Direction::ALL.into_iter();
        found.extend(directions.filter_map(|direction| of_direction(linter, policy, direction)));
    }
}

fn of_direction(linter: &Linter<'_>, policy: Written<'_>, direction: Direction) -> Option<Finding> {
    let rules = policy.policy.written_rules(direction)?;
    if policy.policy.affects(direction) {
        return None;
    }
    let kind = direction.as_str();
    let open = match direction {
        Direction::Ingress => "anyone may still connect",
        Direction::Egress => "any call may still go out",
    };
    let origin = policy.field("spec").key(direction.field());
    let has_types = !policy.policy.policy_types.is_empty();
    let message = match (rules.is_empty(), has_types) {
        (false, _) => format!("these rules have no effect: `policyTypes` does not list `{kind}`"),
        (true, true) => {
            format!("`{direction}: []` has no effect: `policyTypes` does not list `{kind}`, {open}")
        }
        (true, false) => {
            format!("`{direction}: []` counts as left out where `policyTypes` is missing: {open}")
        }
    };
    let finding = linter.finding(Code::RulesWithoutType, &origin, message)?;
    let finding =
        finding.help(format!("list `{kind}` in `policyTypes`, or take `{direction}` out"));
    let types = policy.field("spec").key("policyTypes");
    let rewrite = match policy.policy.policy_types.as_slice() {
        // an empty list would shut what is open now
        _ if rules.is_empty() => None,
        // two are all that the API server takes: the same one twice says nothing more
        [_, _, ..] => linter.rewriter.replace(&types.index(1), kind),
        _ => linter.rewriter.add_item(&types, kind),
    };
    Some(finding.fix(&format!("Add `{kind}` to `policyTypes`"), rewrite))
}
