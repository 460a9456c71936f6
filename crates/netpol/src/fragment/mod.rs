//! Pasted fragments: a `spec` alone, an `ingress:`, a list of rules. Their nodes are put where they stand
//! in a whole policy and keep their spans, so every place in the text stays right.

mod indentation;
mod prose;
mod shape;

use crate::{
    field::{FieldPath, Segment},
    policy::Direction,
    scalar::Scalar,
    source::Span,
    yaml::{Entry, Node, Value},
};

pub(crate) use indentation::{Insertion, is_flat, lost_indentation, second_spec};
pub(crate) use prose::prose;

/// A document that is only part of a NetworkPolicy, and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// What its text stands for: the object itself where it has the key `spec`, else `spec`, `spec.ingress`
    /// (a list of rules) or `spec.ingress[0]` (one rule), or the same of `egress`.
    pub field: FieldPath,
    /// The name that the policy goes by: `pasted`, `pasted-2`…
    pub name: String,
    /// The namespace that it was put into, and why there.
    pub home: Home,
}

/// The namespace of a fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// Where a manifest without a namespace lands.
    Landing(String),
    /// That of the text's other policies.
    OfPolicies(String),
    /// The one whose pods have the labels that it asks for.
    OfPods(String),
}

impl Home {
    /// The namespace.
    pub fn name(&self) -> &str {
        let (Self::Landing(name) | Self::OfPolicies(name) | Self::OfPods(name)) = self;
        name
    }

    /// Why there, to be put behind the name.
    const fn reason(&self) -> &'static str {
        match self {
            Self::Landing(_) => "",
            Self::OfPolicies(_) => ", as the other policies are",
            Self::OfPods(_) => ", whose pods have its labels",
        }
    }
}

/// The name of the first fragment.
pub const NAME: &str = "pasted";

/// How a document is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading {
    /// As an object, whatever may be wrong with it.
    Object,
    /// As this field of a NetworkPolicy.
    Part(FieldPath),
    /// As nothing: it is part of a policy, but of which field remains open. The help for it.
    Unclear(&'static str),
}

const PEERS: &str = "who may connect belongs under `from:` of an ingress rule or under `to:` of an egress rule; write `ingress:` and `- from:` before it";
const RULES: &str =
    "these are rules, but of which direction? Write `ingress:` or `egress:` before them";
const BOTH: &str =
    "`from` belongs to rules under `ingress:`, `to` to rules under `egress:`; keep the two apart";
const SELECTOR: &str = "the pods that a policy selects, or a peer of one of its rules? Write `spec:` before it, or `ingress:` and `- from:`";

/// A whole fragment underlined says little: its first key or dash is enough.
pub(crate) fn first(root: &Node) -> Span {
    match &root.value {
        Value::Mapping(entries) => entries.first().map_or(root.span, |entry| entry.key_span),
        _ => Span::new(root.span.start, (root.span.start + 1).min(root.span.end)),
    }
}

/// What a document is.
pub(crate) fn reading(root: &Node) -> Reading {
    let has = |key: &str| root.get(key).is_some();
    let part = |field: &str| Reading::Part(FieldPath::root().key(field));
    match &root.value {
        Value::Mapping(_) if ["apiVersion", "kind", "metadata"].into_iter().any(has) => {
            Reading::Object
        }
        Value::Mapping(entries) => match root.get("spec") {
            Some(spec)
                if entries.len() == 1 && (spec.get("podSelector").is_some() || is_spec(spec)) =>
            {
                Reading::Part(FieldPath::root())
            }
            None if is_spec(root) => part("spec"),
            None if is_rule(root) && !entries.is_empty() => {
                rules(std::slice::from_ref(root), |list| list.index(0))
            }
            None if has("namespaceSelector") || has("ipBlock") => Reading::Unclear(PEERS),
            None if has("podSelector") => Reading::Unclear(SELECTOR),
            _ => Reading::Object,
        },
        Value::Sequence(items) if items.is_empty() => Reading::Object,
        Value::Sequence(items) if items.iter().all(is_rule) => rules(items, |list| list),
        Value::Sequence(items) if items.iter().all(is_peer) => Reading::Unclear(PEERS),
        _ => Reading::Object,
    }
}

/// Whether this is what stands under `spec` of a NetworkPolicy, and of no other kind.
fn is_spec(node: &Node) -> bool {
    let Value::Mapping(entries) = &node.value else { return false };
    let is_rules = |node: &Node| match &node.value {
        Value::Sequence(items) => items.iter().all(is_rule),
        Value::Mapping(entries) => !entries.is_empty() && is_rule(node),
        Value::Scalar(_) => false,
    };
    let is_direction = |entry: &Entry| {
        matches!(entry.key.as_str(), "ingress" | "egress") && is_rules(&entry.value)
    };
    node.get("policyTypes").is_some()
        || node.get("podSelector").is_some() && entries.len() > 1 && !is_peer(node)
        || !entries.is_empty() && entries.iter().all(is_direction)
}

