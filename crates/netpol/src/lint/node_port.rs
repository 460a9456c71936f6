//! `node-port`: the number that callers outside dial at a node, where the pod's own is meant.

use super::{
    Finding,
    doors::{Leads, Openers, Port, Ways, numbers},
    linter::{Linter, WrittenRule},
};
use crate::{diagnostic::Code, policy::PolicyPortNumber};

/// What the API server hands out as node ports, unless told otherwise.
const NODE_PORTS: (u16, u16) = (30_000, 32_767);

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    let leads = Leads::of(linter);
    let mut openers = leads.as_ref().map(Openers::of);
    for policy in linter.policies() {
        for rule in policy.rules() {
            let is_node_port = |(_, number): Port| (NODE_PORTS.0..=NODE_PORTS.1).contains(&number);
            let written: Vec<(usize, Port)> =
                numbers(rule).filter(|(_, port)| is_node_port(*port)).collect();
            if let Some(openers) = openers.as_mut().filter(|_| !written.is_empty()) {
                // an unknown pod may listen there, but the Service says what the number is
                let pods = linter.perhaps_destinations(policy, rule);
                let Some(doors) = openers.doors(&pods) else {
                    found.extend(linter.too_much(Code::NodePort, &rule.ports()));
                    return;
                };
                found.extend(written.iter().filter_map(|(at, port)| {
                    of_port(linter, rule, *at, *port, &doors.behind_node_port(rule, *port)?)
                }));
            }
            found.extend(of_range(linter, rule));
        }
    }
}

fn of_port(
    linter: &Linter<'_>,
    rule: WrittenRule<'_>,
    at: usize,
    (_, number): Port,
    ways: &Ways<'_>,
) -> Option<Finding> {
    let shown = ways.targets();
    let message = format!(
        "`{number}` is the node port of Service `{}`: it is translated before policies look, and they see the pod's, {shown}",
        ways.service()
    );
    let field = rule.ports().index(at).key("port");
    let finding = linter.finding(Code::NodePort, &field, message)?;
    let finding = finding.help(format!("write the pod's port: {shown}"));
    let Some(value) = ways.replacement() else { return Some(finding) };
    let rewrite = linter.rewriter.replace(&field, &value);
    Some(finding.fix(&format!("Write `{value}`, the pod's port"), rewrite))
}

/// The whole range that node ports are taken from: it is meant for them, and opens none.
fn of_range(linter: &Linter<'_>, rule: WrittenRule<'_>) -> Option<Finding> {
    let is_all = |number: &PolicyPortNumber| match number {
        PolicyPortNumber::Range(range) => (range.first(), range.last()) == NODE_PORTS,
        _ => false,
    };
    let at = rule.rule.ports.iter().position(|item| is_all(&item.port))?;
    let (first, last) = NODE_PORTS;
    let message = format!(
        "{first} to {last} are the node ports of Services: they are translated before policies look, and they see the pod's own"
    );
    let finding = linter.finding(Code::NodePort, &rule.ports().index(at).key("port"), message)?;
    Some(finding.help("write the ports that the pods listen on").noted())
}
