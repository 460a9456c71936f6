//! What is known of the cluster around the policies: the pods that somebody wrote, alike ones as one.
//! A lint may say "there is no such pod" only where nothing hints at pods that stand elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::linter::{Linter, Written, WrittenRule, names};
use crate::{
    analysis::Analysis,
    classes::{Class, classes_of},
    cluster::PodId,
    diagnostic::Code,
    evaluate::{End, peer_trace, selects},
    meta::{DEFAULT_NAMESPACE, NAMESPACE_NAME_LABEL},
    objects::{Namespace, Pod},
    plugin::Plugin,
    policy::{Direction, Peer},
    selector::{LabelSelector, Operator},
    verdict::PeerTrace,
    yaml::{Node, Value},
};

/// Takes a pod on its node's network for a pod: whom not even this one finds is not there.
const EVERY_POD: Plugin = Plugin { host_network_pods_are_pods: true, ..Plugin::USUAL };

/// What somebody wrote of the cluster.
pub(super) struct Known<'a> {
    /// The pods of each namespace, those that no selector tells apart as one.
    pods: BTreeMap<&'a str, Vec<Class<'a>>>,
    /// The namespaces whose pods are known.
    namespaces: BTreeSet<&'a str>,
}

impl<'a> Known<'a> {
    pub(super) fn of(analysis: &'a Analysis) -> Self {
        let written = |(_, pod): &(PodId, &Pod)| pod.meta.origin.is_some();
        let mut pods: BTreeMap<&str, Vec<Class<'_>>> = BTreeMap::new();
        for class in classes_of(analysis.cluster.running_pods().filter(written), false) {
            pods.entry(class.representative.namespace()).or_default().push(class);
        }
        let mut namespaces: BTreeSet<&str> = pods.keys().copied().collect();
        if analysis.uses_fallback {
            // where a stranger's policy lands
            namespaces.remove(DEFAULT_NAMESPACE);
        }
        if is_incomplete(analysis) {
            namespaces.clear();
        }
        for document in &analysis.manifest.documents {
            if let Some(root) = &document.yaml.root {
                forget(root, &mut namespaces);
            }
        }
        Self { pods, namespaces }
    }
}

/// Whether something other than a policy was refused: that may be a pod.
fn is_incomplete(analysis: &Analysis) -> bool {
    let is_object = |code| !matches!(code, Code::ExpectationSyntax | Code::ExpectationUnknownPod);
    let errors = analysis.diagnostics.iter().filter(|one| one.is_error() && is_object(one.code));
    let refused: BTreeSet<_> = errors.map(|one| (one.source, one.document)).collect();
    let is_policy = |root: &Node| root.get("kind").and_then(Node::as_str) == Some("NetworkPolicy");
    analysis.manifest.documents.iter().any(|document| {
        refused.contains(&(document.source, document.index))
            && !document.yaml.root.as_ref().is_some_and(is_policy)
    })
}

/// Objects of somebody's own kinds may stand for pods that nobody wrote.
fn forget(node: &Node, namespaces: &mut BTreeSet<&str>) {
    if let Some(Value::Sequence(items)) = node.get("items").map(|items| &items.value) {
        for item in items {
            forget(item, namespaces);
        }
        return;
    }
    let version = node.get("apiVersion").and_then(Node::as_str).unwrap_or("");
    let group = version.split('/').next().unwrap_or("");
    let is_own = group.contains('.') && !group.ends_with(".k8s.io");
    let is_network = ["cilium.io", "projectcalico.org", "antrea.io", "istio.io"]
        .iter()
        .any(|known| group.ends_with(known));
    if is_own && !is_network {
        let namespace = node.get("metadata").and_then(|meta| meta.get("namespace"));
        namespaces.remove(namespace.and_then(Node::as_str).unwrap_or(DEFAULT_NAMESPACE));
    }
}

impl<'a> Linter<'a> {
    /// Whether the pods of a namespace are known, so that "there is no such pod" means something.
    pub(super) fn knows(&self, namespace: &str) -> bool {
        self.known.namespaces.contains(namespace)
    }

    /// The known pods of a namespace.
    pub(super) fn pods_of(&self, namespace: &str) -> &[Class<'a>] {
        self.known.pods.get(namespace).map_or(&[], Vec::as_slice)
    }

    /// Whether the pods that an entry of `from` or `to` is about are known. Namespaces that are
    /// named by a label are, where some of them are; all namespaces never are.
    pub(super) fn knows_peer(&self, policy: Written<'_>, peer: &Peer) -> bool {
        match peer {
            Peer::IpBlock(_) => false,
            Peer::Pods { namespaces: None, .. } => self.knows(policy.namespace()),
            Peer::Pods { namespaces: Some(selector), .. } => {
                let names: Vec<&str> = self.namespaces(selector).collect();
                asks(selector) && !names.is_empty() && names.iter().all(|name| self.knows(name))
            }
        }
    }

