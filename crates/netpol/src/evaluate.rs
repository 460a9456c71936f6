//! The semantics, and nothing else: which policies select a pod, and what each of their rules makes
//! of a peer. Tables, explanations and expectations all read the traces made here.

use std::net::IpAddr;

use crate::{
    cluster::{Cluster, PodId, PolicyId},
    connection::{Connection, Entity},
    meta::{Labels, NAMESPACE_NAME_LABEL},
    objects::Pod,
    policy::{Direction, IpBlock, NetworkPolicy, Peer, PolicyPort, PolicyPortNumber, Rule},
    ports::{PortSet, Protocol},
    selector::LabelSelector,
    verdict::{
        BlockOutcome, DirectionVerdict, PeerTrace, PolicyTrace, PortTrace, RuleTrace, Unmet,
        Verdict,
    },
};

/// One end of a connection, looked up.
#[derive(Debug, Clone, Copy)]
pub(crate) enum End<'c> {
    /// A pod of the cluster.
    Pod(&'c Pod),
    /// An address that is no pod's.
    Address(IpAddr),
}

/// An end of a connection that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownPod(pub Entity);

/// Whether a new connection is allowed, and why.
pub fn evaluate(cluster: &Cluster, connection: &Connection) -> Result<Verdict, UnknownPod> {
    let source = find(cluster, &connection.source)?;
    let destination = find(cluster, &connection.destination)?;
    let is_same_pod = matches!((source, destination), (Some(a), Some(b)) if a == b);
    let ends = (
        end(cluster, source, &connection.source)?,
        end(cluster, destination, &connection.destination)?,
    );
    Ok(Verdict {
        connection: connection.clone(),
        is_same_pod,
        egress: side(cluster, ends.0, ends.1, Direction::Egress),
        ingress: side(cluster, ends.1, ends.0, Direction::Ingress),
    })
}

fn find(cluster: &Cluster, entity: &Entity) -> Result<Option<PodId>, UnknownPod> {
    match entity {
        Entity::Pod(name) => {
            cluster.find_pod(name).map(Some).ok_or_else(|| UnknownPod(entity.clone()))
        }
        Entity::Address(address) => Ok(cluster.find_address(*address)),
    }
}

fn end<'c>(
    cluster: &'c Cluster,
    id: Option<PodId>,
    entity: &Entity,
) -> Result<End<'c>, UnknownPod> {
    match (id.and_then(|id| cluster.pod(id)), entity) {
        (Some(pod), _) => Ok(End::Pod(pod)),
        (None, Entity::Address(address)) => Ok(End::Address(*address)),
        (None, Entity::Pod(_)) => Err(UnknownPod(entity.clone())),
    }
}

/// One end's side of a connection with the other, over all ports.
///
/// A finished pod has no address any more: no policy applies to it and no peer matches it.
fn side(
    cluster: &Cluster,
    subject: End<'_>,
    peer: End<'_>,
    direction: Direction,
) -> DirectionVerdict {
    let End::Pod(subject) = subject else { return DirectionVerdict::NotAPod };
    let policies: Vec<PolicyTrace> = selecting(cluster, subject, direction)
        .map(|(id, policy)| policy_trace(cluster, id, policy, subject, peer, direction))
        .collect();
    if policies.is_empty() {
        DirectionVerdict::NonIsolated
    } else {
        DirectionVerdict::Isolated { policies }
    }
}

/// The policies that isolate a pod in a direction.
///
/// "A pod is isolated for ingress if there is any NetworkPolicy that both selects the pod and has
/// `Ingress` in its `policyTypes`"; the same for egress.
pub(crate) fn selecting<'c>(
    cluster: &'c Cluster,
    pod: &'c Pod,
    direction: Direction,
) -> impl Iterator<Item = (PolicyId, &'c NetworkPolicy)> {
    cluster
        .policies_in(pod.namespace())
        .filter(move |(_, policy)| policy.affects(direction) && selects(policy, pod))
}

/// Whether a policy applies to a pod at all: it is of the policy's namespace and `podSelector`
/// matches. A finished pod is selected by nothing; nor is a `hostNetwork` pod: most network plugins
/// take its traffic for the node's ("This is the most common implementation", docs).
pub fn selects(policy: &NetworkPolicy, pod: &Pod) -> bool {
    !pod.is_finished()
        && !pod.host_network
        && pod.namespace() == policy.meta.name.namespace
        && policy.pod_selector.matches(pod.labels())
}

