//! A connection and its one notation, the same in tests, links, arguments and labels:
//! `shop/web -> shop/db:5432/TCP`. Either end may be an address, an IPv6 one in brackets, or `node`; the
//! destination may be a Service: `svc:shop/db:5432`. People may say less: `web db:5432`.

use std::{borrow::Cow, fmt, net::IpAddr, str::FromStr};

use crate::{meta::NamespacedName, ports::Protocol};

/// What stands before the name of a Service.
const SERVICE: &str = "svc:";
/// The node of the other end, and who speaks from there.
const NODE: [&str; 2] = ["node", "kubelet"];

/// One end of a connection.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// A pod, by name.
    Pod(NamespacedName),
    /// An address: outside the cluster, unless a pod declares it as its own.
    Address(IpAddr),
    /// A Service, by name: as a destination it stands for the pods behind it.
    Service(NamespacedName),
    /// A pod or a workload by its name alone, or without what was generated for it: whose it is, the cluster tells.
    Named(String),
    /// The node that the other end runs on, whatever its address is: the kubelet's probes come from there.
    Node,
}

/// A new connection from one end to a port of the other. Replies need no permission of their own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Connection {
    /// Who opens it.
    pub source: Entity,
    /// Who is called.
    pub destination: Entity,
    /// The destination **pod's** port, after any Service has translated it; the Service's own port
    /// where the destination is one. 1 to 65535.
    pub port: u16,
    /// The protocol.
    pub protocol: Protocol,
}

/// Why a text is no connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionError {
    /// What is wrong.
    pub message: String,
}

impl ConnectionError {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

impl fmt::Display for ConnectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConnectionError {}

impl fmt::Display for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pod(name) => write!(f, "{name}"),
            Self::Service(name) => write!(f, "{SERVICE}{name}"),
            Self::Named(name) => f.write_str(name),
            Self::Node => f.write_str("node"),
            Self::Address(IpAddr::V4(address)) => write!(f, "{address}"),
            Self::Address(IpAddr::V6(address)) => write!(f, "[{address}]"),
        }
    }
}

impl FromStr for Entity {
    type Err = ConnectionError;

    fn from_str(text: &str) -> Result<Self, ConnectionError> {
        if text.contains(char::is_whitespace) {
            return Err(ConnectionError::new(format!(
                "`{text}` is neither `namespace/pod` nor an IP address: names have no blanks"
            )));
        }
        if let Some(name) = text.strip_prefix(SERVICE) {
            return name.parse().map(Self::Service).map_err(|()| {
                ConnectionError::new(format!(
                    "`{text}` names no Service: write `svc:namespace/name`"
                ))
            });
        }
        let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        if let Ok(address) = inner.unwrap_or(text).parse::<IpAddr>() {
            return Ok(Self::Address(address.to_canonical()));
        }
        if NODE.contains(&text) {
            return Ok(Self::Node);
        }
        if is_name(text) {
            return Ok(Self::Named(text.to_owned()));
        }
        not_a_block(text)?;
        text.parse().map(Self::Pod).map_err(|()| {
            ConnectionError::new(format!("`{text}` is neither `namespace/pod` nor an IP address"))
        })
    }
}

impl fmt::Display for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { source, destination, port, protocol } = self;
        write!(f, "{source} -> {destination}:{port}/{protocol}")
    }
}

impl FromStr for Connection {
    type Err = ConnectionError;

    fn from_str(text: &str) -> Result<Self, ConnectionError> {
        let text = text.trim();
        let ends = text.split_once("->").or_else(|| text.split_once(char::is_whitespace));
        let (source, rest) = ends.ok_or_else(|| {
            ConnectionError::new("a connection is written `namespace/pod -> namespace/pod:port`")
        })?;
        let rest = &*with_colon(rest.trim());
        // its last colon may be one of an IPv6 block
        not_a_block(rest)?;
        let missing = || {
            ConnectionError::new(format!(
                "`{rest}` names no port: write `{rest}:80` or `{rest}:53/UDP`"
            ))
        };
        // the colon of the port is the last one, and stands outside the brackets of an IPv6 address
        let (destination, port) = rest.rsplit_once(':').ok_or_else(missing)?;
        not_a_block(destination)?;
        if destination.starts_with('[') && !destination.ends_with(']') {
            return Err(missing());
        }
        let (port, protocol) = match port.split_once('/') {
            Some((port, protocol)) => (port, read_protocol(protocol)?),
            None => (port, Protocol::Tcp),
        };
        let port = read_port(port)?;
        let source: Entity = source.trim().parse()?;
        if matches!(source, Entity::Service(_)) {
            return Err(ConnectionError::new(
                "a Service opens no connections: name the pod that does",
            ));
        }
        Ok(Self { source, destination: destination.trim().parse()?, port, protocol })
    }
}

/// What a pod may be called. A number alone is none here: it would be taken for a slip in an address.
fn is_name(text: &str) -> bool {
    let is_fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.*".contains(c);
    text.len() <= 253 && text.chars().all(is_fit) && text.contains(|c: char| c.is_ascii_lowercase())
}

/// `shop/db 5432` is `shop/db:5432`.
fn with_colon(text: &str) -> Cow<'_, str> {
    match text.split_once(char::is_whitespace) {
        Some((end, port)) if port.trim_start().starts_with(|c: char| c.is_ascii_digit()) => {
            Cow::Owned(format!("{}:{}", end.trim_end_matches(':'), port.trim()))
        }
        _ => Cow::Borrowed(text),
    }
}

