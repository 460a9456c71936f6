//! `selectors-ored`: a `podSelector` and a `namespaceSelector` side by side as two items, which a dash
//! makes of one.

use super::{
    Finding,
    known::{count, each_once, pods_in_words},
    linter::{Linter, Written, WrittenRule},
};
use crate::{diagnostic::Code, policy::Peer, selector::LabelSelector};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        for rule in policy.rules() {
            let pairs = rule.rule.peers.windows(2).enumerate();
            found.extend(pairs.filter_map(|(at, pair)| of_pair(linter, policy, rule, at, pair)));
        }
    }
}

fn of_pair(
    linter: &Linter<'_>,
    policy: Written<'_>,
    rule: WrittenRule<'_>,
    at: usize,
    pair: &[Peer],
) -> Option<Finding> {
    let [first, second] = pair else { return None };
    let (namespaces, pods) = lone_selectors(first, second)?;
    // with an empty one of the two the author can hardly have meant both at once
    if namespaces.is_empty() || pods.is_empty() {
        return None;
    }
    let both = Peer::Pods { namespaces: Some(namespaces.clone()), pods: Some(pods.clone()) };
    let narrow = count(&linter.finds(policy, &both));
    let mut either = linter.finds(policy, first);
    either.extend(linter.finds(policy, second));
    each_once(&mut either);
    let either = count(&either);
    if linter.knows_around(policy) && narrow == 0 && either > 0 {
        // no pod meets both: OR is what was meant
        return None;
    }
    let counts = if linter.knows_around(policy) {
        format!(": {} here; as one item (AND) only {narrow}", pods_in_words(either))
    } else {
        String::new()
    };
    let own = policy.namespace();
    let message = format!(
        "two items mean OR: pods with `{pods}` of `{own}`, and every pod of namespaces with `{namespaces}`{counts}"
    );
    let item = rule.peers().index(at + 1);
    let finding = linter
        .finding(Code::SelectorsOred, &item, message)?
        .help("without the second dash both selectors are one item, and a pod must meet both");
    Some(finding.fix("Make it one item (AND)", linter.rewriter.join(&item)))
}

/// One `podSelector` alone and one `namespaceSelector` alone, in whichever order.
fn lone_selectors<'p>(
    first: &'p Peer,
    second: &'p Peer,
) -> Option<(&'p LabelSelector, &'p LabelSelector)> {
    match (first, second) {
        (
            Peer::Pods { namespaces: None, pods: Some(pods) },
            Peer::Pods { namespaces: Some(namespaces), pods: None },
        )
        | (
            Peer::Pods { namespaces: Some(namespaces), pods: None },
            Peer::Pods { namespaces: None, pods: Some(pods) },
        ) => Some((namespaces, pods)),
        _ => None,
    }
}
