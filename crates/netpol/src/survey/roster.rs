//! Sets of pods and of addresses, in few bytes: one bit for those that no policy can tell apart.

use std::{fmt, iter, ops::Range, rc::Rc};

use fixedbitset::FixedBitSet;

use crate::{addresses::IpSet, cluster::PodId};

/// Whom the bits mean: pods first, namespace by namespace, then addresses.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Roster {
    /// The pods of each bit; at least one.
    pub(crate) pods: Vec<Vec<PodId>>,
    /// The bits of each namespace.
    pub(crate) namespaces: Vec<Range<usize>>,
    /// The addresses of each bit behind those of pods.
    pub(crate) addresses: Vec<IpSet>,
}

impl Roster {
    pub(crate) fn count(&self) -> usize {
        self.pods.len() + self.addresses.len()
    }

    /// The bits of a namespace.
    pub(crate) fn namespace(&self, at: usize) -> Range<usize> {
        let bits = self.namespaces.get(at);
        debug_assert!(bits.is_some(), "no namespace {at}");
        bits.cloned().unwrap_or_default()
    }

    /// The pods of a bit, in order.
    pub(crate) fn pods(&self, at: usize) -> &[PodId] {
        let pods = self.pods.get(at).map(Vec::as_slice);
        debug_assert!(pods.is_some(), "bit {at} is no pod's");
        pods.unwrap_or_default()
    }
}

/// Pods of one namespace, or of all but one.
#[derive(Clone)]
pub struct PodSet {
    roster: Rc<Roster>,
    /// Whose bits they are, from the first on.
    domain: Range<usize>,
    /// Those of the domain that are no candidates.
    left_out: Range<usize>,
    bits: FixedBitSet,
}

/// The pods of one namespace that are in a set.
pub(crate) struct OfNamespace<'s> {
    set: &'s PodSet,
    ends: Range<usize>,
    /// Whether these are all of them.
    pub(crate) is_whole: bool,
}

impl PodSet {
    /// Of some ends, those of a namespace.
    pub(crate) fn within(roster: &Rc<Roster>, ends: &FixedBitSet, domain: Range<usize>) -> Self {
        let mut bits = FixedBitSet::with_capacity(domain.len());
        for at in ones_in(ends, domain.clone()) {
            bits.insert(at - domain.start);
        }
        Self { roster: Rc::clone(roster), domain, left_out: 0..0, bits }
    }

    /// Of some ends, the pods that are not of a namespace.
    pub(crate) fn beside(roster: &Rc<Roster>, ends: &FixedBitSet, left_out: Range<usize>) -> Self {
        let domain = 0..roster.pods.len();
        let blocks = ends.as_slice().iter().copied();
        let mut bits = FixedBitSet::with_capacity_and_blocks(ends.len(), blocks);
        bits.remove_range(left_out.clone());
        bits.remove_range(domain.end..);
        Self { roster: Rc::clone(roster), domain, left_out, bits }
    }

    /// Those who are in the same column, and not in the set.
    pub(crate) fn others(&self) -> Self {
        let mut others = self.clone();
        others.bits.toggle_range(..others.domain.len());
        others.bits.remove_range(self.left_out.clone());
        others
    }

