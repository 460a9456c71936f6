//! `deny-by-name`: a policy that is called a denial and admits somebody.

use super::{
    Finding,
    linter::{Linter, Written, WrittenRule},
};
use crate::{
    diagnostic::Code,
    policy::{Direction, Peer},
    selector::LabelSelector,
};

/// Words that say who is to be kept out.
const DENIES: &[&str] = &[
    "deny", "denied", "denies", "block", "blocked", "drop", "forbid", "prohibit", "reject",
    "disallow",
];
/// Words that say something shuts, as any policy does that admits only some.
const SHUTS: &[&str] = &["isolate", "isolated", "isolation", "lockdown"];
/// Words after a denial that say no more than that something shuts.
const IN_GENERAL: &[&str] = &["default", "egress", "external", "ingress", "internet", "traffic"];
/// Words after which the rules are the other half of the sentence.
const ADMITS: &[&str] = &[
    "allow",
    "allows",
    "allowed",
    "but",
    "except",
    "excluding",
    "from",
    "only",
    "open",
    "other",
    "others",
    "outside",
    "permit",
    "to",
    "unless",
    "with",
    "without",
];

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        found.extend(of_policy(linter, policy));
    }
}

fn of_policy(linter: &Linter<'_>, policy: Written<'_>) -> Option<Finding> {
    let name = policy.policy.meta.name.name.as_str();
    let words = || name.split(['-', '.']);
    if words().any(|word| ADMITS.contains(&word)) {
        return None;
    }
    let denies = words().find(|word| DENIES.contains(word));
    let is_general = denies.is_none() || words().any(|word| IN_GENERAL.contains(&word));
    let word = denies.or_else(|| words().find(|word| SHUTS.contains(word)))?;
    let surprises = |rule: &WrittenRule<'_>| {
        let admits_all = rule.rule.peers.is_empty() && rule.rule.ports.is_empty();
        admits_all || !is_general && !is_side_door(rule)
    };
    let rule = policy.rules().find(surprises)?;
    let whom = match (rule.rule.peers.len(), rule.direction) {
        (0, Direction::Ingress) => "everyone in",
        (0, Direction::Egress) => "every call out",
        (_, Direction::Ingress) => "these callers in",
        (_, Direction::Egress) => "these calls out",
    };
    let message = format!(
        "the policy is called `{name}`, but this rule lets {whom}: a policy cannot {word}, only admit"
    );
    let list = rule.direction;
    let help = format!(
        "for a denial write no `{list}` rule; to keep some out, admit the others; or find the policy a name that says whom it admits"
    );
    Some(linter.finding(Code::DenyByName, &rule.origin(), message)?.help(help))
}

/// What a denial usually leaves open: the neighbours, DNS, and a block with a hole, where the hole is
/// what the name speaks of.
fn is_side_door(rule: &WrittenRule<'_>) -> bool {
    let is_usual = |peer: &Peer| match peer {
        Peer::Pods { namespaces: None, pods } => pods.as_ref().is_none_or(LabelSelector::is_empty),
        Peer::Pods { .. } => false,
        Peer::IpBlock(block) => !block.except.is_empty(),
    };
    let peers = &rule.rule.peers;
    rule.is_dns() || !peers.is_empty() && peers.iter().all(is_usual)
}
