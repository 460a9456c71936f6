//! The second evaluator, written from the sentences of the API documentation (k8s.io/api
//! `networking/v1/types.go`, quoted below) and nothing else. It asks everything of everyone, knows
//! one connection at a time, and answers yes or no.

use std::collections::BTreeMap;

use super::{
    address::{Address, Block},
    choices::Choices,
    manifest::{IntOrString, IpBlock, LabelSelector, Peer, Port, Requirement, Rule},
    world::{Pod, Policy, World},
};

/// Which way a policy looks at a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    In,
    Out,
}

/// One end of a connection, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    /// Namespace and name.
    Pod(String, String),
    Address(Address),
}

/// One connection.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) source: Who,
    pub(crate) destination: Who,
    pub(crate) port: u16,
    pub(crate) protocol: &'static str,
}

/// What the documentation leaves to the network plugin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plugin {
    /// An `ipBlock` that holds a pod's address matches the pod, as in Kubernetes' own tests. The
    /// documentation only says that blocks "should be cluster-external IPs".
    pub(crate) blocks_match_pods: bool,
    /// A pod on its node's network is a pod like any other. Otherwise the plugin "ignores hostNetwork
    /// pods when matching podSelector and namespaceSelector" and traffic "is treated the same as all
    /// other traffic to/from the node IP. (This is the most common implementation.)"
    pub(crate) host_pods_are_pods: bool,
    /// Values that only the cluster knows are such that the connection comes about, if they can be. Otherwise they are
    /// such that it does not.
    pub(crate) unknown_values_admit: bool,
}

impl Plugin {
    /// By Kubernetes' own tests, and what the documentation calls most common.
    pub(crate) const USUAL: Self =
        Self { blocks_match_pods: true, host_pods_are_pods: false, unknown_values_admit: true };
    /// Every one that the documentation allows for.
    pub(crate) const ALL: [Self; 8] = [
        Self::USUAL,
        Self { host_pods_are_pods: true, ..Self::USUAL },
        Self { blocks_match_pods: false, ..Self::USUAL },
        Self { blocks_match_pods: false, host_pods_are_pods: true, ..Self::USUAL },
        Self { unknown_values_admit: false, ..Self::USUAL },
        Self { host_pods_are_pods: true, unknown_values_admit: false, ..Self::USUAL },
        Self { blocks_match_pods: false, unknown_values_admit: false, ..Self::USUAL },
        Self { blocks_match_pods: false, host_pods_are_pods: true, unknown_values_admit: false },
    ];
}

/// One end, looked up: the pod, if policies see it as one, and the addresses that the traffic may
/// bear.
#[derive(Debug, Clone)]
pub(crate) struct Party<'w> {
    pub(crate) name: Option<(&'w str, &'w str)>,
    pub(crate) pod: Option<&'w Pod>,
    pub(crate) addresses: Vec<Address>,
}

impl Party<'_> {
    /// Whether this is a pod and the other its node.
    fn runs_on(&self, other: &Self) -> bool {
        let node = self.pod.and_then(|pod| pod.host_address);
        other.pod.is_none() && node.is_some_and(|node| other.addresses.contains(&node))
    }
}

/// What is asked of one side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Side<'q, 'w> {
    pub(crate) way: Way,
    pub(crate) subject: &'q Party<'w>,
    pub(crate) peer: &'q Party<'w>,
    pub(crate) port: u16,
    pub(crate) protocol: &'q str,
    pub(crate) plugin: Plugin,
}

