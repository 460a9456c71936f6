//! A connection explained: both its sides, what no policy can change, and what is left to the network
//! plugin. A Service is explained by the pods behind it.

use super::{
    Sentence,
    near::{Asked, pod},
    place,
    side::{Side, side},
    unknown,
    verdict::{depends_on, open_question},
};
use crate::{
    cluster::Cluster,
    connection::{Connection, Entity},
    field::Origin,
    plugin::{OpenQuestion, Plugin},
    policy::Direction,
    resolve::{Arrivals, Resolver, Unresolved, in_full},
    standing::Standing,
    verdict::{Always, DirectionVerdict, PeerTrace, Verdict},
};

/// Pods behind a Service that are explained one by one.
const MOST_ARRIVALS: usize = 12;

/// Why a connection comes about, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What was asked.
    pub connection: Connection,
    /// Whether it comes about with the usual network plugin; for a Service, whichever pod it meets.
    pub is_allowed: bool,
    /// Whether it takes a value that only the cluster knows, so that neither can be told.
    pub is_unknown: bool,
    /// The answer in one sentence.
    pub headline: String,
    /// Where the Service leads, where it was asked for one, by its name or its own address.
    pub service: Option<Sentence>,
    /// One; for a Service one a pod behind it, those that are denied first.
    pub arrivals: Vec<Arrival>,
    /// How many more pods behind the Service, or of the workload, get the same verdict as the last ones shown.
    pub left_out: usize,
}

/// A connection between two ends, explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The connection as policies see it: a pod's own port.
    pub connection: Connection,
    /// Whether it comes about with the usual network plugin.
    pub is_allowed: bool,
    /// Whether it takes a value that only the cluster knows, so that neither can be told.
    pub is_unknown: bool,
    /// The sides that have something to say: the source's egress, the destination's ingress. None
    /// where no policy can matter.
    pub sides: Vec<Side>,
    /// What the two come to.
    pub closing: Sentence,
    /// What is left to the network plugin.
    pub open_questions: Vec<OpenQuestion>,
    /// The same in words, and what the addresses at its ends stand for.
    pub notes: Vec<Sentence>,
}

/// Explains a connection.
pub fn connection(cluster: &Cluster, asked: &Connection) -> Result<Explanation, Unresolved> {
    let arrivals = Resolver::new(cluster).arrivals(asked, MOST_ARRIVALS)?;
    let is_to_service = is_to_service(cluster, asked);
    let asked = match arrivals.connections.as_slice() {
        [one] if !is_to_service => one.clone(),
        _ => in_full(cluster, asked)?,
    };
    let Arrivals { verdicts, denied, is_unknown, connections } = &arrivals;
    let service = service(cluster, &asked, connections).or_else(|| workload(&asked, connections));
    let service_port = is_to_service.then_some(asked.port);
    Ok(Explanation {
        is_allowed: *denied == 0,
        is_unknown: *is_unknown,
        headline: headline(&asked, &arrivals, is_to_service),
        service,
        arrivals: verdicts.iter().map(|verdict| arrival(cluster, verdict, service_port)).collect(),
        left_out: connections.len().saturating_sub(MOST_ARRIVALS),
        connection: asked,
    })
}

/// Whether a Service is called, by its name or by its own address.
fn is_to_service(cluster: &Cluster, asked: &Connection) -> bool {
    match asked.destination {
        Entity::Service(_) => true,
        Entity::Address(address) => cluster.find_service_address(address).is_some(),
        _ => false,
    }
}

fn has_address(connections: &[Connection]) -> bool {
    connections.iter().any(|one| matches!(one.destination, Entity::Address(_)))
}

fn headline(asked: &Connection, arrivals: &Arrivals, is_to_service: bool) -> String {
    let Connection { source, destination, port, protocol } = asked;
    let what = format!("`{source}` to `{destination}` on {protocol} {port}");
    let among = match (is_to_service, has_address(&arrivals.connections)) {
        (true, true) => "addresses behind the Service",
        (true, false) => "pods behind the Service",
        _ => "pods that it may mean",
    };
    match (arrivals.denied, arrivals.connections.len()) {
        _ if arrivals.is_unknown => {
            format!("{what} **depends** on {}.", depends_on(OpenQuestion::UnknownValue))
        }
        (0, _) => format!("{what} is **allowed**."),
        (denied, all) if denied < all => {
            format!("{what} is **denied** at {denied} of {all} {among}.")
        }
        _ => format!("{what} is **denied**."),
    }
}

