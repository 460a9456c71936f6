//! `rule-admits-all`: `- {}` is a rule that asks for nothing, so whatever stands beside it counts no more.

use super::{
    Finding, contained,
    linter::{Linter, Written, WrittenRule, names},
};
use crate::{diagnostic::Code, policy::Direction, yaml::Value};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        let rules = policy.rules().filter(|rule| speaks(linter, policy, *rule));
        found.extend(rules.filter_map(|rule| of_rule(linter, policy, rule)));
    }
}

/// Whether a rule is a finding here, so that nothing else need say that it admits everyone.
pub(super) fn speaks(linter: &Linter<'_>, policy: Written<'_>, rule: WrittenRule<'_>) -> bool {
    let is_bare = linter.node(&rule.origin()).is_some_and(|node| match &node.value {
        // with a key in it, it is an empty list that surprises
        Value::Mapping(entries) => entries.is_empty(),
        _ => node.is_null(),
    });
    // alone it is the usual way to write that only ingress is to be restricted
    let is_usual =
        rule.direction == Direction::Egress && policy.policy.rules(rule.direction).len() == 1;
    is_bare && !is_usual
}

fn of_rule(linter: &Linter<'_>, policy: Written<'_>, rule: WrittenRule<'_>) -> Option<Finding> {
    let list = rule.direction;
    let who = match list {
        Direction::Ingress => "anyone may connect, on every port",
        Direction::Egress => "any call may go out",
    };
    let mut needless = Vec::new();
    if policy.policy.rules(list).len() > 1 {
        needless.push(format!("the other rules of `{list}`"));
    }
    let others = others(linter, policy, list);
    if !others.is_empty() {
        let rules = if needless.is_empty() { "the rules" } else { "those" };
        needless.push(format!("{rules} of {}", names(others.iter().copied())));
    }
    let needless = match needless.join(" and ") {
        none if none.is_empty() => none,
        some => format!("; {some} add nothing"),
    };
    let message = format!("a rule without conditions: {who}{needless}");
    let help =
        "take it out, unless everyone is meant: policies add up, so nothing can close it again";
    Some(linter.finding(Code::RuleAdmitsAll, &rule.origin(), message)?.help(help))
}

/// The policies that open doors to the same pods, and only to them.
fn others<'a>(linter: &Linter<'a>, policy: Written<'a>, list: Direction) -> Vec<&'a str> {
    let is_needless = |other: &Written<'_>| {
        other.id != policy.id
            && other.namespace() == policy.namespace()
            && other.rules_of(list).next().is_some()
            && contained::selector(&other.policy.pod_selector, &policy.policy.pod_selector)
    };
    linter
        .policies()
        .filter(is_needless)
        .map(|other| other.policy.meta.name.name.as_str())
        .collect()
}
