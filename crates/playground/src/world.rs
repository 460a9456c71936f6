//! The cluster in one line: its namespaces with their labels, and the pods in them.

use netpol::{Analysis, meta::NAMESPACE_NAME_LABEL, objects::Namespace};

/// Namespaces shown before "and 7 more".
const MOST_NAMESPACES: usize = 6;
/// Pods shown of one namespace.
const MOST_PODS: usize = 5;

/// The line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct World {
    /// The namespaces, those that policies live in first.
    pub namespaces: Vec<WorldNamespace>,
    /// How many namespaces are left out.
    pub more: usize,
}

/// A namespace and the pods in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorldNamespace {
    /// Its name.
    pub name: String,
    /// Its labels, apart from the one that every namespace has.
    pub labels: Vec<String>,
    /// Whether it was added for the policies.
    pub is_added: bool,
    /// The names of its pods, and whether each was added for the policies.
    pub pods: Vec<(String, bool)>,
    /// How many pods are left out.
    pub more: usize,
}

impl World {
    /// The cluster of an analysis.
    pub fn of(analysis: &Analysis) -> Self {
        let cluster = &analysis.cluster;
        let has_policies =
            |namespace: &Namespace| cluster.policies_in(&namespace.meta.name.name).next().is_some();
        let (with, without): (Vec<&Namespace>, Vec<&Namespace>) =
            cluster.namespaces().iter().partition(|namespace| has_policies(namespace));
        let all: Vec<_> = with.into_iter().chain(without).collect();
        let more = all.len().saturating_sub(MOST_NAMESPACES);
        let shown = all.into_iter().take(MOST_NAMESPACES);
        Self {
            namespaces: shown.map(|namespace| of_namespace(analysis, namespace)).collect(),
            more,
        }
    }
}

fn of_namespace(analysis: &Analysis, namespace: &Namespace) -> WorldNamespace {
    let name = &namespace.meta.name.name;
    let pods: Vec<_> =
        analysis.cluster.running_pods().filter(|(_, pod)| pod.namespace() == name).collect();
    let more = pods.len().saturating_sub(MOST_PODS);
    let is_added_pod = |pod: &netpol::objects::Pod| {
        analysis.added.pods.iter().any(|added| added.meta.name == pod.meta.name)
    };
    let labels = namespace.meta.labels.iter().filter(|(key, _)| *key != NAMESPACE_NAME_LABEL);
    WorldNamespace {
        name: name.clone(),
        labels: labels.map(|(key, value)| format!("{key}={value}")).collect(),
        is_added: analysis.added.namespaces.iter().any(|added| added.meta.name.name == *name),
        pods: pods
            .iter()
            .take(MOST_PODS)
            .map(|(_, pod)| (pod.name().to_owned(), is_added_pod(pod)))
            .collect(),
        more,
    }
}
