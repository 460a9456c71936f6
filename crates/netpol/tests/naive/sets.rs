//! The algebra of port and address sets against plain membership, and the notation of connections
//! against itself.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use netpol::{
    Connection, Entity, NamespacedName,
    addresses::{Cidr, IpSet},
    ports::{PortRange, PortSet, Protocol},
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::config;

type Ranges = Vec<(Protocol, u16, u16)>;

/// Ports near each other and near both ends, so that ranges touch, overlap and leave gaps of one.
fn port() -> impl Strategy<Value = u16> {
    prop_oneof![1..=12_u16, 65_530..=65_535_u16]
}

fn protocol() -> impl Strategy<Value = Protocol> {
    select(Protocol::ALL.to_vec())
}

fn ranges() -> impl Strategy<Value = Ranges> {
    vec((protocol(), port(), port()), 0..6)
}

fn port_set(ranges: &Ranges) -> PortSet {
    ranges.iter().fold(PortSet::empty(), |set, (protocol, first, last)| {
        let range = PortRange::new(*first.min(last), *first.max(last)).unwrap();
        set.union(&PortSet::of(*protocol, range))
    })
}

fn all_ports() -> impl Iterator<Item = (Protocol, u16)> {
    let ports = || (1..=14).chain(32_000..=32_001).chain(65_528..=65_535);
    Protocol::ALL.into_iter().flat_map(move |protocol| ports().map(move |port| (protocol, port)))
}

/// A block: near the lowest address, near 10.0.0.0 or `fd00::`, or near the highest.
fn cidr() -> impl Strategy<Value = Cidr> {
    let v4 = (select(vec![0_u32, 0x0A00_0000, u32::MAX - 7]), 0..8_u32, 0..=32_u8);
    let v4 = v4.prop_map(|(base, offset, prefix)| {
        let length = if prefix < 24 { prefix % 9 } else { prefix };
        Cidr::new(Ipv4Addr::from(base + offset).into(), length).unwrap()
    });
    let v6 = (select(vec![0_u128, 0xFD00 << 112, u128::MAX - 7]), 0..8_u128, 0..=128_u8);
    let v6 = v6.prop_map(|(base, offset, prefix)| {
        let length = if prefix < 64 { prefix % 9 } else { 124 + prefix % 5 };
        Cidr::new(Ipv6Addr::from(base + offset).into(), length).unwrap()
    });
    prop_oneof![v4, v6]
}

fn ip_set(blocks: &[Cidr]) -> IpSet {
    blocks.iter().fold(IpSet::empty(), |set, block| set.union(&(*block).into()))
}

/// Addresses of both families near every border that the blocks above can have.
fn some_addresses() -> Vec<IpAddr> {
    let v4 = [0, 0x0A00_0000, u32::MAX - 9]
        .into_iter()
        .flat_map(|base| (0..10).map(move |offset| IpAddr::from(Ipv4Addr::from(base + offset))));
    let v6 = [0, 0xFD00 << 112, u128::MAX - 9]
        .into_iter()
        .flat_map(|base| (0..10).map(move |offset| IpAddr::from(Ipv6Addr::from(base + offset))));
    // the halves, quarters and so on, from both sides
    let cuts4 = (0..9).map(|bits| u32::MAX >> bits).flat_map(|n| [n, n.wrapping_add(1), !n]);
    let cuts6 = (0..9).map(|bits| u128::MAX >> bits).flat_map(|n| [n, n.wrapping_add(1), !n]);
    let cuts4 = cuts4.map(|n| IpAddr::from(Ipv4Addr::from(n)));
    v4.chain(v6).chain(cuts4).chain(cuts6.map(|n| IpAddr::from(Ipv6Addr::from(n)))).collect()
}

