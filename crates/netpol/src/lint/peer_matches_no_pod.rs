//! `peer-matches-no-pod`: an entry of `from` or `to` that finds nobody.

use super::{
    Finding,
    around::instead,
    linter::{Linter, Written},
    namespace_label_missing::asks_for_missing,
    peer_on_node_network::on_node_by_labels,
    pod_selector_stays_home::{dns_elsewhere, homesick},
    selectors_anded::either,
    selects_no_pod::of_starter,
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

fn of_peer(
    linter: &Linter<'_>,
    policy: Written<'_>,
    peer: &Peer,
    item: &Origin,
) -> Option<Finding> {
    let Peer::Pods { namespaces, pods: Some(pods) } = peer else { return None };
    let around = linter.namespaces_of(policy, peer);
    let is_written = !around.is_empty() && around.iter().all(|name| linter.is_written(name));
    if !is_written || !linter.finds(policy, peer).is_empty() {
        return None;
    }
    let is_said = namespaces.as_ref().is_some_and(|one| asks_for_missing(linter, one))
        || homesick(linter, policy, peer).is_some()
        || dns_elsewhere(linter, policy, peer).is_some()
        || on_node_by_labels(linter, policy, peer).is_some()
        || either(linter, policy, peer).is_some();
    if is_said {
        return None;
    }
    let origin = item.key("podSelector");
    if let Some((place, starter)) =
        around.iter().find_map(|name| Some((name, linter.starter(name)?)))
    {
        return of_starter(linter, &origin, place, &pods.to_string(), starter);
    }
    let place = match namespaces {
        None => format!("of `{}`", policy.namespace()),
        Some(namespaces) => format!("of namespaces with `{namespaces}`"),
    };
    let is_assumed = linter.cluster.running_pods().any(|(_, pod)| {
        pod.is_assumed()
            && pods.may_match(pod.labels())
            && around.iter().any(|name| *name == pod.namespace())
    });
    let message = if is_assumed {
        format!("no pod {place} has `{pods}`: until one comes, this item admits nobody")
    } else {
        format!("no pod {place} has `{pods}`: this item admits nobody")
    };
    let all = Peer::Pods { namespaces: namespaces.clone(), pods: None };
    let help = instead(pods, &linter.finds(policy, &all));
    let finding = linter.finding(Code::PeerMatchesNoPod, &origin, message)?.help(help);
    // whom the table assumes may well come, and one that was evidently meant is not assumed
    Some(if is_assumed { finding.noted() } else { finding })
}
