//! What the lints look at, and what they ask most.

use super::{Finding, Fix};
use crate::{
    analysis::Analysis,
    cluster::{Cluster, PodId, PolicyId},
    diagnostic::{Code, Diagnostic},
    evaluate::{End, peer_trace, selects},
    field::Origin,
    objects::Pod,
    plugin::Plugin,
    policy::{Direction, NetworkPolicy, Peer, Rule},
    rewrite::{Rewrite, Rewriter},
};

/// An analysis as the lints see it.
pub(super) struct Linter<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) cluster: &'a Cluster,
    /// Makes fixes.
    pub(super) rewriter: Rewriter<'a>,
}

/// A policy that stands in one of the texts.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) id: PolicyId,
    pub(super) policy: &'a NetworkPolicy,
    /// The object: `spec` is a key of it.
    pub(super) origin: &'a Origin,
}

/// A rule of a policy that stands in one of the texts.
#[derive(Clone, Copy)]
pub(super) struct WrittenRule<'a> {
    pub(super) direction: Direction,
    pub(super) rule: &'a Rule,
    /// `spec.ingress` or `spec.egress`.
    list: &'a Origin,
    at: usize,
}

impl WrittenRule<'_> {
    /// `spec.ingress[0]`
    pub(super) fn origin(&self) -> Origin {
        self.list.key("spec").key(self.direction.field()).index(self.at)
    }

    /// `spec.ingress[0].from`
    pub(super) fn peers(&self) -> Origin {
        self.origin().key(self.direction.peers_field())
    }

    /// `spec.ingress[0].ports`
    pub(super) fn ports(&self) -> Origin {
        self.origin().key("ports")
    }
}

impl<'a> Written<'a> {
    /// `spec.podSelector` and the like.
    pub(super) fn field(&self, path: &str) -> Origin {
        self.origin.key(path)
    }

    /// Its rules that take effect, of both directions.
    pub(super) fn rules(self) -> impl Iterator<Item = WrittenRule<'a>> {
        Direction::ALL.into_iter().flat_map(move |direction| {
            let rules = self.policy.rules(direction).iter().enumerate();
            rules.map(move |(at, rule)| WrittenRule { direction, rule, list: self.origin, at })
        })
    }

    /// Its namespace.
    pub(super) fn namespace(self) -> &'a str {
        &self.policy.meta.name.namespace
    }
}

impl<'a> Linter<'a> {
    pub(super) fn new(analysis: &'a Analysis) -> Self {
        Self { analysis, cluster: &analysis.cluster, rewriter: Rewriter::new(&analysis.manifest) }
    }

    /// The policies that stand in the texts.
    pub(super) fn policies(&self) -> impl Iterator<Item = Written<'a>> + use<'a> {
        self.cluster.policies().filter_map(|(id, policy)| {
            Some(Written { id, policy, origin: policy.meta.origin.as_ref()? })
        })
    }

    /// The pods that somebody wrote: witnesses are not among them, and finished ones neither.
    pub(super) fn pods(&self) -> impl Iterator<Item = (PodId, &'a Pod)> {
        self.cluster.running_pods().filter(|(_, pod)| pod.meta.origin.is_some())
    }

    /// Whether the cluster around a policy is known, so that "there is no such pod" means something:
    /// somebody wrote pods of its namespace.
    pub(super) fn knows_around(&self, policy: Written<'_>) -> bool {
        self.pods().any(|(_, pod)| pod.namespace() == policy.namespace())
    }

    /// The pods that a policy selects.
    pub(super) fn selected(&self, policy: Written<'_>) -> Vec<(PodId, &'a Pod)> {
        self.pods().filter(|(_, pod)| selects(policy.policy, pod)).collect()
    }

    /// The pods that an entry of `from` or `to` matches.
    pub(super) fn matched(&self, policy: Written<'_>, peer: &Peer) -> Vec<(PodId, &'a Pod)> {
        let matches = |pod: &Pod| {
            peer_trace(self.cluster, policy.namespace(), peer, End::Pod(pod)).matches(Plugin::USUAL)
        };
        self.pods().filter(|(_, pod)| matches(pod)).collect()
    }

    /// What is found at a place; it underlines the nearest field above that is written.
    pub(super) fn finding(&self, code: Code, origin: &Origin, message: String) -> Option<Finding> {
        let (source, span) = self.analysis.manifest.span(origin)?;
        let document = self.analysis.manifest.document(origin)?.index;
        let (help, field) = (None, origin.path.clone());
        let diagnostic = Diagnostic { code, message, help, field, source, document, span };
        Some(Finding { diagnostic, fix: None })
    }
}

impl Finding {
    /// Adds what to do about it.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.diagnostic.help = Some(help.into());
        self
    }

    /// Adds an edit that mends it, where it can be made.
    pub(super) fn fix(mut self, title: &str, rewrite: Option<Rewrite>) -> Self {
        self.fix = rewrite.map(|rewrite| Fix { title: title.to_owned(), rewrite });
        self
    }
}
