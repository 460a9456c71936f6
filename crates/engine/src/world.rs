//! The cluster in one line, below the text whose answers hang on it: its namespaces with their labels, and the pods in them.

use netpol::{Analysis, meta::NAMESPACE_NAME_LABEL, objects::Namespace};
use protocol::{Element, Press};

/// Namespaces shown before "and 7 more".
const MOST_NAMESPACES: usize = 6;
/// Pods shown of one namespace.
const MOST_PODS: usize = 5;

/// The line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct World {
    /// The namespaces, those that policies live in first.
    namespaces: Vec<WorldNamespace>,
    /// How many namespaces are left out.
    more: usize,
}

/// A namespace and the pods in it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct WorldNamespace {
    /// Its name.
    name: String,
    /// Its labels, apart from the one that every namespace has.
    labels: Vec<String>,
    /// Whether it was added for the policies.
    is_added: bool,
    /// The names of its pods, and whether each was added for the policies.
    pods: Vec<(String, bool)>,
    /// How many pods are left out.
    more: usize,
}

impl World {
    /// The cluster of an analysis.
    fn of(analysis: &Analysis) -> Self {
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

/// The line, and the way to the cluster's tab.
pub(crate) fn world(analysis: &Analysis) -> Element {
    let world = World::of(analysis);
    let has_added = world.namespaces.iter().any(|namespace| {
        namespace.is_added || namespace.pods.iter().any(|(_, is_added)| *is_added)
    });
    let mut line = Element::tag("p").put(Element::tag("span").text("Cluster: "));
    for (at, one) in world.namespaces.iter().enumerate() {
        line = namespace(if at > 0 { line.text(" · ") } else { line }, one);
    }
    if world.more > 0 {
        line = line.text(format!(" · {} more", world.more));
    }
    if has_added {
        let dotted = Element::classed("span", "added").text("dotted");
        let key = Element::classed("span", "added-key").text(" · ").put(dotted);
        line = line.put(key.text(": assumed; not in your files"));
    }
    let edit = Element::button(Press::Cluster).attr("class", "line-link").text("Edit the cluster");
    Element::classed("div", "world").put(line).put(edit)
}

fn namespace(line: Element, namespace: &WorldNamespace) -> Element {
    let WorldNamespace { name, labels, is_added, pods, more } = namespace;
    let mut line = line.put(Element::tag("b").put(named(name, *is_added)));
    if !labels.is_empty() {
        line = line.text(" ").put(Element::tag("code").text(labels.join(" ")));
    }
    if pods.is_empty() {
        return line;
    }
    line = line.text(" (");
    for (at, (pod, is_added)) in pods.iter().enumerate() {
        line = if at > 0 { line.text(", ") } else { line }.put(named(pod, *is_added));
    }
    if *more > 0 {
        line = line.text(format!(" and {more} more"));
    }
    line.text(")")
}

fn named(name: &str, is_added: bool) -> Element {
    let span = Element::tag("span").text(name);
    if is_added { span.attr("class", "added") } else { span }
}
