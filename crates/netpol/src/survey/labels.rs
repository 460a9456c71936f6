//! Labels → who has them. A selector finds its matches without asking everybody: only those are asked
//! whose label may make a difference to it.

use std::ops::Range;

use fixedbitset::FixedBitSet;

use crate::{
    meta::{Labels, is_unknown},
    selector::{LabelSelector, LabelSelectorRequirement, Operator},
    steps,
};

/// A label of one of many, by its number: key, value, whose it is.
type Entry<'c> = (&'c str, &'c str, usize);

/// The labels of many, each a number.
pub(crate) struct LabelIndex<'c> {
    count: usize,
    /// In order of key, value, number.
    by_value: Vec<Entry<'c>>,
    /// The same in order of key, number.
    by_key: Vec<Entry<'c>>,
    /// Those whose values only the cluster knows, in order of key, number.
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
        let mut index =
            Self { count: 0, by_value: Vec::new(), by_key: Vec::new(), unknown: Vec::new() };
        for labels in all {
            for (key, value) in labels {
                let of_kind =
                    if is_unknown(value) { &mut index.unknown } else { &mut index.by_value };
                of_kind.push((key, value, index.count));
            }
            index.count += 1;
        }
        index.by_key.clone_from(&index.by_value);
        index.by_value.sort_unstable();
        for entries in [&mut index.by_key, &mut index.unknown] {
            entries.sort_unstable_by_key(|(key, _, at)| (*key, *at));
        }
        index
    }

    /// The numbers of all.
    pub(crate) const fn everyone(&self) -> Range<usize> {
        0..self.count
    }

    /// Whether some label has a value that only the cluster knows.
    pub(crate) const fn has_unknown(&self) -> bool {
        !self.unknown.is_empty()
    }

    /// Everyone of these numbers whom a selector finds.
    pub(crate) fn find(&self, selector: &LabelSelector, within: &Range<usize>) -> Found {
        let all = |are_in: bool| {
            let mut all = FixedBitSet::with_capacity(self.count);
            all.set_range(within.clone(), are_in);
            all
        };
        let mut found = Found { surely: all(true), perhaps: all(true) };
        for requirement in &selector.requirements {
            let without = requirement.holds_for(None);
            let mut surely = all(without == Some(true));
            let mut perhaps = all(without != Some(false));
            for (_, value, at) in self.asked(requirement, within) {
                steps::take(1);
                let holds = requirement.holds_for(Some(value));
                surely.set(*at, holds == Some(true));
                perhaps.set(*at, holds != Some(false));
            }
            found.surely.intersect_with(&surely);
            found.perhaps.intersect_with(&perhaps);
        }
        found
    }

    /// Whether a selector asks one of these numbers for a value that only the cluster knows.
    pub(crate) fn asks_unknown(&self, selector: &LabelSelector, within: &Range<usize>) -> bool {
        let mut asked = selector.requirements.iter().map(|requirement| requirement.key.as_str());
        asked.any(|key| !of_key(&self.unknown, key, within).is_empty())
    }

    /// The labels to which a requirement may say something else than to a label that is missing. `In` and `NotIn` take a
    /// value that they do not list for no label at all.
    fn asked<'s>(
        &'s self,
        requirement: &'s LabelSelectorRequirement,
        within: &'s Range<usize>,
    ) -> impl Iterator<Item = &'s Entry<'c>> {
        let key = requirement.key.as_str();
        let by_value = matches!(requirement.operator, Operator::In | Operator::NotIn);
        let listed = requirement.values.iter().filter(move |_| by_value);
        let listed = listed.flat_map(move |value| of_value(&self.by_value, key, value, within));
        let all = if by_value { &[][..] } else { of_key(&self.by_key, key, within) };
        listed.chain(all).chain(of_key(&self.unknown, key, within))
    }
}

/// The entries of a key and a value in these numbers, of entries in order of key, value, number.
fn of_value<'s, 'c>(
    entries: &'s [Entry<'c>],
    key: &str,
    value: &str,
    within: &Range<usize>,
) -> &'s [Entry<'c>] {
    let before = |end| entries.partition_point(|entry| *entry < (key, value, end));
    entries.get(before(within.start)..before(within.end)).unwrap_or_default()
}

/// The entries of a key in these numbers, of entries in order of key, number.
fn of_key<'s, 'c>(entries: &'s [Entry<'c>], key: &str, within: &Range<usize>) -> &'s [Entry<'c>] {
    let before = |end| entries.partition_point(|(it, _, at)| (*it, *at) < (key, end));
    entries.get(before(within.start)..before(within.end)).unwrap_or_default()
}
