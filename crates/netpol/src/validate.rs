//! The API server's rules for names, labels, ports and CIDRs, in its own words.
//! Text in, complaints out; nothing of documents.

mod cidr;
mod time;

use std::str::FromStr;

pub(crate) use cidr::{CidrWarning, ReadCidr, address, cidr};
pub(crate) use time::moment;

const LABEL_VALUE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const NAME_PART: &str = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL_KEY: &str = "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const DNS_LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

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

#[cfg(test)]
mod tests {
    use super::*;

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
