//! Any slip beside any other: a fix puts nothing empty where nobody has written it, drops no condition, and mends.

use netpol::{
    Analysis, Direction,
    policy::{NetworkPolicy, Peer, PolicyPortNumber},
    scalar::Scalar,
    yaml::{Node, Value},
};
use proptest::prelude::*;

use super::{
    analysis, mended_once, policy, refused,
    slips::{WIDE, spec},
};

fn words_of(text: &str) -> Vec<String> {
    let plain = text.replace(['\u{a0}', '\u{200b}'], " ").to_ascii_lowercase();
    let parts = plain.split(|c: char| !c.is_ascii_alphanumeric() && c != '.');
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The words of all values, in lower case, and how many values, lists and maps hold nothing.
fn content(node: &Node, with_keys: bool, words: &mut Vec<String>) -> usize {
    match &node.value {
        Value::Scalar(Scalar::Text(text)) => {
            words.extend(words_of(text));
            0
        }
        Value::Scalar(Scalar::Null) => 1,
        Value::Scalar(scalar) => {
            words.push(scalar.to_string());
            0
        }
        Value::Sequence(items) => {
            usize::from(items.is_empty())
                + items.iter().map(|item| content(item, with_keys, words)).sum::<usize>()
        }
        Value::Mapping(entries) => {
            for entry in entries.iter().filter(|_| with_keys) {
                words.extend(words_of(&entry.key));
            }
            let below =
                entries.iter().map(|entry| content(&entry.value, with_keys, words)).sum::<usize>();
            usize::from(entries.is_empty()) + below
        }
    }
}

fn content_of(analysis: &Analysis, with_keys: bool) -> (usize, Vec<String>) {
    let mut words = Vec::new();
    let root = analysis.manifest.documents.first().and_then(|document| document.yaml.root.as_ref());
    (root.map_or(0, |root| content(root, with_keys, &mut words)), words)
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Scalar(_) => node.is_null(),
        Value::Sequence(items) => items.is_empty(),
        Value::Mapping(entries) => entries.is_empty(),
    }
}

fn items(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.value) {
        Some(Value::Sequence(items)) => items,
        _ => &[],
    }
}

/// How often the API reads something empty as everything, or as nothing that is left out, in a policy's spec: an empty list or
/// no value, not the braces that say so.
fn opened(spec: &Node) -> usize {
    let is_nothing = |node: &Node, keys: &[&str], is: fn(&Node) -> bool| {
        keys.iter().filter(|key| node.get(key).is_some_and(is)).count()
    };
    let selector = |node: Option<&Node>| {
        node.map_or(0, |node| is_nothing(node, &["matchLabels", "matchExpressions"], is_empty))
    };
    let mut count = is_nothing(spec, &["podSelector", "ingress", "egress"], Node::is_null)
        + is_nothing(spec, &["policyTypes"], is_empty)
        + selector(spec.get("podSelector"));
    for rule in items(spec.get("ingress")).iter().chain(items(spec.get("egress"))) {
        count += usize::from(rule.is_null()) + is_nothing(rule, &["from", "to", "ports"], is_empty);
        for port in items(rule.get("ports")) {
            count += usize::from(is_empty(port)) + is_nothing(port, &["port"], Node::is_null);
        }
        for peer in items(rule.get("from")).iter().chain(items(rule.get("to"))) {
            count += is_nothing(peer, &["podSelector", "namespaceSelector"], Node::is_null)
                + selector(peer.get("podSelector"))
                + selector(peer.get("namespaceSelector"))
                + peer.get("ipBlock").map_or(0, |block| is_nothing(block, &["except"], is_empty));
        }
    }
    count
}

fn opened_in(analysis: &Analysis) -> usize {
    let root = analysis.manifest.documents.first().and_then(|document| document.yaml.root.as_ref());
    root.and_then(|root| root.get("spec")).map_or(0, opened)
}

/// How often a policy says each of [`WIDE`].
fn wide(policy: &NetworkPolicy) -> [usize; 3] {
    let rules = || Direction::ALL.into_iter().flat_map(|direction| policy.rules(direction));
    let is_every_port = |port: &PolicyPortNumber| matches!(port, PolicyPortNumber::Any);
    let selects_all = |peer: &Peer| match peer {
        Peer::Pods { namespaces, pods } => match (namespaces, pods) {
            (Some(namespaces), Some(pods)) => namespaces.is_empty() || pods.is_empty(),
            (one, other) => one.iter().chain(other).all(netpol::selector::LabelSelector::is_empty),
        },
        Peer::IpBlock(_) => false,
    };
    [
        rules().filter(|rule| rule.peers.is_empty()).count(),
        rules()
            .filter(|rule| {
                rule.ports.is_empty() || rule.ports.iter().any(|port| is_every_port(&port.port))
            })
            .count(),
        usize::from(policy.pod_selector.is_empty())
            + rules().flat_map(|rule| &rule.peers).filter(|peer| selects_all(peer)).count(),
    ]
}

proptest! {
    #[test]
    fn no_fix_drops_a_condition_or_puts_something_empty_where_nothing_was(spec in spec()) {
        let mut text = policy(&spec.text);
        for _ in 0..40 {
            let Some(after) = mended_once(&text) else { break };
            let (old, new) = (analysis(&text), analysis(&after));
            let is_read = new.manifest.documents.iter().all(|one| one.yaml.faults.is_empty());
            prop_assert!(is_read, "{text}\n{after}");
            let ((old_empty, old_words), (new_empty, new_words)) = (content_of(&old, false), content_of(&new, true));
            prop_assert!(new_empty <= old_empty, "{text}\n{after}");
            prop_assert!(opened_in(&new) <= opened_in(&old), "{text}\n{after}");
            let lost: Vec<_> = old_words.iter().filter(|word| !is_kept(word, &new_words, &text)).collect();
            prop_assert!(lost.is_empty(), "{lost:?}\n{text}\n{after}");
            prop_assert!(text != after);
            text = after;
        }
        // a fix is offered as long as there is one, and each takes something away that was wrong
        prop_assert!(mended_once(&text).is_none(), "{text}");
        let then = analysis(&text);
        if refused(&then).is_empty() {
            for (_, policy) in then.cluster.policies() {
                for (which, count) in wide(policy).into_iter().enumerate() {
                    prop_assert!(count == 0 || spec.says(which), "{}: {}\n{text}", WIDE[which], spec.text);
                }
            }
        }
    }
}

/// A number may stand in a text then, and `1.10` with its prefix.
fn is_kept(word: &str, words: &[String], text: &str) -> bool {
    words.iter().any(|other| other == word || other.trim_matches('.') == word)
        || word == "true" && text.contains("any: true")
}