impl World {
    /// Whether the connection comes about. "For a connection from a source pod to a destination pod
    /// to be allowed, both the egress policy on the source pod and the ingress policy on the
    /// destination pod need to allow the connection."
    pub(crate) fn allows(&self, question: &Question, plugin: Plugin) -> bool {
        let source = self.party(&question.source, &question.destination, plugin);
        let destination = self.party(&question.destination, &question.source, plugin);
        // "it has no address any more"
        let is_finished = |who| self.pods.iter().any(|pod| pod.is(who) && pod.is_finished());
        if is_finished(&question.source) || is_finished(&question.destination) {
            return false;
        }
        // "a Pod cannot block access to itself"
        if let (Some(a), Some(b)) = (source.name, destination.name)
            && a == b
        {
            return true;
        }
        // "traffic to and from the node where a Pod is running is always allowed"
        if source.runs_on(&destination) || destination.runs_on(&source) {
            return true;
        }
        let policies: Vec<&Policy> = self.policies.iter().collect();
        let Question { port, protocol, .. } = *question;
        let (subject, peer, way) = (&source, &destination, Way::Out);
        let egress = Side { way, subject, peer, port, protocol, plugin };
        let ingress = Side { way: Way::In, subject: peer, peer: subject, ..egress };
        self.side_allows(&policies, egress) && self.side_allows(&policies, ingress)
    }

    /// Whether one end is the node of the other, so that no policy matters.
    pub(crate) fn is_own_node(&self, Question { source, destination, .. }: &Question) -> bool {
        let plugin = Plugin::USUAL;
        let a = self.party(source, destination, plugin);
        let b = self.party(destination, source, plugin);
        a.runs_on(&b) || b.runs_on(&a)
    }

    fn party(&self, who: &Who, other: &Who, plugin: Plugin) -> Party<'_> {
        let Some(pod) = self.pods.iter().find(|pod| pod.is(who)) else {
            let Who::Address(address) = who else { unreachable!("{who:?} is asked for") };
            return Party { name: None, pod: None, addresses: vec![*address] };
        };
        let mut addresses = pod.addresses.clone();
        // an address is itself; and traffic to an IPv6 address comes from an IPv6 address
        for asked in [who, other] {
            if let Who::Address(asked) = asked {
                addresses.retain(|address| address.is_like(*asked));
            }
        }
        // "it has no address any more": the next pod may bear it
        if pod.is_finished() {
            addresses.clear();
        }
        let is_node = pod.host_network && !plugin.host_pods_are_pods;
        let name = Some((pod.namespace.as_str(), pod.name.as_str()));
        Party { name, pod: (!is_node).then_some(pod), addresses }
    }

    /// "Traffic is allowed to a pod if there are no NetworkPolicies selecting the pod …, OR if the
    /// traffic matches at least one ingress rule across all of the NetworkPolicy objects whose
    /// podSelector matches the pod." The same for egress. What is no pod has no policies.
    /// Which values the cluster gives to labels is tried.
    pub(crate) fn side_allows(&self, policies: &[&Policy], side: Side<'_, '_>) -> bool {
        let [may_deny, may_allow] =
            Choices::outcomes(|choices| self.side_allows_with(policies, side, choices));
        if side.plugin.unknown_values_admit { may_allow } else { !may_deny }
    }

    fn side_allows_with(
        &self,
        policies: &[&Policy],
        side: Side<'_, '_>,
        choices: &Choices,
    ) -> bool {
        let Some(pod) = side.subject.pod else { return true };
        let mut is_isolated = false;
        for policy in policies {
            if !affects(policy, side.way) || !selects(policy, pod, &|| choices.choose()) {
                continue;
            }
            is_isolated = true;
            for rule in rules(policy, side.way) {
                if self.rule_matches(policy, rule.as_ref(), side, choices) {
                    return true;
                }
            }
        }
        !is_isolated
    }

    /// "The traffic must match both ports and from." A rule that is null is an empty rule.
    fn rule_matches(
        &self,
        policy: &Policy,
        rule: Option<&Rule>,
        side: Side<'_, '_>,
        choices: &Choices,
    ) -> bool {
        let Some(rule) = rule else { return true };
        let peers = match side.way {
            Way::In => rule.from.as_deref().unwrap_or_default(),
            Way::Out => rule.to.as_deref().unwrap_or_default(),
        };
        // "If this field is empty or missing, this rule matches all sources (traffic not restricted
        // by source)."
        let peer_matches = peers.is_empty()
            || peers.iter().any(|peer| self.peer_matches(policy, peer, side, choices));
        let destination = match side.way {
            Way::In => side.subject.pod,
            Way::Out => side.peer.pod,
        };
        // "If this field is empty or missing, this rule matches all ports (traffic not restricted by
        // port)."
        let ports = rule.ports.as_deref().unwrap_or_default();
        let port_matches = ports.is_empty()
            || ports.iter().any(|port| port_matches(port.as_ref(), destination, side));
        peer_matches && port_matches
    }

    /// "If namespaceSelector is also set, then the `NetworkPolicyPeer` as a whole selects the pods
    /// matching podSelector in the Namespaces selected by `NamespaceSelector`. Otherwise it selects
    /// the pods matching podSelector in the policy's own namespace." "Otherwise it selects all pods
    /// in the namespaces selected by namespaceSelector."
    fn peer_matches(
        &self,
        policy: &Policy,
        peer: &Peer,
        side: Side<'_, '_>,
        choices: &Choices,
    ) -> bool {
        if let Some(block) = &peer.ip_block {
            let is_pod_address = side.peer.pod.is_some_and(|pod| !pod.host_network);
            if is_pod_address && !side.plugin.blocks_match_pods {
                return false;
            }
            return side.peer.addresses.iter().any(|address| block_holds(block, *address));
        }
        let Some(pod) = side.peer.pod else { return false };
        // a finished pod is nobody's peer
        if pod.is_finished() {
            return false;
        }
        let namespace_fits = match &peer.namespace_selector {
            None => pod.namespace == policy.namespace,
            Some(selector) => matches(selector, &self.namespace_labels(&pod.namespace)),
        };
        let pod_fits = match &peer.pod_selector {
            None => true,
            Some(selector) => matches_pod(selector, pod, &|| choices.choose()),
        };
        namespace_fits && pod_fits
    }

    /// A namespace that nobody declared has the label that every namespace has.
    fn namespace_labels(&self, name: &str) -> BTreeMap<String, String> {
        match self.namespaces.iter().find(|namespace| namespace.name == name) {
            Some(namespace) => namespace.labels.clone(),
            None => BTreeMap::from([("kubernetes.io/metadata.name".to_owned(), name.to_owned())]),
        }
    }
}

