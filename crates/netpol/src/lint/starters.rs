//! Objects beside the policies for which somebody may start pods at run time: those of somebody's own
//! kinds, and the definitions of such kinds, which an operator comes with.

use std::collections::BTreeMap;

use crate::{
    analysis::Analysis,
    kinds::{Brings, brings},
    yaml::{Node, Value},
};

/// Who may start pods that nobody wrote.
pub(super) struct Starters<'a> {
    /// Where objects land that name no namespace.
    landing: &'a str,
    /// By namespace: the kind of an object there, and what it may bring.
    local: BTreeMap<&'a str, (&'a str, Brings)>,
    /// The kind of an object that is in no namespace, or that is only defined: its pods may be anywhere.
    anywhere: Option<&'a str>,
}

impl<'a> Starters<'a> {
    pub(super) fn of(analysis: &'a Analysis) -> Self {
        let landing = analysis.manifest.landing();
        let mut starters = Self { landing, local: BTreeMap::new(), anywhere: None };
        let documents = analysis.manifest.documents.iter();
        documents
            .filter_map(|document| document.yaml.root.as_ref())
            .for_each(|root| starters.see(root));
        starters
    }

    /// The kind of whose objects pods may be started in a namespace.
    pub(super) fn of_namespace(&self, namespace: &str) -> Option<&'a str> {
        self.local.get(namespace).map(|(kind, _)| *kind).or(self.anywhere)
    }

    /// Whether pods with whatever labels and ports may be started in a namespace.
    pub(super) fn may_start_any(&self, namespace: &str) -> bool {
        self.local.get(namespace).is_some_and(|(_, brings)| *brings == Brings::AnyPods)
    }

    fn see(&mut self, node: &'a Node) {
        for list in ["items", "objects"] {
            if let Some(Value::Sequence(items)) = node.get(list).map(|items| &items.value) {
                for item in items {
                    self.see(item);
                }
                return;
            }
        }
        let text = |node: Option<&'a Node>| node.and_then(Node::as_str).unwrap_or("");
        let (version, kind) = (text(node.get("apiVersion")), text(node.get("kind")));
        if kind == "CustomResourceDefinition" {
            self.see_definition(node);
            return;
        }
        let brings = brings(version, kind);
        if kind.is_empty() || brings == Brings::Nothing {
            return;
        }
        let namespace = node.get("metadata").and_then(|metadata| metadata.get("namespace"));
        if namespace.is_none() || brings == Brings::WhatIsElsewhere {
            self.anywhere.get_or_insert(kind);
        }
        let namespace = namespace.and_then(Node::as_str).unwrap_or(self.landing);
        let known = self.local.entry(namespace).or_insert((kind, brings));
        if known.1 < brings {
            *known = (kind, brings);
        }
    }

    fn see_definition(&mut self, node: &'a Node) {
        let Some(spec) = node.get("spec") else { return };
        let group = spec.get("group").and_then(Node::as_str).unwrap_or("");
        let kind = spec.get("names").and_then(|names| names.get("kind")).and_then(Node::as_str);
        // any version will do
        if let Some(kind) =
            kind.filter(|kind| brings(&format!("{group}/v1"), kind) != Brings::Nothing)
        {
            self.anywhere.get_or_insert(kind);
        }
    }
}
