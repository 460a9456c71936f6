//! An edited text as it is kept in the browser's storage: policies and cluster, with a character between them that YAML
//! does not allow.

use yew::AttrValue;

const BETWEEN: char = '\0';

/// An edited text that has no link of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The policies.
    pub policies: AttrValue,
    /// The cluster.
    pub cluster: AttrValue,
}

impl Draft {
    /// As it is stored.
    pub fn to_stored(&self) -> String {
        format!("{}{BETWEEN}{}", self.policies, self.cluster)
    }

    /// From what was stored; `None` where that is no draft.
    pub fn from_stored(stored: &str) -> Option<Self> {
        let (policies, cluster) = stored.split_once(BETWEEN)?;
        let text = |text: &str| AttrValue::from(text.to_owned());
        (!policies.trim().is_empty())
            .then(|| Self { policies: text(policies), cluster: text(cluster) })
    }
}