fn is_rule(node: &Node) -> bool {
    let has = |key| node.get(key).is_some();
    match &node.value {
        Value::Mapping(entries) => {
            entries.is_empty() || (has("from") || has("to") || has("ports")) && !has("action")
        }
        _ => node.is_null(),
    }
}

fn is_peer(node: &Node) -> bool {
    let Value::Mapping(entries) = &node.value else { return false };
    let is_known = |entry: &Entry| {
        ["podSelector", "namespaceSelector", "ipBlock"].contains(&entry.key.as_str())
    };
    !entries.is_empty() && entries.iter().all(is_known)
}

/// Rules by the direction that their peers tell.
fn rules(rules: &[Node], at: impl Fn(FieldPath) -> FieldPath) -> Reading {
    let has = |direction: &Direction| {
        rules.iter().any(|rule| rule.get(direction.peers_field()).is_some())
    };
    match Direction::ALL.map(|direction| has(&direction)) {
        [true, true] => Reading::Unclear(BOTH),
        [false, false] => Reading::Unclear(RULES),
        [is_ingress, _] => {
            let direction = if is_ingress { Direction::Ingress } else { Direction::Egress };
            Reading::Part(at(FieldPath::root().key("spec").key(direction.field())))
        }
    }
}

impl Fragment {
    /// The fragment's node where it stands in a whole policy. What nobody wrote is empty and stands
    /// where the text begins.
    pub(crate) fn place(&self, root: Node) -> Node {
        let span = root.span;
        let nowhere = Span::new(span.start, span.start);
        let entry = |key: &str, value| Entry { key: key.to_owned(), key_span: nowhere, value };
        let text = |text: &str| Node {
            span: nowhere,
            value: Value::Scalar(Scalar::Text(text.to_owned())),
        };
        let mut node = root;
        for segment in self.field.segments().iter().rev() {
            let value = match segment {
                Segment::Key(key) => Value::Mapping(vec![entry(key, node)]),
                Segment::Index(_) => Value::Sequence(vec![node]),
            };
            node = Node { span, value };
        }
        let named =
            vec![entry("name", text(&self.name)), entry("namespace", text(self.home.name()))];
        let metadata = Node { span: nowhere, value: Value::Mapping(named) };
        if let Value::Mapping(entries) = &mut node.value {
            let missing = [
                entry("apiVersion", text("networking.k8s.io/v1")),
                entry("kind", text("NetworkPolicy")),
                entry("metadata", metadata),
            ];
            entries.splice(0..0, missing);
        }
        node
    }

    /// Writes the namespace where [`Fragment::place`] has put the one before.
    pub(crate) fn write_home(&self, root: &mut Node) {
        let written = root.get_mut("metadata").and_then(|metadata| metadata.get_mut("namespace"));
        if let Some(written) = written {
            written.value = Value::Scalar(Scalar::Text(self.home.name().to_owned()));
        }
    }

    /// What was assumed, in words.
    pub(crate) fn assumed(&self, root: &Node) -> String {
        let field = if self.field.is_root() { "spec".to_owned() } else { self.field.to_string() };
        let has_selector = root.get("spec").is_some_and(|spec| spec.get("podSelector").is_some());
        let selects = if has_selector { "" } else { ", which selects every pod there" };
        format!(
            "part of a NetworkPolicy: read as `{field}` of `{}` in namespace `{}`{}{selects}",
            self.name,
            self.home.name(),
            self.home.reason()
        )
    }

    /// The lines that a whole policy has before the fragment's own, and how far those are indented.
    pub(crate) fn before(&self, root: &Node) -> (String, usize) {
        let mut lines = format!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: {}\n  namespace: {}\n",
            self.name,
            self.home.name()
        );
        let segments = self.field.segments();
        if segments.is_empty() {
            return (lines, 0);
        }
        lines.push_str("spec:\n");
        if root.get("spec").is_some_and(|spec| spec.get("podSelector").is_none()) {
            lines.push_str("  podSelector: {}\n");
        }
        if let Some(Segment::Key(direction)) = segments.get(1) {
            lines.push_str("  ");
            lines.push_str(direction);
            lines.push_str(":\n");
        }
        (lines, if segments.len() > 2 { 4 } else { 2 })
    }
}
