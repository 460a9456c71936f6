//! Witnesses: the few namespaces and pods that make a stranger's policy show its meaning on a
//! cluster that has none of what it names. For each selector one pod that matches and one that
//! just misses. Small, deterministic, and always marked as added.

use std::fmt::Write as _;

use crate::{
    cluster::Cluster,
    decode::Objects,
    meta::{Labels, NAMESPACE_NAME_LABEL, NamespacedName, ObjectMeta},
    objects::{ContainerPort, Namespace, Phase, Pod},
    policy::{Direction, NetworkPolicy, Peer, PolicyPortNumber, Rule},
    scalar::{Scalar, resolve},
    selector::{LabelSelector, LabelSelectorRequirement, Operator},
    validate,
};

/// A bound for hostile texts; real ones add a few objects a policy.
const MAX_WITNESSES: usize = 2_000;

/// The namespaces and pods that the cluster lacks for its policies to show their meaning.
pub fn witnesses(cluster: &Cluster) -> Objects {
    let undeclared =
        cluster.namespaces().iter().filter(|namespace| namespace.meta.origin.is_none());
    let mut casting =
        Casting { cluster, namespaces: undeclared.cloned().collect(), pods: Vec::new() };
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
    Objects { namespaces: casting.namespaces, pods: casting.pods, ..Objects::default() }
}

struct Casting<'c> {
    cluster: &'c Cluster,
    namespaces: Vec<Namespace>,
    pods: Vec<Pod>,
}

impl Casting<'_> {
    fn pods_in<'s>(&'s self, namespace: &'s str) -> impl Iterator<Item = &'s Pod> {
        let pods = self.cluster.running_pods().map(|(_, pod)| pod).chain(&self.pods);
        pods.filter(move |pod| pod.namespace() == namespace && !pod.host_network)
    }

    fn all_namespaces(&self) -> impl Iterator<Item = &Namespace> {
        let declared =
            self.cluster.namespaces().iter().filter(|namespace| namespace.meta.origin.is_some());
        declared.chain(&self.namespaces)
    }

    /// A pod that the policy selects and, where it can be, one that it does not.
    fn cast_subjects(&mut self, policy: &NetworkPolicy) {
        let namespace = policy.meta.name.namespace.as_str();
        let ports = named_ports(policy.rules(Direction::Ingress));
        self.cast_pair(namespace, &policy.pod_selector, &ports);
    }

    fn cast_peers(&mut self, policy: &NetworkPolicy, rule: &Rule, direction: Direction) {
        let ports = match direction {
            Direction::Egress => named_ports(std::slice::from_ref(rule)),
            Direction::Ingress => Vec::new(),
        };
        for peer in &rule.peers {
            let Peer::Pods { namespaces, pods } = peer else { continue };
            let everyone = LabelSelector::default();
            let pods = pods.as_ref().unwrap_or(&everyone);
            match namespaces {
                None => self.cast_pair(&policy.meta.name.namespace, pods, &ports),
                Some(selector) => {
                    if let Some(namespace) = self.cast_namespaces(selector) {
                        self.cast_pair(&namespace, pods, &ports);
                    }
                }
            }
        }
    }

    /// The namespace to look for pods in: one that matches and has a matching pod, if there is any.
    /// Another that misses, with a pod in it, is made sure of.
    fn cast_namespaces(&mut self, selector: &LabelSelector) -> Option<String> {
        let name = |namespace: &Namespace| namespace.meta.name.name.clone();
        let is_match = |namespace: &&Namespace| selector.matches(&namespace.meta.labels);
        let matching: Vec<String> = self.all_namespaces().filter(is_match).map(name).collect();
        let has_pods = |name: &&String| self.pods_in(name).next().is_some();
        let found = matching.iter().find(has_pods).or(matching.first()).cloned();
        let found = found.or_else(|| {
            let labels = satisfying(selector)?;
            self.add_namespace(&labels, "")
        });
        let missing = self.all_namespaces().find(|namespace| !is_match(namespace)).map(name);
        if !selector.is_empty() && missing.is_none() {
            let labels = just_missing(selector);
            let namespace = labels.and_then(|(labels, prefix)| self.add_namespace(&labels, prefix));
            if let Some(namespace) = namespace {
                self.add_pod(&namespace, Labels::new(), "", &[]);
            }
        }
        found
    }

    /// A pod of the namespace that matches, and one that just misses.
    fn cast_pair(&mut self, namespace: &str, selector: &LabelSelector, ports: &[ContainerPort]) {
        let is_match = |pod: &Pod| selector.may_match(pod.labels());
        if self.pods_in(namespace).any(is_match) {
            let added = self.pods.iter_mut().filter(|pod| pod.namespace() == namespace);
            added.filter(|pod| is_match(pod)).for_each(|pod| declare(pod, ports));
        } else if let Some(labels) = satisfying(selector) {
            self.add_pod(namespace, labels, "", ports);
        }
        if !selector.is_empty()
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

/// Labels that meet every requirement; `None` where no labels can.
fn satisfying(selector: &LabelSelector) -> Option<Labels> {
    let mut labels = Labels::new();
    for LabelSelectorRequirement { key, operator, .. } in &selector.requirements {
        if labels.contains_key(key) || !matches!(operator, Operator::In | Operator::Exists) {
            continue;
        }
        let same_key: Vec<_> = selector.requirements.iter().filter(|r| r.key == *key).collect();
        let listed = same_key.iter().filter(|r| r.operator == Operator::In);
        let listed = listed.flat_map(|requirement| requirement.values.iter().cloned());
        // with more of them than are ruled out, one is left
        let ruled_out: usize = same_key.iter().map(|requirement| requirement.values.len()).sum();
        let made_up =
            (0..=ruled_out).map(|n| if n == 0 { String::new() } else { format!("any-{n}") });
        let fits = |value: &String| {
            let labels = Labels::from([(key.clone(), value.clone())]);
            same_key.iter().all(|requirement| requirement.matches(&labels))
        };
        let value = listed.chain(made_up).find(fits)?;
        labels.insert(key.clone(), value);
    }
    selector.matches(&labels).then_some(labels)
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
    let matching = satisfying(selector)?;
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
        let is_named = requirement.key == NAMESPACE_NAME_LABEL;
        if is_named {
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
    let keys = ["app", "app.kubernetes.io/name", "k8s-app", "name", "component", "role"];
    let by_key = keys.iter().find_map(|key| labels.get(*key));
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
