//! What stands in what in a NetworkPolicy and a Namespace: as much of it as tells where a line belongs.

/// The kinds of maps, lists and values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Object,
    Meta,
    Labels,
    Spec,
    Selector,
    Requirements,
    Requirement,
    IngressRules,
    IngressRule,
    EgressRules,
    EgressRule,
    Peers,
    Peer,
    Block,
    Ports,
    Port,
    Texts,
    Text,
}

/// What a document may begin with.
pub(super) const ROOTS: [Shape; 7] = [
    Shape::Object,
    Shape::Spec,
    Shape::IngressRules,
    Shape::EgressRules,
    Shape::IngressRule,
    Shape::EgressRule,
    Shape::Peers,
];

impl Shape {
    /// What a key of this map holds.
    pub(super) fn child(self, key: &str) -> Option<Self> {
        Some(match (self, key) {
            (Self::Object, "apiVersion" | "kind")
            | (Self::Meta, "name" | "namespace" | "generateName")
            | (Self::Labels, _)
            | (Self::Requirement, "key" | "operator")
            | (Self::Block, "cidr")
            | (Self::Port, "protocol" | "port" | "endPort") => Self::Text,
            (Self::Object, "metadata") => Self::Meta,
            (Self::Object, "spec") => Self::Spec,
            (Self::Meta, "labels" | "annotations") | (Self::Selector, "matchLabels") => {
                Self::Labels
            }
            (Self::Spec, "podSelector") | (Self::Peer, "podSelector" | "namespaceSelector") => {
                Self::Selector
            }
            (Self::Spec, "policyTypes")
            | (Self::Requirement, "values")
            | (Self::Block, "except") => Self::Texts,
            (Self::Spec, "ingress") => Self::IngressRules,
            (Self::Spec, "egress") => Self::EgressRules,
            (Self::Selector, "matchExpressions") => Self::Requirements,
            (Self::IngressRule, "from") | (Self::EgressRule, "to") => Self::Peers,
            (Self::IngressRule | Self::EgressRule, "ports") => Self::Ports,
            (Self::Peer, "ipBlock") => Self::Block,
            _ => return None,
        })
    }

    /// What the items of this list are.
    pub(super) const fn item(self) -> Option<Self> {
        Some(match self {
            Self::Requirements => Self::Requirement,
            Self::IngressRules => Self::IngressRule,
            Self::EgressRules => Self::EgressRule,
            Self::Peers => Self::Peer,
            Self::Ports => Self::Port,
            Self::Texts => Self::Text,
            _ => return None,
        })
    }
}
