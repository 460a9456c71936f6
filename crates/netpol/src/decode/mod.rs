//! Nodes → objects. Knows field names and the API server's strictness; nothing of what a policy
//! means. Every fault of a document is reported, and a faulty object is left out, never guessed.

mod advice;
mod bookkeeping;
mod complaint;
mod controller;
mod endpoints;
mod fields;
mod help;
mod kind;
mod meant;
mod meta;
mod node;
mod old_field;
mod peer;
mod pod;
mod policy;
mod port;
mod selector;
mod service;
mod unknown;
mod walk;

use crate::{
    diagnostic::{Code, Diagnostic},
    field::{FieldPath, Origin},
    kinds,
    objects::{EndpointSlice, Namespace, Node as ClusterNode, Pod, Service},
    openshift,
    policy::NetworkPolicy,
    release::Release,
    source::Span,
    validate::NamespaceName,
    yaml::{Node, Value},
};
use fields::Field;
use walk::Walker;

/// The objects of some texts, in the order in which they stand there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Objects {
    /// Namespaces.
    pub namespaces: Vec<Namespace>,
    /// Pods, and a pod for each workload.
    pub pods: Vec<Pod>,
    /// Services.
    pub services: Vec<Service>,
    /// `EndpointSlice`s and `Endpoints`.
    pub endpoints: Vec<EndpointSlice>,
    /// Nodes.
    pub nodes: Vec<ClusterNode>,
    /// Policies.
    pub policies: Vec<NetworkPolicy>,
}

impl Objects {
    /// Whether they describe a cluster: a Namespace or a Pod is among them.
    pub const fn has_cluster(&self) -> bool {
        !self.namespaces.is_empty() || !self.pods.is_empty()
    }

    /// How many there are of each.
    pub(crate) const fn counts(&self) -> [usize; 4] {
        [self.namespaces.len(), self.pods.len(), self.services.len(), self.policies.len()]
    }

    /// Keeps the first of each.
    pub(crate) fn truncate(&mut self, [namespaces, pods, services, policies]: [usize; 4]) {
        self.namespaces.truncate(namespaces);
        self.pods.truncate(pods);
        self.services.truncate(services);
        self.policies.truncate(policies);
    }

    /// Appends the others.
    pub fn extend(&mut self, other: Self) {
        self.namespaces.extend(other.namespaces);
        self.pods.extend(other.pods);
        self.services.extend(other.services);
        self.endpoints.extend(other.endpoints);
        self.nodes.extend(other.nodes);
        self.policies.extend(other.policies);
    }
}

/// Which document is decoded.
pub(crate) struct Place<'n> {
    /// Index of the source.
    pub(crate) source: usize,
    /// Index of the document within its source.
    pub(crate) document: usize,
    /// Index of the document among all.
    pub(crate) global: usize,
    /// Where objects land that name no namespace; `None` where nobody said.
    pub(crate) landing: Option<&'n NamespaceName>,
    /// The release of Kubernetes that answers.
    pub(crate) release: Release,
    /// How many diagnostics there may be in the end.
    pub(crate) most: usize,
}

impl Place<'_> {
    /// Something to say of the document as a whole.
    pub(crate) const fn diagnostic(&self, code: Code, message: String, span: Span) -> Diagnostic {
        Diagnostic::new(code, message, self.source, self.document, span)
    }
}

/// Decodes one document into `objects`, a `List` into all its items.
pub(crate) fn document(
    root: &Node,
    place: &Place<'_>,
    objects: &mut Objects,
    out: &mut Vec<Diagnostic>,
) {
    let origin = Origin { document: place.global, path: FieldPath::root() };
    object(root, &TypeMeta::default(), &origin, place, objects, out);
}

/// `apiVersion` and `kind`.
#[derive(Debug, Clone, Default)]
struct TypeMeta {
    api_version: String,
    kind: String,
}

