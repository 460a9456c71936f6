//! What is most probably meant by a value of the wrong type. No help leads to a wider policy than was meant: an empty
//! list, map or rule is put nowhere that somebody has not written one.

use super::{
    advice::Advice,
    fields::{Field, Go},
    meant,
};
use crate::{
    empty,
    field::Segment,
    remedy::Remedy,
    scalar::{Scalar, whole, written},
    yaml::{Node, Value},
};

/// Who may connect is said by somebody who is named.
pub(super) const PEER: &str = "say who: `podSelector: {}` is every pod of the policy's own namespace, `namespaceSelector: {}` every pod of the cluster; a rule without the list is for everyone";
const PORTS: &str = "name the ports: `- port: 80`; a rule without `ports` is for every port";
pub(super) const PORT_NUMBERS: &str =
    "port numbers are from 1 to 65535: write the one that is meant, without quotes";
pub(super) const NO_PORT: &str = "write the pod's port; an item without `port` is for every port";
const RULES: &str = "rules are a list: `[]` admits nobody, `- from: […]` (or `to`) whom it names";
const SELECT: &str = "pods are selected by their labels: `{matchLabels: {…}}`";

/// Go names the number itself only where a number was wanted.
pub(super) fn json_type(node: &Node, wanted: &str) -> String {
    match &node.value {
        Value::Mapping(_) => "object".to_owned(),
        Value::Sequence(_) => "array".to_owned(),
        Value::Scalar(Scalar::Int(number)) if wanted.starts_with("int") => {
            format!("number {number}")
        }
        // JSON has no point in a whole number
        Value::Scalar(Scalar::Float(decimal)) if wanted.starts_with("int") => {
            match whole(decimal) {
                Some(number) => format!("number {number}"),
                None => format!("number {decimal}"),
            }
        }
        Value::Scalar(scalar) => scalar.json_type().to_owned(),
    }
}

/// Whether Go's type holds one word or number.
fn is_word(wanted: &str) -> bool {
    let words = ["string", "bool", "types.UID", "v1.Protocol", "v1.PolicyType"];
    wanted.starts_with("int") || words.contains(&wanted) || wanted == "v1.LabelSelectorOperator"
}

/// What is most probably meant by a value of the wrong type.
pub(super) fn wrong_type(field: &Field<'_>, go: Go) -> Option<Advice> {
    let wanted = go.of_type;
    match &field.node.value {
        Value::Scalar(scalar) => of_scalar(field, scalar, wanted),
        Value::Sequence(items) => of_list(field, items, go),
        Value::Mapping(_) if is_word(wanted) => Some("one value belongs here, not a map".into()),
        Value::Mapping(entries) => of_map(field.node, entries.is_empty(), go),
    }
}

fn of_scalar(field: &Field<'_>, scalar: &Scalar, wanted: &str) -> Option<Advice> {
    let node = field.node;
    let text = match scalar {
        Scalar::Bool(_) | Scalar::Int(_) | Scalar::Float(_) if wanted == "string" => {
            return Some(Remedy::Quote.into());
        }
        Scalar::Text(text) => text.trim(),
        _ => "",
    };
    if text.contains(":{") || text.contains(":[") {
        return Some("put a space after the colon".into());
    }
    let write = |text: String| Advice::from(Remedy::Write(text));
    let braces = |text: String| write(format!("{{{text}}}"));
    match wanted {
        _ if wanted.starts_with("int") => number(field, text),
        "[]v1.NetworkPolicyIngressRule" | "[]v1.NetworkPolicyEgressRule" => Some(RULES.into()),
        "[]v1.NetworkPolicyPort" | "v1.NetworkPolicyPort" => {
            Some(meant::ports(node).map_or_else(|| PORTS.into(), |ports| items(&ports, wanted)))
        }
        "[]v1.NetworkPolicyPeer" => {
            Some(peer(node, text).map_or_else(|| PEER.into(), |peer| write(format!("[{peer}]"))))
        }
        "v1.NetworkPolicyPeer" => Some(peer(node, text).map_or_else(|| PEER.into(), write)),
        "v1.IPBlock" => meant::block(text)
            .map(|block| braces(format!("cidr: {}", written(&block))))
            .or_else(|| meant::cidr(text)),
        "v1.LabelSelector" => Some(
            meant::labels(node)
                .map_or_else(|| SELECT.into(), |labels| braces(format!("matchLabels: {labels}"))),
        ),
        "map[string]string" => meant::labels(node).map(write),
        _ if is_words(wanted) => meant::texts(node)
            .map(write)
            .or_else(|| Some("a list of texts belongs here: `[\"…\"]`".into())),
        _ => None,
    }
}

