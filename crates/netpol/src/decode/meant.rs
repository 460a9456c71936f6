//! What somebody most probably meant who wrote several things in one word: `8000-8100`, `app=web`, `10.0.0.1`. Nothing is
//! taken for more than it says: what could be read wider is left to its author.

use std::net::IpAddr;

use super::advice::Advice;
use crate::{
    remedy::{Remedy, is_odd_space, is_unseen},
    scalar::{Scalar, written},
    validate,
    yaml::{Node, Value},
};

/// The text without the characters that nobody sees, where it has some.
pub(super) fn seen(text: &str) -> Option<String> {
    let is_odd = |c: char| is_odd_space(c) || is_unseen(c);
    let seen: String = text.chars().filter(|c| !is_unseen(*c)).collect();
    let seen = seen.trim_matches(|c: char| is_odd_space(c) || c == ' ');
    text.contains(is_odd).then(|| seen.to_owned())
}

/// What to write for a value with such characters, by what it may be.
pub(super) fn without_unseen(text: &str, fits: impl Fn(&str) -> bool) -> Option<Advice> {
    let seen = seen(text)?;
    let odd = text.chars().find(|c| is_odd_space(*c) || is_unseen(*c))?;
    let help = format!("a character that nobody sees stands in it (U+{:04X}): ", u32::from(odd));
    if fits(&seen) {
        let help = format!("{help}write `{seen}` anew");
        return Some(Advice { help, remedy: Some(Remedy::Write(written(&seen))) });
    }
    Some(Advice::from(help + "take it out"))
}

/// The one of some words that differs in case only, or in what nobody sees.
pub(super) fn one_of<'w>(text: &str, mut words: impl Iterator<Item = &'w str>) -> Option<Advice> {
    let seen = seen(text);
    let text = seen.as_deref().unwrap_or(text).trim();
    let word = words.find(|word| word.eq_ignore_ascii_case(text))?;
    Some(Remedy::Write(word.to_owned()).into())
}

/// Ports, first and last of each range, and the protocol that stood beside them.
pub(super) struct Ports {
    pub(super) ranges: Vec<(u16, u16)>,
    pub(super) protocol: Option<&'static str>,
}

/// `8000-8100`, `80,443`, `53/UDP`, or a list or map of those. What might be two sides of a mapping (`8080:80`) is not.
pub(super) fn ports(node: &Node) -> Option<Ports> {
    let mut ports = Ports { ranges: Vec::new(), protocol: None };
    match &node.value {
        Value::Scalar(Scalar::Text(text)) => {
            let (numbers, protocol) = text.split_once('/').unwrap_or((text, ""));
            let known = ["TCP", "UDP", "SCTP"];
            ports.protocol = known.into_iter().find(|known| known.eq_ignore_ascii_case(protocol));
            if !protocol.is_empty() && ports.protocol.is_none() {
                return None;
            }
            for part in numbers.split([',', ';']) {
                let (first, last) = part.split_once(['-', '–']).unwrap_or((part, part));
                ports.ranges.push((number(first)?, number(last)?));
            }
        }
        Value::Scalar(Scalar::Int(port)) => {
            let port = u16::try_from(*port).ok()?;
            ports.ranges.push((port, port));
        }
        Value::Scalar(_) => return None,
        Value::Sequence(items) => ports.ranges = ranges(items.iter())?,
        Value::Mapping(entries) => {
            if !entries.iter().all(|entry| entry.value.is_null()) {
                return None;
            }
            let keys = entries.iter().map(|entry| number(&entry.key).map(|port| (port, port)));
            ports.ranges = keys.collect::<Option<_>>()?;
        }
    }
    let is_sound = |(first, last): &(u16, u16)| (1..=*last).contains(first);
    (!ports.ranges.is_empty() && ports.ranges.iter().all(is_sound)).then_some(ports)
}

fn ranges<'n>(items: impl Iterator<Item = &'n Node>) -> Option<Vec<(u16, u16)>> {
    let mut all = Vec::new();
    for item in items {
        let Value::Scalar(_) = item.value else { return None };
        all.extend(ports(item).filter(|ports| ports.protocol.is_none())?.ranges);
    }
    Some(all)
}

