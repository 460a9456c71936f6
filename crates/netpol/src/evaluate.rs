//! The semantics, and nothing else: which policies select a pod, and what each of their rules makes
//! of a peer. Tables, explanations and expectations all read the traces made here.

use std::net::IpAddr;

use crate::{
    cluster::{Cluster, PolicyId},
    connection::{Connection, Entity},
    meta::{Labels, NAMESPACE_NAME_LABEL},
    objects::Pod,
    policy::{Direction, IpBlock, NetworkPolicy, Peer, PolicyPort, PolicyPortNumber, Rule},
    ports::{PortSet, Protocol},
    selector::{Fit, LabelSelector},
    steps,
    verdict::{
        Always, BlockOutcome, DirectionVerdict, PeerTrace, PolicyTrace, PortTrace, RuleTrace,
        Unmet, Verdict,
    },
};

/// One end of a connection, looked up.
#[derive(Debug, Clone, Copy)]
pub(crate) enum End<'c> {
    /// A pod of the cluster.
    Pod(&'c Pod),
    /// An address that is no pod's.
    Address(IpAddr),
    /// The node of the other end, whatever its address is.
    Node,
}

/// An end of a connection that is not there: no pod of that name, or a Service, which is not an end
/// (see `answers`, which leads it to its pods).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownPod(pub Entity);

/// Whether a new connection is allowed, and why.
pub fn evaluate(cluster: &Cluster, connection: &Connection) -> Result<Verdict, UnknownPod> {
    let source = end(cluster, &connection.source)?;
    let destination = end(cluster, &connection.destination)?;
    if let (End::Pod(a), End::Pod(b), Some(address)) =
        (source, destination, named_address(connection))
    {
        // an address names the family of the traffic, and only addresses of that family take part
        let (a, b) = (of_family(a, address), of_family(b, address));
        return Ok(judge(cluster, connection, End::Pod(&a), End::Pod(&b)));
    }
    Ok(judge(cluster, connection, source, destination))
}

fn judge(
    cluster: &Cluster,
    connection: &Connection,
    source: End<'_>,
    destination: End<'_>,
) -> Verdict {
    let is_finished = |end| matches!(end, End::Pod(pod) if pod.is_finished());
    Verdict {
        connection: connection.clone(),
        is_over: is_finished(source) || is_finished(destination),
        always: always(source, destination, is_one_name(connection)),
        egress: side(cluster, source, destination, Direction::Egress),
        ingress: side(cluster, destination, source, Direction::Ingress),
    }
}

fn named_address(connection: &Connection) -> Option<IpAddr> {
    [&connection.source, &connection.destination].into_iter().find_map(|entity| match entity {
        Entity::Address(address) => Some(*address),
        _ => None,
    })
}

fn of_family(pod: &Pod, address: IpAddr) -> Pod {
    let mut pod = pod.clone();
    pod.addresses.retain(|own| own.is_ipv4() == address.is_ipv4());
    pod
}

fn end<'c>(cluster: &'c Cluster, entity: &Entity) -> Result<End<'c>, UnknownPod> {
    let unknown = || UnknownPod(entity.clone());
    match entity {
        Entity::Pod(name) => {
            let pod = cluster.find_pod(name).and_then(|id| cluster.pod(id));
            pod.map(End::Pod).ok_or_else(unknown)
        }
        Entity::Address(address) => {
            let pod = cluster.find_address(*address).and_then(|id| cluster.pod(id));
            Ok(pod.map_or(End::Address(*address), End::Pod))
        }
        Entity::Node => Ok(End::Node),
        Entity::Service(_) | Entity::Named(_) => Err(unknown()),
    }
}

/// Whether both ends, if they are the same pod here, are the same one: `db-1` and `db-2` may have one pod that stands for
/// both.
fn is_one_name(connection: &Connection) -> bool {
    match (&connection.source, &connection.destination) {
        (Entity::Pod(a), Entity::Pod(b)) => a == b,
        _ => true,
    }
}

fn always(source: End<'_>, destination: End<'_>, is_one_name: bool) -> Option<Always> {
    match (source, destination) {
        (End::Pod(a), End::Pod(b)) if a.meta.name == b.meta.name && is_one_name => {
            Some(Always::SamePod)
        }
        (End::Pod(a), End::Pod(b)) => {
            (is_node_of(a, b) || is_node_of(b, a)).then_some(Always::OwnNodesPod)
        }
        (End::Pod(pod), End::Address(address)) | (End::Address(address), End::Pod(pod)) => {
            (!pod.is_finished() && pod.host_address == Some(address)).then_some(Always::OwnNode)
        }
        (End::Pod(pod), End::Node) | (End::Node, End::Pod(pod)) => {
            (!pod.is_finished()).then_some(Always::OwnNode)
        }
        (End::Address(_) | End::Node, End::Address(_) | End::Node) => None,
    }
}

/// Whether a pod on its node's network has the address of the node that another one runs on.
fn is_node_of(node: &Pod, pod: &Pod) -> bool {
    let is_alive = !node.is_finished() && !pod.is_finished();
    is_alive
        && node.host_network
        && pod.host_address.is_some_and(|host| node.addresses.contains(&host))
}