fn rules(policy: &Policy, way: Way) -> &[Option<Rule>] {
    match way {
        Way::In => policy.spec.ingress.as_deref().unwrap_or_default(),
        Way::Out => policy.spec.egress.as_deref().unwrap_or_default(),
    }
}

/// "If this field is not specified, it will default based on the existence of ingress or egress
/// rules; policies that contain an egress section are assumed to affect egress, and all policies
/// (whether or not they contain an ingress section) are assumed to affect ingress."
pub(crate) fn affects(policy: &Policy, way: Way) -> bool {
    let types = policy.spec.policy_types.as_deref().unwrap_or_default();
    match way {
        Way::In => types.is_empty() || types.iter().any(|name| name == "Ingress"),
        Way::Out if types.is_empty() => !rules(policy, way).is_empty(),
        Way::Out => types.iter().any(|name| name == "Egress"),
    }
}

/// "An empty selector matches all pods in the policy's namespace. … If it is not specified, it
/// defaults to an empty selector." A finished pod is not selected.
pub(crate) fn selects(policy: &Policy, pod: &Pod, choose: &dyn Fn() -> bool) -> bool {
    pod.namespace == policy.namespace
        && !pod.is_finished()
        && policy
            .spec
            .pod_selector
            .as_ref()
            .is_none_or(|selector| matches_pod(selector, pod, choose))
}

