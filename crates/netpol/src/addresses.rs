//! IP addresses as exact sets, IPv4 and IPv6 apart: CIDRs in, ranges inside, minimal CIDRs out.

use std::{fmt, net::IpAddr};

use crate::steps;

/// An address block such as `10.0.0.0/8`; host bits are always clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cidr {
    address: IpAddr,
    prefix: u8,
}

/// The two address families; no address of one is ever in a block of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Family {
    V4,
    V6,
}

impl Family {
    const ALL: [Self; 2] = [Self::V4, Self::V6];

    const fn bits(self) -> u8 {
        match self {
            Self::V4 => 32,
            Self::V6 => 128,
        }
    }

    const fn last(self) -> u128 {
        match self {
            Self::V4 => u32::MAX as u128,
            Self::V6 => u128::MAX,
        }
    }

    fn address(self, number: u128) -> IpAddr {
        match (self, u32::try_from(number)) {
            (Self::V4, Ok(number)) => IpAddr::V4(number.into()),
            _ => IpAddr::V6(number.into()),
        }
    }
}

fn number(address: IpAddr) -> (Family, u128) {
    match address {
        IpAddr::V4(v4) => (Family::V4, u128::from(u32::from(v4))),
        IpAddr::V6(v6) => (Family::V6, u128::from(v6)),
    }
}

impl Cidr {
    /// The block of `prefix` bits that holds `address`; `None` when the prefix is too long.
    pub fn new(address: IpAddr, prefix: u8) -> Option<Self> {
        let (family, value) = number(address);
        let host_bits = family.bits().checked_sub(prefix)?;
        let kept =
            value.checked_shr(host_bits.into()).and_then(|v| v.checked_shl(host_bits.into()));
        Some(Self { address: family.address(kept.unwrap_or(0)), prefix })
    }

    /// The block of one address.
    pub fn of(address: IpAddr) -> Option<Self> {
        Self::new(address, number(address).0.bits())
    }

    /// The lowest address.
    pub const fn address(&self) -> IpAddr {
        self.address
    }

    /// How many leading bits are fixed.
    pub const fn prefix(&self) -> u8 {
        self.prefix
    }

    /// The first address behind it; `None` at the end of its family.
    pub(crate) fn next(&self) -> Option<IpAddr> {
        let (family, _, last) = self.range();
        (last < family.last()).then(|| family.address(last + 1))
    }

    /// Whether it holds the address.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (family, first, last) = self.range();
        let (other, value) = number(address);
        family == other && first <= value && value <= last
    }

    /// Whether every address of `other` is in it.
    pub fn covers(&self, other: &Self) -> bool {
        self.prefix <= other.prefix && self.contains(other.address)
    }

    fn range(&self) -> (Family, u128, u128) {
        let (family, first) = number(self.address);
        let host_bits = u32::from(family.bits() - self.prefix);
        let mask = 1_u128.checked_shl(host_bits).map_or(u128::MAX, |size| size - 1);
        (family, first, first | mask)
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

type Ranges = Vec<(u128, u128)>;

/// A set of addresses of both families, as sorted ranges that never touch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct IpSet {
    v4: Ranges,
    v6: Ranges,
}

impl IpSet {
    /// No address.
    pub const fn empty() -> Self {
        Self { v4: Vec::new(), v6: Vec::new() }
    }

    /// Every address of both families.
    pub fn all() -> Self {
        Self { v4: vec![(0, Family::V4.last())], v6: vec![(0, Family::V6.last())] }
    }

    /// Whether nothing is in it.
    pub const fn is_empty(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }

    const fn ranges(&self, family: Family) -> &Ranges {
        match family {
            Family::V4 => &self.v4,
            Family::V6 => &self.v6,
        }
    }

    const fn slot(&mut self, family: Family) -> &mut Ranges {
        match family {
            Family::V4 => &mut self.v4,
            Family::V6 => &mut self.v6,
        }
    }

