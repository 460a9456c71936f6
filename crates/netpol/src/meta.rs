//! Names and labels, which every Kubernetes object has.

use std::{collections::BTreeMap, fmt, str::FromStr};

use crate::field::Origin;

/// `metadata.labels`: what selectors look at.
pub type Labels = BTreeMap<String, String>;

/// The namespace of objects that name none, as kubectl has it unless told otherwise.
pub const DEFAULT_NAMESPACE: &str = "default";

/// The label that the API server puts on every namespace: its name.
///
/// "The Kubernetes control plane sets an immutable label `kubernetes.io/metadata.name` on all
/// namespaces, the value of the label is the namespace name." (docs, Network Policies, "Targeting
/// a Namespace by its name")
pub const NAMESPACE_NAME_LABEL: &str = "kubernetes.io/metadata.name";

/// What stands in the value of a label where only the cluster knows it: a hash, a number of a run. No label that
/// somebody writes has it, as the API server refuses it.
pub const UNKNOWN: char = '*';

/// Whether only the cluster knows a label's value, or a part of it.
pub fn is_unknown(value: &str) -> bool {
    value.contains(UNKNOWN)
}

/// Whether a label's value may turn out to be this one: `backup-*` may be `backup-28934112`, and is never `backup` or
/// `web-28934112`. What a controller puts behind a name has no dash.
pub fn may_be(value: &str, asked: &str) -> bool {
    let Some((before, after)) = value.split_once(UNKNOWN) else { return value == asked };
    let Some(rest) = asked.strip_prefix(before) else { return false };
    if is_unknown(after) {
        return !rest.is_empty();
    }
    let rest = rest.strip_suffix(after).unwrap_or_default();
    !rest.is_empty() && (before.is_empty() || !rest.contains('-'))
}

/// A namespaced object's full name, written `namespace/name`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamespacedName {
    /// The namespace.
    pub namespace: String,
    /// The name within it.
    pub name: String,
}

impl NamespacedName {
    /// Puts the two together.
    pub fn new(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self { namespace: namespace.into(), name: name.into() }
    }
}

impl fmt::Display for NamespacedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.namespace, self.name)
    }
}

impl FromStr for NamespacedName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.split_once('/') {
            Some((namespace, name))
                if !namespace.is_empty() && !name.is_empty() && !name.contains('/') =>
            {
                Ok(Self::new(namespace, name))
            }
            _ => Err(()),
        }
    }
}

/// The part of `metadata` that matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectMeta {
    /// `metadata.namespace` and `metadata.name`.
    pub name: NamespacedName,
    /// `metadata.labels`.
    pub labels: Labels,
    /// Where the object stands; `None` for one that nobody wrote.
    pub origin: Option<Origin>,
}
