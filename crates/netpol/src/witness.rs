//! Witnesses: who is assumed because a policy names them and nothing that was written answers to it.
//! For each selector one pod that matches and one that just misses. Small, deterministic, and always
//! marked: they are in nobody's files.
//!
//! In a namespace in which somebody wrote a pod, nobody is assumed for a policy to select, and nobody who
//! misses; a peer that is missing there may come from elsewhere, unless a pod that is there was
//! evidently meant.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use crate::{
    cluster::Cluster,
    decode::Objects,
    meta::{Labels, NAMESPACE_NAME_LABEL, NamespacedName, ObjectMeta},
    objects::{ContainerPort, Namespace, Phase, Pod},
    policy::{Direction, NetworkPolicy, Peer, PolicyPortNumber, Rule},
    scalar::{Scalar, resolve},
    selector::{LabelSelector, Operator},
    validate,
};

/// A bound for hostile texts; real ones add a few objects a policy.
const MAX_WITNESSES: usize = 2_000;

/// The labels by which people call a thing.
const NAMING_LABELS: [&str; 6] =
    ["app", "app.kubernetes.io/name", "k8s-app", "name", "component", "role"];

/// The namespaces and pods that the cluster lacks for its policies to show their meaning. Objects of the
/// first `given` documents are somebody's own; the others are those of an example.
pub fn witnesses(cluster: &Cluster, given: usize) -> Objects {
    let undeclared =
        cluster.namespaces().iter().filter(|namespace| namespace.meta.origin.is_none());
    let mut casting = Casting {
        cluster,
        own: Own::of(cluster, given),
        written: BTreeMap::new(),
        namespaces: undeclared.cloned().collect(),
        pods: Vec::new(),
    };
    for (_, pod) in cluster.running_pods().filter(|(_, pod)| !pod.host_network) {
        casting.written.entry(pod.namespace()).or_default().push(pod);
    }
    // the selected pods first: they often are what other policies' peers name
    for (_, policy) in cluster.policies() {
        casting.cast_subjects(policy);
    }
    for (_, policy) in cluster.policies() {
        for direction in Direction::ALL.into_iter().filter(|direction| policy.affects(*direction)) {
            for rule in policy.rules(direction) {
                casting.cast_peers(policy, rule, direction);
            }
        }
    }
    // one in which somebody wrote a pod is theirs, declared or not
    casting.namespaces.retain(|namespace| !cluster.is_own_namespace(&namespace.meta.name.name));
    Objects { namespaces: casting.namespaces, pods: casting.pods, ..Objects::default() }
}

/// What somebody wrote, by the words by which a policy may mean it.
struct Own<'c> {
    /// Namespaces by their names.
    namespaces: BTreeSet<&'c str>,
    /// Pods of each namespace by their names and by the labels that name them.
    pods: BTreeSet<(&'c str, &'c str)>,
}

impl<'c> Own<'c> {
    fn of(cluster: &'c Cluster, given: usize) -> Self {
        let is_given = |meta: &ObjectMeta| meta.origin.as_ref().is_some_and(|o| o.document < given);
        let namespaces = cluster.namespaces().iter().filter(|namespace| is_given(&namespace.meta));
        let pods = cluster.running_pods().map(|(_, pod)| pod).filter(|pod| is_given(&pod.meta));
        let mut own = Self {
            namespaces: namespaces.map(|namespace| namespace.meta.name.name.as_str()).collect(),
            pods: BTreeSet::new(),
        };
        for pod in pods {
            own.namespaces.insert(pod.namespace());
            let labels = NAMING_LABELS.iter().filter_map(|key| pod.labels().get(*key));
            let words = labels.map(String::as_str).chain([pod.name()]);
            own.pods.extend(words.map(|word| (pod.namespace(), word)));
        }
        own
    }

    /// Whether a selector that matches no namespace evidently means one that is there: it asks for its
    /// name under another label.
    fn means_namespace(&self, selector: &LabelSelector) -> bool {
        listed_values(selector).any(|value| self.namespaces.contains(value))
    }

    /// Whether a selector that matches no pod of a namespace evidently means one that is there.
    fn means_pod(&self, namespace: &str, selector: &LabelSelector) -> bool {
        listed_values(selector).any(|value| self.pods.contains(&(namespace, value)))
    }
}

