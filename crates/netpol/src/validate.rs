//! The API server's rules for names, labels, ports and CIDRs, in its own words.
//! Text in, complaints out; nothing of documents.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

use crate::addresses::Cidr;

const LABEL_VALUE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const NAME_PART: &str = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL_KEY: &str = "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const DNS_LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const CIDR: &str = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

/// What is wrong with a value; empty when nothing is.
pub(crate) type Complaints = Vec<String>;

/// `[A-Za-z0-9]`, and between those also `-`, `_` and `.`
fn is_label_word(text: &str) -> bool {
    let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    ends(text.chars().next())
        && ends(text.chars().last())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn is_dns_label(text: &str) -> bool {
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.chars().next().is_some_and(word)
        && text.chars().last().is_some_and(word)
        && text.chars().all(|c| word(c) || c == '-')
}

/// A label's value.
pub(crate) fn label_value(value: &str) -> Complaints {
    let mut complaints = Vec::new();
    if value.len() > 63 {
        complaints.push("must be no more than 63 bytes".to_owned());
    }
    if !value.is_empty() && !is_label_word(value) {
        complaints.push(LABEL_VALUE.to_owned());
    }
    complaints
}

/// A label's key: a name, with an optional DNS prefix and `/`.
pub(crate) fn label_key(key: &str) -> Complaints {
    let mut complaints = Vec::new();
    let parts: Vec<&str> = key.split('/').collect();
    let name = match parts.as_slice() {
        [name] => *name,
        [prefix, name] => {
            if prefix.is_empty() {
                complaints.push("prefix part must be non-empty".to_owned());
            } else {
                complaints
                    .extend(subdomain(prefix).into_iter().map(|c| format!("prefix part {c}")));
            }
            *name
        }
        _ => return vec![LABEL_KEY.to_owned()],
    };
    if name.is_empty() {
        complaints.push("name part must be non-empty".to_owned());
    } else if name.len() > 63 {
        complaints.push("name part must be no more than 63 bytes".to_owned());
    }
    if !is_label_word(name) {
        complaints.push(NAME_PART.to_owned());
    }
    complaints
}

fn subdomain(text: &str) -> Complaints {
    let mut complaints = Vec::new();
    if text.len() > 253 {
        complaints.push("must be no more than 253 bytes".to_owned());
    }
    if !text.split('.').all(is_dns_label) {
        complaints.push(SUBDOMAIN.to_owned());
    }
    complaints
}

/// The name of a policy or a pod: a DNS subdomain, dots allowed.
pub(crate) fn object_name(name: &str) -> Complaints {
    let longer = |complaint: String| complaint.replace("253 bytes", "253 characters");
    subdomain(name).into_iter().map(longer).collect()
}

/// What names are generated from: as the name, but it may end in a hyphen.
pub(crate) fn generate_name(prefix: &str) -> Complaints {
    match prefix.strip_suffix('-') {
        Some(rest) if !rest.is_empty() => object_name(&format!("{rest}a")),
        _ => object_name(prefix),
    }
}

/// The key of an annotation or the name of a finalizer: as a label's key, and called otherwise.
pub(crate) fn qualified_name(name: &str) -> Complaints {
    let called = |complaint: String| complaint.replace("a valid label key", "a qualified name");
    label_key(name).into_iter().map(called).collect()
}

/// The name that a namespace may have: a DNS label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamespaceName(String);

impl NamespaceName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for NamespaceName {
    /// The API server's words.
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match namespace_name(name).into_iter().next() {
            Some(complaint) => Err(complaint),
            None => Ok(Self(name.to_owned())),
        }
    }
}

/// The name of a namespace: a DNS label.
pub(crate) fn namespace_name(name: &str) -> Complaints {
    let mut complaints = Vec::new();
    if name.len() > 63 {
        complaints.push("must be no more than 63 characters".to_owned());
    }
    if name.contains('.') && name.split('.').all(is_dns_label) {
        complaints.push("must not contain dots".to_owned());
    } else if !is_dns_label(name) {
        complaints.push(DNS_LABEL.to_owned());
    }
    complaints
}

/// The name of a container port.
pub(crate) fn port_name(name: &str) -> Complaints {
    let mut complaints = Vec::new();
    let mut complain = |condition: bool, text: &str| {
        if condition {
            complaints.push(text.to_owned());
        }
    };
    complain(name.len() > 15, "must be no more than 15 characters");
    let charset = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    complain(
        !charset || name.is_empty(),
        "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
    );
    let has_letter = name.chars().any(|c| c.is_ascii_lowercase());
    complain(!has_letter, "must contain at least one letter (a-z)");
    complain(name.contains("--"), "must not contain consecutive hyphens");
    complain(name.starts_with('-') || name.ends_with('-'), "must not begin or end with a hyphen");
    complaints
}

