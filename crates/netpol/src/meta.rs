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