fn number(text: &str) -> Option<u16> {
    let text = text.trim();
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

impl Ports {
    /// What stands in each item: `port: 8000, endPort: 8100`.
    pub(super) fn items(&self) -> Vec<String> {
        let protocol = self.protocol.map(|protocol| format!(", protocol: {protocol}"));
        let protocol = protocol.unwrap_or_default();
        let item = |(first, last): &(u16, u16)| {
            let end = if first == last { String::new() } else { format!(", endPort: {last}") };
            format!("port: {first}{end}{protocol}")
        };
        self.ranges.iter().map(item).collect()
    }

    /// The same as a list in brackets.
    pub(super) fn list(&self) -> String {
        format!("[{{{}}}]", self.items().join("}, {"))
    }
}

/// `app=web,tier=db`, or a list of those, as a map in braces.
pub(super) fn labels(node: &Node) -> Option<String> {
    let texts: Vec<&str> = match &node.value {
        Value::Sequence(items) => items.iter().map(Node::as_str).collect::<Option<_>>()?,
        _ => vec![node.as_str()?],
    };
    let mut found: Vec<(&str, &str)> = Vec::new();
    for part in texts.into_iter().flat_map(|text| text.split(',')) {
        let (key, value) = part.split_once("==").or_else(|| part.split_once('='))?;
        let (key, value) = (key.trim(), value.trim());
        let is_label =
            validate::label_key(key).is_empty() && validate::label_value(value).is_empty();
        if !is_label || found.iter().any(|(known, _)| *known == key) {
            return None;
        }
        found.push((key, value));
    }
    let entry = |(key, value): &(&str, &str)| format!("{}: {}", written(key), written(value));
    let entries: Vec<String> = found.iter().map(entry).collect();
    (!entries.is_empty()).then(|| format!("{{{}}}", entries.join(", ")))
}

/// Texts in brackets: what commas part, or what a list in braces is.
pub(super) fn texts(node: &Node) -> Option<String> {
    let texts: Vec<&str> = match &node.value {
        Value::Scalar(Scalar::Text(text)) => text.split(',').map(str::trim).collect(),
        Value::Mapping(entries) if entries.iter().all(|entry| entry.value.is_null()) => {
            entries.iter().map(|entry| entry.key.as_str()).collect()
        }
        _ => return None,
    };
    let is_sound = !texts.is_empty() && texts.iter().all(|text| !text.is_empty());
    let words: Vec<String> = texts.into_iter().map(written).collect();
    is_sound.then(|| format!("[{}]", words.join(", ")))
}

/// Names of namespaces in brackets.
pub(super) fn list(node: &Node) -> Option<String> {
    let names: Vec<&str> = match &node.value {
        Value::Sequence(items) => items.iter().map(Node::as_str).collect::<Option<_>>()?,
        _ => vec![node.as_str()?],
    };
    let is_sound = |name: &&str| validate::namespace_name(name).is_empty();
    let is_known = !names.is_empty() && names.iter().all(is_sound);
    let words: Vec<String> = names.into_iter().map(written).collect();
    is_known.then(|| format!("[{}]", words.join(", ")))
}

/// A block that is taken without a warning.
fn is_block(text: &str) -> bool {
    validate::cidr(text).is_ok_and(|read| read.warning.is_none())
}

/// The block that a word most surely stands for: itself, one address, or a network with a mask or cut short.
pub(super) fn block(text: &str) -> Option<String> {
    if is_block(text) {
        return Some(text.to_owned());
    }
    let (address, length) = text.split_once('/').unwrap_or((text, ""));
    let block = if length.is_empty() {
        let address = validate::address(text).filter(|address| !is_network(*address))?;
        format!("{address}/{}", if address.is_ipv4() { 32 } else { 128 })
    } else if let Some(IpAddr::V4(mask)) = validate::address(length) {
        let bits = u32::from(mask);
        (bits.leading_ones() == bits.count_ones()).then_some(())?;
        format!("{address}/{}", bits.leading_ones())
    } else {
        let written = address.trim_end_matches('.').split('.').count();
        let missing = 4_usize.checked_sub(written)?;
        format!("{}{}/{length}", address.trim_end_matches('.'), ".0".repeat(missing))
    };
    is_block(&block).then_some(block)
}

/// An address that ends in zeros stands for a network more often than for itself.
fn is_network(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.octets().ends_with(&[0]),
        IpAddr::V6(address) => address.segments().ends_with(&[0]),
    }
}

/// What to write for a block that cannot be read.
pub(super) fn cidr(text: &str) -> Option<Advice> {
    if let Some(advice) = without_unseen(text, is_block) {
        return Some(advice);
    }
    let trimmed = text.trim();
    if let Some(block) = block(trimmed) {
        return Some(Advice::from(Remedy::Write(written(&block))));
    }
    if let Some(address) = validate::address(trimmed) {
        let lengths = if address.is_ipv4() { "`/8`, `/16` or `/24`" } else { "`/64`" };
        let help = format!("say how much of it is meant, such as {lengths} behind the address");
        return Some(Advice::from(help));
    }
    let parts: Vec<&str> = trimmed.split([',', ' ']).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.into_iter().all(|part| validate::cidr(part).is_ok()) {
        return Some("write an item for each block".into());
    }
    let is_name = trimmed.contains(|c: char| c.is_ascii_alphabetic()) && !trimmed.contains(':');
    is_name.then(|| "a block is of addresses, not of names: write those that are meant".into())
}
