//! `pod-selector-stays-home`: a `podSelector` alone that finds nobody in the policy's namespace, but
//! would in others.

use std::collections::BTreeSet;

use super::{
    Finding,
    known::{asks, count, pods_in_words},
    linter::{Linter, Written},
};
use crate::{
    diagnostic::Code, field::Origin, meta::NAMESPACE_NAME_LABEL, policy::Peer,
    selector::LabelSelector,
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        for rule in policy.rules() {
            for (at, peer) in rule.rule.peers.iter().enumerate() {
                found.extend(of_peer(linter, policy, peer, &rule.peers().index(at)));
            }
        }
    }
}

/// The selector of a peer that finds nobody at home, and the same one for every namespace.
pub(super) fn homesick<'p>(
    linter: &Linter<'_>,
    policy: Written<'_>,
    peer: &'p Peer,
) -> Option<(&'p LabelSelector, Peer)> {
    let Peer::Pods { namespaces: None, pods: Some(pods) } = peer else { return None };
    let is_known = asks(pods) && linter.knows_peer(policy, peer);
    if !is_known || !linter.finds(policy, peer).is_empty() {
        return None;
    }
    let anywhere = Some(LabelSelector::default());
    let everywhere = Peer::Pods { namespaces: anywhere, pods: Some(pods.clone()) };
    let is_somewhere = !linter.finds(policy, &everywhere).is_empty();
    is_somewhere.then_some((pods, everywhere))
}

fn of_peer(
    linter: &Linter<'_>,
    policy: Written<'_>,
    peer: &Peer,
    item: &Origin,
) -> Option<Finding> {
    let (pods, everywhere) = homesick(linter, policy, peer)?;
    let found = linter.finds(policy, &everywhere);
    let namespaces: BTreeSet<&str> =
        found.iter().map(|class| class.representative.namespace()).collect();
    let (own, many) = (policy.namespace(), pods_in_words(count(&found)));
    let only = if namespaces.len() == 1 { namespaces.first() } else { None };
    let place = only.map_or_else(|| "other namespaces".to_owned(), |name| format!("`{name}`"));
    let message = format!(
        "`podSelector` alone looks no further than `{own}`, where no pod has `{pods}`: it misses {many} of {place}"
    );
    let finding = linter.finding(Code::PodSelectorStaysHome, item, message)?;
    let Some(name) = only else {
        return Some(finding.help(
            "name their namespaces too: `namespaceSelector` beside `podSelector`, in the same item",
        ));
    };
    let block = format!("namespaceSelector:\n  matchLabels:\n    {NAMESPACE_NAME_LABEL}: {name}");
    let line = format!("namespaceSelector: {{matchLabels: {{{NAMESPACE_NAME_LABEL}: {name}}}}}");
    let rewriter = linter.rewriter;
    let rewrite = rewriter.add_entry(item, &block).or_else(|| rewriter.add_entry(item, &line));
    Some(
        finding
            .help("name their namespace too: both selectors in one item")
            .fix(&format!("Look in `{name}`"), rewrite),
    )
}
