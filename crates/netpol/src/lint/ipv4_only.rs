//! `ipv4-only`: `0.0.0.0/0` is not everyone where there are IPv6 addresses too.

use std::net::IpAddr;

use super::{
    Finding,
    linter::{Linter, WrittenRule},
};
use crate::{
    diagnostic::Code,
    policy::{Direction, Peer, Rule},
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    let families = Families::of(linter);
    for policy in linter.policies() {
        for rule in policy.rules() {
            found.extend(item(families, rule.rule).and_then(|at| of_item(linter, rule, at)));
        }
    }
}

/// Which addresses the pods are known to have.
#[derive(Clone, Copy, Default)]
pub(super) struct Families {
    v4: bool,
    v6: bool,
}

impl Families {
    pub(super) fn of(linter: &Linter<'_>) -> Self {
        let mut families = Self::default();
        let declared = linter.pods().filter(|(_, pod)| pod.has_declared_address);
        for address in declared.flat_map(|(_, pod)| &pod.addresses) {
            families.v4 |= address.is_ipv4();
            families.v6 |= address.is_ipv6();
        }
        families
    }
}

/// The item of a rule that lets all of IPv4 in and leaves IPv6 out.
pub(super) fn item(families: Families, rule: &Rule) -> Option<usize> {
    // a cluster that is known to have IPv4 only
    if families.v4 && !families.v6 {
        return None;
    }
    let speaks_of_v6 =
        |peer: &Peer| matches!(peer, Peer::IpBlock(block) if block.cidr.address().is_ipv6());
    if rule.peers.iter().any(speaks_of_v6) {
        return None;
    }
    rule.peers.iter().position(|peer| match whole(peer) {
        // what to take out of `::/0` is known only to whoever wrote the exceptions
        Some((address, has_exceptions)) => address.is_ipv4() && (families.v6 || !has_exceptions),
        None => false,
    })
}

/// Whether an item is all addresses of a family: of which one, and whether it takes some out.
pub(super) fn whole(peer: &Peer) -> Option<(IpAddr, bool)> {
    let Peer::IpBlock(block) = peer else { return None };
    (block.cidr.prefix() == 0).then(|| (block.cidr.address(), !block.except.is_empty()))
}

fn of_item(linter: &Linter<'_>, rule: WrittenRule<'_>, at: usize) -> Option<Finding> {
    let item = rule.peers().index(at);
    let has_exceptions = rule.rule.peers.get(at).and_then(whole).is_some_and(|(_, has)| has);
    let (who, pods) = match rule.direction {
        Direction::Ingress => ("callers with an IPv6 address stay out", "connect"),
        Direction::Egress => ("IPv6 addresses stay out of reach", "be called"),
    };
    let pods = if has_exceptions {
        String::new()
    } else {
        format!("; and with most network plugins every pod may {pods}")
    };
    let message = format!("`0.0.0.0/0` is every IPv4 address only: {who}{pods}");
    let finding = linter.finding(Code::Ipv4Only, &item, message)?;
    let finding = finding.help("add an item for `::/0` where the cluster has both, or say why not");
    if has_exceptions {
        return Some(finding);
    }
    let rewrite = linter
        .rewriter
        .add_item(&rule.peers(), "ipBlock:\n  cidr: ::/0")
        .or_else(|| linter.rewriter.add_item(&rule.peers(), "{ipBlock: {cidr: \"::/0\"}}"));
    Some(finding.fix("Add `::/0`", rewrite))
}
