//! Edited texts as they are kept in the browser's storage: policies and cluster, with a character between them that YAML
//! does not allow; after another one a word where the cluster is to stay without witnesses. A third one parts the texts.

use yew::AttrValue;

const BETWEEN: char = '\0';
const NEXT: char = '\u{1}';
/// More edited texts than these nobody finds his way back to.
const MOST: usize = 4;
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

/// Edited texts that had to make way for others. The last one is offered first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drafts(Vec<Draft>);

impl Drafts {
    /// Keeps one more.
    pub fn put(&mut self, draft: Option<Draft>) {
        let Some(draft) = draft else { return };
        self.forget(&draft.policies, &draft.cluster);
        self.0.push(draft);
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }

    /// The one that is offered.
    pub fn last(&self) -> Option<&Draft> {
        self.0.last()
    }

    /// Takes that one out.
    pub fn take(&mut self) -> Option<Draft> {
        self.0.pop()
    }

    /// Forgets those that are on the page anyway.
    pub fn forget(&mut self, policies: &str, cluster: &str) {
        self.0.retain(|draft| !draft.is_of(policies, cluster));
    }

    /// As they are stored; `None` where there are none.
    pub fn to_stored(&self) -> Option<String> {
        let mut stored = String::new();
        for draft in &self.0 {
            stored.push_str(&draft.to_stored());
            stored.push(NEXT);
        }
        (!stored.is_empty()).then_some(stored)
    }

    /// From what was stored.
    pub fn from_stored(stored: &str) -> Self {
        let mut drafts = Self::default();
        stored.split(NEXT).for_each(|one| drafts.put(Draft::from_stored(one)));
        drafts
    }
}

impl From<Option<Draft>> for Drafts {
    fn from(draft: Option<Draft>) -> Self {
        Self(draft.into_iter().collect())
    }
}
