//! Addresses and blocks, read and compared by hand: numbers and masks, nothing from a library.

/// An IPv4 or IPv6 address as its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Address {
    V4(u32),
    V6(u128),
}

/// `cidr` of an `ipBlock`: the addresses that share the first `prefix` bits with `address`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Block {
    pub(crate) address: Address,
    pub(crate) prefix: u32,
}

impl Address {
    /// `10.0.0.1`, `fd00::1` or `::ffff:10.0.0.1`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if !text.contains(':') {
            return parse_v4(text).map(Self::V4);
        }
        let number = parse_v6(text)?;
        // ::ffff:a.b.c.d is another way of writing a.b.c.d
        if number >> 32 == 0xFFFF {
            return u32::try_from(number & 0xFFFF_FFFF).ok().map(Self::V4);
        }
        Some(Self::V6(number))
    }

    /// Whether both are of one family.
    pub(crate) const fn is_like(self, other: Self) -> bool {
        matches!((self, other), (Self::V4(_), Self::V4(_)) | (Self::V6(_), Self::V6(_)))
    }

    /// The next lower and the next higher one, where there are such.
    pub(crate) fn neighbours(self) -> Vec<Self> {
        let (below, above) = match self {
            Self::V4(n) => (n.checked_sub(1).map(Self::V4), n.checked_add(1).map(Self::V4)),
            Self::V6(n) => (n.checked_sub(1).map(Self::V6), n.checked_add(1).map(Self::V6)),
        };
        [below, above].into_iter().flatten().collect()
    }
}

impl Block {
    /// `10.0.0.0/8`, `fd00::/64`; leading zeros and set host bits are taken.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/')?;
        let address = Address::parse(address)?;
        let prefix: u32 = prefix.parse().ok()?;
        let is_mapped = text.contains(':') && matches!(address, Address::V4(_));
        Some(Self { address, prefix: if is_mapped { prefix - 96 } else { prefix } })
    }

    /// Whether the address is in it; an address of the other family never is.
    pub(crate) const fn contains(&self, address: Address) -> bool {
        match (self.address, address) {
            (Address::V4(block), Address::V4(address)) => {
                self.prefix == 0 || (block ^ address) >> (32 - self.prefix) == 0
            }
            (Address::V6(block), Address::V6(address)) => {
                self.prefix == 0 || (block ^ address) >> (128 - self.prefix) == 0
            }
            _ => false,
        }
    }

    /// The lowest and the highest address in it.
    pub(crate) const fn ends(&self) -> [Address; 2] {
        match self.address {
            Address::V4(number) => {
                let hosts = if self.prefix == 32 { 0 } else { u32::MAX >> self.prefix };
                [Address::V4(number & !hosts), Address::V4(number | hosts)]
            }
            Address::V6(number) => {
                let hosts = if self.prefix == 128 { 0 } else { u128::MAX >> self.prefix };
                [Address::V6(number & !hosts), Address::V6(number | hosts)]
            }
        }
    }
}

fn parse_v4(text: &str) -> Option<u32> {
    let mut number: u32 = 0;
    let parts: Vec<&str> = text.split('.').collect();
    if parts.len() != 4 {
        return None;
    }
    for part in parts {
        let octet: u32 = part.parse().ok()?;
        if octet > 255 {
            return None;
        }
        number = number * 256 + octet;
    }
    Some(number)
}

fn parse_v6(text: &str) -> Option<u128> {
    let (head, tail) = text.split_once("::").unwrap_or((text, ""));
    let (head, tail) = (groups(head)?, groups(tail)?);
    let mut number: u128 = 0;
    for group in &head {
        number = number * 65536 + group;
    }
    for _ in head.len() + tail.len()..8 {
        number *= 65536;
    }
    for group in &tail {
        number = number * 65536 + group;
    }
    Some(number)
}

fn groups(text: &str) -> Option<Vec<u128>> {
    let mut groups = Vec::new();
    for part in text.split(':').filter(|part| !part.is_empty()) {
        if part.contains('.') {
            let v4 = parse_v4(part)?;
            groups.push(u128::from(v4 / 65536));
            groups.push(u128::from(v4 % 65536));
        } else {
            groups.push(u128::from_str_radix(part, 16).ok()?);
        }
    }
    Some(groups)
}
