//! Witnesses: who is assumed because a policy names them and nothing that was written answers to it.
//! For each selector one pod that matches and one that just misses. Small, deterministic, and always
//! marked: they are in nobody's files.
//!
//! In a namespace in which somebody wrote a pod, nobody is assumed for a policy to select, and nobody who
//! misses; a peer that is missing there may come from elsewhere, unless a pod that is there was
//! evidently meant.

mod added;
mod naming;
mod own;
mod yaml;

use std::collections::BTreeMap;

use self::{
    added::Added,
    naming::{Names, declare, just_missing, name_for, named_ports, one_value_each},
    own::Own,
};
use crate::{
    cluster::{Cluster, PolicyId},
    decode::Objects,
    meta::{Labels, NAMESPACE_NAME_LABEL, NamespacedName, ObjectMeta},
    objects::{ContainerPort, Namespace, Pod},
    policy::{Direction, NetworkPolicy, Peer, Rule},
    scoreboard::{Column, Reach, reach},
    selector::LabelSelector,
    validate,
};

pub use self::yaml::to_yaml;

/// A bound for hostile texts; real ones add a few objects a policy.
const MAX_WITNESSES: usize = 2_000;
/// The pods of every cluster's DNS, and where they live.
const DNS: (&str, [&str; 2], &str) = ("k8s-app", ["kube-dns", "coredns"], "kube-system");

/// The namespaces and pods that the cluster lacks for its policies to show their meaning. Objects of the
/// first `given` documents are somebody's own; the others are those of an example. And the policies for which there
/// was no room to assume everyone.
pub fn witnesses(cluster: &Cluster, given: usize) -> (Objects, Vec<PolicyId>) {
    let undeclared =
        cluster.namespaces().iter().filter(|namespace| namespace.meta.origin.is_none());
    let mut casting = Casting {
        cluster,
        own: Own::of(cluster, given),
        written: BTreeMap::new(),
        added: Added::default(),
        names: Names::default(),
        namespaces: undeclared.cloned().collect(),
        pods: Vec::new(),
        is_short: false,
    };
    let mut short = Vec::new();
    for (_, pod) in cluster.running_pods().filter(|(_, pod)| !pod.host_network) {
        casting.written.entry(pod.namespace()).or_default().push(pod);
    }
    // the selected pods first: they often are what other policies' peers name
    for (id, policy) in cluster.policies() {
        casting.cast_subjects(policy);
        short.extend(std::mem::take(&mut casting.is_short).then_some(id));
    }
    for (id, policy) in cluster.policies() {
        for direction in Direction::ALL.into_iter().filter(|direction| policy.affects(*direction)) {
            for rule in policy.rules(direction) {
                casting.cast_peers(policy, rule, direction);
            }
        }
        short.extend(std::mem::take(&mut casting.is_short).then_some(id));
    }
    short.sort_unstable();
    short.dedup();
    // one in which somebody wrote a pod is theirs, declared or not
    casting.namespaces.retain(|namespace| !cluster.is_own_namespace(&namespace.meta.name.name));
    let objects =
        Objects { namespaces: casting.namespaces, pods: casting.pods, ..Objects::default() };
    (objects, short)
}

struct Casting<'c> {
    cluster: &'c Cluster,
    own: Own<'c>,
    /// The pods that are there, by namespace.
    written: BTreeMap<&'c str, Vec<&'c Pod>>,
    /// The assumed ones.
    added: Added,
    namespaces: Vec<Namespace>,
    pods: Vec<Pod>,
    names: Names,
    /// Whether there was no room for somebody.
    is_short: bool,
}

