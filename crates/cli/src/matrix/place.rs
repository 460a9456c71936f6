//! Names for addresses outside the cluster: the fewest CIDRs, or a block and what is left out of it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use netpol::addresses::{Cidr, IpSet};

use super::{Group, Members};

/// The name of all addresses, where no policy tells any two apart.
const OUTSIDE: &str = "outside the cluster";
/// The name of what is left beside other groups of addresses.
pub(super) const REST: &str = "every other address";
/// How many blocks a name lists.
const MOST: usize = 3;

/// Names all groups of addresses.
pub(super) fn name(groups: &mut [Group]) {
    let mut places: Vec<(&IpSet, &mut String)> = groups
        .iter_mut()
        .filter_map(|group| match &group.members {
            Members::Addresses(set) => Some((set, &mut group.name)),
            Members::Pods(_) => None,
        })
        .collect();
    if let [(_, name)] = places.as_mut_slice() {
        OUTSIDE.clone_into(name);
        return;
    }
    let inside = inside(places.iter().map(|(set, _)| &**set));
    let largest = (0..places.len()).max_by_key(|at| places.get(*at).map(|(set, _)| size(set)));
    for (at, (set, name)) in places.into_iter().enumerate() {
        let parts = parts(set, &inside);
        let is_rest = largest == Some(at) && parts.len() > 1;
        *name = if is_rest { REST.to_owned() } else { parts.join(" and ") };
    }
}

/// What is in none of some addresses: those of pods.
pub(super) fn inside<'s>(outside: impl Iterator<Item = &'s IpSet>) -> IpSet {
    IpSet::all().difference(&IpSet::union_of(outside))
}

/// Some addresses in words, IPv4 and IPv6 apart.
pub(super) fn parts(set: &IpSet, inside: &IpSet) -> Vec<String> {
    families().into_iter().filter_map(|family| part(set, family, inside)).collect()
}

fn families() -> [(Option<Cidr>, &'static str); 2] {
    let v4 = Cidr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);
    let v6 = Cidr::new(IpAddr::V6(Ipv6Addr::UNSPECIFIED), 0);
    [(v4, "every IPv4 address"), (v6, "every IPv6 address")]
}

/// How many IPv4 addresses.
fn size(set: &IpSet) -> u64 {
    let v4 = set.cidrs().into_iter().filter(|cidr| cidr.address().is_ipv4());
    v4.map(|cidr| 1_u64 << (32 - u32::from(cidr.prefix().min(32)))).sum()
}

/// The addresses of one family; `None` where there are none. Addresses of pods are nobody else's, so they may be counted
/// in where that makes the name shorter.
fn part(set: &IpSet, (family, name): (Option<Cidr>, &str), inside: &IpSet) -> Option<String> {
    let family = family?;
    let part = set.intersection(&family.into());
    let cidrs = shorter(part.cidrs(), part.union(&inside.intersection(&family.into())).cidrs());
    let first = part.first()?;
    let longest = if first.is_ipv4() { 32 } else { 128 };
    let around = (0..=longest)
        .rev()
        .filter_map(|prefix| Cidr::new(first, prefix))
        .find(|block| IpSet::from(*block).covers(&part))?;
    let beside = IpSet::from(around).difference(&part);
    let holes = shorter(beside.difference(inside).cidrs(), beside.cidrs());
    Some(match holes.len() {
        0 if around == family => name.to_owned(),
        0 => around.to_string(),
        count if count < cidrs.len() => format!("{around} (except {})", list(&holes)),
        _ => list(&cidrs),
    })
}

fn shorter(one: Vec<Cidr>, other: Vec<Cidr>) -> Vec<Cidr> {
    if other.len() < one.len() { other } else { one }
}

fn list(cidrs: &[Cidr]) -> String {
    let shown: Vec<String> = cidrs.iter().take(MOST).map(ToString::to_string).collect();
    match cidrs.len().saturating_sub(MOST) {
        0 => shown.join(", "),
        more => format!("{} +{more} blocks", shown.join(", ")),
    }
}
