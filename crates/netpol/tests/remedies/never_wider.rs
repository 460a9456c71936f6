//! Any slip beside any other: a fix puts nothing empty where nobody has written it, drops no condition, and mends.

use netpol::{
    Analysis, Direction,
    scalar::Scalar,
    yaml::{Node, Value},
};
use proptest::prelude::*;

use super::{analysis, mended_once, policy, refused};

fn one_of(all: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(all).prop_map(str::to_owned)
}

fn selector() -> impl Strategy<Value = String> {
    one_of(&[
        "{}",
        "[]",
        "app=web",
        "web",
        "{app: web}",
        "{name: web}",
        "{namespace: web}",
        "[{app: web, tier: front}]",
        "[{matchLabels: {app: web}}]",
        "[{matchLabels: {app: web}}, {matchLabels: {app: db}}]",
        "{matchLabels: {version: 1.10}}",
        "{matchlabels: {app: web}}",
        "{matchLabels: [app=web, tier=front]}",
        "{matchLabels: []}",
        "{matchLabels: {app: [web]}}",
        "{matchLabels: {app: \"web\u{a0}\"}}",
        "{matchExpressions: {key: app, operator: in, values: web}}",
        "{matchNames: [web, db]}",
        "{any: true}",
        "{matchExpressions: [{key: app, operator: NotIn, values: \"a, b\"}]}",
        "{matchLabels: {app: web}}",
        "\n      app: web\n      tier: front",
        "\n    - matchLabels: # why\n        app: web",
    ])
}

fn peer() -> impl Strategy<Value = String> {
    let block = one_of(&[
        "10.0.0.0/8",
        "10.0.0.1",
        "10.0.0.0",
        "[10.0.0.0/8]",
        "{cidr: 10.0.0.1}",
        "{cidr: [10.0.0.1/32]}",
        "{cidr: 10.0.0.0/8, except: 10.1.0.0/16}",
        "{cidr: 10.0.0.0/8, except: [10.1.0.0, 10.2.0.1]}",
        "{}",
    ]);
    let flow = |text: &String| !text.contains('\n');
    prop_oneof![
        one_of(&[
            "{}",
            "app=web",
            "web",
            "10.0.0.0/8",
            "{cidr: 10.0.0.0/8}",
            "{cidr: 10.0.0.0/8, except: [10.1.0.0/16]}",
            "{namespace: shop}",
            "{name: web}",
            "{app: web}",
            "{matchLabels: {app: web}}",
            "{podselector: {app: web}}"
        ]),
        selector().prop_filter("in braces", flow).prop_map(|one| format!("{{podSelector: {one}}}")),
        selector()
            .prop_filter("in braces", flow)
            .prop_map(|one| format!("{{namespaceSelector: {one}}}")),
        selector()
            .prop_filter("in braces", flow)
            .prop_map(|one| format!("{{podSelector: {one}, namespace: other}}")),
        block.prop_map(|one| format!("{{ipBlock: {one}}}")),
    ]
}

fn ports() -> impl Strategy<Value = String> {
    one_of(&[
        "[]",
        "{}",
        "80",
        "\"80,443\"",
        "[80, 443]",
        "{80, 443}",
        "8000-8100",
        "{port: 80}",
        "[{port: 8000-8100}]",
        "[{port: \"80,443\", protocol: udp}]",
        "[{port: [80, 443]}]",
        "[{port: 53/UDP}]",
        "[{port: 0}]",
        "[{name: http}]",
        "[{port: \"80\", endPort: \"90\"}]",
        "[http]",
        "all",
        "[{port: 8080:80}]",
        "\n      - port: 80,443 # both\n        protocol: UDP\n      - port: 53/udp",
    ])
}