fn entity() -> impl Strategy<Value = Entity> {
    let name = || "[a-z0-9]([a-z0-9.-]{0,8}[a-z0-9])?";
    let full =
        || (name(), name()).prop_map(|(namespace, name)| NamespacedName::new(namespace, name));
    prop_oneof![
        full().prop_map(Entity::Pod),
        any::<Ipv4Addr>().prop_map(|address| Entity::Address(address.into())),
        // the notation has one way of writing an address, so a mapped one is an IPv4 address
        any::<Ipv6Addr>().prop_map(|address| Entity::Address(address.to_canonical())),
    ]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn port_sets_hold_what_their_parts_hold(a in ranges(), b in ranges()) {
        let (x, y) = (port_set(&a), port_set(&b));
        let is_in = |ranges: &Ranges, protocol, port| {
            ranges.iter().any(|(p, s, t)| *p == protocol && s.min(t) <= &port && &port <= s.max(t))
        };
        let (union, common) = (x.union(&y), x.intersection(&y));
        for (protocol, port) in all_ports() {
            let (in_a, in_b) = (is_in(&a, protocol, port), is_in(&b, protocol, port));
            prop_assert_eq!(x.contains(protocol, port), in_a);
            prop_assert_eq!(union.contains(protocol, port), in_a || in_b);
            prop_assert_eq!(common.contains(protocol, port), in_a && in_b);
        }
        let is_full = |set: &PortSet| all_ports().all(|(p, port)| set.contains(p, port));
        prop_assert_eq!(x.is_empty(), a.is_empty());
        prop_assert_eq!(union.is_all(), is_full(&union));
        // 0 is no port
        prop_assert!(Protocol::ALL.into_iter().all(|protocol| !union.contains(protocol, 0)));
    }

    #[test]
    fn equal_port_sets_are_equal_values(a in ranges(), b in ranges()) {
        let (x, y) = (port_set(&a), port_set(&b));
        let mut backwards = a.clone();
        backwards.reverse();
        prop_assert_eq!(&port_set(&backwards), &x);
        prop_assert_eq!(x.union(&y), y.union(&x));
        prop_assert_eq!(x.intersection(&y), y.intersection(&x));
        prop_assert_eq!(&x.union(&x), &x);
        prop_assert_eq!(&x.union(&x.intersection(&y)), &x);
        prop_assert_eq!(&x.intersection(&x.union(&y)), &x);
        prop_assert_eq!(&x.union(&PortSet::empty()), &x);
        prop_assert_eq!(x.intersection(&PortSet::all()), x);
    }

    #[test]
    fn address_sets_hold_what_their_parts_hold(a in vec(cidr(), 0..5), b in vec(cidr(), 0..5)) {
        let (x, y) = (ip_set(&a), ip_set(&b));
        let is_in = |blocks: &[Cidr], address| blocks.iter().any(|block| block.contains(address));
        for address in some_addresses() {
            let (in_a, in_b) = (is_in(&a, address), is_in(&b, address));
            prop_assert_eq!(x.contains(address), in_a, "{}", address);
            prop_assert_eq!(x.union(&y).contains(address), in_a || in_b, "{}", address);
            prop_assert_eq!(x.intersection(&y).contains(address), in_a && in_b, "{}", address);
            prop_assert_eq!(x.difference(&y).contains(address), in_a && !in_b, "{}", address);
        }
        prop_assert_eq!(x.union(&y), y.union(&x));
        prop_assert_eq!(&x.difference(&y).union(&x.intersection(&y)), &x);
        prop_assert!(x.difference(&y).intersection(&y).is_empty());
        prop_assert_eq!(IpSet::all().difference(&IpSet::all().difference(&x)), x.clone());
        prop_assert_eq!(x.covers(&y), x.union(&y) == x);
        prop_assert_eq!(x.first().is_none(), x.is_empty());
        prop_assert_eq!(x.first(), x.cidrs().first().map(Cidr::address));
        prop_assert!(some_addresses().iter().all(|a| !x.contains(*a) || x.first() <= Some(*a)));
    }

    #[test]
    fn the_cidrs_of_a_set_are_the_set_and_no_two_of_them_could_be_one(a in vec(cidr(), 0..5), b in vec(cidr(), 0..3)) {
        let set = ip_set(&a).difference(&ip_set(&b));
        let cidrs = set.cidrs();
        prop_assert_eq!(ip_set(&cidrs), set);
        for (at, one) in cidrs.iter().enumerate() {
            for other in &cidrs[at + 1..] {
                prop_assert!(!one.covers(other) && !other.covers(one), "{} and {}", one, other);
                let parent = one.prefix().checked_sub(1).and_then(|p| Cidr::new(one.address(), p));
                let are_halves = parent.is_some_and(|parent| {
                    parent.covers(other) && one.prefix() == other.prefix()
                });
                prop_assert!(!are_halves, "{} and {} are halves of one block", one, other);
            }
        }
    }

    #[test]
    fn atoms_part_all_addresses_and_no_block_cuts_one(blocks in vec(cidr(), 0..6)) {
        let atoms = IpSet::atoms(&blocks);
        let mut seen = IpSet::empty();
        for atom in &atoms {
            prop_assert!(!atom.is_empty() && seen.intersection(atom).is_empty());
            for block in &blocks {
                let block = IpSet::from(*block);
                prop_assert!(block.covers(atom) || block.intersection(atom).is_empty());
            }
            seen = seen.union(atom);
        }
        prop_assert_eq!(seen, IpSet::all());
    }

    #[test]
    fn a_connection_reads_as_it_is_written(
        source in entity(), destination in entity(), is_service: bool,
        port in 1..=u16::MAX, protocol in protocol(),
    ) {
        let destination = match destination {
            Entity::Pod(name) if is_service => Entity::Service(name),
            other => other,
        };
        let connection = Connection { source, destination, port, protocol };
        let written = connection.to_string();
        prop_assert_eq!(written.parse::<Connection>(), Ok(connection), "{}", written);
    }

    #[test]
    fn whatever_reads_as_a_connection_reads_the_same_once_written(
        text in "[a-c1:/.\\[\\]svc]{0,8} ?(->|-) ?[a-c0-9:/.\\[\\]svcTCUDP]{0,14}",
    ) {
        if let Ok(connection) = text.parse::<Connection>() {
            prop_assert_eq!(connection.to_string().parse::<Connection>(), Ok(connection));
        }
    }
}
