//! CIDRs and addresses as the API server reads them: leniently, and with what it says of the way they are written.

use std::net::{IpAddr, Ipv4Addr};

use crate::addresses::Cidr;

const CIDR: &str = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

/// A CIDR as the API server reads it.
pub(crate) struct ReadCidr {
    /// The block, host bits cleared.
    pub(crate) cidr: Cidr,
    /// How many leading bits are fixed as it is written: 104 of `::ffff:10.0.0.0/104`, though its block is one of IPv4.
    pub(crate) bits: u8,
    /// What the API server says of the way it is written.
    pub(crate) warning: Option<CidrWarning>,
}

/// A CIDR that is taken, but should be written otherwise.
pub(crate) struct CidrWarning {
    /// The warning of servers that take it; of some spellings they have two.
    pub(crate) text: String,
    /// The complaint of servers that do not: [`Release::has_strict_cidrs`](crate::Release).
    pub(crate) refusal: Option<&'static str>,
    /// The one address that may be meant where bits are set beyond the prefix.
    pub(crate) single: Option<Cidr>,
}

/// Reads a CIDR leniently, as the API server always did (`ParseCIDRSloppy`).
pub(crate) fn cidr(text: &str) -> Result<ReadCidr, &'static str> {
    let (address_text, prefix_text) = text.split_once('/').ok_or(CIDR)?;
    let (address, address_zeros) = read_address(address_text).ok_or(CIDR)?;
    let digits = !prefix_text.is_empty() && prefix_text.bytes().all(|b| b.is_ascii_digit());
    let bits = digits.then(|| prefix_text.parse::<u8>().ok()).flatten().ok_or(CIDR)?;
    let mapped = match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map(IpAddr::V4),
        IpAddr::V4(_) => None,
    };
    let (whole, prefix) = match (mapped, bits.checked_sub(96)) {
        (Some(v4), Some(prefix)) => (v4, prefix),
        _ => (address, bits),
    };
    let cidr = Cidr::new(whole, prefix).ok_or(CIDR)?;
    let has_zeros = address_zeros || (prefix_text.len() > 1 && prefix_text.starts_with('0'));
    // Go writes a mapped address as one of IPv4, and counts its bits as those of IPv6
    let most = if address.is_ipv4() { 32 } else { 128 };
    let shown = address.to_canonical();
    let is_ambiguous = cidr.address() != whole;
    let ambiguous = is_ambiguous.then(|| {
        let either = format!("\"{cidr}\" or \"{shown}/{most}\"");
        format!("CIDR value \"{text}\" is ambiguous in this context (should be {either}?)")
    });
    let non_standard = (has_zeros || mapped.is_some())
        .then(|| format!("non-standard CIDR value \"{text}\" is invalid: use \"{cidr}\""));
    let refusal = if has_zeros {
        Some("must not have leading 0s in IP or prefix length")
    } else if mapped.is_some() {
        Some("must not have an IPv4-mapped IPv6 address")
    } else if is_ambiguous {
        Some("must not have bits set beyond the prefix length")
    } else {
        None
    };
    let long = || {
        let is_long = refusal.is_none() && address.is_ipv6() && text != cidr.to_string();
        let form = format!("should be in RFC 5952 canonical format (\"{cidr}\")");
        is_long.then(|| format!("IPv6 CIDR value \"{text}\" {form}"))
    };
    let texts: Vec<String> = ambiguous.into_iter().chain(non_standard).chain(long()).collect();
    let warning = (!texts.is_empty()).then(|| CidrWarning {
        text: texts.join("; "),
        refusal,
        single: Cidr::of(shown).filter(|_| is_ambiguous),
    });
    Ok(ReadCidr { cidr, bits, warning })
}

/// An address as the API server reads it (`ParseIPSloppy`).
pub(crate) fn address(text: &str) -> Option<IpAddr> {
    read_address(text).map(|(address, _)| address.to_canonical())
}

