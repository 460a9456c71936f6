//! Labels → who has them. A selector finds its matches without asking everybody: only those are asked
//! whose label may make a difference to it.

use fixedbitset::FixedBitSet;

use crate::{
    meta::{Labels, is_unknown},
    selector::{LabelSelector, LabelSelectorRequirement, Operator},
};

/// A label of one of many, by its number: key, value, whose it is.
type Entry<'c> = (&'c str, &'c str, usize);

/// The labels of many, each a number, in order.
pub(crate) struct LabelIndex<'c> {
    count: usize,
    known: Vec<Entry<'c>>,
    /// Those whose values only the cluster knows.
    unknown: Vec<Entry<'c>>,
}

/// Whom a selector finds.
pub(crate) struct Found {
    /// Whatever the values are that only the cluster knows.
    pub(crate) surely: FixedBitSet,
    /// With these, and those that it may find.
    pub(crate) perhaps: FixedBitSet,
}

impl<'c> LabelIndex<'c> {
    pub(crate) fn of(all: impl Iterator<Item = &'c Labels>) -> Self {
        let mut index = Self { count: 0, known: Vec::new(), unknown: Vec::new() };
        for labels in all {
            for (key, value) in labels {
                let of_kind = if is_unknown(value) { &mut index.unknown } else { &mut index.known };
                of_kind.push((key, value, index.count));
            }
            index.count += 1;
        }
        index.known.sort_unstable();
        index.unknown.sort_unstable();
        index
    }

    /// Whether some label has a value that only the cluster knows.
    pub(crate) const fn has_unknown(&self) -> bool {
        !self.unknown.is_empty()
    }

    /// Everyone whom a selector finds.
    pub(crate) fn find(&self, selector: &LabelSelector) -> Found {
        let mut found = Found { surely: self.all(true), perhaps: self.all(true) };
        for requirement in &selector.requirements {
            let without = requirement.holds_for(None);
            let mut surely = self.all(without == Some(true));
            let mut perhaps = self.all(without != Some(false));
            for (_, value, at) in self.asked(requirement) {
                let holds = requirement.holds_for(Some(value));
                surely.set(*at, holds == Some(true));
                perhaps.set(*at, holds != Some(false));
            }
            found.surely.intersect_with(&surely);
            found.perhaps.intersect_with(&perhaps);
        }
        found
    }

    fn all(&self, are_in: bool) -> FixedBitSet {
        let mut all = FixedBitSet::with_capacity(self.count);
        all.set_range(.., are_in);
        all
    }

    /// The labels to which a requirement may say something else than to a label that is missing. `In` and `NotIn` take a
    /// value that they do not list for no label at all.
    fn asked<'s>(
        &'s self,
        requirement: &'s LabelSelectorRequirement,
    ) -> impl Iterator<Item = &'s Entry<'c>> {
        let key = requirement.key.as_str();
        let by_value = matches!(requirement.operator, Operator::In | Operator::NotIn);
        let listed = requirement.values.iter().filter(move |_| by_value);
        let listed = listed.flat_map(move |value| between(&self.known, key, Some(value)));
        let all = if by_value { &[][..] } else { between(&self.known, key, None) };
        listed.chain(all).chain(between(&self.unknown, key, None))
    }
}

/// The entries of a key, or of a key and a value.
fn between<'s, 'c>(entries: &'s [Entry<'c>], key: &str, value: Option<&String>) -> &'s [Entry<'c>] {
    let is_before = |(k, v, _): &Entry<'_>| match value {
        Some(value) => (*k, *v) < (key, value.as_str()),
        None => *k < key,
    };
    let is_meant = |(k, v, _): &Entry<'_>| *k == key && value.is_none_or(|value| v == value);
    let behind = entries.get(entries.partition_point(is_before)..).unwrap_or_default();
    behind.get(..behind.partition_point(is_meant)).unwrap_or_default()
}
