//! The ends, parted by which sets they are in.

use fixedbitset::FixedBitSet;

use crate::steps;

/// Ends that are in the same sets are one part.
pub(crate) struct Parts {
    of_end: Vec<usize>,
    sizes: Vec<Part>,
    splits: usize,
}

/// How many ends a part has, and what the last split made of it.
#[derive(Clone, Copy, Default)]
struct Part {
    size: usize,
    split: usize,
    /// How many of its ends were in the set, and which part these are now.
    found: usize,
    into: usize,
}

impl Parts {
    /// All ends in one part.
    pub(crate) fn of(ends: usize) -> Self {
        let whole = Part { size: ends, ..Part::default() };
        Self { of_end: vec![0; ends], sizes: vec![whole], splits: 0 }
    }

    /// Splits off those that are in a set. Says of each part that meets it which part these ends are now: a new one, the
    /// next number, or the very same where all of it is in the set.
    pub(crate) fn split(&mut self, set: &FixedBitSet, mut tell: impl FnMut(usize, usize)) {
        self.splits += 1;
        let split = self.splits;
        let mut met = Vec::new();
        for end in set.ones() {
            steps::take(1);
            let Some((at, part)) = self.part_of(end) else { continue };
            if part.split != split {
                met.push(at);
                *part = Part { split, found: 0, ..*part };
            }
            part.found += 1;
        }
        let mut is_split = false;
        for at in met {
            let next = self.sizes.len();
            let Some(part) = self.sizes.get_mut(at) else { continue };
            let Part { found, size, .. } = *part;
            part.into = at;
            if found < size {
                is_split = true;
                part.into = next;
                part.size -= found;
                self.sizes.push(Part { size: found, ..Part::default() });
            }
            let into = if found < size { next } else { at };
            tell(at, into);
        }
        for end in set.ones().filter(|_| is_split) {
            let into = self.part_of(end).map(|(_, part)| part.into);
            if let (Some(slot), Some(into)) = (self.of_end.get_mut(end), into) {
                *slot = into;
            }
        }
    }

    /// The part of an end.
    fn part_of(&mut self, end: usize) -> Option<(usize, &mut Part)> {
        let at = self.of_end.get(end).copied();
        let found = at.and_then(|at| Some((at, self.sizes.get_mut(at)?)));
        debug_assert!(found.is_some(), "end {end} is in no part");
        found
    }

    /// The part of each end.
    pub(crate) fn of_end(&self) -> &[usize] {
        &self.of_end
    }
}