    /// The namespaces that match.
    fn namespaces(&self, selector: &LabelSelector) -> impl Iterator<Item = &'a str> {
        let all = self.cluster.namespaces().iter();
        let matching = all.filter(|namespace| selector.matches(&namespace.meta.labels));
        matching.map(|namespace| namespace.meta.name.name.as_str())
    }

    /// The namespace of that name, if somebody declared it, so that its labels are known.
    pub(super) fn declared(&self) -> impl Iterator<Item = &'a Namespace> {
        self.cluster.namespaces().iter().filter(|namespace| namespace.meta.origin.is_some())
    }

    /// The known pods that an entry of `from` or `to` finds by its selectors, whatever the plugin.
    pub(super) fn finds(
        &self,
        policy: Written<'_>,
        peer: &Peer,
    ) -> impl Iterator<Item = &Class<'a>> {
        let trace = move |pod| peer_trace(self.cluster, policy.namespace(), peer, End::Pod(pod));
        let is_near = move |classes: &&Vec<Class<'a>>| {
            let trace = classes.first().map(|class| trace(class.representative));
            matches!(trace, Some(PeerTrace::Selectors { namespace: None, .. }))
        };
        let near = self.known.pods.values().filter(is_near).flatten();
        near.filter(move |class| trace(class.representative).matches(EVERY_POD))
    }

    /// The known pods that a policy selects.
    pub(super) fn subjects(&self, policy: Written<'_>) -> impl Iterator<Item = &Class<'a>> {
        let pods = self.pods_of(policy.namespace()).iter();
        pods.filter(move |class| selects(policy.policy, class.representative))
    }

    /// The known pods whose ports a rule speaks of; none where there may be others.
    pub(super) fn destinations(
        &self,
        policy: Written<'_>,
        rule: WrittenRule<'_>,
    ) -> Vec<&Class<'a>> {
        if rule.direction == Direction::Ingress {
            let is_known = self.knows(policy.namespace());
            return self.subjects(policy).filter(|_| is_known).collect();
        }
        if !rule.rule.peers.iter().all(|peer| self.knows_peer(policy, peer)) {
            return Vec::new();
        }
        let peers = rule.rule.peers.iter();
        let mut found: Vec<_> = peers.flat_map(|peer| self.finds(policy, peer)).collect();
        found.sort_unstable_by(|a, b| a.pods.cmp(&b.pods));
        found.dedup_by(|a, b| a.pods == b.pods);
        found
    }

    /// What to correct in a selector that finds nobody among these pods: "here `app` is `db`, `web`".
    pub(super) fn instead<'p>(
        selector: &LabelSelector,
        pods: impl Iterator<Item = &'p Class<'p>> + Clone,
    ) -> Option<String> {
        let lacking = selector.requirements.iter().find(|requirement| {
            pods.clone().all(|class| !requirement.matches(class.representative.labels()))
        })?;
        let key = &lacking.key;
        let values = pods.filter_map(|class| class.representative.labels().get(key));
        let values: BTreeSet<&String> = values.collect();
        if values.is_empty() {
            return Some(format!("correct the label: no pod here has `{key}`"));
        }
        let shown = names(values.iter().map(|value| value.as_str()));
        Some(format!("correct the label: here `{key}` is {shown}"))
    }
}

/// Whether a selector asks for a label that must be there.
pub(super) fn asks(selector: &LabelSelector) -> bool {
    let is_asked = |operator| matches!(operator, Operator::In | Operator::Exists);
    selector.requirements.iter().any(|requirement| is_asked(requirement.operator))
}

/// Namespaces selected by their names, where a selector does that.
pub(super) fn namespace_names(selector: &LabelSelector) -> Option<&[String]> {
    let is_name = |key: &str, operator| key == NAMESPACE_NAME_LABEL && operator == Operator::In;
    let mut requirements = selector.requirements.iter();
    let by_name = requirements.find(|one| is_name(&one.key, one.operator))?;
    Some(&by_name.values)
}

/// How many pods there are in all.
pub(super) fn count<'p>(classes: impl Iterator<Item = &'p Class<'p>>) -> usize {
    classes.map(|class| class.pods.len()).sum()
}

/// `1 pod`, `2 pods`
pub(super) fn pods_in_words(count: usize) -> String {
    if count == 1 { "1 pod".to_owned() } else { format!("{count} pods") }
}
