//! `selectors-anded`: two selectors in one item that no pod meets both, though either finds some.

use super::{
    Finding,
    known::{asks, count, pods_in_words},
    linter::{Linter, Written},
};
use crate::{diagnostic::Code, field::Origin, policy::Peer};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        for rule in policy.rules() {
            for (at, peer) in rule.rule.peers.iter().enumerate() {
                found.extend(of_peer(linter, policy, peer, &rule.peers().index(at)));
            }
        }
    }
}

/// How many pods two selectors find as two items, where as one they find none, though each finds some.
pub(super) fn either(linter: &Linter<'_>, policy: Written<'_>, peer: &Peer) -> Option<usize> {
    let Peer::Pods { namespaces: Some(namespaces), pods: Some(pods) } = peer else { return None };
    let is_known = asks(pods) && linter.knows_peer(policy, peer) && linter.knows_around(policy);
    if !is_known || !linter.finds(policy, peer).is_empty() {
        return None;
    }
    let home = Peer::Pods { namespaces: None, pods: Some(pods.clone()) };
    let there = Peer::Pods { namespaces: Some(namespaces.clone()), pods: None };
    // nobody is in both: that would be a pod that meets both selectors
    let at_home = count(&linter.finds(policy, &home));
    let beyond = count(&linter.finds(policy, &there));
    (at_home > 0 && beyond > 0).then_some(at_home + beyond)
}

fn of_peer(
    linter: &Linter<'_>,
    policy: Written<'_>,
    peer: &Peer,
    item: &Origin,
) -> Option<Finding> {
    let Peer::Pods { namespaces: Some(namespaces), pods: Some(pods) } = peer else { return None };
    let either = pods_in_words(either(linter, policy, peer)?);
    let message = format!(
        "one item means AND, and no pod with `{pods}` is in a namespace with `{namespaces}`: none here, as two items (OR) {either}"
    );
    let finding = linter.finding(Code::SelectorsAnded, item, message)?.help(format!(
        "with a dash before the second selector: pods with `{pods}` of `{}`, and every pod of those namespaces",
        policy.namespace()
    ));
    // whichever stands second
    let split = |key| linter.rewriter.split(item, key);
    let rewrite = split("namespaceSelector").or_else(|| split("podSelector"));
    Some(finding.fix("Make it two items (OR)", rewrite))
}
