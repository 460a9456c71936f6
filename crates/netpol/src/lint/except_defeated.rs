//! `except-defeated`: an exception whose addresses something else admits all the same.

use std::{collections::BTreeMap, net::IpAddr};

use super::{
    Finding, contained,
    except_removes_nothing::{excepts, nested},
    linter::{Linter, Written, WrittenRule},
};
use crate::{
    addresses::Cidr,
    diagnostic::Code,
    policy::{IpBlock, Peer},
    standing::Standing,
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    let standings = Standing::all(linter.cluster);
    for policy in linter.policies() {
        for rule in policy.rules() {
            for (at, peer) in rule.rule.peers.iter().enumerate() {
                let Peer::IpBlock(block) = peer else { continue };
                of_block(linter, (policy, rule, at), block, &standings, found);
            }
        }
    }
}

fn of_block(
    linter: &Linter<'_>,
    (policy, rule, item): (Written<'_>, WrittenRule<'_>, usize),
    block: &IpBlock,
    standings: &BTreeMap<IpAddr, Standing<'_>>,
    found: &mut Vec<Finding>,
) {
    if block.except.is_empty() {
        return;
    }
    let nested = nested(block);
    let others = others(linter, policy, rule);
    for (at, except) in block.except.iter().enumerate() {
        if nested.iter().any(|(inner, _)| *inner == at) {
            continue;
        }
        let by = |other: &Other<'_>| admits((policy, rule, item), *other, except);
        let Some(by) = others.iter().find_map(by) else {
            continue;
        };
        // who excepts the metadata of the cloud should know that it was for nothing
        let is_one = Cidr::of(except.address()) == Some(*except);
        let standing = standings.get(&except.address()).filter(|_| is_one);
        let what = standing.map_or_else(String::new, |one| format!(" ({})", one.name()));
        let message =
            format!("`{except}`{what} is excepted here, but {by} admits it on the same ports");
        let finding = linter.finding(Code::ExceptDefeated, &excepts(rule, item).index(at), message);
        found.extend(finding.map(|finding| {
            finding.help("an exception only narrows its own block: narrow what admits these addresses as well")
        }));
    }
}

type Other<'a> = (Written<'a>, WrittenRule<'a>);

/// The rules that surely take effect on the same pods, on the same ports.
fn others<'a>(linter: &Linter<'a>, policy: Written<'a>, rule: WrittenRule<'a>) -> Vec<Other<'a>> {
    let on_same_pods = |other: &Written<'_>| {
        other.namespace() == policy.namespace()
            && contained::selector(&policy.policy.pod_selector, &other.policy.pod_selector)
    };
    linter
        .policies()
        .filter(on_same_pods)
        .flat_map(|other| other.rules_of(rule.direction).map(move |its| (other, its)))
        .filter(|(_, its)| contained::ports(&rule.rule.ports, &its.rule.ports))
        .collect()
}

/// What of a rule admits all of these addresses, in words.
fn admits(
    (policy, rule, own): (Written<'_>, WrittenRule<'_>, usize),
    (other, its): Other<'_>,
    addresses: &Cidr,
) -> Option<String> {
    let peers = &its.rule.peers;
    let is_same_policy = other.id == policy.id;
    let is_same_rule = is_same_policy && its.at == rule.at && its.direction == rule.direction;
    // a block does not admit what it excepts, and going through thousands of exceptions to find that out takes seconds
    let mut items = peers.iter().enumerate().filter(|(at, _)| !is_same_rule || *at != own);
    let item = items.find(|(_, peer)| contained::block(addresses, peer)).map(|(at, _)| at);
    if item.is_none() && !peers.is_empty() {
        return None;
    }
    Some(match item {
        Some(item) if is_same_rule => {
            format!("`{}[{item}]` beside it", rule.direction.peers_field())
        }
        _ if is_same_policy => format!("`{}`", its.name()),
        _ => format!("`{}` of policy `{}`", its.name(), other.policy.meta.name.name),
    })
}
