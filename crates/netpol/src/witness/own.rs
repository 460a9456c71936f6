//! What somebody wrote, by the words by which a policy may mean it: where one of theirs was evidently
//! meant, nobody is assumed, for the policy's answer is about their own labels.

use std::collections::{BTreeMap, BTreeSet};

use super::naming::NAMING_LABELS;
use crate::{
    cluster::Cluster,
    meta::{NAMESPACE_NAME_LABEL, ObjectMeta},
    policy::NetworkPolicy,
    selector::{LabelSelector, LabelSelectorRequirement, Operator},
};

/// Labels under which people expect the name of a namespace.
const NAME_KEYS: [&str; 5] =
    ["name", "namespace", NAMESPACE_NAME_LABEL, "metadata.name", "kubernetes.io/name"];

/// What somebody wrote.
pub(super) struct Own<'c> {
    /// Namespaces by their names, and whether they are declared, so that their labels are known.
    namespaces: BTreeMap<&'c str, bool>,
    /// Pods of each namespace by their names and by the labels that name them.
    pods: BTreeSet<(&'c str, &'c str)>,
    /// All labels that some pod bears.
    labels: BTreeSet<(&'c str, &'c str)>,
}

impl<'c> Own<'c> {
    /// Objects of the first `given` documents are somebody's own.
    pub(super) fn of(cluster: &'c Cluster, given: usize) -> Self {
        let is_given = |meta: &ObjectMeta| meta.origin.as_ref().is_some_and(|o| o.document < given);
        let namespaces = cluster.namespaces().iter().filter(|namespace| is_given(&namespace.meta));
        let pods = cluster.running_pods().map(|(_, pod)| pod).filter(|pod| is_given(&pod.meta));
        let mut own = Self {
            namespaces: namespaces.map(|one| (one.meta.name.name.as_str(), true)).collect(),
            pods: BTreeSet::new(),
            labels: BTreeSet::new(),
        };
        for pod in pods {
            own.namespaces.entry(pod.namespace()).or_insert(false);
            let labels = NAMING_LABELS.iter().filter_map(|key| pod.labels().get(*key));
            let words = labels.map(String::as_str).chain([pod.name()]);
            own.pods.extend(words.map(|word| (pod.namespace(), word)));
            own.labels
                .extend(pod.labels().iter().map(|(key, value)| (key.as_str(), value.as_str())));
        }
        own
    }

    /// Whether a selector that matches no namespace evidently means one that is there: it asks for its
    /// name under another label, or for a slip of it.
    pub(super) fn means_namespace(&self, selector: &LabelSelector) -> bool {
        listed(selector).any(|(one, value)| match self.namespaces.get(value) {
            Some(is_declared) => *is_declared || NAME_KEYS.contains(&one.key.as_str()),
            None => NAME_KEYS.contains(&one.key.as_str()) && self.is_slip(value),
        })
    }

    /// Whether a selector that matches no pod of a namespace evidently means one that is there: by its
    /// word under another label, or by a slip of it.
    pub(super) fn means_pod(&self, namespace: &str, selector: &LabelSelector) -> bool {
        let words = || self.pods.range((namespace, "")..).take_while(|(of, _)| *of == namespace);
        listed(selector).take(MOST_COMPARED).any(|(one, value)| {
            self.pods.contains(&(namespace, value))
                || NAMING_LABELS.contains(&one.key.as_str())
                    && words().take(MOST_COMPARED).any(|(_, word)| is_slip(word, value))
        })
    }

    /// Whether a policy of a namespace without pods was evidently meant for another one: its name is a
    /// slip, or the labels that it asks for are those of pods elsewhere.
    pub(super) fn means_elsewhere(&self, policy: &NetworkPolicy) -> bool {
        let namespace = policy.meta.name.namespace.as_str();
        let mut listed = listed(&policy.pod_selector).peekable();
        let is_there = |(one, value): (&LabelSelectorRequirement, &str)| {
            self.labels.contains(&(one.key.as_str(), value))
        };
        self.is_slip(namespace) || listed.peek().is_some() && listed.all(is_there)
    }

    /// Whether a name is one slip away from that of a namespace.
    fn is_slip(&self, name: &str) -> bool {
        self.namespaces.keys().take(MOST_COMPARED).any(|own| is_slip(own, name))
    }
}

/// Whether a word is one slip away from another one: a letter too many or too few, or two that have
/// changed places. Another letter may well be another name: `team-a`, `team-b`.
fn is_slip(own: &str, word: &str) -> bool {
    let sorted = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    word.len() > 2
        && own.len().abs_diff(word.len()) <= 1
        && (own.len() != word.len() || sorted(own) == sorted(word))
        && strsim::osa_distance(own, word) == 1
}

/// Names that one is compared with.
const MOST_COMPARED: usize = 500;

fn listed(selector: &LabelSelector) -> impl Iterator<Item = (&LabelSelectorRequirement, &str)> {
    let listed = selector.requirements.iter().filter(|one| one.operator == Operator::In);
    listed.flat_map(|one| one.values.iter().map(move |value| (one, value.as_str())))
}
