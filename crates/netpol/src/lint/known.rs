//! What is known of the cluster around the policies: the pods that somebody wrote, alike ones as one.
//! A lint may say "there is no such pod" only where nothing hints at pods that stand elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::starters::Starters;
use crate::{
    analysis::Analysis,
    classes::{Class, classes_of},
    cluster::PodId,
    diagnostic::{Code, Diagnostic},
    meta::{NAMESPACE_NAME_LABEL, is_unknown},
    objects::Pod,
    selector::{LabelSelector, Operator},
    yaml::Node,
};

/// What somebody wrote of the cluster.
pub(super) struct Known<'a> {
    /// The pods, those that no selector tells apart as one, by namespace.
    pub(super) pods: Vec<Class<'a>>,
    /// Their labels, in order, each with its class.
    labels: Vec<(&'a str, &'a str, usize)>,
    /// Those of them whose values only the cluster knows, by key.
    unknown: BTreeMap<&'a str, Vec<usize>>,
    /// The namespaces whose pods somebody wrote.
    pub(super) namespaces: BTreeSet<&'a str>,
    /// Who else may start pods there.
    pub(super) starters: Starters<'a>,
}

impl<'a> Known<'a> {
    pub(super) fn of(analysis: &'a Analysis) -> Self {
        let written = |(_, pod): &(PodId, &Pod)| pod.meta.origin.is_some();
        let mut pods = classes_of(analysis.cluster.running_pods().filter(written), false);
        pods.sort_by_key(|class| class.representative.namespace());
        let mut labels = Vec::new();
        for (at, class) in pods.iter().enumerate() {
            let own = class.representative.labels().iter();
            labels.extend(own.map(|(key, value)| (key.as_str(), value.as_str(), at)));
        }
        labels.sort_unstable();
        let mut unknown: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (key, _, at) in labels.iter().filter(|(_, value, _)| is_unknown(value)) {
            unknown.entry(key).or_default().push(*at);
        }
        let starters = Starters::of(analysis);
        Self { namespaces: written_namespaces(analysis, &pods), starters, pods, labels, unknown }
    }

    /// The pods with a label.
    pub(super) fn labelled(&self, key: &str, value: &str) -> impl Iterator<Item = &Class<'a>> {
        let first = self.labels.partition_point(|(k, v, _)| (*k, *v) < (key, value));
        let same = |(k, v, _): &&(&str, &str, usize)| (*k, *v) == (key, value);
        let found = self.labels.iter().skip(first).take_while(same);
        found.filter_map(|(_, _, at)| self.pods.get(*at))
    }

    /// Pods among which are all that a selector finds; `None` where it names no value.
    pub(super) fn candidates(&self, selector: &LabelSelector) -> Option<Vec<&Class<'a>>> {
        let mut requirements = selector.requirements.iter();
        let named = requirements.find(|requirement| requirement.operator == Operator::In)?;
        let values: BTreeSet<&String> = named.values.iter().collect();
        let unknown = self.unknown.get(named.key.as_str()).into_iter().flatten();
        let perhaps = unknown.filter_map(|at| self.pods.get(*at));
        let known = values.into_iter().flat_map(|value| self.labelled(&named.key, value));
        Some(known.chain(perhaps).collect())
    }
}

/// The namespaces of the pods that somebody wrote, unless more of them may have been refused.
fn written_namespaces<'a>(analysis: &'a Analysis, pods: &[Class<'a>]) -> BTreeSet<&'a str> {
    if is_incomplete(analysis) {
        return BTreeSet::new();
    }
    let mut namespaces: BTreeSet<&str> =
        pods.iter().map(|class| class.representative.namespace()).collect();
    if !analysis.has_pods {
        // where a stranger's policy lands
        namespaces.remove(analysis.manifest.landing());
    }
    namespaces
}

/// Whether something other than a policy was refused, or left out of a template: that may be a pod.
fn is_incomplete(analysis: &Analysis) -> bool {
    let is_missing =
        |one: &&Diagnostic| one.code == Code::ParameterWithoutValue || one.leaves_out();
    let errors = analysis.diagnostics.iter().filter(is_missing);
    let refused: BTreeSet<_> = errors.map(|one| (one.source, one.document)).collect();
    let is_policy = |root: &Node| root.get("kind").and_then(Node::as_str) == Some("NetworkPolicy");
    analysis.manifest.documents.iter().any(|document| {
        refused.contains(&(document.source, document.index))
            && !document.yaml.root.as_ref().is_some_and(is_policy)
    })
}

/// Takes away what is there twice.
pub(super) fn each_once(classes: &mut Vec<&Class<'_>>) {
    classes.sort_unstable_by_key(|class| class.pods.first());
    classes.dedup_by_key(|class| class.pods.first());
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

/// How many pods there are, by most network plugins: one on its node's network counts as the node.
pub(super) fn count(classes: &[&Class<'_>]) -> usize {
    let are_pods = |class: &&&Class<'_>| !class.representative.host_network;
    classes.iter().filter(are_pods).map(|class| class.pods.len()).sum()
}

/// `1 pod`, `2 pods`
pub(super) fn pods_in_words(count: usize) -> String {
    if count == 1 { "1 pod".to_owned() } else { format!("{count} pods") }
}
