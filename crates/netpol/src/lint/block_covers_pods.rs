//! `block-covers-pods`: an `ipBlock` around the addresses of pods; whether it matches them nobody promises.

use super::{
    Finding,
    ipv4_only::whole,
    linter::{Linter, Written, WrittenRule},
};
use crate::{
    diagnostic::Code,
    evaluate::{End, peer_trace},
    objects::Pod,
    policy::{IpBlock, Peer},
    verdict::{BlockOutcome, PeerTrace},
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    let pods: Vec<&Pod> = linter
        .pods()
        .map(|(_, pod)| pod)
        .filter(|pod| pod.has_declared_address && !pod.host_network)
        .collect();
    for policy in linter.policies().filter(|_| !pods.is_empty()) {
        for rule in policy.rules() {
            for (at, peer) in rule.rule.peers.iter().enumerate() {
                let Peer::IpBlock(block) = peer else { continue };
                // that one says so itself
                if whole(peer) == Some((block.cidr.address(), false)) {
                    continue;
                }
                let inside = |pod: &&&Pod| holds(linter, policy, peer, pod);
                let inside: Vec<&Pod> = pods.iter().filter(inside).copied().collect();
                found.extend(of_block(linter, rule, at, block, &inside));
            }
        }
    }
}

fn holds(linter: &Linter<'_>, policy: Written<'_>, peer: &Peer, pod: &Pod) -> bool {
    matches!(
        peer_trace(linter.cluster, policy.namespace(), peer, End::Pod(pod)),
        PeerTrace::Block { outcome: BlockOutcome::Inside, is_pod_address: true }
    )
}

fn of_block(
    linter: &Linter<'_>,
    rule: WrittenRule<'_>,
    at: usize,
    block: &IpBlock,
    inside: &[&Pod],
) -> Option<Finding> {
    if inside.is_empty() {
        return None;
    }
    let (cidr, pods) = (block.cidr, Linter::names(inside));
    let message = format!(
        "`{cidr}` holds the addresses of pods ({pods}): whether a block matches pods the network plugin decides"
    );
    let origin = rule.peers().index(at).key("ipBlock");
    let help = "select pods by their labels, which stay when addresses change";
    Some(linter.finding(Code::BlockCoversPods, &origin, message)?.help(help))
}
