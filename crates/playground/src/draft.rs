//! Edited texts as they are kept in the browser's storage: policies and cluster, with a character between them, and behind it
//! once more a word where the cluster is to stay without witnesses; another character parts the drafts. Somebody may have
//! typed these characters too: in a text they are spelt with a third one.

use yew::AttrValue;

const BETWEEN: char = '\0';
/// Also begins what is stored: drafts of before texts were spelt so begin with a text.
const NEXT: char = '\u{1}';
/// Before the name of a character that is not to part anything.
const SPELT: char = '\u{2}';
const NAMES: [(char, char); 3] = [(BETWEEN, '0'), (NEXT, '1'), (SPELT, '2')];
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
    fn put(&self, stored: &mut String) {
        put_spelt(&self.policies, stored);
        stored.push(BETWEEN);
        put_spelt(&self.cluster, stored);
        if !self.witnesses {
            stored.push(BETWEEN);
            stored.push_str(WITHOUT_WITNESSES);
        }
    }

    /// From what was stored, as `read` reads its texts; `None` where that is no draft.
    fn read(stored: &str, read: fn(&str) -> String) -> Option<Self> {
        let (policies, rest) = stored.split_once(BETWEEN)?;
        let (cluster, fields) = rest.split_once(BETWEEN).unwrap_or((rest, ""));
        let text = |text: &str| AttrValue::from(read(text));
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
            stored.push(NEXT);
            draft.put(&mut stored);
        }
        (!stored.is_empty()).then_some(stored)
    }

    /// From what was stored, now or by an earlier version.
    pub fn from_stored(stored: &str) -> Self {
        let mut drafts = Self::default();
        let read = if stored.starts_with(NEXT) { unspelt } else { str::to_owned };
        stored.split(NEXT).for_each(|one| drafts.put(Draft::read(one, read)));
        drafts
    }
}

fn put_spelt(text: &str, stored: &mut String) {
    for c in text.chars() {
        match NAMES.iter().find(|(one, _)| *one == c) {
            Some((_, name)) => stored.extend([SPELT, *name]),
            None => stored.push(c),
        }
    }
}

fn unspelt(stored: &str) -> String {
    let mut characters = stored.chars();
    let mut text = String::with_capacity(stored.len());
    while let Some(c) = characters.next() {
        let spelt = if c == SPELT { characters.next() } else { None };
        let meant = NAMES.iter().find(|(_, name)| Some(*name) == spelt);
        text.push(meant.map_or(c, |(meant, _)| *meant));
    }
    text
}

impl From<Option<Draft>> for Drafts {
    fn from(draft: Option<Draft>) -> Self {
        Self(draft.into_iter().collect())
    }
}
