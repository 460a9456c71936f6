//! `egress-without-dns`: pods isolated for egress that cannot ask DNS. A warning where rules let them
//! call others by name, a note where they call addresses, or nobody at all.

use std::collections::BTreeSet;

use fixedbitset::FixedBitSet;

use super::{
    Finding, contained,
    dns::leads_to_dns,
    dns_hatch,
    ipv4_only::whole,
    isolates_without_rules::shuts_in_passing,
    linter::{Linter, Written},
};
use crate::{
    diagnostic::Code,
    objects::Pod,
    policy::{Direction, NetworkPolicy, Peer, Rule},
    selector::LabelSelector,
};

/// Whom a policy that leads to no DNS lets its pods call. The gravest is spoken of first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Calls {
    /// Pods by their labels: callers know names.
    Pods,
    /// Whoever listens on a port, or everything outside: addresses that nobody wrote down.
    Anyone,
    /// Nobody.
    Nobody,
}

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    let isolating = || linter.policies().filter(|one| one.policy.affects(Direction::Egress));
    let (ways, others): (Vec<Written<'_>>, Vec<Written<'_>>) =
        isolating().partition(|one| has_rule(one.policy, |rule| leads_to_dns(one.policy, rule)));
    let mut told = Told::of(linter, &ways);
    for calls in [Calls::Pods, Calls::Anyone, Calls::Nobody] {
        for policy in others.iter().filter(|one| of(one.policy) == Some(calls)) {
            // that one says so itself
            if calls == Calls::Nobody && shuts_in_passing(linter, *policy, Direction::Egress) {
                continue;
            }
            let who = told.lost(linter, *policy, calls);
            found.extend(who.and_then(|who| told.finding(linter, *policy, calls, &who)));
        }
    }
}

/// `None` for a policy that lists the addresses to call: who wrote them needs no names.
fn of(policy: &NetworkPolicy) -> Option<Calls> {
    if policy.rules(Direction::Egress).is_empty() {
        Some(Calls::Nobody)
    } else if has_rule(policy, calls_pods) {
        Some(Calls::Pods)
    } else {
        has_rule(policy, calls_anyone).then_some(Calls::Anyone)
    }
}

fn has_rule(policy: &NetworkPolicy, is_it: impl Fn(&Rule) -> bool) -> bool {
    policy.rules(Direction::Egress).iter().any(is_it)
}

/// Whether a rule admits pods by their labels: they are called by name.
fn calls_pods(rule: &Rule) -> bool {
    rule.peers.iter().any(|peer| matches!(peer, Peer::Pods { .. }))
}

/// Whether a rule leads anywhere, or to every address.
fn calls_anyone(rule: &Rule) -> bool {
    rule.peers.is_empty() || rule.peers.iter().any(|peer| whole(peer).is_some())
}

/// Who resolves names, and who has been spoken of.
struct Told<'a, 'w> {
    ways: &'w [Written<'a>],
    /// Where a policy leads to DNS, whatever pods it selects.
    namespaces: BTreeSet<&'a str>,
    /// Pods, by the first of their class.
    pods: FixedBitSet,
    /// Where no pods are known.
    selectors: BTreeSet<(&'a str, String)>,
    /// Names of policies, which a new one must not bear.
    names: BTreeSet<(String, String)>,
}

impl<'a, 'w> Told<'a, 'w> {
    fn of(linter: &Linter<'a>, ways: &'w [Written<'a>]) -> Self {
        let mut pods = FixedBitSet::with_capacity(linter.cluster.pods().len());
        for way in ways {
            let firsts = linter.subjects(*way).into_iter().filter_map(|class| class.pods.first());
            firsts.for_each(|id| pods.insert(id.0));
        }
        let names = linter.cluster.policies().map(|(_, policy)| {
            let name = &policy.meta.name;
            (name.namespace.clone(), name.name.clone())
        });
        let namespaces = ways.iter().map(|way| way.namespace()).collect();
        let selectors = BTreeSet::new();
        Self { ways, namespaces, pods, selectors, names: names.collect() }
    }

    /// The pods of a policy that cannot ask DNS and were not spoken of yet, for a sentence.
    fn lost(&mut self, linter: &Linter<'a>, policy: Written<'a>, calls: Calls) -> Option<String> {
        let subjects = linter.subjects(policy);
        if !subjects.is_empty() {
            let lost: Vec<&Pod> = subjects
                .iter()
                .filter(|class| class.pods.first().is_some_and(|one| !self.pods.put(one.0)))
                .map(|class| class.representative)
                .collect();
            return (!lost.is_empty()).then(|| Linter::names(&lost));
        }
        let (own, selector) = (policy.namespace(), &policy.policy.pod_selector);
        // a denial beside policies that know of DNS: theirs may be all the pods there are
        let is_led = match calls {
            Calls::Nobody => self.namespaces.contains(own),
            Calls::Pods | Calls::Anyone => self.ways.iter().any(|way| covers(*way, policy)),
        };
        let is_new = !is_led && self.selectors.insert((own, selector.to_string()));
        is_new.then(|| by_selector(selector))
    }

    fn finding(
        &mut self,
        linter: &Linter<'a>,
        policy: Written<'a>,
        calls: Calls,
        who: &str,
    ) -> Option<Finding> {
        let own = policy.namespace();
        let message = match calls {
            Calls::Nobody => {
                format!("{who} of `{own}` may call nobody, not even DNS: names do not resolve")
            }
            Calls::Pods | Calls::Anyone => format!(
                "{who} of `{own}` cannot resolve names: isolated for egress, and nothing admits UDP 53"
            ),
        };
        let (list, types) = (policy.field("spec.egress"), policy.field("spec.policyTypes"));
        let at = if linter.node(&list).is_some() { list } else { types };
        let finding = linter.finding(Code::EgressWithoutDns, &at, message)?;
        Some(match calls {
            Calls::Pods => finding.help(WHERE).fix("Add the DNS rule", dns_hatch::rule(linter, policy)),
            Calls::Anyone => finding
                .noted()
                .help(format!("{WHERE}; where only addresses are called, leave it"))
                .fix("Add the DNS rule", dns_hatch::rule(linter, policy)),
            Calls::Nobody => finding
                .noted()
                .help("admit kube-dns in a policy beside it, for policies add up; where nothing is called by name, leave it")
                .fix("Add a policy for DNS", dns_hatch::policy(linter, policy, &mut self.names)),
        })
    }
}

const WHERE: &str =
    "admit kube-dns; a NodeLocal DNSCache (169.254.20.10) or a resolver outside needs an `ipBlock`";

/// Whether a policy selects all that another one does, whatever pods there are.
fn covers(one: Written<'_>, other: Written<'_>) -> bool {
    one.namespace() == other.namespace()
        && contained::selector(&other.policy.pod_selector, &one.policy.pod_selector)
}

fn by_selector(selector: &LabelSelector) -> String {
    if selector.is_empty() { "every pod".to_owned() } else { format!("pods with `{selector}`") }
}