/// One end of a connection is one address; a block of them is no pod's name either.
fn not_a_block(text: &str) -> Result<(), ConnectionError> {
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let Some((address, prefix)) = inner.split_once('/') else { return Ok(()) };
    let address =
        address.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(address);
    match address.parse::<IpAddr>() {
        Ok(address) if prefix.bytes().all(|byte| byte.is_ascii_digit()) => {
            let one = Entity::Address(address.to_canonical());
            Err(ConnectionError::new(format!(
                "`{text}` is a block of addresses: name one of them, such as `{one}`"
            )))
        }
        _ => Ok(()),
    }
}

/// Decimal digits as they are written everywhere else: `+80` and `080` are slips.
fn read_port(text: &str) -> Result<u16, ConnectionError> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse::<u16>().ok().filter(|number| is_plain && *number > 0);
    let number = number.ok_or_else(|| {
        ConnectionError::new(format!("`{text}` is no port: it must be between 1 and 65535"))
    })?;
    if text.starts_with('0') {
        return Err(ConnectionError::new(format!(
            "`{text}` is no port: write it without leading zeros, `{number}`"
        )));
    }
    Ok(number)
}

fn read_protocol(text: &str) -> Result<Protocol, ConnectionError> {
    Protocol::from_name(&text.to_ascii_uppercase())
        .ok_or_else(|| ConnectionError::new(format!("`{text}` is no protocol: TCP, UDP or SCTP")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notation_round_trips() {
        for text in [
            "shop/web -> shop/db:5432/TCP",
            "10.0.0.1 -> shop/db:53/UDP",
            "shop/web -> [2001:db8::1]:443/SCTP",
            "[::1] -> 10.0.0.1:1/TCP",
            "shop/web -> svc:shop/db:5432/TCP",
        ] {
            assert_eq!(text.parse::<Connection>().unwrap().to_string(), text);
        }
        for short in ["a/b->c/d:80", "a/b c/d:80", " a/b  c/d 80 ", "a/b -> c/d 80/tcp"] {
            let short: Connection = short.parse().unwrap();
            assert_eq!(short.to_string(), "a/b -> c/d:80/TCP");
        }
    }

    #[test]
    fn a_name_alone_waits_for_the_cluster_and_the_node_needs_none() {
        let short: Connection = "prometheus-k8s-0 -> api:9102".parse().unwrap();
        assert_eq!(short.source, Entity::Named("prometheus-k8s-0".to_owned()));
        assert_eq!(short.to_string(), "prometheus-k8s-0 -> api:9102/TCP");
        for node in ["node -> shop/web:80", "kubelet shop/web:80"] {
            let node: Connection = node.parse().unwrap();
            assert_eq!(node.to_string(), "node -> shop/web:80/TCP");
        }
    }

    #[test]
    fn a_name_has_no_blanks() {
        for text in ["a/b -> c/d e:80", "a/b -> svc:c/d\u{a0}e:80", "a/b c -> d/e:80"] {
            let error = text.parse::<Connection>().unwrap_err();
            assert!(error.message.ends_with("names have no blanks"), "{error}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let complaint = |text: &str| text.parse::<Connection>().unwrap_err().message;
        assert!(complaint("a/b -> c/d").contains("names no port"));
        assert!(complaint("a/b -> [::1]").contains("names no port"));
        assert!(complaint("a/b -> c/d:0").contains("between 1 and 65535"));
        assert!(complaint("a/b -> c/d:80/ICMP").contains("no protocol"));
        assert!(complaint("web_1 -> c/d:80").contains("neither"));
        assert!(complaint("10.0.0 -> c/d:80").contains("neither"));
        assert!(complaint("a/b").contains("written"));
        assert!(complaint("a/b c/d").contains("names no port"));
        assert!(complaint("a/b -> c/d e/f:80").contains("neither"));
    }

    #[test]
    fn a_block_of_addresses_is_no_end_of_a_connection() {
        let complaint = |text: &str| text.parse::<Connection>().unwrap_err().message;
        for (text, block, one) in [
            ("10.0.0.1/8 -> c/d:80", "10.0.0.1/8", "10.0.0.1"),
            ("a/b -> 10.0.0.0/8:80", "10.0.0.0/8", "10.0.0.0"),
            ("a/b -> 10.0.0.0/8", "10.0.0.0/8", "10.0.0.0"),
            ("2001:db8::/32 -> c/d:80", "2001:db8::/32", "[2001:db8::]"),
            ("a/b -> [2001:db8::/32]:80", "[2001:db8::/32]", "[2001:db8::]"),
            ("a/b -> [2001:db8::]/32:80", "[2001:db8::]/32", "[2001:db8::]"),
            ("a/b -> 2001:db8::/32", "2001:db8::/32", "[2001:db8::]"),
        ] {
            let expected =
                format!("`{block}` is a block of addresses: name one of them, such as `{one}`");
            assert_eq!(complaint(text), expected);
        }
    }

    #[test]
    fn a_port_is_digits_without_a_sign_or_leading_zeros() {
        let complaint = |text: &str| text.parse::<Connection>().unwrap_err().message;
        assert!(complaint("a/b -> c/d:+80").contains("`+80` is no port: it must be between"));
        assert!(complaint("a/b -> c/d:-1").contains("`-1` is no port: it must be between"));
        assert!(complaint("a/b -> c/d:080").contains("without leading zeros, `80`"));
        assert!(complaint("a/b -> c/d:65536/TCP").contains("between 1 and 65535"));
    }
}
