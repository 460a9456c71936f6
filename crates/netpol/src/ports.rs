//! Ports as exact sets: protocol × ranges of numbers. Nothing is sampled.

use std::fmt;

/// The protocols that a NetworkPolicy can speak of.
///
/// "protocol represents the protocol (TCP, UDP, or SCTP) which traffic must match. If not
/// specified, this field defaults to TCP." (`NetworkPolicyPort.protocol`)
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Protocol {
    /// TCP, the default.
    #[default]
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
}

impl Protocol {
    /// All of them, in the API's order.
    pub const ALL: [Self; 3] = [Self::Tcp, Self::Udp, Self::Sctp];

    /// The name in the API: `TCP`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "TCP",
            Self::Udp => "UDP",
            Self::Sctp => "SCTP",
        }
    }

    /// The protocol of that exact name; the API knows no other spelling.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|protocol| protocol.as_str() == name)
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Port numbers from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortRange {
    first: u16,
    last: u16,
}

impl PortRange {
    /// Every port, 1 to 65535.
    pub const ALL: Self = Self { first: 1, last: u16::MAX };

    /// `first..=last`; `None` when that holds no port (port 0 is none).
    pub const fn new(first: u16, last: u16) -> Option<Self> {
        if first == 0 || last < first { None } else { Some(Self { first, last }) }
    }

    /// The lowest port.
    pub const fn first(self) -> u16 {
        self.first
    }

    /// The highest port.
    pub const fn last(self) -> u16 {
        self.last
    }
}

/// A set of (protocol, port). Ranges are kept sorted, apart and merged, so equal sets are equal values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PortSet {
    ranges: [Vec<PortRange>; 3],
}

impl PortSet {
    /// No port at all.
    pub const fn empty() -> Self {
        Self { ranges: [Vec::new(), Vec::new(), Vec::new()] }
    }

    /// Every port of every protocol: what a rule without `ports` admits.
    pub fn all() -> Self {
        Self { ranges: [(); 3].map(|()| vec![PortRange::ALL]) }
    }

    /// One range of one protocol.
    pub fn of(protocol: Protocol, range: PortRange) -> Self {
        let mut set = Self::empty();
        set.slot(protocol).push(range);
        set
    }

    /// One port.
    pub fn port(protocol: Protocol, port: u16) -> Self {
        PortRange::new(port, port).map_or_else(Self::empty, |range| Self::of(protocol, range))
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.ranges.iter().all(Vec::is_empty)
    }

    /// Whether every port of every protocol is in it.
    pub fn is_all(&self) -> bool {
        self.ranges.iter().all(|ranges| ranges.as_slice() == [PortRange::ALL])
    }

    /// The ranges of one protocol, sorted and apart.
    pub fn ranges(&self, protocol: Protocol) -> &[PortRange] {
        let [tcp, udp, sctp] = &self.ranges;
        match protocol {
            Protocol::Tcp => tcp,
            Protocol::Udp => udp,
            Protocol::Sctp => sctp,
        }
    }

    fn slot(&mut self, protocol: Protocol) -> &mut Vec<PortRange> {
        let [tcp, udp, sctp] = &mut self.ranges;
        match protocol {
            Protocol::Tcp => tcp,
            Protocol::Udp => udp,
            Protocol::Sctp => sctp,
        }
    }

    /// Whether the port is in it.
    pub fn contains(&self, protocol: Protocol, port: u16) -> bool {
        self.ranges(protocol).iter().any(|range| range.first <= port && port <= range.last)
    }

