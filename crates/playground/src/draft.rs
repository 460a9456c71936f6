//! An edited text as it is kept in the browser's storage: policies and cluster, with a character between them that YAML
//! does not allow; after another one a word where the cluster is to stay without witnesses.

use yew::AttrValue;

const BETWEEN: char = '\0';
const WITHOUT_WITNESSES: &str = "without witnesses";

/// An edited text that has no link of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The policies.
    pub policies: AttrValue,
    /// The cluster.
    pub cluster: AttrValue,
    /// Whether the cluster is filled up with what the policies name.
    pub witnesses: bool,
}

impl Draft {
    /// As it is stored.
    pub fn to_stored(&self) -> String {
        let mut stored = format!("{}{BETWEEN}{}", self.policies, self.cluster);
        if !self.witnesses {
            stored.push(BETWEEN);
            stored.push_str(WITHOUT_WITNESSES);
        }
        stored
    }

    /// From what was stored; `None` where that is no draft.
    pub fn from_stored(stored: &str) -> Option<Self> {
        let (policies, rest) = stored.split_once(BETWEEN)?;
        let (cluster, fields) = rest.split_once(BETWEEN).unwrap_or((rest, ""));
        let text = |text: &str| AttrValue::from(text.to_owned());
        (!policies.trim().is_empty()).then(|| Self {
            policies: text(policies),
            cluster: text(cluster),
            witnesses: fields != WITHOUT_WITNESSES,
        })
    }

    /// Whether these are its texts: then there is nothing in it to get back.
    pub fn is_of(&self, policies: &str, cluster: &str) -> bool {
        *self.policies == *policies && *self.cluster == *cluster
    }
}
