//! Whether expectations hold. Each asks the policies of both ends, for a Service those of each pod behind it, so a small text
//! may ask a great deal: beyond a bound the rest is not checked, and that is said.

use std::{collections::BTreeMap, ops::ControlFlow};

use super::{Checked, Expectation, document_at, unreadable};
use crate::{
    cluster::Cluster,
    connection::{Connection, Entity},
    diagnostic::{Code, Diagnostic, MAX_DIAGNOSTICS},
    evaluate::evaluate,
    manifest::Manifest,
    objects::Pod,
    plugin::OpenQuestion,
    policy::{Direction, NetworkPolicy, Peer, Rule},
    resolve::{Resolver, Unresolved, did_you_mean},
    selector::LabelSelector,
    verdict::{DirectionVerdict, Verdict},
};

/// Unknown pods for which the one that was meant is looked for; the search is slow, and a hundred
/// answers are enough.
const MOST_SUGGESTIONS: usize = 100;
/// Selectors, rules and their entries that all expectations of a cluster are held against. Ten thousand of them beside two
/// hundred policies need a tenth of that.
const MOST_PARTS: usize = 20_000_000;

/// Checks expectations against all policies of a cluster together.
pub fn check(
    cluster: &Cluster,
    manifest: &Manifest,
    expectations: Vec<Expectation>,
) -> (Vec<Checked>, Vec<Diagnostic>) {
    let (mut checked, mut diagnostics) = (Vec::new(), Vec::new());
    let mut checking = Checking::new(cluster);
    let count = expectations.len();
    for (at, expectation) in expectations.into_iter().enumerate() {
        match checking.outcome(&expectation) {
            Ok(None) => {
                diagnostics.insert(0, too_many(manifest, &expectation, count - at));
                break;
            }
            Ok(Some(Outcome { open_questions, contradiction, is_of_assumed, .. })) => {
                checked.push(Checked { expectation, open_questions, contradiction, is_of_assumed });
            }
            Err(_) if diagnostics.len() >= MAX_DIAGNOSTICS => {}
            Err(unresolved) => {
                let suggest = diagnostics.len() < MOST_SUGGESTIONS;
                diagnostics.push(unknown(cluster, manifest, &expectation, &unresolved, suggest));
            }
        }
    }
    (checked, diagnostics)
}

/// How an expectation came out.
#[derive(Clone, Default)]
struct Outcome {
    open_questions: Vec<OpenQuestion>,
    contradiction: Option<Connection>,
    is_of_assumed: bool,
    /// What it takes to say why it does not hold.
    parts: usize,
}

struct Checking<'c> {
    cluster: &'c Cluster,
    resolver: Resolver<'c>,
    weights: Weights<'c>,
    /// What has been asked before, word for word.
    known: BTreeMap<String, Outcome>,
    /// How many parts may still be asked.
    left: usize,
}

impl<'c> Checking<'c> {
    fn new(cluster: &'c Cluster) -> Self {
        let (resolver, weights) = (Resolver::new(cluster), Weights::of(cluster));
        Self { cluster, resolver, weights, known: BTreeMap::new(), left: MOST_PARTS }
    }

    /// `None` where too much has been asked.
    fn outcome(&mut self, expectation: &Expectation) -> Result<Option<Outcome>, Unresolved> {
        let asked = expectation.to_string();
        if let Some(known) = self.known.get(&asked) {
            // each line that does not hold is told why
            self.left = self.left.saturating_sub(known.parts);
            return Ok((self.left > 0).then(|| known.clone()));
        }
        let outcome = self.found(expectation)?;
        if self.left == 0 {
            return Ok(None);
        }
        self.known.insert(asked, outcome.clone());
        Ok(Some(outcome))
    }