impl Casting<'_> {
    fn pods_in<'s>(&'s self, namespace: &'s str) -> impl Iterator<Item = &'s Pod> {
        let written = self.written.get(namespace).into_iter().flatten().copied();
        let added = self.added.of(namespace).iter();
        written.chain(added.filter_map(|at| self.pods.get(*at)))
    }

    fn all_namespaces(&self) -> impl Iterator<Item = &Namespace> {
        declared(self.cluster).chain(&self.namespaces)
    }

    /// A pod that the policy selects and, where it can be, one that it does not.
    fn cast_subjects(&mut self, policy: &NetworkPolicy) {
        let namespace = policy.meta.name.namespace.as_str();
        if !self.cluster.is_own_namespace(namespace) && !self.own.means_elsewhere(policy) {
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
        let everyone = LabelSelector::default();
        // egress looks a port's name up on whoever is called, so somebody has to have it
        let all = Peer::Pods { namespaces: Some(everyone.clone()), pods: None };
        let asks_port = rule.peers.is_empty() && !ports.is_empty();
        for peer in rule.peers.iter().chain(asks_port.then_some(&all)) {
            let Peer::Pods { namespaces, pods } = peer else { continue };
            let pods = one_value_each(pods.as_ref().unwrap_or(&everyone));
            let reaches = |column| {
                reach(peer, column, own, self.cluster.namespace_labels(own)) != Reach::Nobody
            };
            let (same, cross) = (reaches(Column::Same), reaches(Column::Cross));
            for pods in &pods {
                if same {
                    self.cast_pair(own, pods, &ports);
                }
                for selector in namespaces.iter().flat_map(one_value_each).filter(|_| cross) {
                    if let Some(namespace) = self.cast_namespaces(&selector, pods, own) {
                        self.cast_pair(&namespace, pods, &ports);
                    }
                }
            }
        }
    }

    /// Another namespace than the policy's own to look for pods in: one that matches, and a namespace
    /// beside it that misses, with a pod in it.
    fn cast_namespaces(
        &mut self,
        selector: &LabelSelector,
        pods: &LabelSelector,
        own: &str,
    ) -> Option<String> {
        let is_match = |namespace: &&Namespace| selector.matches(&namespace.meta.labels);
        let name = |namespace: &Namespace| namespace.meta.name.name.clone();
        let matching: Vec<String> = self.all_namespaces().filter(is_match).map(name).collect();
        if matching.is_empty() && self.own.means_namespace(selector) {
            return None;
        }
        let others = || matching.iter().filter(|name| *name != own);
        let has_match = |name: &&String| self.pods_in(name).any(|pod| pods.may_match(pod.labels()));
        let is_own = |name: &str| self.cluster.is_own_namespace(name);
        let found = match others().find(has_match) {
            Some(found) => Some(found.clone()),
            None if others().any(|name| is_own(name) && self.own.means_pod(name, pods)) => None,
            // whom all namespaces are asked for lives in none of somebody's own
            None => {
                let strangers = others().find(|name| !is_own(name));
                let theirs = others().next().filter(|_| !selector.is_empty());
                let found = strangers.or(theirs).cloned();
                Some(match found {
                    Some(found) => found,
                    None => self.cast_namespace(selector, pods)?,
                })
            }
        };
        self.cast_missing_namespace(selector, own);
        found
    }

    fn cast_namespace(&mut self, selector: &LabelSelector, pods: &LabelSelector) -> Option<String> {
        let mut labels = selector.example()?;
        let (key, values, home) = DNS;
        let asks_dns = pods.example().and_then(|labels| labels.get(key).cloned());
        if asks_dns.is_some_and(|value| values.contains(&value.as_str())) && selector.is_empty() {
            labels.insert(NAMESPACE_NAME_LABEL.to_owned(), home.to_owned());
        }
        self.add_namespace(&labels, "another", "")
    }

    /// The policy's own namespace is no other one, and an empty one shows nothing.
    fn cast_missing_namespace(&mut self, selector: &LabelSelector, own: &str) {
        let is_missing = |namespace: &Namespace| {
            let name = namespace.meta.name.name.as_str();
            !selector.matches(&namespace.meta.labels)
                && name != own
                && self.pods_in(name).next().is_some()
        };
        if selector.is_empty() || self.all_namespaces().any(is_missing) {
            return;
        }
        let labels = just_missing(selector);
        let namespace =
            labels.and_then(|(labels, prefix)| self.add_namespace(&labels, "namespace", prefix));
        if let Some(namespace) = namespace {
            self.add_pod(&namespace, Labels::new(), "", &[]);
        }
    }

    /// A pod of the namespace that matches, and one that just misses. Where somebody wrote the pods of
    /// the namespace, only one that matches, and none where one of theirs was evidently meant.
    fn cast_pair(&mut self, namespace: &str, selector: &LabelSelector, ports: &[ContainerPort]) {
        let is_own = self.cluster.is_own_namespace(namespace);
        let is_match = |pod: &Pod| selector.may_match(pod.labels());
        let mut is_there =
            self.written.get(namespace).into_iter().flatten().any(|pod| is_match(pod));
        for at in self.added.candidates(namespace, selector) {
            if let Some(pod) = self.pods.get_mut(at).filter(|pod| is_match(pod)) {
                is_there = true;
                declare(pod, ports);
            }
        }
        if !is_there {
            if is_own && self.own.means_pod(namespace, selector) {
                return;
            }
            if let Some(labels) = selector.example() {
                self.add_pod(namespace, labels, "", ports);
            }
        }
        if !is_own
            && !selector.is_empty()
            && self.pods_in(namespace).all(is_match)
            && let Some((labels, prefix)) = just_missing(selector)
        {
            self.add_pod(namespace, labels, prefix, &[]);
        }
    }

    fn has_room(&mut self) -> bool {
        let has_room = self.pods.len() + self.namespaces.len() < MAX_WITNESSES;
        self.is_short |= !has_room;
        has_room
    }

    fn add_pod(&mut self, namespace: &str, labels: Labels, prefix: &str, ports: &[ContainerPort]) {
        if !self.has_room() {
            return;
        }
        let base = name_for(&labels, "pod", prefix);
        // finished pods and those on their node's network keep their names, too
        let is_taken =
            |name: &str| self.cluster.find_pod(&NamespacedName::new(namespace, name)).is_some();
        let name = self.names.unused(namespace, &base, is_taken);
        let meta = ObjectMeta { name: NamespacedName::new(namespace, name), labels, origin: None };
        let pod = Pod { ports: ports.to_vec(), ..Pod::new(meta, "Pod") };
        self.added.add(self.pods.len(), &pod);
        self.pods.push(pod);
    }

    /// `None` where the selector wants a namespace of a name that is taken or cannot be, or there are
    /// enough.
    fn add_namespace(&mut self, labels: &Labels, fallback: &str, prefix: &str) -> Option<String> {
        if !self.has_room() {
            return None;
        }
        let Self { cluster, namespaces, names, .. } = self;
        let is_taken = |name: &str| {
            declared(cluster).chain(&*namespaces).any(|known| known.meta.name.name == name)
        };
        let name = match labels.get(NAMESPACE_NAME_LABEL) {
            Some(name) if is_taken(name) || !validate::namespace_name(name).is_empty() => {
                return None;
            }
            Some(name) => name.clone(),
            None => names.unused("", &name_for(labels, fallback, prefix), is_taken),
        };
        let mut labels = labels.clone();
        labels.insert(NAMESPACE_NAME_LABEL.to_owned(), name.clone());
        self.namespaces.push(Namespace::assumed(&name, labels));
        Some(name)
    }
}

/// The namespaces that somebody wrote.
fn declared(cluster: &Cluster) -> impl Iterator<Item = &Namespace> {
    cluster.namespaces().iter().filter(|namespace| namespace.meta.origin.is_some())
}