fn rules() -> impl Strategy<Value = String> {
    let list = prop_oneof![
        one_of(&["{}", "[]", "10.0.0.0/8", "app=web"]),
        peer(),
        prop::collection::vec(peer(), 1..3).prop_map(|peers| format!("[{}]", peers.join(", "))),
    ];
    prop_oneof![
        one_of(&[
            "{}",
            "[]",
            "all",
            "true",
            "[{port: 80}]",
            "[{port: 80, from: [{podSelector: {}}]}]"
        ]),
        (list, ports(), 0..3).prop_map(|(peers, ports, way)| match way {
            0 if !ports.contains('\n') => format!("{{from: {peers}, ports: {ports}}}"),
            1 => format!("\n    from: {peers}\n    ports: {ports}"),
            _ => format!("\n  - from: {peers}\n    ports: {ports}"),
        }),
    ]
}

fn spec() -> impl Strategy<Value = String> {
    let types = one_of(&[
        "",
        "policyTypes: Ingress",
        "policyTypes: [ingress, Egress]",
        "policyTypes: {Ingress, Egress}",
    ]);
    (selector(), types, one_of(&["ingress", "egress", "ingres"]), rules()).prop_map(
        |(selector, types, direction, rules)| {
            let rules = if direction == "egress" { rules.replace("from:", "to:") } else { rules };
            format!("podSelector: {selector}\n{types}\n{direction}: {rules}")
        },
    )
}

fn words_of(text: &str) -> Vec<String> {
    let plain = text.replace(['\u{a0}', '\u{200b}'], " ").to_ascii_lowercase();
    let parts = plain.split(|c: char| !c.is_ascii_alphanumeric() && c != '.');
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The words of all values, in lower case, and how many lists and maps hold nothing.
fn content(node: &Node, with_keys: bool, words: &mut Vec<String>) -> usize {
    match &node.value {
        Value::Scalar(Scalar::Text(text)) => {
            words.extend(words_of(text));
            0
        }
        Value::Scalar(Scalar::Null) => 0,
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

proptest! {
    #[test]
    fn no_fix_drops_a_condition_or_puts_something_empty_where_nothing_was(spec in spec()) {
        let mut text = policy(&spec);
        for _ in 0..12 {
            let Some(after) = mended_once(&text) else { break };
            let (old, new) = (analysis(&text), analysis(&after));
            let is_read = new.manifest.documents.iter().all(|one| one.yaml.faults.is_empty());
            prop_assert!(is_read, "{text}\n{after}");
            let ((old_empty, old_words), (new_empty, new_words)) = (content_of(&old, false), content_of(&new, true));
            prop_assert!(new_empty <= old_empty, "{text}\n{after}");
            let lost: Vec<_> = old_words.iter().filter(|word| !is_kept(word, &new_words, &text)).collect();
            prop_assert!(lost.is_empty(), "{lost:?}\n{text}\n{after}");
            prop_assert!(text != after);
            text = after;
        }
        // a fix is offered as long as there is one, and each takes something away that was wrong
        prop_assert!(mended_once(&text).is_none(), "{text}");
        let then = analysis(&text);
        if refused(&then).is_empty() {
            let policies = then.cluster.policies();
            for (_, policy) in policies {
                let rules = policy.rules(Direction::Ingress).len() + policy.rules(Direction::Egress).len();
                let open = [Direction::Ingress, Direction::Egress].into_iter()
                    .flat_map(|direction| policy.rules(direction))
                    .filter(|rule| rule.peers.is_empty()).count();
                // rules without peers: those that were written so
                let is_written = spec.contains("from: []") || spec.contains("to: []")
                    || !spec.contains("from") && !spec.contains("to:");
                prop_assert!(open == 0 || is_written, "{open} of {rules}\n{spec}\n{text}");
            }
        }
    }
}

/// A number may stand in a text then, and `1.10` with its prefix.
fn is_kept(word: &str, words: &[String], text: &str) -> bool {
    words.iter().any(|other| other == word || other.trim_matches('.') == word)
        || word == "true" && text.contains("any: true")
}