/// A number in quotes; a port's is one that a port can have.
fn number(field: &Field<'_>, text: &str) -> Option<Advice> {
    let number: i32 = text.parse().ok()?;
    let is_of_port = |key: &str| key.ends_with("port") || key.ends_with("Port");
    let is_port =
        matches!(field.path.segments().last(), Some(Segment::Key(key)) if is_of_port(key));
    if is_port && port_number(number.into()).is_none() {
        return Some(PORT_NUMBERS.into());
    }
    let help = format!("write {number} without quotes");
    Some(Advice { help, remedy: Some(Remedy::Write(number.to_string())) })
}

/// The number, where a port can have it.
pub(super) fn port_number(number: i128) -> Option<u16> {
    u16::try_from(number).ok().filter(|number| *number > 0)
}

fn is_words(wanted: &str) -> bool {
    ["[]string", "[]v1.PolicyType"].contains(&wanted)
}

/// Ports, in the place of their list or of one of its items.
fn items(ports: &meant::Ports, wanted: &str) -> Advice {
    if wanted.starts_with("[]") {
        return Remedy::Write(ports.list()).into();
    }
    let items = ports.items();
    let [item] = items.as_slice() else { return each(&items) };
    let help = format!("write `- {}`", item.replace(", ", "` and `"));
    Advice { help, remedy: Some(Remedy::Write(format!("{{{item}}}"))) }
}

/// An item for each of several ports.
fn each(items: &[String]) -> Advice {
    let shown: Vec<String> = items.iter().take(8).map(|item| format!("`- {item}`")).collect();
    format!("write an item for each: {}", shown.join(", ")).into()
}

/// A peer that is said in a word.
fn peer(node: &Node, text: &str) -> Option<String> {
    if let Some(block) = meant::block(text) {
        return Some(format!("{{ipBlock: {{cidr: {}}}}}", written(&block)));
    }
    meant::labels(node).map(|labels| format!("{{podSelector: {{matchLabels: {labels}}}}}"))
}

fn of_list(field: &Field<'_>, items: &[Node], go: Go) -> Option<Advice> {
    let wanted = go.of_type;
    let write = |text: String| Advice::from(Remedy::Write(text));
    match items {
        _ if is_port(field, go) => port(field.node, "one value belongs here, not a list"),
        [one] if is_word(wanted) => {
            let text = one.as_str().filter(|_| !wanted.starts_with("int"));
            let remedy = text.map(|text| Remedy::Write(written(text)));
            Some(Advice { remedy, ..Advice::from("one value belongs here, not a list") })
        }
        [_, _, ..] if wanted == "string" && go.owner == "LabelSelector" => Some(
            "one value belongs here; for any of several write `matchExpressions: [{key: …, operator: In, values: […]}]`".into(),
        ),
        [_, _, ..] if go.owner == "IPBlock" || wanted == "v1.IPBlock" => {
            Some("one block belongs here: write an item with an `ipBlock` for each".into())
        }
        [_, _, ..] if wanted == "v1.Protocol" => {
            Some("one value belongs here: write an item of `ports` for each".into())
        }
        _ if is_word(wanted) => Some("one value belongs here, not a list".into()),
        [] if wanted == "v1.LabelSelector" => Some(no_selector(go)),
        [one] if wanted == "v1.IPBlock" && one.as_str().is_some() => {
            let block = meant::block(one.as_str()?)?;
            Some(write(format!("{{cidr: {}}}", written(&block))))
        }
        [one @ Node { value: Value::Mapping(_), .. }] if !wanted.starts_with("[]") => {
            Some(moved(Remedy::Undash, one, go))
        }
        _ if wanted == "v1.LabelSelector" => Some(
            meant::labels(field.node)
                .map_or_else(|| SELECT.into(), |labels| write(format!("{{matchLabels: {labels}}}"))),
        ),
        _ if wanted == "map[string]string" && meant::labels(field.node).is_some() => {
            meant::labels(field.node).map(write)
        }
        _ if !wanted.starts_with("[]") => Some("one map belongs here, not a list".into()),
        _ => None,
    }
}

