//! What a manifest says, before it is written down: maps, lists and scalars, in an order.

/// A piece of a manifest.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

/// A map from what is there.
pub(crate) fn map(entries: impl IntoIterator<Item = (&'static str, Tree)>) -> Tree {
    Tree::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A text.
pub(crate) fn text(text: impl Into<String>) -> Tree {
    Tree::Text(text.into())
}

impl Tree {
    /// How many pieces can be left out: every entry and every item, at any depth.
    pub(crate) fn pieces(&self) -> usize {
        match self {
            Self::List(items) => items.iter().map(|item| 1 + item.pieces()).sum(),
            Self::Map(entries) => entries.iter().map(|(_, value)| 1 + value.pieces()).sum(),
            _ => 0,
        }
    }

    /// The same without its `at`-th piece, counted from the top.
    pub(crate) fn without(&self, mut at: usize) -> Self {
        let mut left = self.clone();
        left.remove(&mut at);
        left
    }

    fn remove(&mut self, at: &mut usize) -> bool {
        let children: Vec<&mut Self> = match self {
            Self::List(items) => items.iter_mut().collect(),
            Self::Map(entries) => entries.iter_mut().map(|(_, value)| value).collect(),
            _ => return false,
        };
        let mut found = None;
        for (index, child) in children.into_iter().enumerate() {
            if *at == 0 {
                found = Some(index);
                break;
            }
            *at -= 1;
            if child.remove(at) {
                return true;
            }
        }
        match (self, found) {
            (Self::List(items), Some(index)) => drop(items.remove(index)),
            (Self::Map(entries), Some(index)) => drop(entries.remove(index)),
            _ => return false,
        }
        true
    }
}