/// Whether a selector matches a pod, some of whose labels have values that only the cluster knows: there the answer is
/// chosen, if what is asked for may be the value at all.
fn matches_pod(selector: &LabelSelector, pod: &Pod, choose: &dyn Fn() -> bool) -> bool {
    let mut known = selector.clone();
    let mut chosen = true;
    let is_open = |key: &String, values: &[&str]| {
        let start = pod.unknown.get(key)?;
        // a run of a CronJob or a revision: a name, a dash, and something without one
        let may_be = |value: &&str| match value.strip_prefix(start.as_str()) {
            Some("") | None => false,
            Some(rest) => start.is_empty() || !rest.contains('-'),
        };
        if values.iter().any(may_be) { Some(choose()) } else { Some(false) }
    };
    for (key, value) in known.match_labels.take().into_iter().flatten() {
        match is_open(&key, &[value.as_deref().unwrap_or("")]) {
            Some(is_it) => chosen &= is_it,
            None => known.match_labels.get_or_insert_default().extend([(key, value)]),
        }
    }
    for requirement in known.match_expressions.take().into_iter().flatten() {
        let listed: Vec<&str> =
            requirement.values.iter().flatten().map(|v| v.as_deref().unwrap_or("")).collect();
        let is_open = is_open(&requirement.key, &listed);
        match (is_open, requirement.operator.as_str()) {
            (None, _) => known.match_expressions.get_or_insert_default().push(requirement),
            (Some(is_it), "In") => chosen &= is_it,
            (Some(is_it), "NotIn") => chosen &= !is_it,
            (Some(_), operator) => chosen &= operator == "Exists",
        }
    }
    matches(&known, &pod.labels) && chosen
}

/// "The result of matchLabels and matchExpressions are `ANDed`. An empty label selector matches all
/// objects."
fn matches(selector: &LabelSelector, labels: &BTreeMap<String, String>) -> bool {
    for (key, value) in selector.match_labels.iter().flatten() {
        if labels.get(key).map(String::as_str) != Some(value.as_deref().unwrap_or("")) {
            return false;
        }
    }
    selector.match_expressions.iter().flatten().all(|requirement| holds(requirement, labels))
}

/// apimachinery `labels/selector.go`: `NotIn` and `DoesNotExist` hold where the key is missing.
fn holds(requirement: &Requirement, labels: &BTreeMap<String, String>) -> bool {
    let value = labels.get(&requirement.key);
    let is_listed = requirement
        .values
        .iter()
        .flatten()
        .any(|listed| Some(listed.as_deref().unwrap_or("")) == value.map(String::as_str));
    match requirement.operator.as_str() {
        "In" => is_listed,
        "NotIn" => !is_listed,
        "Exists" => value.is_some(),
        "DoesNotExist" => value.is_none(),
        other => unreachable!("the API server refuses the operator {other}"),
    }
}

/// "The except entry describes CIDRs that should not be included within this rule."
fn block_holds(block: &IpBlock, address: Address) -> bool {
    let holds = |cidr: &String| Block::parse(cidr).unwrap().contains(address);
    holds(&block.cidr) && !block.except.iter().flatten().any(holds)
}

/// "protocol … If not specified, this field defaults to TCP." "port … If this field is not provided,
/// this matches all port names and numbers. If present, only traffic on the specified protocol AND
/// port will be matched." "endPort indicates that the range of ports from port to endPort if set,
/// inclusive, should be allowed". A name is a port's "on a pod": the destination.
fn port_matches(item: Option<&Port>, destination: Option<&Pod>, side: Side<'_, '_>) -> bool {
    let tcp = "TCP".to_owned();
    let protocol = item.and_then(|item| item.protocol.as_ref()).unwrap_or(&tcp);
    if protocol != side.protocol {
        return false;
    }
    match item.and_then(|item| item.port.as_ref()) {
        None => true,
        Some(IntOrString::Int(first)) => {
            let last = item.and_then(|item| item.end_port).unwrap_or(*first);
            *first <= side.port && side.port <= last
        }
        Some(IntOrString::String(name)) => destination.is_some_and(|pod| {
            pod.ports.iter().any(|port| {
                port.name.as_ref() == Some(name)
                    && port.protocol.as_ref().unwrap_or(&tcp) == side.protocol
                    && port.container_port == side.port
            })
        }),
    }
}