    /// How many pods.
    pub fn len(&self) -> usize {
        self.ends().map(|at| self.roster.pods(at).len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.bits.is_clear()
    }

    /// All of them, in the order written.
    pub fn ids(&self) -> Vec<PodId> {
        let mut ids: Vec<PodId> = self.unordered().collect();
        ids.sort_unstable();
        ids
    }

    /// The one that was written first.
    pub fn first(&self) -> Option<PodId> {
        self.namespaces().filter_map(|of_namespace| of_namespace.first()).min()
    }

    /// Whether a pod is among them.
    pub fn contains(&self, id: PodId) -> bool {
        self.unordered().any(|other| other == id)
    }

    /// Where they are in the list of everyone, as first and last of what follows one another.
    pub fn spans(&self) -> Vec<(usize, usize)> {
        spans(self.ends())
    }

    /// All of them, those that no policy can tell apart together.
    pub(crate) fn unordered(&self) -> impl Iterator<Item = PodId> {
        self.ends().flat_map(|at| self.roster.pods(at)).copied()
    }

    fn ends(&self) -> impl Iterator<Item = usize> {
        self.bits.ones().map(|bit| bit + self.domain.start)
    }

    /// The namespaces of which pods are in the set.
    pub(crate) fn namespaces(&self) -> impl Iterator<Item = OfNamespace<'_>> {
        let domain = &self.domain;
        let all = self.roster.namespaces.as_slice();
        let from = all.partition_point(|ends| ends.end <= domain.start);
        let ours = all.iter().skip(from).take_while(|ends| ends.end <= domain.end);
        ours.filter_map(|ends| {
            let count = self.bits.count_ones(ends.start - domain.start..ends.end - domain.start);
            let is_whole = count == ends.len();
            (count > 0).then(|| OfNamespace { set: self, ends: ends.clone(), is_whole })
        })
    }
}

impl OfNamespace<'_> {
    /// The pods, those that no policy can tell apart together.
    pub(crate) fn pods(&self) -> impl Iterator<Item = PodId> {
        let PodSet { roster, domain, bits, .. } = self.set;
        let ours = self.ends.start - domain.start..self.ends.end - domain.start;
        ones_in(bits, ours).flat_map(|bit| roster.pods(bit + domain.start)).copied()
    }

    /// The one that was written first.
    pub(crate) fn first(&self) -> Option<PodId> {
        // the ends of a namespace are in the order of their first pods
        self.pods().next()
    }
}

impl PartialEq for PodSet {
    fn eq(&self, other: &Self) -> bool {
        self.ids() == other.ids()
    }
}

impl Eq for PodSet {}

impl fmt::Debug for PodSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ids().fmt(f)
    }
}

/// Addresses outside the cluster.
#[derive(Clone)]
pub struct AddressSet {
    roster: Rc<Roster>,
    bits: FixedBitSet,
}

impl AddressSet {
    /// Of some ends, the addresses.
    pub(crate) fn of(roster: &Rc<Roster>, ends: &FixedBitSet) -> Self {
        let pods = roster.pods.len();
        let mut bits = FixedBitSet::with_capacity(roster.addresses.len());
        for at in ones_in(ends, pods..roster.count()) {
            bits.insert(at - pods);
        }
        Self { roster: Rc::clone(roster), bits }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.bits.is_clear()
    }

    /// The bit of the first ones.
    pub(crate) fn first(&self) -> Option<usize> {
        self.bits.minimum()
    }

    /// Where they are in the list of everyone, as first and last of what follows one another.
    pub fn spans(&self) -> Vec<(usize, usize)> {
        spans(self.bits.ones().map(|bit| bit + self.roster.pods.len()))
    }

    /// All of them as one set.
    pub fn ips(&self) -> IpSet {
        IpSet::union_of(self.bits.ones().filter_map(|at| self.roster.addresses.get(at)))
    }
}

impl PartialEq for AddressSet {
    fn eq(&self, other: &Self) -> bool {
        self.ips() == other.ips()
    }
}

impl Eq for AddressSet {}

impl fmt::Debug for AddressSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ips().fmt(f)
    }
}

fn spans(numbers: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => spans.push((number, number)),
        }
    }
    spans
}

/// The bits of a range that are set.
pub(crate) fn ones_in(bits: &FixedBitSet, range: Range<usize>) -> impl Iterator<Item = usize> {
    const WIDTH: usize = usize::BITS as usize;
    let from = range.start / WIDTH;
    debug_assert!(range.end <= bits.len(), "{range:?} of {}", bits.len());
    let words = bits.as_slice().get(from..range.end.div_ceil(WIDTH)).unwrap_or_default();
    words
        .iter()
        .enumerate()
        .flat_map(move |(at, word)| {
            let first = (from + at) * WIDTH;
            let mut word = *word;
            iter::from_fn(move || {
                let bit = word.trailing_zeros() as usize;
                word &= word.wrapping_sub(1);
                (bit < WIDTH).then_some(first + bit)
            })
        })
        .filter(move |at| range.contains(at))
}
