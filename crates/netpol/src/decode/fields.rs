//! A field of an object that is decoded, and how Go names its place.

use crate::{
    field::FieldPath,
    yaml::{Node, Value},
};

/// A field that is there and not null.
#[derive(Clone)]
pub(super) struct Field<'n> {
    pub(super) node: &'n Node,
    /// Within the object: an item of a `List` counts as an object of its own.
    pub(super) path: FieldPath,
}

impl<'n> Field<'n> {
    /// A field of this map, unless it is missing or null.
    pub(super) fn get(&self, name: &str) -> Option<Field<'n>> {
        let node = self.node.get(name).filter(|node| !node.is_null())?;
        Some(Field { node, path: self.path.key(name) })
    }

    /// The items of this list; what is no list has none.
    pub(super) fn items(&self) -> impl Iterator<Item = Field<'n>> + use<'n> {
        let items: &[Node] = match &self.node.value {
            Value::Sequence(items) => items,
            _ => &[],
        };
        let path = self.path.clone();
        items.iter().enumerate().map(move |(at, node)| Field { node, path: path.index(at) })
    }
}

/// How Go names the place of a field: `Go struct field NetworkPolicySpec.… of type …`.
#[derive(Clone, Copy)]
pub(super) struct Go {
    pub(super) owner: &'static str,
    pub(super) of_type: &'static str,
}

pub(super) const fn go(owner: &'static str, of_type: &'static str) -> Go {
    Go { owner, of_type }
}