/// Brackets that hold nothing, for a selector: of a policy's own pods they can only mean all.
fn no_selector(go: Go) -> Advice {
    if go.owner != "NetworkPolicySpec" {
        return SELECT.into();
    }
    let help = "a map belongs here: `{}` selects every pod of the namespace".to_owned();
    Advice { help, remedy: Some(Remedy::Write("{}".to_owned())) }
}

fn of_map(node: &Node, is_empty: bool, go: Go) -> Option<Advice> {
    let wanted = go.of_type;
    let write = |text: String| Advice::from(Remedy::Write(text));
    match wanted {
        "[]v1.NetworkPolicyPeer" if is_empty => Some(PEER.into()),
        "[]v1.NetworkPolicyPort" if is_empty => Some(PORTS.into()),
        "[]v1.NetworkPolicyPort" if meant::ports(node).is_some() => {
            meant::ports(node).map(|ports| write(ports.list()))
        }
        _ if is_words(wanted) => meant::texts(node)
            .map(write)
            .or_else(|| Some("a list of texts belongs here: `[…]`".into())),
        _ if is_empty => None,
        list if list.starts_with("[]") => Some(moved(Remedy::Dash, node, go)),
        _ => None,
    }
}

/// A map that belongs into a list, or out of one: as it stands where it says what it means there.
fn moved(remedy: Remedy, map: &Node, go: Go) -> Advice {
    let words = match go.of_type.trim_start_matches("[]") {
        "v1.NetworkPolicyIngressRule" | "v1.NetworkPolicyEgressRule" if empty::is_empty(map) => {
            Some(empty::RULE)
        }
        "v1.NetworkPolicyPort" if empty::is_empty(map) => Some(PORTS),
        "v1.LabelSelector" if go.owner != "NetworkPolicySpec" && empty::is_empty(map) => {
            Some(SELECT)
        }
        "map[string]string" if go.owner == "LabelSelector" => empty::widened("matchLabels", map),
        of_type if of_type.starts_with("v1.NetworkPolicy") => empty::widened_map(map),
        "v1.LabelSelector" | "v1.IPBlock" => empty::widened_map(map),
        _ => None,
    };
    match words {
        None => remedy.into(),
        Some(words) => format!("{remedy}; {words}").into(),
    }
}

/// Rules in braces that hold nothing: `[]` is what admits nobody, where the policy is about the direction at all.
pub(super) fn no_rules(direction: &str, is_listed: bool) -> Advice {
    let remedy = Remedy::Write("[]".to_owned());
    if is_listed {
        let help = "write `[]`, which admits nobody; a rule in it admits whom it names".to_owned();
        return Advice { help, remedy: Some(remedy) };
    }
    let help =
        format!("write `[]` and list `{direction}` in `policyTypes`: together they admit nobody");
    help.into()
}

/// Whether this is the port of a policy, where several may have been meant.
fn is_port(field: &Field<'_>, go: Go) -> bool {
    go.owner == "NetworkPolicyPort"
        && field.path.segments().last() == Some(&Segment::Key("port".to_owned()))
}

/// What to write for a port that is several, or has its protocol with it.
pub(super) fn port(node: &Node, otherwise: &str) -> Option<Advice> {
    let is_map = node.as_str().is_some_and(|text| text.starts_with("map["));
    if is_map {
        return Some("a template wrote a whole map here: have it write the number alone".into());
    }
    let Some(ports) = meant::ports(node) else {
        return (!otherwise.is_empty()).then(|| otherwise.into());
    };
    let items = ports.items();
    let help = match items.as_slice() {
        [item] => format!("write `{}`", item.replace(", ", "` and `")),
        _ => each(&items).help,
    };
    let protocol = ports.protocol;
    Some(Advice { help, remedy: Some(Remedy::Ports { ranges: ports.ranges, protocol }) })
}