/// Which pods a workload's name means, where policies tell them apart.
fn workload(asked: &Connection, connections: &[Connection]) -> Option<Sentence> {
    if connections.len() < 2 {
        return None;
    }
    let meant = |asked: &Entity, of: fn(&Connection) -> &Entity| {
        let mut pods: Vec<String> = Vec::new();
        for connection in connections {
            let pod = format!("`{}`", of(connection));
            if !pods.contains(&pod) {
                pods.push(pod);
            }
        }
        let is_one = pods.len() < 2;
        (!is_one).then(|| format!("`{asked}` may be {}.", super::few(&pods, MOST_ARRIVALS)))
    };
    let source = meant(&asked.source, |connection| &connection.source);
    let destination = meant(&asked.destination, |connection| &connection.destination);
    let text: Vec<String> = source.into_iter().chain(destination).collect();
    Some(Sentence::plain(format!("{} Each is asked for itself.", text.join(" "))))
}

fn service(cluster: &Cluster, asked: &Connection, connections: &[Connection]) -> Option<Sentence> {
    let own_address = match asked.destination {
        Entity::Service(_) => None,
        Entity::Address(address) => Some(cluster.find_service_address(address)?),
        _ => return None,
    };
    let is_address = has_address(connections);
    let end = |one: &Connection| format!("`{}:{}`", one.destination, one.port);
    let mut ends: Vec<String> = connections.iter().map(end).collect();
    ends.dedup();
    let ends = super::few(&ends, MOST_ARRIVALS);
    let seen = "Policies never see a Service, only";
    let seen = if is_address {
        format!("{seen} the address and the port where it leads.")
    } else {
        format!("{seen} the pod and the pod's own port.")
    };
    let Some(service) = own_address else {
        return Some(Sentence::plain(format!("`{}` leads to {ends}. {seen}", asked.destination)));
    };
    let standing = Standing::ClusterIp(service);
    let text =
        format!("`{}` is {}: it leads to {ends}. {seen}", asked.destination, standing.name());
    Some(Sentence::new(text, standing.place().into_iter().collect()))
}

fn arrival(cluster: &Cluster, verdict: &Verdict, service_port: Option<u16>) -> Arrival {
    let connection = &verdict.connection;
    let is_settled =
        verdict.is_over || verdict.always.is_some_and(|always| always.holds_with(Plugin::USUAL));
    let mut sides = Vec::new();
    for direction in [Direction::Egress, Direction::Ingress] {
        let asked = Asked::of(cluster, connection, direction).filter(|_| !is_settled);
        if let Some(asked) = asked {
            let service_port = service_port.filter(|port| *port != connection.port);
            let asked = Asked { service_port, ..asked };
            sides.push(side(&asked, verdict.direction(direction)));
        }
    }
    let open_questions = verdict.open_questions();
    let note = |question: &OpenQuestion| {
        let text =
            format!("This depends on {}: {}", depends_on(*question), open_question(*question));
        Sentence::new(text, places_of(cluster, verdict, *question))
    };
    let mut notes: Vec<Sentence> = open_questions.iter().map(note).collect();
    if verdict.is_unknown() {
        notes.extend(unknown::askers(cluster, verdict));
    }
    let ends = [&connection.source, &connection.destination];
    notes.extend(ends.into_iter().filter_map(|entity| assumed(cluster, entity)));
    // of a pod's own node the closing speaks
    let ends = ends.into_iter().filter(|_| !is_settled);
    notes.extend(ends.filter_map(|entity| standing(cluster, entity)));
    Arrival {
        connection: connection.clone(),
        is_allowed: verdict.is_allowed(),
        is_unknown: verdict.is_unknown(),
        closing: closing(verdict, &sides, is_settled),
        sides,
        notes,
        open_questions,
    }
}

/// That nobody wrote the pod at an end.
fn assumed(cluster: &Cluster, entity: &Entity) -> Option<Sentence> {
    pod(cluster, entity).filter(|pod| pod.is_assumed())?;
    Some(Sentence::plain(format!("`{entity}` is assumed; not in your files.")))
}

/// What an address at an end stands for; a pod that declares it has its own name.
fn standing(cluster: &Cluster, entity: &Entity) -> Option<Sentence> {
    let Entity::Address(address) = entity else { return None };
    if cluster.find_address(*address).is_some() {
        return None;
    }
    let standing = Standing::of(cluster, *address)?;
    let text = format!("`{entity}` is {}: {}.", standing.name(), standing.meaning());
    Some(Sentence::new(text, standing.place().into_iter().collect()))
}

