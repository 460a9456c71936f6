//! The last gate of a rule: its ports, and by what a port misses them.

use std::fmt::Write as _;

use super::{
    clause, few,
    gate::Gate,
    near::{Asked, Spot},
    place,
};
use crate::{
    plugin::Plugin,
    policy::{PolicyPort, PolicyPortNumber},
    ports::Protocol,
    verdict::PortTrace,
};

/// The ports of an item's rule; `None` where the rule names none, and so opens every port.
pub(super) fn port_gate(asked: &Asked<'_>, spot: &Spot<'_>) -> Option<Gate> {
    let traces = spot.rule_trace()?.ports.as_ref()?;
    let ports = &spot.rule(asked)?.ports;
    let matches = |trace: &PortTrace| asked.is_among(&trace.ports(Plugin::USUAL));
    let matching: Vec<usize> =
        traces.iter().enumerate().filter(|(_, trace)| matches(trace)).map(|(at, _)| at).collect();
    let question = format!("On {}?", clause::ports_name(ports));
    let because = match matching.first().and_then(|at| ports.get(*at)) {
        Some(port) => among(asked, port),
        None => missed(asked, ports, traces),
    };
    let mut gate = Gate::new(question, !matching.is_empty(), because, None);
    let policy = spot.policy(asked.cluster)?;
    if let Some(rule) = place::item(policy, asked.direction, spot.rule, None) {
        let list = rule.key("ports");
        gate.places = match (matching.is_empty(), ports.len()) {
            (true, 1) => vec![list.index(0)],
            (true, _) => vec![list],
            (false, _) => matching.into_iter().map(|at| list.index(at)).collect(),
        };
    }
    Some(gate)
}

fn asked_port(asked: &Asked<'_>) -> String {
    format!("{} {}", asked.connection.protocol, asked.connection.port)
}

fn among(asked: &Asked<'_>, port: &PolicyPort) -> String {
    match &port.port {
        PolicyPortNumber::Named(name) => {
            format!("port `{name}` is {} there", asked_port(asked))
        }
        _ => format!("{} is among its ports", asked_port(asked)),
    }
}

fn missed(asked: &Asked<'_>, ports: &[PolicyPort], traces: &[PortTrace]) -> String {
    let connection = asked.connection;
    let mut text =
        format!("{} is not among its ports ({})", asked_port(asked), clause::ports_name(ports));
    let holds =
        |trace: &&PortTrace, protocol, port| trace.ports(Plugin::USUAL).contains(protocol, port);
    let names = |protocol| traces.iter().any(|trace| holds(&trace, protocol, connection.port));
    if connection.protocol != Protocol::Tcp && names(Protocol::Tcp) {
        text.push_str("; a port without `protocol` is TCP");
    } else if Protocol::ALL.into_iter().any(names) {
        text.push_str("; the protocol differs");
    }
    for (port, trace) in ports.iter().zip(traces) {
        if let (PolicyPortNumber::Named(name), PortTrace::Ports(ports)) = (&port.port, trace) {
            let _ = write!(text, "; `{name}` is {ports} there");
        }
    }
    text.push_str(&unknown_names(asked, traces));
    let of_service = asked
        .service_port
        .filter(|port| traces.iter().any(|trace| holds(&trace, connection.protocol, *port)));
    if let Some(port) = of_service {
        let _ = write!(text, "; {port} is the Service's port, and policies see the pod's");
    }
    text
}

/// The names that mean nothing on the pod that is called.
fn unknown_names(asked: &Asked<'_>, traces: &[PortTrace]) -> String {
    let unknown: Vec<String> = traces
        .iter()
        .filter_map(|trace| match trace {
            PortTrace::UnknownName { name, protocol } => Some(format!("{protocol} `{name}`")),
            _ => None,
        })
        .collect();
    let on_node = traces.iter().any(|trace| matches!(trace, PortTrace::HostNetworkPorts(_)));
    match (unknown.is_empty(), asked.destination()) {
        (true, _) if on_node => "; on its node's network a pod has no port names".to_owned(),
        (true, _) => String::new(),
        (false, None) => "; an address has no port names".to_owned(),
        (false, Some(pod)) => {
            format!("; no container of `{}` declares {}", pod.meta.name, few(&unknown, 4))
        }
    }
}
