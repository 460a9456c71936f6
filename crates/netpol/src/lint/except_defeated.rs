//! `except-defeated`: an exception whose addresses something else admits all the same.

use std::{collections::BTreeMap, net::IpAddr};

use super::{
    Finding, contained,
    except_removes_nothing::{excepts, nested},
    linter::{Linter, Written, WrittenRule},
};
use crate::{
    addresses::{Cidr, IpSet},
    cluster::PolicyId,
    diagnostic::Code,
    policy::{Direction, IpBlock, Peer},
    standing::Standing,
    steps,
};

/// Beyond so many comparisons of policies, rules, items and exceptions nothing is looked for any more.
const MAX_COMPARISONS: usize = 5_000_000;

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    let standings = Standing::all(linter.cluster);
    let items = BTreeMap::new();
    let mut search = Search { linter, standings, items, left: MAX_COMPARISONS };
    for policy in linter.policies() {
        for rule in policy.rules() {
            if !search.of_rule(policy, rule, found) {
                found.extend(linter.too_much(Code::ExceptDefeated, &rule.peers()));
                return;
            }
        }
    }
}

type Other<'a> = (Written<'a>, WrittenRule<'a>);

struct Search<'l, 'a> {
    linter: &'l Linter<'a>,
    standings: BTreeMap<IpAddr, Standing<'l>>,
    /// What each item of a rule admits, where it is a block; made once, for blocks may have thousands of exceptions.
    items: BTreeMap<(PolicyId, Direction, usize), Vec<Option<IpSet>>>,
    left: usize,
}

impl<'a> Search<'_, 'a> {
    /// Whether there was not too much to compare.
    fn of_rule(
        &mut self,
        policy: Written<'a>,
        rule: WrittenRule<'a>,
        found: &mut Vec<Finding>,
    ) -> bool {
        let mut others = None;
        for (at, peer) in rule.rule.peers.iter().enumerate() {
            let Peer::IpBlock(block) = peer else { continue };
            if block.except.is_empty() {
                continue;
            }
            let others = others.get_or_insert_with(|| self.others(policy, rule));
            self.of_block((policy, rule, at), block, others, found);
            if self.left == 0 {
                return false;
            }
        }
        true
    }

    fn of_block(
        &mut self,
        (policy, rule, item): (Written<'a>, WrittenRule<'a>, usize),
        block: &IpBlock,
        others: &[Other<'a>],
        found: &mut Vec<Finding>,
    ) {
        let nested = nested(block);
        for (at, except) in block.except.iter().enumerate() {
            if nested.binary_search_by_key(&at, |(inner, _)| *inner).is_ok() {
                continue;
            }
            let by = |other: &Other<'a>| self.admits((policy, rule, item), *other, except);
            let Some(by) = others.iter().find_map(by) else {
                continue;
            };
            // who excepts the metadata of the cloud should know that it was for nothing
            let is_one = Cidr::of(except.address()) == Some(*except);
            let standing = self.standings.get(&except.address()).filter(|_| is_one);
            let what = standing.map_or_else(String::new, |one| format!(" ({})", one.name()));
            let message =
                format!("`{except}`{what} is excepted here, but {by} admits it on the same ports");
            let place = excepts(rule, item).index(at);
            let finding = self.linter.finding(Code::ExceptDefeated, &place, message);
            found.extend(finding.map(|finding| {
                finding.help("an exception only narrows its own block: narrow what admits these addresses as well")
            }));
        }
    }

    /// The rules that surely take effect on the same pods, on the same ports.
    fn others(&mut self, policy: Written<'a>, rule: WrittenRule<'a>) -> Vec<Other<'a>> {
        let mut seen = 0;
        let on_same_pods = |other: &Written<'_>| {
            seen += 1;
            other.namespace() == policy.namespace()
                && contained::selector(&policy.policy.pod_selector, &other.policy.pod_selector)
        };
        let mut all = Vec::new();
        for other in self.linter.policies().filter(on_same_pods) {
            all.extend(other.rules_of(rule.direction).map(|its| (other, its)));
        }
        self.count(seen + all.len());
        all.retain(|(_, its)| contained::ports(&rule.rule.ports, &its.rule.ports));
        all
    }

    fn count(&mut self, comparisons: usize) {
        steps::take(comparisons);
        self.left = self.left.saturating_sub(comparisons);
    }

    /// What of a rule admits all of these addresses, in words.
    fn admits(
        &mut self,
        (policy, rule, own): (Written<'a>, WrittenRule<'a>, usize),
        (other, its): Other<'a>,
        addresses: &Cidr,
    ) -> Option<String> {
        if self.left == 0 {
            return None;
        }
        let peers = &its.rule.peers;
        self.count(peers.len().max(1));
        let is_same_policy = other.id == policy.id;
        let is_same_rule = is_same_policy && its.at == rule.at && its.direction == rule.direction;
        let items = self.items.entry((other.id, its.direction, its.at));
        let items = items.or_insert_with(|| peers.iter().map(block_of).collect());
        // a block does not admit what it excepts
        let mut others = items.iter().enumerate().filter(|(at, _)| !is_same_rule || *at != own);
        let admits =
            |set: &Option<IpSet>| set.as_ref().is_some_and(|set| set.covers_block(addresses));
        let item = others.find(|(_, item)| admits(item)).map(|(at, _)| at);
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
}

fn block_of(peer: &Peer) -> Option<IpSet> {
    match peer {
        Peer::IpBlock(block) => Some(block.addresses()),
        Peer::Pods { .. } => None,
    }
}

#[cfg(test)]
mod tests;