/// One end's side of a connection with the other, over all ports.
fn side(
    cluster: &Cluster,
    subject: End<'_>,
    peer: End<'_>,
    direction: Direction,
) -> DirectionVerdict {
    let End::Pod(subject) = subject else { return DirectionVerdict::NotAPod };
    let policies: Vec<PolicyTrace> = cluster
        .policies_in(subject.namespace())
        .filter(|(_, policy)| policy.affects(direction) && names(policy, subject))
        .map(|(id, policy)| policy_trace(cluster, id, policy, subject, peer, direction))
        .collect();
    match (policies.is_empty(), subject.host_network) {
        (true, _) => DirectionVerdict::NonIsolated,
        (false, true) => DirectionVerdict::HostNetwork { policies },
        (false, false) => DirectionVerdict::Isolated { policies },
    }
}

/// Whether a policy's own selector finds a pod, or may: it is of the policy's namespace, has not come to its
/// end, and `podSelector` matches as far as the pod's labels are known.
pub(crate) fn names(policy: &NetworkPolicy, pod: &Pod) -> bool {
    !pod.is_finished()
        && pod.namespace() == policy.meta.name.namespace
        && policy.pod_selector.may_match(pod.labels())
}

/// Whether a policy applies to a pod, or may: see [`is_sure`].
///
/// "A pod is isolated for ingress if there is any NetworkPolicy that both selects the pod and has
/// `Ingress` in its `policyTypes`"; the same for egress. A `hostNetwork` pod is selected by nothing:
/// most network plugins take its traffic for the node's.
pub fn selects(policy: &NetworkPolicy, pod: &Pod) -> bool {
    !pod.host_network && names(policy, pod)
}

/// Whether a policy that selects a pod does so whatever the values are that only the cluster knows.
pub(crate) fn is_sure(policy: &NetworkPolicy, pod: &Pod) -> bool {
    policy.pod_selector.matches(pod.labels())
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
        (Direction::Egress, End::Address(_) | End::Node) => None,
    };
    let rule = |rule: &Rule| RuleTrace {
        peers: listed(&rule.peers, |item| peer_trace(cluster, namespace, item, peer)),
        ports: listed(&rule.ports, |item| port_trace(item, destination)),
    };
    let unknown = match policy.pod_selector.fit(subject.labels()) {
        Fit::Unknown(at) => Some(at),
        Fit::Matches | Fit::Misses(_) => None,
    };
    let trace = PolicyTrace {
        policy: id,
        unknown,
        rules: policy.rules(direction).iter().map(rule).collect(),
    };
    steps::take(trace.rules.len());
    trace
}

/// An empty list restricts nothing, so there is nothing to trace.
fn listed<T, U>(items: &[T], trace: impl Fn(&T) -> U) -> Option<Vec<U>> {
    (!items.is_empty()).then(|| items.iter().map(trace).collect())
}

/// Whether one entry of `from` or `to` of a policy of `own_namespace` matches.
pub(crate) fn peer_trace(
    cluster: &Cluster,
    own_namespace: &str,
    item: &Peer,
    peer: End<'_>,
) -> PeerTrace {
    match (item, peer) {
        (Peer::Pods { .. }, End::Address(_) | End::Node) => PeerTrace::NoLabels,
        (Peer::Pods { .. }, End::Pod(pod)) if pod.is_finished() => PeerTrace::NoLabels,
        (Peer::Pods { namespaces, pods }, End::Pod(pod)) => PeerTrace::Selectors {
            namespace: namespace_unmet(
                cluster,
                own_namespace,
                namespaces.as_ref(),
                pod.namespace(),
            ),
            pod: pods.as_ref().and_then(|selector| unmet(selector, pod.labels())),
            is_host_network: pod.host_network,
        },
        (Peer::IpBlock(block), End::Address(address)) => {
            PeerTrace::Block { outcome: block_outcome(block, address), is_pod_address: false }
        }
        // whichever its address is: no policy matters between a pod and its node
        (Peer::IpBlock(_), End::Node) => {
            PeerTrace::Block { outcome: BlockOutcome::Outside, is_pod_address: false }
        }
        // its old address is nobody's any more
        (Peer::IpBlock(_), End::Pod(pod)) if pod.is_finished() => {
            PeerTrace::Block { outcome: BlockOutcome::Outside, is_pod_address: false }
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
        Some(selector) => match cluster.namespace_labels(namespace) {
            Some(labels) => unmet(selector, labels),
            None => unmet(selector, &name_label(namespace)),
        },
    }
}

fn unmet(selector: &LabelSelector, labels: &Labels) -> Option<Unmet> {
    match selector.fit(labels) {
        Fit::Matches => None,
        Fit::Misses(at) => Some(Unmet::Requirement(at)),
        Fit::Unknown(at) => Some(Unmet::Unknown(at)),
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
pub(crate) fn port_trace(item: &PolicyPort, destination: Option<&Pod>) -> PortTrace {
    let name = match (&item.port, item.numbers()) {
        (_, Some(ports)) => return PortTrace::Ports(ports),
        (PolicyPortNumber::Named(name), None) => name.clone(),
        _ => String::new(),
    };
    let is_host_network = destination.is_some_and(|pod| pod.host_network);
    let ports =
        destination.map_or_else(PortSet::empty, |pod| named_ports(pod, &name, item.protocol));
    match (ports.is_empty(), is_host_network) {
        (true, _) => PortTrace::UnknownName { name, protocol: item.protocol },
        (false, true) => PortTrace::HostNetworkPorts(ports),
        (false, false) => PortTrace::Ports(ports),
    }
}

fn named_ports(pod: &Pod, name: &str, protocol: Protocol) -> PortSet {
    let fits = pod
        .ports
        .iter()
        .filter(|port| port.protocol == protocol && port.name.as_deref() == Some(name));
    let mut set = PortSet::empty();
    for port in fits {
        set.add(&PortSet::port(protocol, port.port));
    }
    set
}
