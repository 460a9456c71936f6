//! What the lints ask about the cluster around a policy: who is known there, whom its selectors find, and what to correct
//! where they find nobody.

use std::collections::BTreeSet;

use super::{
    known::{asks, each_once},
    linter::{Linter, Written, WrittenRule, names},
};
use crate::{
    classes::Class,
    evaluate::{End, peer_trace, selects},
    meta::Labels,
    objects::{Namespace, Service},
    plugin::Plugin,
    policy::{Direction, Peer},
    selector::{LabelSelector, LabelSelectorRequirement},
};

/// Takes a pod on its node's network for a pod: whom not even this one finds is not there.
const EVERY_POD: Plugin = Plugin { host_network_pods_are_pods: true, ..Plugin::USUAL };

impl<'a> Linter<'a> {
    /// Whether the pods of a namespace are known, so that what they have in common means something.
    pub(super) fn knows(&self, namespace: &str) -> bool {
        self.is_written(namespace) && !self.known.starters.may_start_any(namespace)
    }

    /// Whether somebody wrote pods of a namespace, so that "there is no such pod" means something.
    pub(super) fn is_written(&self, namespace: &str) -> bool {
        self.known.namespaces.contains(namespace)
    }

    /// The kind of whose objects an operator may start pods in a namespace at run time.
    pub(super) fn starter(&self, namespace: &str) -> Option<&'a str> {
        self.known.starters.of_namespace(namespace)
    }

    /// The known pods of a namespace.
    pub(super) fn pods_of(&self, namespace: &str) -> impl Iterator<Item = &Class<'a>> + Clone {
        let pods = &self.known.pods;
        let first = pods.partition_point(|class| class.representative.namespace() < namespace);
        let is_of = move |class: &&Class<'a>| class.representative.namespace() == namespace;
        pods.iter().skip(first).take_while(is_of)
    }

    /// Whether the pods that an entry of `from` or `to` is about are known.
    pub(super) fn knows_peer(&self, policy: Written<'_>, peer: &Peer) -> bool {
        let names = self.namespaces_of(policy, peer);
        !names.is_empty() && names.iter().all(|name| self.knows(name))
    }

    /// The namespaces that an entry of `from` or `to` is about. Those that are named by a label are
    /// known, where there are some; all namespaces never are.
    pub(super) fn namespaces_of<'n>(&self, policy: Written<'n>, peer: &Peer) -> Vec<&'n str>
    where
        'a: 'n,
    {
        match peer {
            Peer::Pods { namespaces: None, .. } => vec![policy.namespace()],
            Peer::Pods { namespaces: Some(selector), .. } if asks(selector) => {
                self.namespaces(selector).collect()
            }
            Peer::IpBlock(_) | Peer::Pods { .. } => Vec::new(),
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
    pub(super) fn finds(&self, policy: Written<'_>, peer: &Peer) -> Vec<&Class<'a>> {
        let Peer::Pods { namespaces, pods } = peer else { return Vec::new() };
        let named = pods.as_ref().and_then(|selector| self.known.candidates(selector));
        let mut found = named.unwrap_or_else(|| match namespaces {
            None => self.pods_of(policy.namespace()).collect(),
            Some(selector) => {
                self.namespaces(selector).flat_map(|name| self.pods_of(name)).collect()
            }
        });
        found.retain(|class| {
            let end = End::Pod(class.representative);
            peer_trace(self.cluster, policy.namespace(), peer, end).matches(EVERY_POD)
        });
        found
    }

    /// The known pods that a policy selects.
    pub(super) fn subjects(&self, policy: Written<'_>) -> Vec<&Class<'a>> {
        let named = self.known.candidates(&policy.policy.pod_selector);
        let mut found = named.unwrap_or_else(|| self.pods_of(policy.namespace()).collect());
        found.retain(|class| selects(policy.policy, class.representative));
        found
    }

    /// The known pods behind a Service, and perhaps others.
    pub(super) fn perhaps_behind(&self, service: &Service) -> Vec<&Class<'a>> {
        let mut labels = service.selector.iter().flatten();
        let first = labels.next().into_iter();
        first.flat_map(|(key, value)| self.known.labelled(key, value)).collect()
    }

    /// The known pods whose ports a rule speaks of, whoever else there may be.
    pub(super) fn perhaps_destinations(
        &self,
        policy: Written<'_>,
        rule: WrittenRule<'_>,
    ) -> Vec<&Class<'a>> {
        if rule.direction == Direction::Ingress {
            return self.subjects(policy);
        }
        let peers = rule.rule.peers.iter();
        let mut found = peers.flat_map(|peer| self.finds(policy, peer)).collect();
        each_once(&mut found);
        found
    }

    /// The known pods whose ports a rule speaks of; none where there may be others.
    pub(super) fn destinations(
        &self,
        policy: Written<'_>,
        rule: WrittenRule<'_>,
    ) -> Vec<&Class<'a>> {
        let is_known = match rule.direction {
            Direction::Ingress => self.knows(policy.namespace()),
            Direction::Egress => rule.rule.peers.iter().all(|peer| self.knows_peer(policy, peer)),
        };
        if is_known { self.perhaps_destinations(policy, rule) } else { Vec::new() }
    }
}

/// What to correct in a selector that finds none of these pods.
pub(super) fn instead(selector: &LabelSelector, pods: &[&Class<'_>]) -> String {
    let labels = || pods.iter().map(|class| class.representative.labels());
    let is_lacking = |one: &&LabelSelectorRequirement| !labels().any(|labels| one.matches(labels));
    // in a crowd nobody reads so much
    let lacking = selector.requirements.iter().filter(|_| pods.len() <= 500).find(is_lacking);
    let Some(lacking) = lacking else {
        return "correct the labels: no pod here meets them all".to_owned();
    };
    let key = &lacking.key;
    let own = |labels: &'_ &Labels| labels.get(key).cloned();
    let values: BTreeSet<String> = labels().filter_map(|labels| own(&labels)).collect();
    if !values.is_empty() {
        let values = names(values.iter().map(String::as_str));
        return format!("correct the label: here `{key}` is {values}");
    }
    // the value under another key: `app` for `app.kubernetes.io/name`
    let is_asked = |(_, value): &(&String, &String)| lacking.values.contains(value);
    let others: BTreeSet<String> = labels()
        .flat_map(|labels| labels.iter().filter(is_asked))
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    let place = match namespaces_of(pods).as_slice() {
        [one] => format!("of `{one}`"),
        _ => "here".to_owned(),
    };
    if others.is_empty() {
        return format!("correct the label: no pod {place} has `{key}`");
    }
    let others = names(others.iter().map(String::as_str));
    format!("correct the label: no pod {place} has `{key}`, but there is {others}")
}

fn namespaces_of<'p>(pods: &[&Class<'p>]) -> Vec<&'p str> {
    let mut namespaces: Vec<&str> =
        pods.iter().map(|class| class.representative.namespace()).collect();
    // in a crowd they stand in order
    namespaces.dedup();
    namespaces.truncate(2);
    namespaces
}
