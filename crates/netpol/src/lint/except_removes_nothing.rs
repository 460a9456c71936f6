//! `except-removes-nothing`: an exception inside another one of the same block.

use super::{
    Finding,
    linter::{Linter, WrittenRule},
};
use crate::{
    addresses::Cidr,
    diagnostic::Code,
    field::Origin,
    policy::{IpBlock, Peer},
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        for rule in policy.rules() {
            for (at, peer) in rule.rule.peers.iter().enumerate() {
                let Peer::IpBlock(block) = peer else { continue };
                let nested = nested(block).into_iter();
                found.extend(nested.filter_map(|(inner, outer)| {
                    of_except(linter, &excepts(rule, at), block, inner, outer)
                }));
            }
        }
    }
}

/// `spec.egress[0].to[0].ipBlock.except`
pub(super) fn excepts(rule: WrittenRule<'_>, at: usize) -> Origin {
    rule.peers().index(at).key("ipBlock.except")
}

/// The exceptions that lie in another one, in order and by index, each with that one; of equal ones the later.
pub(super) fn nested(block: &IpBlock) -> Vec<(usize, Cidr)> {
    // an exception before those inside it; of equal ones the first before the others
    let mut sorted: Vec<(Cidr, usize)> =
        block.except.iter().enumerate().map(|(at, cidr)| (*cidr, at)).collect();
    sorted.sort_unstable();
    let mut outer: Option<Cidr> = None;
    let mut nested = Vec::new();
    for (cidr, at) in sorted {
        match outer {
            Some(outer) if outer.covers(&cidr) => nested.push((at, outer)),
            _ => outer = Some(cidr),
        }
    }
    nested.sort_unstable_by_key(|(at, _)| *at);
    nested
}

fn of_except(
    linter: &Linter<'_>,
    list: &Origin,
    block: &IpBlock,
    at: usize,
    outer: Cidr,
) -> Option<Finding> {
    let inner = block.except.get(at)?;
    let message = if *inner == outer {
        format!("`{inner}` is excepted twice")
    } else {
        format!("`{inner}` lies in `{outer}`, which is excepted already: it removes nothing")
    };
    let item = list.index(at);
    let finding = linter.finding(Code::ExceptRemovesNothing, &item, message)?;
    let finding =
        finding.help("take it out; if it was to be let in again, that takes an item of its own");
    Some(finding.fix("Remove the exception", linter.rewriter.remove(&item)))
}