    /// Whether the address is in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        Cidr::of(address).is_some_and(|one| self.covers_block(&one))
    }

    /// Whether every address of a block is in it.
    pub(crate) fn covers_block(&self, block: &Cidr) -> bool {
        let (family, first, last) = block.range();
        let ranges = self.ranges(family);
        let next = ranges.partition_point(|(start, _)| *start <= first);
        let around = next.checked_sub(1).and_then(|at| ranges.get(at));
        around.is_some_and(|(_, end)| last <= *end)
    }

    /// Whether every address of `other` is in it.
    pub fn covers(&self, other: &Self) -> bool {
        other.difference(self).is_empty()
    }

    /// Everything that is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::union_of([self, other])
    }

    /// Everything that is in one of the sets.
    pub fn union_of<'a>(sets: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut union = Self::empty();
        for set in sets {
            for family in Family::ALL {
                union.slot(family).extend_from_slice(set.ranges(family));
            }
        }
        steps::take(union.v4.len() + union.v6.len());
        union.merged()
    }

    /// Everything that is in this set and not in `other`.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        Self { v4: cut_out(&self.v4, &other.v4), v6: cut_out(&self.v6, &other.v6) }
    }

    /// Everything that is in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        self.difference(&Self::all().difference(other))
    }

    /// The lowest address, IPv4 first: one that stands for all of them.
    pub fn first(&self) -> Option<IpAddr> {
        Family::ALL
            .into_iter()
            .find_map(|family| self.ranges(family).first().map(|(first, _)| family.address(*first)))
    }

    /// The smallest block around the addresses of each family that has any, IPv4 first.
    pub fn hulls(&self) -> impl Iterator<Item = Cidr> {
        Family::ALL.into_iter().filter_map(|family| {
            let ranges = self.ranges(family);
            let ((first, _), (_, last)) = (ranges.first()?, ranges.last()?);
            // as many leading bits as the first and the last address share
            let unlike = u128::BITS - (first ^ last).leading_zeros();
            let prefix = u32::from(family.bits()).checked_sub(unlike)?;
            Cidr::new(family.address(*first), u8::try_from(prefix).ok()?)
        })
    }

    /// The shortest list of CIDRs that is this set, IPv4 first, in order.
    pub fn cidrs(&self) -> Vec<Cidr> {
        let of = |family: Family| {
            self.ranges(family).iter().flat_map(move |range| range_cidrs(family, *range))
        };
        Family::ALL.into_iter().flat_map(of).collect()
    }

    /// Parts the whole address space by some blocks: two addresses of one part are in the same blocks.
    ///
    /// Blocks never overlap halfway: of two that meet, one lies in the other. So a part is a block
    /// without the blocks inside it, and there is one more for what is in no block.
    pub fn atoms<'a>(blocks: impl IntoIterator<Item = &'a Cidr>) -> Vec<Self> {
        let mut blocks: Vec<Cidr> = blocks.into_iter().copied().collect();
        // a block before those inside it
        blocks.sort_unstable();
        blocks.dedup();
        let mut inside = vec![Self::empty(); blocks.len()];
        let mut outermost = Self::empty();
        // the blocks that hold the place reached so far, the innermost last
        let mut around: Vec<(usize, Cidr)> = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            while around.last().is_some_and(|(_, outer)| !outer.covers(block)) {
                around.pop();
            }
            let outer = around.last().and_then(|(outer, _)| inside.get_mut(*outer));
            outer.unwrap_or(&mut outermost).append(*block);
            around.push((at, *block));
        }
        let whole = |block: &Cidr| Self::from(*block);
        let parts = [Self::all()].into_iter().chain(blocks.iter().map(whole));
        let cuts = [outermost].into_iter().chain(inside);
        let without = |(part, cut): (Self, Self)| part.difference(&cut.merged());
        parts.zip(cuts).map(without).filter(|part| !part.is_empty()).collect()
    }

    fn append(&mut self, block: Cidr) {
        let (family, first, last) = block.range();
        self.slot(family).push((first, last));
    }

    /// Brings the ranges in order, apart and joined.
    fn merged(mut self) -> Self {
        merge(&mut self.v4);
        merge(&mut self.v6);
        self
    }
}

impl From<Cidr> for IpSet {
    fn from(cidr: Cidr) -> Self {
        let mut set = Self::empty();
        set.append(cidr);
        set
    }
}

fn merge(ranges: &mut Ranges) {
    ranges.sort_unstable();
    let mut merged: Ranges = Vec::with_capacity(ranges.len());
    for (first, last) in ranges.drain(..) {
        match merged.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => merged.push((first, last)),
        }
    }
    *ranges = merged;
}