/// What the sides come to, with the API's sentence where it helps.
fn closing(verdict: &Verdict, sides: &[Side], is_settled: bool) -> Sentence {
    let denying: Vec<&Side> = sides.iter().filter(|side| !side.is_allowed).collect();
    let is_on_node = Direction::ALL.into_iter().any(|direction| {
        matches!(verdict.direction(direction), DirectionVerdict::HostNetwork { .. })
    });
    let is_from_node = verdict.connection.source == Entity::Node;
    let is_free = sides.iter().all(|side| !side.is_restricted);
    if verdict.is_unknown() {
        let text = "It **depends**: neither allowed nor denied can be told from the files.";
        return Sentence::plain(text.to_owned());
    }
    let text = match (denying.as_slice(), sides.len()) {
        _ if verdict.is_over => "**Denied**, whatever the policies say: a pod that has finished has no address any more, and takes part in nothing.".to_owned(),
        _ if is_settled => match verdict.always {
            Some(Always::SamePod) => "**Allowed**, whatever the policies say: \"a Pod cannot block access to itself\".".to_owned(),
            _ if is_from_node => "**Allowed**, whatever the policies say, so the kubelet's probes always get in: \"traffic to and from the node where a Pod is running is always allowed\".".to_owned(),
            _ if matches!(verdict.connection.source, Entity::Address(_)) => format!("**Allowed**, whatever the policies say: `{}` is the pod's own node, and \"traffic to and from the node where a Pod is running is always allowed\". So the kubelet's probes get in where everybody else is shut out.", verdict.connection.source),
            _ => "**Allowed**, whatever the policies say: \"traffic to and from the node where a Pod is running is always allowed\".".to_owned(),
        },
        ([], 0) => "**Allowed**: neither end is a pod, and policies speak of pods only.".to_owned(),
        ([], _) if is_on_node => "**Allowed**: no policy applies to a pod on its node's network with most network plugins.".to_owned(),
        ([], _) if is_free => "**Allowed**: no policy restricts either end. \"By default, a pod is non-isolated for ingress; all inbound connections are allowed\", and likewise for egress.".to_owned(),
        ([], 2) => "Both ends agree: **allowed**.".to_owned(),
        ([], _) => "**Allowed**: the other end is no pod, so no policy speaks for it.".to_owned(),
        ([_], 2) => "**Denied**: \"both the egress policy on the source pod and the ingress policy on the destination pod need to allow the connection\".".to_owned(),
        ([_], _) => "**Denied**. Policies only add: another rule could still open it.".to_owned(),
        _ => "**Denied** at both ends: opening one of them would not be enough.".to_owned(),
    };
    Sentence::plain(text)
}

/// What in the YAML raises an open question.
fn places_of(cluster: &Cluster, verdict: &Verdict, question: OpenQuestion) -> Vec<Origin> {
    let Connection { source, destination, .. } = &verdict.connection;
    if question == OpenQuestion::UnknownValue {
        // each asker is told of with its own place
        return Vec::new();
    }
    if question == OpenQuestion::HostNetwork {
        let pods = [source, destination].into_iter().filter_map(|entity| pod(cluster, entity));
        let origins =
            pods.filter(|pod| pod.host_network).filter_map(|pod| pod.meta.origin.as_ref());
        return origins.map(|origin| origin.key("spec.hostNetwork")).collect();
    }
    let sides = Direction::ALL.map(|direction| (direction, verdict.direction(direction)));
    sides
        .into_iter()
        .flat_map(|(direction, side)| blocks_on_pods(cluster, direction, side))
        .collect()
}

/// The `ipBlock`s that hold a pod's own address.
fn blocks_on_pods(cluster: &Cluster, direction: Direction, side: &DirectionVerdict) -> Vec<Origin> {
    let is_on_pod = |trace: &PeerTrace| match trace {
        PeerTrace::Block { is_pod_address, .. } => *is_pod_address && trace.matches(Plugin::USUAL),
        _ => false,
    };
    let mut places = Vec::new();
    for trace in side.policies() {
        let Some(policy) = cluster.policy(trace.policy) else { continue };
        for (rule, rule_trace) in trace.rules.iter().enumerate() {
            for (item, peer) in rule_trace.peers.iter().flatten().enumerate() {
                if is_on_pod(peer) {
                    places.extend(place::item(policy, direction, rule, Some(item)));
                }
            }
        }
    }
    places
}