fn object(
    node: &Node,
    inherited: &TypeMeta,
    origin: &Origin,
    place: &Place<'_>,
    objects: &mut Objects,
    out: &mut Vec<Diagnostic>,
) {
    let mut walker = Walker {
        source: place.source,
        document: place.document,
        origin: origin.clone(),
        out,
        has_errors: false,
        landing: place.landing,
        release: place.release,
        most: place.most,
        spare: None,
        unknown_in: None,
    };
    let field = Field { node, path: FieldPath::root() };
    let Some(types) = type_meta(&mut walker, &field, inherited) else { return };
    let (version, kind) = (types.api_version.as_str(), types.kind.as_str());
    match (version, kind) {
        ("networking.k8s.io/v1", "NetworkPolicy") => objects.policies.extend(walker.policy(field)),
        ("v1", "Namespace") => {
            let meta = walker.meta(&field, meta::Kind::Namespace);
            objects.namespaces.extend((!walker.has_errors).then_some(Namespace { meta }));
        }
        ("v1", "Pod") => objects.pods.extend(walker.pod(&field)),
        ("v1", "Service") => objects.services.extend(walker.service(&field)),
        ("v1", "Node") => objects.nodes.extend(walker.node(&field)),
        ("v1", "Endpoints") => objects.endpoints.extend(walker.endpoints(&field)),
        ("discovery.k8s.io/v1", "EndpointSlice") => {
            objects.endpoints.extend(walker.endpoint_slice(&field));
        }
        _ if let Some(workload) = kinds::workload(version, kind) => {
            objects.pods.extend(walker.workload(&field, workload));
        }
        _ if openshift::is_template(node) => template(walker, &field, origin, place, objects),
        _ => match kind::list(&mut walker, &field, &types) {
            Some((types, items)) => {
                for (at, item) in items.iter().enumerate() {
                    object(item.node, &types, &origin.key("items").index(at), place, objects, out);
                }
            }
            None => kind::not_used(&mut walker, &field, &types),
        },
    }
}

/// An OpenShift Template: its objects, but for those that lack the value of a parameter.
fn template(
    mut walker: Walker<'_>,
    field: &Field<'_>,
    origin: &Origin,
    place: &Place,
    objects: &mut Objects,
) {
    for (at, (item, lacking)) in openshift::objects(field.node).into_iter().enumerate() {
        let path = FieldPath::root().key("objects").index(at);
        if let Some(parameter) = lacking {
            let kind = item.get("kind").and_then(Node::as_str).unwrap_or("object");
            let message =
                format!("this `{kind}` is left out: parameter `{parameter}` has no value");
            let help = format!(
                "give it one: `oc process --local -f FILE -p {parameter}=… | netpol lint -`"
            );
            walker.report(Code::ParameterWithoutValue, &path, first_key(item), message).help =
                Some(help);
        } else {
            let below = origin.key("objects").index(at);
            object(item, &TypeMeta::default(), &below, place, objects, walker.out);
        }
    }
}

fn type_meta(walker: &mut Walker<'_>, field: &Field<'_>, inherited: &TypeMeta) -> Option<TypeMeta> {
    let Value::Mapping(_) = field.node.value else {
        let message =
            "this document is no Kubernetes object: it is not a map with `apiVersion` and `kind`"
                .to_owned();
        walker.report(Code::NotAnObject, &field.path, field.node.span, message);
        return None;
    };
    let text = |name: &str| field.node.get(name).and_then(Node::as_str).unwrap_or("").to_owned();
    let mut types = TypeMeta { api_version: text("apiVersion"), kind: text("kind") };
    if types.kind.is_empty() && types.api_version.is_empty() {
        types = inherited.clone();
    }
    for (value, name, shown) in
        [(&types.kind, "kind", "Kind"), (&types.api_version, "apiVersion", "apiVersion")]
    {
        if value.is_empty() {
            let message = format!("Object '{shown}' is missing");
            let help = missing_type_help(field.node, name);
            walker
                .report(Code::NotAnObject, &field.path.key(name), first_key(field.node), message)
                .help = Some(help);
            return None;
        }
    }
    Some(types)
}

/// A whole document underlined says little: its first key is enough.
fn first_key(node: &Node) -> Span {
    match &node.value {
        Value::Mapping(entries) => entries.first().map_or(node.span, |entry| entry.key_span),
        _ => node.span,
    }
}

fn missing_type_help(node: &Node, name: &str) -> String {
    let looks_like_policy = ["spec", "podSelector", "ingress", "egress", "policyTypes"]
        .iter()
        .any(|key| node.get(key).is_some());
    match name {
        "kind" if looks_like_policy => {
            "start the document with `apiVersion: networking.k8s.io/v1` and `kind: NetworkPolicy`"
                .to_owned()
        }
        "apiVersion" if node.get("kind").and_then(Node::as_str) == Some("NetworkPolicy") => {
            "add `apiVersion: networking.k8s.io/v1`".to_owned()
        }
        _ => format!("add `{name}:`"),
    }
}
