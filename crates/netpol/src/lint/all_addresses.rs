//! `all-addresses`: a block of every address is the internet, and with most network plugins the pods too.

use super::{
    Finding,
    ipv4_only::{self, Families, whole},
    linter::{Linter, WrittenRule},
};
use crate::{diagnostic::Code, policy::Direction};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    let families = Families::of(linter);
    for policy in linter.policies() {
        // where IPv6 is forgotten, that finding says both
        let rules = policy.rules().filter(|rule| ipv4_only::item(families, rule.rule).is_none());
        found.extend(rules.filter_map(|rule| of_rule(linter, rule)));
    }
}

fn of_rule(linter: &Linter<'_>, rule: WrittenRule<'_>) -> Option<Finding> {
    let peers = rule.rule.peers.iter().enumerate();
    let blocks: Vec<_> = peers
        .filter_map(|(at, peer)| match whole(peer)? {
            (address, false) => Some((at, address)),
            _ => None,
        })
        .collect();
    let (first, address) = *blocks.first()?;
    let has_other = blocks.iter().any(|(_, other)| other.is_ipv4() != address.is_ipv4());
    let what = match (has_other, address.is_ipv4()) {
        (true, _) => "`0.0.0.0/0` and `::/0` are all addresses",
        (false, true) => "`0.0.0.0/0` is every IPv4 address",
        (false, false) => "`::/0` is every IPv6 address",
    };
    let who = match rule.direction {
        Direction::Ingress => "may connect",
        Direction::Egress => "may be called",
    };
    let message = format!(
        "{what}: the whole internet {who}, and with most network plugins every pod of the cluster"
    );
    let help =
        "take out with `except` what is not meant, as 10.0.0.0/8 where pods have such addresses";
    Some(linter.finding(Code::AllAddresses, &rule.peers().index(first), message)?.help(help))
}