/// An address; the flag says that a part had leading zeros.
fn read_address(text: &str) -> Option<(IpAddr, bool)> {
    if !text.contains(':') {
        return read_ipv4(text).map(|(v4, zeros)| (IpAddr::V4(v4), zeros));
    }
    let mut zeros = false;
    let mut groups = Vec::new();
    for group in text.split(':') {
        groups.push(if group.contains('.') {
            let (v4, has_zeros) = read_ipv4(group)?;
            zeros |= has_zeros;
            v4.to_string()
        } else {
            // of more than four digits, those in front have to be zeros
            let surplus = group.len().saturating_sub(4);
            let (surplus, digits) = group.split_at_checked(surplus)?;
            zeros |= !surplus.is_empty();
            surplus.bytes().all(|byte| byte == b'0').then(|| digits.to_owned())?
        });
    }
    Some((IpAddr::V6(groups.join(":").parse().ok()?), zeros))
}

fn read_ipv4(text: &str) -> Option<(Ipv4Addr, bool)> {
    let mut octets = [0_u8; 4];
    let mut parts = text.split('.');
    let mut zeros = false;
    for octet in &mut octets {
        let part = parts.next()?;
        if part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        zeros |= part.len() > 1 && part.starts_with('0');
        *octet = part.parse().ok()?;
    }
    parts.next().is_none().then_some((Ipv4Addr::from(octets), zeros))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cidrs_are_read_as_leniently_as_the_api_server_does() {
        let read = |text: &str| {
            cidr(text).ok().map(|read| (read.cidr.to_string(), read.warning.is_some()))
        };
        let some = |text: &str, warns| Some((text.to_owned(), warns));
        assert_eq!(read("10.0.0.0/8"), some("10.0.0.0/8", false));
        assert_eq!(read("10.0.0.1/8"), some("10.0.0.0/8", true));
        assert_eq!(read("010.0.0.0/8"), some("10.0.0.0/8", true));
        assert_eq!(read("10.0.0.0/08"), some("10.0.0.0/8", true));
        assert_eq!(read("::ffff:10.0.0.0/104"), some("10.0.0.0/8", true));
        assert_eq!(read("2001:DB8::/32"), some("2001:db8::/32", true));
        assert_eq!(read("::ffff:010.0.0.0/104"), some("10.0.0.0/8", true));
        assert_eq!(read("02001:0000db8::/32"), some("2001:db8::/32", true));
        assert_eq!(read("0010.0.0.0/0000000008"), some("10.0.0.0/8", true));
        for bad in [
            "10.0.0.1",
            "10.0.0.256/8",
            "10.0.0.0/33",
            "a.example/8",
            "10.0.0.0/8/8",
            "/8",
            "10.0.0.0/+8",
            "10.0.0/8",
            "12001:db8::/32",
            "::ffff:10.0.0.0/129",
            "1.2.3.4:5::/64",
            "fe80::1%eth0/64",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_spelling_that_new_servers_refuse_is_told_as_each_server_tells_it() {
        let told = |text: &str| {
            let CidrWarning { text, refusal, single } = cidr(text).ok().unwrap().warning.unwrap();
            (text, refusal.unwrap(), single.map(|single| single.to_string()))
        };
        let (text, refusal, single) = told("010.0.0.1/8");
        assert_eq!(
            text,
            "CIDR value \"010.0.0.1/8\" is ambiguous in this context (should be \"10.0.0.0/8\" or \"10.0.0.1/32\"?); non-standard CIDR value \"010.0.0.1/8\" is invalid: use \"10.0.0.0/8\""
        );
        assert_eq!(refusal, "must not have leading 0s in IP or prefix length");
        assert_eq!(single.as_deref(), Some("10.0.0.1/32"));
        let (text, refusal, single) = told("::ffff:10.0.0.1/104");
        assert!(text.starts_with("CIDR value \"::ffff:10.0.0.1/104\" is ambiguous in this context (should be \"10.0.0.0/8\" or \"10.0.0.1/128\"?); "), "{text}");
        assert_eq!(refusal, "must not have an IPv4-mapped IPv6 address");
        assert_eq!(single.as_deref(), Some("10.0.0.1/32"));
    }
}