    fn found(&mut self, expectation: &Expectation) -> Result<Outcome, Unresolved> {
        let Self { cluster, resolver, weights, left, .. } = self;
        let seen = resolver.services_seen();
        let mut outcome = Outcome::default();
        let mut missing = None;
        let resolved = resolver.try_each(&expectation.connection, |connection, _| {
            let verdict = match evaluate(cluster, &connection) {
                Ok(verdict) => verdict,
                Err(unknown) => {
                    missing = Some(Unresolved::Pod(unknown.0));
                    return ControlFlow::Break(());
                }
            };
            let parts = weights.of_verdict(&verdict);
            *left = left.saturating_sub(parts);
            for question in verdict.open_questions() {
                if !outcome.open_questions.contains(&question) {
                    outcome.open_questions.push(question);
                }
            }
            outcome.is_of_assumed |= speaks_of_assumed(cluster, &verdict);
            if !expectation.answer.is_given_by(&verdict) {
                *left = left.saturating_sub(parts);
                (outcome.contradiction, outcome.parts) = (Some(connection), parts);
                return ControlFlow::Break(());
            }
            if *left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        // looking behind a Service means looking at all pods
        *left = left.saturating_sub((resolver.services_seen() - seen) * weights.ends);
        resolved?;
        missing.map_or(Ok(outcome), Err)
    }
}

/// How much there is to a verdict.
struct Weights<'c> {
    /// Of each policy, in order: what it takes to ask its rules about a peer.
    of_policies: Vec<usize>,
    /// What it takes to find the policies of a namespace that select a pod.
    of_namespaces: BTreeMap<&'c str, usize>,
    /// The ends of connections that are told apart.
    ends: usize,
}

impl<'c> Weights<'c> {
    fn of(cluster: &'c Cluster) -> Self {
        let mut of_namespaces = BTreeMap::new();
        let mut of_policies = Vec::new();
        let mut blocks = 0;
        for (_, policy) in cluster.policies() {
            let namespace = policy.meta.name.namespace.as_str();
            *of_namespaces.entry(namespace).or_default() += of_selector(&policy.pod_selector);
            of_policies.push(of_rules(policy));
            let of_directions = Direction::ALL.into_iter();
            blocks += of_directions.flat_map(|direction| policy.blocks(direction)).count();
        }
        Self { of_policies, of_namespaces, ends: cluster.pods().len() + blocks }
    }

    /// What it took to come to a verdict.
    fn of_verdict(&self, verdict: &Verdict) -> usize {
        let Connection { source, destination, .. } = &verdict.connection;
        let selectors = [source, destination].into_iter().map(|end| match end {
            Entity::Pod(name) => {
                self.of_namespaces.get(name.namespace.as_str()).copied().unwrap_or(0)
            }
            _ => 0,
        });
        let traces =
            Direction::ALL.into_iter().flat_map(|direction| match verdict.direction(direction) {
                DirectionVerdict::NotAPod | DirectionVerdict::NonIsolated => &[][..],
                DirectionVerdict::Isolated { policies }
                | DirectionVerdict::HostNetwork { policies } => policies,
            });
        let rules = traces.map(|trace| self.of_policies.get(trace.policy.0).copied().unwrap_or(0));
        1 + selectors.sum::<usize>() + rules.sum::<usize>()
    }
}

fn of_selector(selector: &LabelSelector) -> usize {
    1 + selector.requirements.iter().map(|one| 1 + one.values.len()).sum::<usize>()
}

fn of_rules(policy: &NetworkPolicy) -> usize {
    let of_peer = |peer: &Peer| match peer {
        Peer::IpBlock(block) => 1 + block.except.len(),
        Peer::Pods { namespaces, pods } => {
            1 + namespaces.iter().chain(pods).map(of_selector).sum::<usize>()
        }
    };
    let rules = Direction::ALL.into_iter().flat_map(|direction| policy.rules(direction));
    let of_rule =
        |rule: &Rule| 1 + rule.ports.len() + rule.peers.iter().map(of_peer).sum::<usize>();
    rules.map(of_rule).sum()
}

/// That an expectation and those behind it are not checked.
fn too_many(manifest: &Manifest, expectation: &Expectation, left_out: usize) -> Diagnostic {
    let document = document_at(manifest, expectation.source, expectation.span.start);
    let message = format!(
        "the expectations ask too much of the policies: from here on {left_out} of them are not checked"
    );
    let mut diagnostic = unreadable(message, expectation.source, document, expectation.span);
    (diagnostic.code, diagnostic.severity) = (Code::TooLarge, Code::TooLarge.severity());
    diagnostic.with_help("part them over several texts, or ask about one pod of each kind")
}

fn speaks_of_assumed(cluster: &Cluster, verdict: &Verdict) -> bool {
    let Connection { source, destination, .. } = &verdict.connection;
    [source, destination].into_iter().any(|end| match end {
        Entity::Pod(name) => {
            cluster.find_pod(name).and_then(|id| cluster.pod(id)).is_some_and(Pod::is_assumed)
        }
        _ => false,
    })
}

fn unknown(
    cluster: &Cluster,
    manifest: &Manifest,
    expectation: &Expectation,
    unresolved: &Unresolved,
    suggest: bool,
) -> Diagnostic {
    let document = document_at(manifest, expectation.source, expectation.span.start);
    let message = unresolved.to_string();
    let mut diagnostic = unreadable(message, expectation.source, document, expectation.span);
    diagnostic.code = Code::ExpectationUnknownPod;
    diagnostic.help = match unresolved {
        _ if suggest => did_you_mean(cluster, unresolved),
        _ => None,
    };
    diagnostic
}

#[cfg(test)]
mod tests;