/// What one policy, selecting `subject`, makes of a peer.
pub(crate) fn policy_trace(
    cluster: &Cluster,
    id: PolicyId,
    policy: &NetworkPolicy,
    subject: &Pod,
    peer: End<'_>,
    direction: Direction,
) -> PolicyTrace {
    let namespace = policy.meta.name.namespace.as_str();
    let destination = match (direction, peer) {
        (Direction::Ingress, _) => Some(subject),
        (Direction::Egress, End::Pod(pod)) => Some(pod),
        (Direction::Egress, End::Address(_)) => None,
    };
    let rule = |rule: &Rule| RuleTrace {
        peers: listed(&rule.peers, |item| peer_trace(cluster, namespace, item, peer)),
        ports: listed(&rule.ports, |item| port_trace(item, destination)),
    };
    PolicyTrace { policy: id, rules: policy.rules(direction).iter().map(rule).collect() }
}

/// An empty list restricts nothing, so there is nothing to trace.
fn listed<T, U>(items: &[T], trace: impl Fn(&T) -> U) -> Option<Vec<U>> {
    (!items.is_empty()).then(|| items.iter().map(trace).collect())
}

fn peer_trace(cluster: &Cluster, own_namespace: &str, item: &Peer, peer: End<'_>) -> PeerTrace {
    match (item, peer) {
        (Peer::Pods { .. }, End::Address(_)) => PeerTrace::NoLabels,
        (Peer::Pods { .. }, End::Pod(pod)) if pod.is_finished() || pod.host_network => {
            PeerTrace::NoLabels
        }
        (Peer::Pods { namespaces, pods }, End::Pod(pod)) => PeerTrace::Selectors {
            namespace: namespace_unmet(
                cluster,
                own_namespace,
                namespaces.as_ref(),
                pod.namespace(),
            ),
            pod: pods
                .as_ref()
                .and_then(|selector| selector.first_unmet(pod.labels()))
                .map(Unmet::Requirement),
        },
        (Peer::IpBlock(block), End::Address(address)) => {
            PeerTrace::Block { outcome: block_outcome(block, address), is_pod_address: false }
        }
        (Peer::IpBlock(block), End::Pod(pod)) => {
            let outcomes = || pod.addresses.iter().map(|address| block_outcome(block, *address));
            let outcome =
                outcomes().find(|o| *o == BlockOutcome::Inside).or_else(|| outcomes().next());
            let is_pod_address = !pod.host_network;
            PeerTrace::Block { outcome: outcome.unwrap_or(BlockOutcome::Outside), is_pod_address }
        }
    }
}

/// "If namespaceSelector is not set … selects the Pods matching podSelector in the policy's own
/// namespace"; set and empty, it selects all namespaces.
fn namespace_unmet(
    cluster: &Cluster,
    own: &str,
    selector: Option<&LabelSelector>,
    namespace: &str,
) -> Option<Unmet> {
    match selector {
        None => (own != namespace).then_some(Unmet::NotOwnNamespace),
        Some(selector) => {
            let unmet = match cluster.namespace_labels(namespace) {
                Some(labels) => selector.first_unmet(labels),
                None => selector.first_unmet(&name_label(namespace)),
            };
            unmet.map(Unmet::Requirement)
        }
    }
}

/// The label that every namespace has.
fn name_label(namespace: &str) -> Labels {
    Labels::from([(NAMESPACE_NAME_LABEL.to_owned(), namespace.to_owned())])
}

fn block_outcome(block: &IpBlock, address: IpAddr) -> BlockOutcome {
    if !block.cidr.contains(address) {
        return BlockOutcome::Outside;
    }
    let excepted = block.except.iter().position(|except| except.contains(address));
    excepted.map_or(BlockOutcome::Inside, BlockOutcome::Excepted)
}

/// A number means itself; a name is looked up on the destination pod, by protocol.
fn port_trace(item: &PolicyPort, destination: Option<&Pod>) -> PortTrace {
    let name = match (&item.port, item.numbers()) {
        (_, Some(ports)) => return PortTrace::Ports(ports),
        (PolicyPortNumber::Named(name), None) => name.clone(),
        _ => String::new(),
    };
    let ports =
        destination.map_or_else(PortSet::empty, |pod| named_ports(pod, &name, item.protocol));
    if ports.is_empty() {
        PortTrace::UnknownName { name, protocol: item.protocol }
    } else {
        PortTrace::Ports(ports)
    }
}

fn named_ports(pod: &Pod, name: &str, protocol: Protocol) -> PortSet {
    let mut set = PortSet::empty();
    let fits = pod
        .ports
        .iter()
        .filter(|port| port.protocol == protocol && port.name.as_deref() == Some(name));
    for port in fits {
        set.add(&PortSet::port(protocol, port.port));
    }
    set
}