/// A CIDR as the API server reads it.
pub(crate) struct ReadCidr {
    /// The block, host bits cleared.
    pub(crate) cidr: Cidr,
    /// What the API server says of the way it is written.
    pub(crate) warning: Option<CidrWarning>,
}

/// A CIDR that is taken, but should be written otherwise.
pub(crate) struct CidrWarning {
    /// The warning of servers that take it.
    pub(crate) text: String,
    /// The complaint of servers that do not: Kubernetes 1.36 and later (`StrictIPCIDRValidation`).
    pub(crate) refusal: Option<&'static str>,
}

/// Reads a CIDR leniently, as the API server always did (`ParseCIDRSloppy`).
pub(crate) fn cidr(text: &str) -> Result<ReadCidr, &'static str> {
    let (address_text, prefix_text) = text.split_once('/').ok_or(CIDR)?;
    let (address, address_zeros) = read_address(address_text).ok_or(CIDR)?;
    let digits = !prefix_text.is_empty() && prefix_text.bytes().all(|b| b.is_ascii_digit());
    let prefix = digits.then(|| prefix_text.parse::<u8>().ok()).flatten().ok_or(CIDR)?;
    let (address, prefix, is_mapped) = match address {
        IpAddr::V6(v6) if v6.to_ipv4_mapped().is_some() && prefix <= 128 => {
            match v6.to_ipv4_mapped() {
                Some(v4) if prefix >= 96 => (IpAddr::V4(v4), prefix - 96, true),
                _ => (address, prefix, true),
            }
        }
        _ => (address, prefix, false),
    };
    let cidr = Cidr::new(address, prefix).ok_or(CIDR)?;
    let has_zeros = address_zeros || (prefix_text.len() > 1 && prefix_text.starts_with('0'));
    let warning = cidr_warning(text, cidr, (address, is_mapped, has_zeros));
    Ok(ReadCidr { cidr, warning })
}

fn cidr_warning(
    text: &str,
    cidr: Cidr,
    (address, is_mapped, has_zeros): (IpAddr, bool, bool),
) -> Option<CidrWarning> {
    let non_standard = format!("non-standard CIDR value \"{text}\" is invalid: use \"{cidr}\"");
    let (text, refusal) = if has_zeros {
        (non_standard, Some("must not have leading 0s in IP or prefix length"))
    } else if is_mapped {
        (non_standard, Some("must not have an IPv4-mapped IPv6 address"))
    } else if cidr.address() != address {
        let single = if address.is_ipv4() { 32 } else { 128 };
        let either = format!("\"{cidr}\" or \"{address}/{single}\"");
        (
            format!("CIDR value \"{text}\" is ambiguous in this context (should be {either}?)"),
            Some("must not have bits set beyond the prefix length"),
        )
    } else if address.is_ipv6() && text != cidr.to_string() {
        let form = format!("should be in RFC 5952 canonical format (\"{cidr}\")");
        (format!("IPv6 CIDR value \"{text}\" {form}"), None)
    } else {
        return None;
    };
    Some(CidrWarning { text, refusal })
}

/// An address as the API server reads it (`ParseIPSloppy`).
pub(crate) fn address(text: &str) -> Option<IpAddr> {
    read_address(text).map(|(address, _)| address.to_canonical())
}

/// An address; the flag says that a part had leading zeros.
fn read_address(text: &str) -> Option<(IpAddr, bool)> {
    if text.contains(':') {
        return text.parse::<Ipv6Addr>().ok().map(|v6| (IpAddr::V6(v6), false));
    }
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
    parts.next().is_none().then_some((IpAddr::V4(Ipv4Addr::from(octets)), zeros))
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
        for bad in [
            "10.0.0.1",
            "10.0.0.256/8",
            "10.0.0.0/33",
            "a.example/8",
            "10.0.0.0/8/8",
            "/8",
            "10.0.0.0/+8",
            "10.0.0/8",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn names_are_judged_as_the_api_server_does() {
        assert_eq!(port_name("80"), ["must contain at least one letter (a-z)"]);
        assert_eq!(port_name("a--b"), ["must not contain consecutive hyphens"]);
        assert!(label_key("kubernetes.io/metadata.name").is_empty());
        assert_eq!(label_key("/b"), ["prefix part must be non-empty"]);
        assert_eq!(label_key("").len(), 2);
        assert_eq!(namespace_name("a.b"), ["must not contain dots"]);
        assert!(object_name("a.b").is_empty() && !object_name("My_Policy").is_empty());
    }
}