fn listed_values(selector: &LabelSelector) -> impl Iterator<Item = &str> {
    let listed = selector.requirements.iter().filter(|one| one.operator == Operator::In);
    listed.flat_map(|one| &one.values).map(String::as_str)
}

struct Casting<'c> {
    cluster: &'c Cluster,
    own: Own<'c>,
    /// The pods that are there, by namespace.
    written: BTreeMap<&'c str, Vec<&'c Pod>>,
    namespaces: Vec<Namespace>,
    pods: Vec<Pod>,
}

impl Casting<'_> {
    fn pods_in<'s>(&'s self, namespace: &'s str) -> impl Iterator<Item = &'s Pod> {
        let written = self.written.get(namespace).into_iter().flatten().copied();
        written.chain(self.pods.iter().filter(move |pod| pod.namespace() == namespace))
    }

    fn all_namespaces(&self) -> impl Iterator<Item = &Namespace> {
        let declared =
            self.cluster.namespaces().iter().filter(|namespace| namespace.meta.origin.is_some());
        declared.chain(&self.namespaces)
    }

    /// A pod that the policy selects and, where it can be, one that it does not.
    fn cast_subjects(&mut self, policy: &NetworkPolicy) {
        let namespace = policy.meta.name.namespace.as_str();
        if !self.cluster.is_own_namespace(namespace) {
            let ports = named_ports(policy.rules(Direction::Ingress));
            self.cast_pair(namespace, &policy.pod_selector, &ports);
        }
    }

    fn cast_peers(&mut self, policy: &NetworkPolicy, rule: &Rule, direction: Direction) {
        let ports = match direction {
            Direction::Egress => named_ports(std::slice::from_ref(rule)),
            Direction::Ingress => Vec::new(),
        };
        let own = policy.meta.name.namespace.as_str();
        for peer in &rule.peers {
            let Peer::Pods { namespaces, pods } = peer else { continue };
            let everyone = LabelSelector::default();
            let pods = pods.as_ref().unwrap_or(&everyone);
            match namespaces {
                None => self.cast_pair(own, pods, &ports),
                Some(selector) => {
                    if let Some(namespace) = self.cast_namespaces(selector, own) {
                        self.cast_pair(&namespace, pods, &ports);
                    }
                }
            }
        }
    }

    /// The namespace to look for pods in: one that matches and has a matching pod, if there is any.
    /// Another that misses, with a pod in it, is made sure of.
    fn cast_namespaces(&mut self, selector: &LabelSelector, own: &str) -> Option<String> {
        let name = |namespace: &Namespace| namespace.meta.name.name.clone();
        let is_match = |namespace: &&Namespace| selector.matches(&namespace.meta.labels);
        let matching: Vec<String> = self.all_namespaces().filter(is_match).map(name).collect();
        let has_pods = |name: &str| self.pods_in(name).next().is_some();
        let found = matching.iter().find(|name| has_pods(name)).or(matching.first()).cloned();
        if found.is_none() && self.own.means_namespace(selector) {
            return None;
        }
        let found = found.or_else(|| {
            let labels = selector.example()?;
            self.add_namespace(&labels, "")
        });
        // the policy's own namespace is no other one, and an empty one shows nothing
        let has_pods = |name: &str| self.pods_in(name).next().is_some();
        let is_missing = |namespace: &&Namespace| {
            let name = namespace.meta.name.name.as_str();
            !is_match(namespace) && name != own && has_pods(name)
        };
        if !selector.is_empty() && !self.all_namespaces().any(|namespace| is_missing(&namespace)) {
            let labels = just_missing(selector);
            let namespace = labels.and_then(|(labels, prefix)| self.add_namespace(&labels, prefix));
            if let Some(namespace) = namespace {
                self.add_pod(&namespace, Labels::new(), "", &[]);
            }
        }
        found
    }

    /// A pod of the namespace that matches, and one that just misses. Where somebody wrote the pods of
    /// the namespace, only one that matches, and none where one of theirs was evidently meant.
    fn cast_pair(&mut self, namespace: &str, selector: &LabelSelector, ports: &[ContainerPort]) {
        let is_own = self.cluster.is_own_namespace(namespace);
        let is_match = |pod: &Pod| selector.may_match(pod.labels());
        if self.pods_in(namespace).any(is_match) {
            let added = self.pods.iter_mut().filter(|pod| pod.namespace() == namespace);
            added.filter(|pod| is_match(pod)).for_each(|pod| declare(pod, ports));
        } else if is_own && self.own.means_pod(namespace, selector) {
            return;
        } else if let Some(labels) = selector.example() {
            self.add_pod(namespace, labels, "", ports);
        }
        if !is_own
            && !selector.is_empty()
            && self.pods_in(namespace).all(is_match)
            && let Some((labels, prefix)) = just_missing(selector)
        {
            self.add_pod(namespace, labels, prefix, &[]);
        }
    }

    fn add_pod(&mut self, namespace: &str, labels: Labels, prefix: &str, ports: &[ContainerPort]) {
        if self.pods.len() + self.namespaces.len() >= MAX_WITNESSES {
            return;
        }
        let base = name_for(&labels, "pod", prefix);
        // finished pods and those on their node's network keep their names, too
        let is_taken = |name: &str| {
            let full_name = NamespacedName::new(namespace, name);
            self.cluster.find_pod(&full_name).is_some()
                || self.pods.iter().any(|pod| pod.meta.name == full_name)
        };
        let name = unused(&base, is_taken);
        let meta = ObjectMeta { name: NamespacedName::new(namespace, name), labels, origin: None };
        self.pods.push(Pod {
            meta,
            kind: "Pod",
            ports: ports.to_vec(),
            addresses: Vec::new(),
            has_declared_address: false,
            host_network: false,
            phase: Phase::Running,
            host_address: None,
            ordinals: None,
        });
    }

    /// `None` where the selector wants a namespace of a name that is taken or cannot be, or there are
    /// enough.
    fn add_namespace(&mut self, labels: &Labels, prefix: &str) -> Option<String> {
        let is_taken =
            |name: &str| self.all_namespaces().any(|namespace| namespace.meta.name.name == name);
        let name = match labels.get(NAMESPACE_NAME_LABEL) {
            Some(name) if is_taken(name) || !validate::namespace_name(name).is_empty() => {
                return None;
            }
            Some(name) => name.clone(),
            None => unused(&name_for(labels, "namespace", prefix), is_taken),
        };
        if self.pods.len() + self.namespaces.len() >= MAX_WITNESSES {
            return None;
        }
        let mut labels = labels.clone();
        labels.insert(NAMESPACE_NAME_LABEL.to_owned(), name.clone());
        let meta = ObjectMeta {
            name: NamespacedName::new(name.clone(), name.clone()),
            labels,
            origin: None,
        };
        self.namespaces.push(Namespace { meta });
        Some(name)
    }
}

