//! Which namespace a pasted part of a policy belongs to: that of the other policies of its text, else the
//! one whose pods have the labels that it asks for. A text says nothing of it, so the reader is told.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    decode::Objects,
    fragment::Home,
    manifest::Manifest,
    meta::Labels,
    policy::{Direction, NetworkPolicy, Peer},
    selector::{LabelSelector, Operator},
};

/// Parts of a policy that are looked for by their labels; those behind them go where these went.
const MOST_BY_LABELS: usize = 200;

/// Gives every fragment of the first `texts` sources its namespace. Pods of the first `given` sources count
/// before those of an example.
pub(crate) fn settle(manifest: &mut Manifest, texts: usize, given: usize) {
    let homes = homes(manifest, texts, given);
    manifest.settle(&homes);
}

fn homes(manifest: &Manifest, texts: usize, given: usize) -> BTreeMap<usize, Home> {
    let Parts { whole, fragments } = Parts::of(manifest, texts);
    let mut homes: BTreeMap<usize, Home> = BTreeMap::new();
    let namespaces: BTreeSet<&str> = whole.values().copied().collect();
    if namespaces.len() != 1 {
        let (own, example) = manifest.objects.split_at(given.min(manifest.objects.len()));
        let pods = [PodsByLabel::of(own), PodsByLabel::of(example)];
        // beside policies of several namespaces it is one of theirs
        let is_possible = |name: &&str| namespaces.is_empty() || namespaces.contains(name);
        for (document, policy) in fragments.iter().take(MOST_BY_LABELS) {
            let found = pods.iter().find_map(|pods| pods.home(policy, is_possible));
            homes.extend(found.map(|name| (*document, Home::OfPods(name))));
        }
    }
    let settled: BTreeSet<String> = homes.values().map(|home| home.name().to_owned()).collect();
    let only_one = settled.first().filter(|_| settled.len() == 1);
    for (document, _) in &fragments {
        let before = whole.range(..document).next_back();
        let nearest = before.or_else(|| whole.first_key_value()).map(|(_, name)| *name);
        if let Some(name) = nearest.or(only_one.map(String::as_str)) {
            homes.entry(*document).or_insert_with(|| Home::OfPolicies(name.to_owned()));
        }
    }
    homes
}

/// The policies of some texts by their documents: the namespaces of whole ones, and the pasted parts.
struct Parts<'m> {
    whole: BTreeMap<usize, &'m str>,
    fragments: Vec<(usize, &'m NetworkPolicy)>,
}

impl<'m> Parts<'m> {
    fn of(manifest: &'m Manifest, texts: usize) -> Self {
        let mut parts = Self { whole: BTreeMap::new(), fragments: Vec::new() };
        for policy in manifest.objects.iter().take(texts).flat_map(|objects| &objects.policies) {
            let Some(origin) = &policy.meta.origin else { continue };
            if manifest.document(origin).is_some_and(|document| document.fragment.is_some()) {
                parts.fragments.push((origin.document, policy));
            } else {
                parts.whole.insert(origin.document, &policy.meta.name.namespace);
            }
        }
        parts
    }
}

/// Pods by each of their labels, with their namespaces.
struct PodsByLabel<'o>(BTreeMap<(&'o str, &'o str), Vec<(&'o str, &'o Labels)>>);

impl<'o> PodsByLabel<'o> {
    fn of(objects: &'o [Objects]) -> Self {
        let mut pods: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for pod in objects.iter().flat_map(|objects| &objects.pods) {
            for (key, value) in pod.labels() {
                let known = pods.entry((key.as_str(), value.as_str())).or_default();
                known.push((pod.namespace(), pod.labels()));
            }
        }
        Self(pods)
    }

    /// The one namespace whose pods a policy selects; where it selects all of them, the one whose pods
    /// its rules name without a namespace.
    fn home(
        &self,
        policy: &NetworkPolicy,
        is_possible: impl Fn(&&'o str) -> bool,
    ) -> Option<String> {
        let rules = Direction::ALL.into_iter().flat_map(|direction| policy.rules(direction));
        let peers = rules.flat_map(|rule| &rule.peers).filter_map(|peer| match peer {
            Peer::Pods { namespaces: None, pods } => pods.as_ref(),
            _ => None,
        });
        let selectors = [&policy.pod_selector].into_iter().chain(peers);
        let asking = selectors.into_iter().find(|selector| !selector.is_empty())?;
        let mut found = self.matching(asking).into_iter().filter(is_possible);
        let first = found.next()?;
        found.next().is_none().then(|| first.to_owned())
    }

    /// The namespaces of the pods that a selector matches by a label's value.
    fn matching(&self, selector: &LabelSelector) -> BTreeSet<&'o str> {
        let mut requirements = selector.requirements.iter();
        let Some(named) = requirements.find(|one| one.operator == Operator::In) else {
            return BTreeSet::new();
        };
        let keys = named.values.iter().map(|value| (named.key.as_str(), value.as_str()));
        let pods = keys.filter_map(|key| self.0.get(&key)).flatten();
        pods.filter(|(_, labels)| selector.matches(labels)).map(|(name, _)| *name).collect()
    }
}
