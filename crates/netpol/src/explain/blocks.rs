//! Addresses in words: as the policy writes them where that fits, else as few blocks as possible.

use super::{MOST_NAMES, few};
use crate::{
    addresses::{Cidr, IpSet},
    cluster::Cluster,
    policy::{Direction, IpBlock, Peer},
};

/// A cell that quotes more written blocks than this would tell nobody anything.
const MOST_BLOCKS: usize = 50;

/// The `ipBlock`s that the policies of a namespace name; none where there are too many to be repeated.
fn written_blocks(cluster: &Cluster, namespace: &str, direction: Direction) -> Vec<IpBlock> {
    let policies = cluster.policies_in(namespace);
    let rules = policies.flat_map(|(_, policy)| policy.rules(direction));
    let mut found = Vec::new();
    for peer in rules.flat_map(|rule| &rule.peers) {
        if found.len() > MOST_BLOCKS {
            return Vec::new();
        }
        if let Peer::IpBlock(block) = peer
            && !found.contains(block)
        {
            found.push(block.clone());
        }
    }
    found
}

/// A set of addresses in the words of the policy where they fit, else as the fewest CIDRs. What
/// is a pod's own is no outside address, so it may be counted in or not.
pub(super) fn addresses(
    cluster: &Cluster,
    set: &IpSet,
    namespace: &str,
    direction: Direction,
) -> String {
    let inside = cluster.pod_addresses();
    let family = |zeros: &str| {
        zeros
            .parse()
            .ok()
            .and_then(|zero| Cidr::new(zero, 0))
            .map_or_else(IpSet::empty, IpSet::from)
    };
    let is = |other: &IpSet| other.difference(inside) == *set;
    for (zeros, name) in [("0.0.0.0", "every IPv4 address"), ("::", "every IPv6 address")] {
        if is(&family(zeros)) {
            return name.to_owned();
        }
    }
    let written = written_blocks(cluster, namespace, direction);
    as_written(set, &written, inside).unwrap_or_else(|| as_blocks(set, inside))
}

/// In the blocks that are written, if some of them together are the set.
fn as_written(set: &IpSet, written: &[IpBlock], inside: &IpSet) -> Option<String> {
    // blocks with exceptions last, so that "except a and b" cannot be misread
    let (plain, holed): (Vec<&IpBlock>, Vec<&IpBlock>) =
        written.iter().partition(|block| block.except.is_empty());
    let fits = |(_, addresses): &(&IpBlock, IpSet)| {
        let addresses = addresses.difference(inside);
        !addresses.is_empty() && set.covers(&addresses)
    };
    let blocks = plain.into_iter().chain(holed).map(|block| (block, block.addresses()));
    let fitting: Vec<(&IpBlock, IpSet)> = blocks.filter(fits).collect();
    // a block inside another says nothing new
    let is_needed = |(at, (_, addresses)): &(usize, &(&IpBlock, IpSet))| {
        let covers = |(other, (_, more)): (usize, &(&IpBlock, IpSet))| {
            other != *at && more.covers(addresses) && (more != addresses || other < *at)
        };
        !fitting.iter().enumerate().any(covers)
    };
    let kept = fitting.iter().enumerate().filter(is_needed).map(|(_, block)| block);
    let union = IpSet::union_of(kept.clone().map(|(_, addresses)| addresses));
    if union.difference(inside) != *set {
        return None;
    }
    let names: Vec<String> = kept.map(|(block, _)| block.to_string()).collect();
    Some(few(&names, MOST_NAMES))
}

/// As the fewest CIDRs, or as one around them with exceptions where that is shorter.
fn as_blocks(set: &IpSet, inside: &IpSet) -> String {
    let blocks: Vec<String> = set.cidrs().iter().map(ToString::to_string).collect();
    let around = |cidr| {
        let except = IpSet::from(cidr).difference(set).difference(inside).cidrs();
        IpBlock { cidr, except }
    };
    // "10.0.0.0/8 except 10.1.0.0/16" rather than eight blocks
    let around: Vec<IpBlock> = set.hulls().map(around).collect();
    if around.iter().map(|block| 1 + block.except.len()).sum::<usize>() >= blocks.len() {
        return few(&blocks, MOST_NAMES);
    }
    let words = |block: &IpBlock| match block.except.len() {
        count if count > MOST_NAMES => format!("{} except {count} blocks", block.cidr),
        _ => block.to_string(),
    };
    around.iter().map(words).collect::<Vec<_>>().join("; ")
}
