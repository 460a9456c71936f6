//! Labels and selectors in words: what a selector asks for, and what a pod or a namespace lacks.

use super::few;
use crate::{
    meta::Labels,
    policy::{IpBlock, Peer, PolicyPort, PolicyPortNumber},
    selector::{LabelSelector, LabelSelectorRequirement, Operator},
};

/// How many exceptions, ports or labels are named before the rest is counted.
const MOST: usize = 6;

/// "lacks `app=web`": said of several that may bear different labels.
pub(super) fn lacks(requirement: &LabelSelectorRequirement) -> String {
    match requirement.operator {
        Operator::In | Operator::Exists => format!("lacks `{requirement}`"),
        Operator::NotIn | Operator::DoesNotExist => format!("is ruled out by `{requirement}`"),
    }
}

/// "has `app=db` instead of `app=web`": every requirement that these labels do not meet. The first
/// one of them is known.
pub(super) fn unmet(selector: &LabelSelector, first: usize, labels: &Labels) -> String {
    let clause = |requirement: &&LabelSelectorRequirement| {
        let key = &requirement.key;
        match (requirement.operator, labels.get(key)) {
            (Operator::In, Some(value)) => {
                format!("has `{key}={value}` instead of `{requirement}`")
            }
            (Operator::NotIn | Operator::DoesNotExist, Some(value)) => {
                format!("has `{key}={value}`, which `{requirement}` rules out")
            }
            _ => format!("lacks `{requirement}`"),
        }
    };
    few(&unmet_ones(selector, first, labels).iter().map(clause).collect::<Vec<_>>(), MOST)
}

/// The requirements that these labels do not meet, from the first one on.
pub(super) fn unmet_ones<'s>(
    selector: &'s LabelSelector,
    first: usize,
    labels: &Labels,
) -> Vec<&'s LabelSelectorRequirement> {
    let rest = selector.requirements.iter().skip(first);
    rest.filter(|requirement| requirement.holds(labels) == Some(false)).collect()
}

/// Whom an item of `from` or `to` asks for, in words: "pods with `app=web` of `shop`".
pub(super) fn asks(item: &Peer, own: &str) -> String {
    let (namespaces, pods) = match item {
        Peer::IpBlock(block) => return format!("addresses in {}", block_name(block)),
        Peer::Pods { namespaces, pods } => (namespaces, pods),
    };
    let whom = match pods {
        Some(pods) if !pods.is_empty() => format!("pods with `{pods}`"),
        _ => "any pod".to_owned(),
    };
    match namespaces {
        None => format!("{whom} of `{own}`"),
        Some(all) if all.is_empty() => format!("{whom} of any namespace"),
        Some(namespaces) => format!("{whom} of namespaces with `{namespaces}`"),
    }
}

/// `10.0.0.0/8` except `10.1.0.0/16`
pub(super) fn block_name(block: &IpBlock) -> String {
    if block.except.is_empty() {
        return format!("`{}`", block.cidr);
    }
    let except: Vec<String> = block.except.iter().map(|cidr| format!("`{cidr}`")).collect();
    format!("`{}` except {}", block.cidr, few(&except, MOST))
}

/// "TCP 80, UDP `dns` and all SCTP": the ports of a rule as written.
pub(super) fn ports_name(ports: &[PolicyPort]) -> String {
    let name = |item: &PolicyPort| match &item.port {
        PolicyPortNumber::Any => format!("all {}", item.protocol),
        PolicyPortNumber::Range(range) => format!("{} {range}", item.protocol),
        PolicyPortNumber::Named(name) => format!("{} `{name}`", item.protocol),
    };
    few(&ports.iter().map(name).collect::<Vec<_>>(), MOST)
}
