//! One line for what a policy's rules say, derived from the YAML: the table's second column.

use crate::{
    policy::{Direction, NetworkPolicy, Peer, PolicyPort, PolicyPortNumber, Rule},
    selector::LabelSelector,
};

/// `podSelector: {}`, `no ingress key`, `both with labels, same item`…
pub fn spec_line(policy: &NetworkPolicy, direction: Direction) -> String {
    if !policy.affects(direction) {
        let types: Vec<_> = Direction::ALL
            .into_iter()
            .filter(|d| policy.affects(*d))
            .map(Direction::as_str)
            .collect();
        return format!("policyTypes: [{}]", types.join(", "));
    }
    match policy.written_rules(direction) {
        None => format!("no {direction} key"),
        Some([]) => format!("{direction}: []"),
        Some([rule]) => rule_line(rule, direction),
        Some([first, second]) => {
            format!("{}; {}", rule_line(first, direction), rule_line(second, direction))
        }
        Some(rules) => format!("{} rules", rules.len()),
    }
}

fn rule_line(rule: &Rule, direction: Direction) -> String {
    let ports = ports_line(&rule.ports);
    match (rule.peers.is_empty(), rule.ports.is_empty()) {
        (true, true) => format!("{direction}: [{{}}]"),
        (true, false) => format!("no {}, {ports}", direction.peers_field()),
        (false, true) => peers_line(&rule.peers),
        (false, false) => format!("{}, {ports}", peers_line(&rule.peers)),
    }
}

fn peers_line(peers: &[Peer]) -> String {
    match peers {
        [
            Peer::Pods { namespaces: None, pods: Some(pods) },
            Peer::Pods { namespaces: Some(namespaces), pods: None },
        ]
        | [
            Peer::Pods { namespaces: Some(namespaces), pods: None },
            Peer::Pods { namespaces: None, pods: Some(pods) },
        ] if pods.is_empty() == namespaces.is_empty() => {
            let what = if pods.is_empty() { "{}" } else { "with labels" };
            format!("both {what}, separate items")
        }
        [one] => peer_line(one),
        [first, rest @ ..] => {
            let line = peer_line(first);
            let count = peers.len();
            match rest {
                [second] if peer_line(second) != line => format!("{line} or {}", peer_line(second)),
                _ if rest.iter().all(|peer| peer_line(peer) == line) => {
                    format!("{line}, {count} separate items")
                }
                _ => format!("{count} separate items"),
            }
        }
        [] => String::new(),
    }
}

fn peer_line(peer: &Peer) -> String {
    match peer {
        Peer::IpBlock(block) if block.except.len() > 1 => {
            format!("ipBlock {} except {} blocks", block.cidr, block.except.len())
        }
        Peer::IpBlock(block) => format!("ipBlock {block}"),
        Peer::Pods { namespaces: Some(namespaces), pods: Some(pods) } => {
            match (namespaces.is_empty(), pods.is_empty()) {
                (true, true) => "both {}, same item".to_owned(),
                (false, false) => "both with labels, same item".to_owned(),
                _ => format!(
                    "{} + {}, same item",
                    selector_line("namespaceSelector", namespaces),
                    selector_line("podSelector", pods)
                ),
            }
        }
        Peer::Pods { namespaces: Some(selector), pods: None } => {
            selector_line("namespaceSelector", selector)
        }
        Peer::Pods { pods, .. } => {
            selector_line("podSelector", pods.as_ref().unwrap_or(&LabelSelector::default()))
        }
    }
}

fn selector_line(field: &str, selector: &LabelSelector) -> String {
    if selector.is_empty() { format!("{field}: {{}}") } else { format!("{field} with labels") }
}

fn ports_line(ports: &[PolicyPort]) -> String {
    let port = |item: &PolicyPort| match &item.port {
        PolicyPortNumber::Any => format!("all {}", item.protocol),
        PolicyPortNumber::Range(range) => format!("{} {range}", item.protocol),
        PolicyPortNumber::Named(name) => format!("{} {name}", item.protocol),
    };
    if ports.len() > 3 {
        format!("{} ports", ports.len())
    } else {
        ports.iter().map(port).collect::<Vec<_>>().join(", ")
    }
}
