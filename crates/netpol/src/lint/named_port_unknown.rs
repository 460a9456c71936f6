//! `named-port-unknown`: a port by a name that no container of the pods in question declares.

use std::collections::BTreeSet;

use super::{
    Finding,
    linter::{Linter, WrittenRule, names},
};
use crate::{
    classes::Class,
    diagnostic::Code,
    evaluate::port_trace,
    objects::{ContainerPort, Pod},
    policy::{PolicyPort, PolicyPortNumber},
    verdict::PortTrace,
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        for rule in policy.rules() {
            let is_named = |item: &PolicyPort| matches!(item.port, PolicyPortNumber::Named(_));
            if rule.rule.ports.iter().any(is_named) {
                let pods = tellers(&linter.destinations(policy, rule));
                let ports = rule.rule.ports.iter().enumerate();
                found.extend(ports.filter_map(|(at, item)| of_port(linter, rule, at, item, &pods)));
            }
        }
    }
}

/// One pod for each list of ports.
fn tellers<'p>(pods: &[&'p Class<'_>]) -> Vec<&'p Pod> {
    let mut seen: BTreeSet<&[ContainerPort]> = BTreeSet::new();
    let pods = pods.iter().map(|class| class.representative);
    pods.filter(|pod| seen.insert(&pod.ports)).collect()
}

fn of_port(
    linter: &Linter<'_>,
    rule: WrittenRule<'_>,
    at: usize,
    item: &PolicyPort,
    pods: &[&Pod],
) -> Option<Finding> {
    let PolicyPortNumber::Named(name) = &item.port else { return None };
    let is_unknown =
        |pod: &&Pod| matches!(port_trace(item, Some(pod)), PortTrace::UnknownName { .. });
    if pods.is_empty() || !pods.iter().all(is_unknown) {
        return None;
    }
    let protocol = item.protocol;
    let message =
        format!("no container here declares a {protocol} port `{name}`: this item opens no port");
    let declared = || pods.iter().flat_map(|pod| &pod.ports);
    let is_it = |port: &&ContainerPort| port.name.as_ref() == Some(name);
    let help = if let Some(other) = declared().find(is_it) {
        format!("it is a port of {}: write `protocol: {}`", other.protocol, other.protocol)
    } else {
        let alike = declared().filter(|port| port.protocol == protocol);
        let known: BTreeSet<&str> = alike.filter_map(|port| port.name.as_deref()).collect();
        if known.is_empty() {
            "write the number, or name the port in the pods' containers".to_owned()
        } else {
            format!("write a name that they declare: {}", names(known.iter().copied()))
        }
    };
    let field = rule.ports().index(at).key("port");
    Some(linter.finding(Code::NamedPortUnknown, &field, message)?.help(help))
}