    /// Everything that is in one of the sets.
    pub fn union_of<'a>(sets: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut union = Self::empty();
        for set in sets {
            for (all, ranges) in union.ranges.iter_mut().zip(&set.ranges) {
                for range in ranges {
                    insert(all, *range);
                }
            }
        }
        union
    }

    /// Everything that is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::union_of([self, other])
    }

    /// Adds everything that is in `other`.
    pub fn add(&mut self, other: &Self) {
        *self = self.union(other);
    }

    /// Everything that is in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        if self.is_all() {
            return other.clone();
        }
        let mut set = Self::empty();
        for protocol in Protocol::ALL {
            let (mut ours, mut theirs) = (self.ranges(protocol), other.ranges(protocol));
            while let ([a, more @ ..], [b, more_of_other @ ..]) = (ours, theirs) {
                let both = PortRange::new(a.first.max(b.first), a.last.min(b.last));
                set.slot(protocol).extend(both);
                // whichever ends first meets nothing that follows
                if a.last < b.last {
                    ours = more;
                } else {
                    theirs = more_of_other;
                }
            }
        }
        set
    }
}

/// Puts a range where it belongs, joined with all that it overlaps or touches.
fn insert(ranges: &mut Vec<PortRange>, mut range: PortRange) {
    let ends_before = |known: &PortRange| u32::from(known.last) + 1 < u32::from(range.first);
    let start = ranges.partition_point(ends_before);
    while let Some(known) = ranges.get(start).copied()
        && u32::from(known.first) <= u32::from(range.last) + 1
    {
        range = PortRange { first: range.first.min(known.first), last: range.last.max(known.last) };
        ranges.remove(start);
    }
    ranges.insert(start, range);
}

/// `80`, `6333, 6334` or `8000–8999`.
impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.last - self.first {
            0 => write!(f, "{}", self.first),
            1 => write!(f, "{}, {}", self.first, self.last),
            _ => write!(f, "{}–{}", self.first, self.last),
        }
    }
}

/// `TCP 80, 443, UDP 53`, `all TCP`, `all ports` or `no port`.
impl fmt::Display for PortSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_all() {
            return f.write_str("all ports");
        }
        if self.is_empty() {
            return f.write_str("no port");
        }
        let parts = Protocol::ALL.into_iter().filter_map(|protocol| match self.ranges(protocol) {
            [] => None,
            [range] if *range == PortRange::ALL => Some(format!("all {protocol}")),
            ranges => {
                let ranges: Vec<_> = ranges.iter().map(ToString::to_string).collect();
                Some(format!("{protocol} {}", ranges.join(", ")))
            }
        });
        f.write_str(&parts.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tcp(first: u16, last: u16) -> PortSet {
        PortRange::new(first, last)
            .map_or_else(PortSet::empty, |range| PortSet::of(Protocol::Tcp, range))
    }

    #[test]
    fn touching_and_overlapping_ranges_merge() {
        let set = tcp(80, 90).union(&tcp(91, 95)).union(&tcp(1, 5)).union(&tcp(85, 100));
        assert_eq!(set.to_string(), "TCP 1–5, 80–100");
        assert!(set.contains(Protocol::Tcp, 100) && !set.contains(Protocol::Udp, 100));
        assert_eq!(tcp(1, 100).union(&tcp(101, 65535)).to_string(), "all TCP");
    }

    #[test]
    fn an_intersection_keeps_what_overlaps_in_both_orders() {
        let ours = tcp(1, 10).union(&tcp(20, 30)).union(&tcp(40, 40)).union(&tcp(65535, 65535));
        let theirs = tcp(5, 22).union(&tcp(24, 24)).union(&tcp(30, 50)).union(&tcp(60000, 65535));
        assert_eq!(ours.intersection(&theirs).to_string(), "TCP 5–10, 20–22, 24, 30, 40, 65535");
        assert_eq!(ours.intersection(&theirs), theirs.intersection(&ours));
        assert!(ours.intersection(&tcp(11, 19)).is_empty());
    }

    #[test]
    fn all_protocols_together_are_all_ports() {
        let all = Protocol::ALL.iter().fold(PortSet::empty(), |set, protocol| {
            set.union(&PortSet::of(*protocol, PortRange::ALL))
        });
        assert!(all.is_all());
        assert!(PortSet::port(Protocol::Udp, 0).is_empty());
    }
}
