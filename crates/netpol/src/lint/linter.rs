//! What the lints look at, and what they ask most.

use super::{Finding, Fix, known::Known};
use crate::{
    analysis::Analysis,
    cluster::{Cluster, PodId, PolicyId},
    diagnostic::{Code, Diagnostic},
    field::{Origin, Segment},
    objects::Pod,
    policy::{Direction, NetworkPolicy, PolicyPort, Rule},
    ports::{PortSet, Protocol},
    rewrite::{Rewrite, Rewriter},
    yaml::{Node, Value},
};

/// An analysis as the lints see it.
pub(super) struct Linter<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) cluster: &'a Cluster,
    /// Makes fixes.
    pub(super) rewriter: Rewriter<'a>,
    /// What somebody wrote of the cluster around the policies.
    pub(super) known: Known<'a>,
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
    pub(super) at: usize,
}

impl WrittenRule<'_> {
    /// `spec.ingress[0]`
    pub(super) fn origin(&self) -> Origin {
        self.list.key("spec").key(self.direction.field()).index(self.at)
    }

    /// `ingress[0]`, for sentences.
    pub(super) fn name(&self) -> String {
        format!("{}[{}]", self.direction, self.at)
    }

    /// `spec.ingress[0].from`
    pub(super) fn peers(&self) -> Origin {
        self.origin().key(self.direction.peers_field())
    }

    /// `spec.ingress[0].ports`
    pub(super) fn ports(&self) -> Origin {
        self.origin().key("ports")
    }

    /// Whether it is a way out to port 53 and no other one, as names are asked for.
    pub(super) fn is_dns(&self) -> bool {
        let is_dns = |item: &PolicyPort| {
            [Protocol::Udp, Protocol::Tcp]
                .into_iter()
                .any(|protocol| item.numbers() == Some(PortSet::port(protocol, 53)))
        };
        let ports = &self.rule.ports;
        self.direction == Direction::Egress && !ports.is_empty() && ports.iter().all(is_dns)
    }
}

impl<'a> Written<'a> {
    /// `spec.podSelector` and the like.
    pub(super) fn field(&self, path: &str) -> Origin {
        self.origin.key(path)
    }

    /// Its rules that take effect, of both directions.
    pub(super) fn rules(self) -> impl Iterator<Item = WrittenRule<'a>> {
        let directions = Direction::ALL.into_iter();
        directions.filter(move |direction| self.policy.affects(*direction)).flat_map(
            move |direction| {
                let rules = self.policy.rules(direction).iter().enumerate();
                rules.map(move |(at, rule)| WrittenRule { direction, rule, list: self.origin, at })
            },
        )
    }

    /// The rules of one direction, if they take effect.
    pub(super) fn rules_of(self, direction: Direction) -> impl Iterator<Item = WrittenRule<'a>> {
        self.rules().filter(move |rule| rule.direction == direction)
    }

    /// Its namespace.
    pub(super) fn namespace(self) -> &'a str {
        &self.policy.meta.name.namespace
    }
}

impl<'a> Linter<'a> {
    pub(super) fn new(analysis: &'a Analysis) -> Self {
        Self {
            analysis,
            cluster: &analysis.cluster,
            rewriter: Rewriter::new(&analysis.manifest),
            known: Known::of(analysis),
        }
    }

    /// What is written at a place.
    pub(super) fn node(&self, origin: &Origin) -> Option<&'a Node> {
        let root = self.analysis.manifest.document(origin)?.yaml.root.as_ref()?;
        origin.path.segments().iter().try_fold(root, |node, segment| match (segment, &node.value) {
            (Segment::Key(key), _) => node.get(key),
            (Segment::Index(index), Value::Sequence(items)) => items.get(*index),
            _ => None,
        })
    }

    /// Names of pods for a sentence.
    pub(super) fn names(pods: &[&Pod]) -> String {
        names(pods.iter().map(|pod| pod.name()))
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
    /// somebody wrote pods of its namespace, and nothing hints at others.
    pub(super) fn knows_around(&self, policy: Written<'_>) -> bool {
        self.knows(policy.namespace())
    }

    /// That there is too much to compare: what is not looked for from a place on.
    pub(super) fn too_much(&self, code: Code, origin: &Origin) -> Option<Finding> {
        let message =
            format!("there is too much to compare: from here on `{code}` is not looked for");
        Some(self.finding(Code::TooLarge, origin, message)?.noted())
    }

    /// What is found at a place; it underlines the nearest field above that is written.
    pub(super) fn finding(&self, code: Code, origin: &Origin, message: String) -> Option<Finding> {
        let (source, span) = self.analysis.manifest.span(origin)?;
        let document = self.analysis.manifest.document(origin)?.index;
        let field = origin.path.clone();
        let diagnostic =
            Diagnostic { field, ..Diagnostic::new(code, message, source, document, span) };
        Some(Finding { diagnostic, fix: None })
    }
}

impl Finding {
    /// Adds what to do about it.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.diagnostic.help = Some(help.into());
        self
    }

    /// Makes it a note: it may well be meant.
    pub(super) fn noted(mut self) -> Self {
        self.diagnostic = self.diagnostic.as_note();
        self
    }

    /// Adds an edit that mends it, where it can be made.
    pub(super) fn fix(mut self, title: &str, rewrite: Option<Rewrite>) -> Self {
        self.fix = rewrite.map(|rewrite| Fix { title: title.to_owned(), rewrite });
        self
    }
}

/// Names for a sentence: a few of them, and how many more there are.
pub(super) fn names<'a>(names: impl Iterator<Item = &'a str> + Clone) -> String {
    let shown: Vec<_> = names.clone().take(3).map(|name| format!("`{name}`")).collect();
    match names.count() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
