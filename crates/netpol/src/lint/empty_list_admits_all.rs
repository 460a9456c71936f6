//! `empty-list-admits-all`: `from: []` reads like nobody and means everyone.

use super::{
    Finding,
    linter::{Linter, WrittenRule},
};
use crate::{
    diagnostic::Code,
    field::Origin,
    policy::Direction,
    yaml::{Node, Value},
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        for rule in policy.rules() {
            found.extend(of_peers(linter, rule));
            found.extend(of_ports(linter, rule));
        }
    }
}

fn of_peers(linter: &Linter<'_>, rule: WrittenRule<'_>) -> Option<Finding> {
    let field = rule.direction.peers_field();
    let written = empty(linter.node(&rule.peers())?, field)?;
    let message = match rule.direction {
        Direction::Ingress => format!("{written} means everyone, not nobody: anyone may connect"),
        Direction::Egress => {
            format!("{written} means everywhere, not nowhere: any call may go out")
        }
    };
    finding(linter, rule, &rule.peers(), message)
}

fn of_ports(linter: &Linter<'_>, rule: WrittenRule<'_>) -> Option<Finding> {
    let written = empty(linter.node(&rule.ports())?, "ports")?;
    let message = format!("{written} means every port of every protocol, not none");
    finding(linter, rule, &rule.ports(), message)
}

/// How an empty list is written: the API takes `from:` with nothing in it for one.
fn empty(node: &Node, field: &str) -> Option<String> {
    match &node.value {
        Value::Sequence(items) if items.is_empty() => Some(format!("`{field}: []`")),
        _ if node.is_null() => Some(format!("`{field}:` with nothing in it")),
        _ => None,
    }
}

fn finding(
    linter: &Linter<'_>,
    rule: WrittenRule<'_>,
    origin: &Origin,
    message: String,
) -> Option<Finding> {
    let (kind, list) = (rule.direction.as_str(), rule.direction);
    let help = format!(
        "to admit nobody, write no rule at all: `{list}: []` with `{kind}` in `policyTypes`; to admit all, leave the key out"
    );
    Some(linter.finding(Code::EmptyListAdmitsAll, origin, message)?.help(help))
}