/// Gives a witness the named ports that it lacks, at numbers that are free.
fn declare(pod: &mut Pod, ports: &[ContainerPort]) {
    for port in ports {
        let is_known =
            |known: &ContainerPort| known.name == port.name && known.protocol == port.protocol;
        if pod.ports.iter().any(is_known) {
            continue;
        }
        let is_free = |number: &u16| {
            pod.ports.iter().all(|known| known.port != *number || known.protocol != port.protocol)
        };
        let number = (port.port..=u16::MAX).find(is_free).unwrap_or(port.port);
        pod.ports.push(ContainerPort { port: number, ..port.clone() });
    }
}

/// Labels that meet every requirement but the last that can be broken, and what to put before a name
/// made of them.
fn just_missing(selector: &LabelSelector) -> Option<(Labels, &'static str)> {
    let matching = selector.example()?;
    selector.requirements.iter().rev().find_map(|requirement| {
        let mut labels = matching.clone();
        match (requirement.operator, requirement.values.first()) {
            (Operator::In, Some(value)) => {
                let start: String = value.chars().take(58).collect();
                let start = start.trim_end_matches(['-', '_', '.']);
                let other =
                    if start.is_empty() { "other".to_owned() } else { format!("not-{start}") };
                labels.insert(requirement.key.clone(), other);
            }
            (Operator::Exists, _) => {
                labels.remove(&requirement.key);
            }
            (Operator::NotIn, Some(value)) => {
                labels.insert(requirement.key.clone(), value.clone());
            }
            _ => {
                labels.insert(requirement.key.clone(), "true".to_owned());
            }
        }
        // a namespace that could not be called so has another name, and that misses as well
        let cannot_be = |name: &String| !validate::namespace_name(name).is_empty();
        if labels.get(NAMESPACE_NAME_LABEL).is_some_and(cannot_be) {
            labels.remove(NAMESPACE_NAME_LABEL);
        }
        // it misses by having what it should not: then its own label names it well
        let prefix = match requirement.operator {
            Operator::In | Operator::Exists => "not-",
            Operator::NotIn | Operator::DoesNotExist => "",
        };
        (!selector.matches(&labels)).then_some((labels, prefix))
    })
}

