//! `rule-contained`: a rule that admits nobody whom another rule of the policy does not admit.

use super::{
    Finding, contained,
    linter::{Linter, Written, WrittenRule},
};
use crate::{diagnostic::Code, policy::Direction};

/// A policy with more rules than this was hardly written by hand, and is not looked at.
const MAX_RULES: usize = 100;

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        for direction in Direction::ALL {
            let rules: Vec<_> = policy.rules_of(direction).collect();
            // one without conditions says itself that the others add nothing
            let has_all =
                rules.iter().any(|its| its.rule.peers.is_empty() && its.rule.ports.is_empty());
            if rules.len() <= MAX_RULES && !has_all {
                found
                    .extend(rules.iter().filter_map(|rule| of_rule(linter, policy, *rule, &rules)));
            }
        }
    }
}

fn of_rule(
    linter: &Linter<'_>,
    policy: Written<'_>,
    rule: WrittenRule<'_>,
    rules: &[WrittenRule<'_>],
) -> Option<Finding> {
    let lies_in = |inner: WrittenRule<'_>, outer: WrittenRule<'_>| {
        contained::rule(inner.rule, outer.rule, policy.namespace())
    };
    let outer = rules.iter().copied().find(|outer| {
        // of two equal ones only the later is too much
        outer.at != rule.at
            && lies_in(rule, *outer)
            && (outer.at < rule.at || !lies_in(*outer, rule))
    })?;
    let message = format!("`{}` admits all of this already: the rule adds nothing", outer.name());
    let finding = linter.finding(Code::RuleContained, &rule.origin(), message)?;
    let finding = finding.help(format!("take it out, or narrow `{}`: rules add up", outer.name()));
    Some(finding.fix("Remove the rule", linter.rewriter.remove(&rule.origin())))
}