/// What is left of some ranges without others; both are in order and apart. Cuts that meet no range cost nothing: many small
/// sets are cut out of one large one, and the other way round.
fn cut_out(ranges: &Ranges, cuts: &Ranges) -> Ranges {
    let mut kept = Vec::with_capacity(ranges.len());
    for (first, last) in ranges.iter().copied() {
        let meets = cuts.partition_point(|(_, cut_last)| *cut_last < first)..;
        let met = cuts.get(meets).unwrap_or_default().iter();
        // where the next piece that is kept begins; nowhere once a cut goes past the end
        let mut start = Some(first);
        for (cut_first, cut_last) in met.take_while(|(cut_first, _)| *cut_first <= last) {
            steps::take(1);
            kept.extend(start.zip(cut_first.checked_sub(1)).filter(|(from, end)| from <= end));
            start = cut_last.checked_add(1).filter(|next| *next <= last);
        }
        kept.extend(start.map(|from| (from, last)));
    }
    kept
}

fn range_cidrs(family: Family, (mut first, last): (u128, u128)) -> Vec<Cidr> {
    let mut cidrs = Vec::new();
    loop {
        // the largest aligned block that starts here and does not pass the end
        let aligned = first.trailing_zeros().min(family.bits().into());
        let end = |bits: u32| first | 1_u128.checked_shl(bits).map_or(u128::MAX, |size| size - 1);
        let host_bits = (0..=aligned).rev().find(|bits| end(*bits) <= last).unwrap_or(0);
        let prefix = u32::from(family.bits()) - host_bits;
        cidrs.extend(u8::try_from(prefix).ok().and_then(|p| Cidr::new(family.address(first), p)));
        match end(host_bits).checked_add(1) {
            Some(next) if next <= last => first = next,
            _ => return cidrs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cidr(text: &str) -> Cidr {
        let (address, prefix) = text.split_once('/').unwrap();
        Cidr::new(address.parse().unwrap(), prefix.parse().unwrap()).unwrap()
    }

    fn written(set: &IpSet) -> String {
        set.cidrs().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn host_bits_are_cleared() {
        assert_eq!(cidr("10.1.2.3/8").to_string(), "10.0.0.0/8");
        assert_eq!(cidr("10.1.2.3/0").to_string(), "0.0.0.0/0");
        assert_eq!(cidr("2001:db8::1/32").to_string(), "2001:db8::/32");
        assert!(Cidr::new("10.0.0.0".parse().unwrap(), 33).is_none());
    }

    #[test]
    fn except_leaves_the_minimal_cidrs() {
        let set = IpSet::from(cidr("10.0.0.0/8")).difference(&cidr("10.128.0.0/9").into());
        assert_eq!(written(&set), "10.0.0.0/9");
        let set = IpSet::from(cidr("::/0")).difference(&cidr("::/1").into());
        assert_eq!(written(&set), "8000::/1");
        let none = IpSet::from(cidr("0.0.0.0/0")).difference(&cidr("0.0.0.0/0").into());
        assert!(none.is_empty());
    }

    #[test]
    fn one_cut_may_take_from_several_pieces() {
        let pieces = IpSet::from(cidr("10.0.0.0/16")).union(&cidr("10.2.0.0/16").into());
        let cut = IpSet::from(cidr("10.0.128.0/17")).union(&cidr("10.1.0.0/16").into());
        let cut = cut.union(&cidr("10.2.0.0/17").into());
        assert_eq!(written(&pieces.difference(&cut)), "10.0.0.0/17 10.2.128.0/17");
        assert_eq!(written(&cut.difference(&pieces)), "10.1.0.0/16");
    }

    #[test]
    fn halves_join_to_the_whole() {
        let v4 = IpSet::from(cidr("0.0.0.0/1")).union(&cidr("128.0.0.0/1").into());
        assert_eq!(written(&v4), "0.0.0.0/0");
        assert_eq!(v4.union(&cidr("::/0").into()), IpSet::all());
        assert_eq!(IpSet::all().intersection(&v4), v4);
    }

    #[test]
    fn atoms_part_the_whole_space() {
        let blocks = [cidr("10.0.0.0/8"), cidr("10.1.0.0/16"), cidr("::/0")];
        let atoms = IpSet::atoms(&blocks);
        let atoms: Vec<_> = atoms.iter().map(written).collect();
        assert_eq!(atoms.len(), 4);
        assert_eq!(atoms[0].split(' ').next(), Some("0.0.0.0/5"), "in none of them: {}", atoms[0]);
        assert!(atoms[1].starts_with("10.0.0.0/16 10.2.0.0/15"), "{}", atoms[1]);
        assert_eq!(atoms[2..], ["10.1.0.0/16", "::/0"]);
        assert_eq!(IpSet::union_of(&IpSet::atoms(&blocks)), IpSet::all());
    }
}