/// The label by which people call a thing, as a name.
fn name_for(labels: &Labels, fallback: &str, prefix: &str) -> String {
    let by_key = NAMING_LABELS.iter().find_map(|key| labels.get(*key));
    // a label without a value is called by its key, without the prefix
    let own_name = |(key, value): (&String, &String)| {
        let short = key.rsplit('/').next().unwrap_or_default();
        if value.is_empty() { short.to_owned() } else { value.clone() }
    };
    let called = by_key.cloned().or_else(|| labels.iter().next().map(own_name)).unwrap_or_default();
    let word = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = called.chars().take(50).map(word).collect();
    let name = name.trim_matches('-');
    let name = if name.is_empty() { fallback } else { name };
    if name.starts_with(prefix) { name.to_owned() } else { format!("{prefix}{name}") }
}

fn unused(base: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|n| format!("{base}-{n}"));
    std::iter::once(base.to_owned())
        .chain(numbered)
        .find(|name| !is_taken(name))
        .unwrap_or_default()
}

/// Container ports for the names that rules use: a witness without them would show a table in which
/// the port's name is the only thing that fails.
fn named_ports(rules: &[Rule]) -> Vec<ContainerPort> {
    let mut ports: Vec<ContainerPort> = Vec::new();
    for item in rules.iter().flat_map(|rule| &rule.ports) {
        let PolicyPortNumber::Named(name) = &item.port else { continue };
        let usual = match name.as_str() {
            "http" => 80,
            "https" => 443,
            "dns" | "dns-tcp" => 53,
            "metrics" => 9090,
            "grpc" => 50051,
            _ => 8080,
        };
        let is_free = |port: &u16| {
            ports.iter().all(|known| known.port != *port || known.protocol != item.protocol)
        };
        let port = (usual..=u16::MAX).find(is_free).unwrap_or(usual);
        if ports
            .iter()
            .all(|known| known.name.as_ref() != Some(name) || known.protocol != item.protocol)
        {
            ports.push(ContainerPort { name: Some(name.clone()), port, protocol: item.protocol });
        }
    }
    ports
}

/// The witnesses as Kubernetes YAML, to be shown and to be kept.
pub fn to_yaml(added: &Objects) -> String {
    let mut documents = Vec::new();
    for namespace in &added.namespaces {
        let mut text = format!(
            "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {}\n",
            word(&namespace.meta.name.name)
        );
        let labels = namespace.meta.labels.iter().filter(|(key, _)| *key != NAMESPACE_NAME_LABEL);
        write_labels(&mut text, labels);
        documents.push(text);
    }
    for pod in &added.pods {
        let (name, namespace) = (word(pod.name()), word(pod.namespace()));
        let mut text = format!(
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\n  namespace: {namespace}\n"
        );
        write_labels(&mut text, pod.labels().iter());
        text.push_str("spec:\n  containers:\n  - name: main\n    image: example\n");
        if !pod.ports.is_empty() {
            text.push_str("    ports:\n");
        }
        for port in &pod.ports {
            let name = word(port.name.as_deref().unwrap_or_default());
            let _ = writeln!(
                text,
                "    - {{name: {name}, containerPort: {}, protocol: {}}}",
                port.port, port.protocol
            );
        }
        documents.push(text);
    }
    documents.join("---\n")
}

fn write_labels<'l>(text: &mut String, labels: impl Iterator<Item = (&'l String, &'l String)>) {
    for (at, (key, value)) in labels.enumerate() {
        if at == 0 {
            text.push_str("  labels:\n");
        }
        let _ = writeln!(text, "    {}: {}", word(key), word(value));
    }
}

/// Quoted where YAML would read it as something else than text.
fn word(text: &str) -> String {
    if matches!(resolve(text), Scalar::Text(_)) { text.to_owned() } else { format!("\"{text}\"") }
}
