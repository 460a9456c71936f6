//! `pod-selector-stays-home`: a `podSelector` alone that finds nobody in the policy's namespace, but
//! would in others: because pods there are known, or because the labels are those of the cluster's DNS.

use std::collections::BTreeSet;

use super::{
    Finding,
    known::{asks, count, pods_in_words},
    linter::{Linter, Written},
};
use crate::{
    diagnostic::Code, field::Origin, meta::NAMESPACE_NAME_LABEL, policy::Peer, scalar::written,
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

/// Pods that run in a namespace of their own wherever they run, by a label that they alone have.
const SETTLED: &[(&str, &str, &str)] = &[
    ("k8s-app", "kube-dns", "kube-system"),
    ("dns.operator.openshift.io/daemonset-dns", "default", "openshift-dns"),
];

/// The namespace of the cluster's DNS, where a peer looks for its pods at home and no pod there is
/// known to have their label.
pub(super) fn dns_elsewhere(
    linter: &Linter<'_>,
    policy: Written<'_>,
    peer: &Peer,
) -> Option<&'static str> {
    let Peer::Pods { namespaces: None, pods: Some(pods) } = peer else { return None };
    let is_asked = |(key, value): (&str, &str)| {
        pods.requirements.iter().any(|one| one.key == key && one.values == [value])
    };
    let found = SETTLED.iter().find(|(key, value, _)| is_asked((key, value)));
    let (.., namespace) = found.filter(|(.., namespace)| *namespace != policy.namespace())?;
    linter.finds(policy, peer).is_empty().then_some(*namespace)
}

fn of_peer(
    linter: &Linter<'_>,
    policy: Written<'_>,
    peer: &Peer,
    item: &Origin,
) -> Option<Finding> {
    let Some((pods, everywhere)) = homesick(linter, policy, peer) else {
        let name = dns_elsewhere(linter, policy, peer)?;
        let own = policy.namespace();
        let message = format!(
            "`podSelector` alone looks no further than `{own}`, and the cluster's DNS runs in `{name}`: this item finds nobody"
        );
        let finding = linter.finding(Code::PodSelectorStaysHome, item, message)?;
        return Some(look_in(linter, finding, item, name));
    };
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
    Some(look_in(linter, finding, item, name))
}

/// The fix: the namespace beside the pods' labels.
fn look_in(linter: &Linter<'_>, finding: Finding, item: &Origin, name: &str) -> Finding {
    let value = written(name);
    let block = format!("namespaceSelector:\n  matchLabels:\n    {NAMESPACE_NAME_LABEL}: {value}");
    let line = format!("namespaceSelector: {{matchLabels: {{{NAMESPACE_NAME_LABEL}: {value}}}}}");
    let rewriter = linter.rewriter;
    let rewrite = rewriter.add_entry(item, &block).or_else(|| rewriter.add_entry(item, &line));
    finding
        .help("name their namespace too: both selectors in one item")
        .fix(&format!("Look in `{name}`"), rewrite)
}
