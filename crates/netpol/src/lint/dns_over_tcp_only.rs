//! `dns-over-tcp-only`: port 53 without `protocol`, which is TCP, where names are asked for over UDP.

use super::{
    Finding,
    dns::admits_udp,
    linter::{Linter, Written, WrittenRule},
};
use crate::{
    diagnostic::Code,
    policy::{PolicyPort, PolicyPortNumber, Rule},
    ports::{PortRange, Protocol},
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        found.extend(policy.rules().filter_map(|rule| of_rule(linter, policy, rule)));
    }
}

fn of_rule(linter: &Linter<'_>, policy: Written<'_>, rule: WrittenRule<'_>) -> Option<Finding> {
    let at = rule.rule.ports.iter().position(is_tcp_53)?;
    // UDP may have a rule of its own
    let is_other = |other: &Rule| {
        let is_same = other.peers.is_empty() || other.peers == rule.rule.peers;
        is_same && (other.ports.is_empty() || other.ports.iter().any(admits_udp))
    };
    if policy.policy.rules(rule.direction).iter().any(is_other) {
        return None;
    }
    let item = rule.ports().index(at);
    let is_said = linter.node(&item.key("protocol")).is_some();
    let message = if is_said {
        "port 53 is open for TCP alone, and names are asked for over UDP: they do not resolve"
    } else {
        "port 53 without `protocol` is TCP, and names are asked for over UDP: they do not resolve"
    };
    let finding = linter.finding(Code::DnsOverTcpOnly, &item, message.to_owned())?;
    let (list, rewriter) = (rule.ports(), linter.rewriter);
    let rewrite = rewriter
        .add_item(&list, "protocol: UDP\nport: 53")
        .or_else(|| rewriter.add_item(&list, "{protocol: UDP, port: 53}"));
    let finding =
        finding.help("add an item with `protocol: UDP` and `port: 53`; TCP is for long answers");
    Some(finding.fix("Add UDP 53", rewrite))
}

fn is_tcp_53(item: &PolicyPort) -> bool {
    let dns = PortRange::new(53, 53);
    let range = match item.port {
        PolicyPortNumber::Range(range) => Some(range),
        _ => None,
    };
    item.protocol == Protocol::Tcp && range.is_some() && range == dns
}
