//! `service-port`: the port of a Service where the pod's own is meant.

use super::{
    Finding,
    doors::{Leads, Openers, Port, Ways, numbers},
    known::asks,
    linter::{Linter, Written, WrittenRule},
};
use crate::{
    classes::Class, diagnostic::Code, policy::Direction, ports::Protocol, rewrite::Rewrite,
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    let Some(leads) = Leads::of(linter) else { return };
    let mut openers = Openers::of(&leads);
    for policy in linter.policies() {
        for rule in policy.rules() {
            let written: Vec<(usize, Port)> = numbers(rule).collect();
            if !written.is_empty() {
                let (pods, may_be_more) = pods(linter, policy, rule);
                let Some(doors) = openers.doors(&pods) else {
                    found.extend(linter.too_much(Code::ServicePort, &rule.ports()));
                    return;
                };
                let findings = written.iter().filter_map(|(at, port)| {
                    let ways = doors.behind_port(rule, *port)?;
                    let has_others = may_be_more || doors.has_others(*port);
                    of_port(linter, rule, (*at, *port), &ways, has_others)
                        .map(|finding| if may_be_more { finding.noted() } else { finding })
                });
                found.extend(findings);
            }
        }
    }
}

/// The pods that a rule is about, and whether pods that nobody wrote may be meant as well. Whoever
/// selects by labels means the pods that have them, wherever others come from.
fn pods<'l, 'a>(
    linter: &'l Linter<'a>,
    policy: Written<'_>,
    rule: WrittenRule<'_>,
) -> (Vec<&'l Class<'a>>, bool) {
    if rule.direction == Direction::Egress {
        return (linter.destinations(policy, rule), false);
    }
    let is_known = linter.knows(policy.namespace()) || asks(&policy.policy.pod_selector);
    (linter.subjects(policy), !is_known)
}

fn of_port(
    linter: &Linter<'_>,
    rule: WrittenRule<'_>,
    (at, (protocol, number)): (usize, Port),
    ways: &Ways<'_>,
    has_others: bool,
) -> Option<Finding> {
    let shown = ways.targets();
    let message = format!(
        "`{number}` is the port of Service `{}`, and policies see the pod's, {shown}: no call to the Service gets through",
        ways.service()
    );
    let field = rule.ports().index(at).key("port");
    let finding = linter.finding(Code::ServicePort, &field, message)?;
    let value = ways.replacement();
    if has_others {
        let finding = finding.help(format!(
            "write the pod's port: {shown}; beside it, where other pods that this is for listen on {number}"
        ));
        let Some(value) = value else { return Some(finding) };
        let rewrite = beside(linter, rule, protocol, &value);
        return Some(finding.fix(&format!("Add `{value}`, the pod's port"), rewrite));
    }
    let finding = finding.help(format!("write the pod's port: {shown}"));
    let Some(value) = value else { return Some(finding) };
    let rewrite = linter.rewriter.replace(&field, &value);
    Some(finding.fix(&format!("Write `{value}`, the pod's port"), rewrite))
}

/// The pod's port as an item more.
fn beside(
    linter: &Linter<'_>,
    rule: WrittenRule<'_>,
    protocol: Protocol,
    value: &str,
) -> Option<Rewrite> {
    let (list, rewriter) = (rule.ports(), linter.rewriter);
    let block = rewriter.add_item(&list, &format!("protocol: {protocol}\nport: {value}"));
    block.or_else(|| rewriter.add_item(&list, &format!("{{protocol: {protocol}, port: {value}}}")))
}
