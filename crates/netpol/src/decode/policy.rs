//! A `NetworkPolicy` document → [`NetworkPolicy`], refused where the API server refuses it, in the
//! order in which it looks: metadata, podSelector, rules (ports, then peers), policyTypes.

use super::{
    meta::Kind,
    walk::{Field, Walker, go, quoted},
};
use crate::{
    addresses::Cidr,
    diagnostic::{Code, Severity},
    policy::{Direction, IpBlock, NetworkPolicy, Peer, PolicyPort, PolicyPortNumber, Rule},
    ports::{PortRange, Protocol},
    selector::LabelSelector,
    validate::{self, CidrWarning, ReadCidr},
};

impl<'n> Walker<'_> {
    /// The policy; `None` where the API server would refuse it.
    pub(super) fn policy(&mut self, object: Field<'n>) -> Option<NetworkPolicy> {
        let known = ["apiVersion", "kind", "metadata", "spec"];
        let object = self.strict_map(object, go("NetworkPolicy", "v1.NetworkPolicy"), &known)?;
        let meta = self.meta(&object, Kind::Policy);
        let known = ["podSelector", "policyTypes", "ingress", "egress"];
        let spec = object.get("spec").and_then(|spec| {
            self.strict_map(spec, go("NetworkPolicy", "v1.NetworkPolicySpec"), &known)
        });
        let get = |name| spec.as_ref().and_then(|spec: &Field<'n>| spec.get(name));
        let policy = NetworkPolicy {
            meta,
            pod_selector: get("podSelector").map_or_else(LabelSelector::default, |field| {
                self.selector(field, "NetworkPolicySpec")
            }),
            ingress: get("ingress").and_then(|field| self.rules(field, Direction::Ingress)),
            egress: get("egress").and_then(|field| self.rules(field, Direction::Egress)),
            policy_types: get("policyTypes")
                .map_or_else(Vec::new, |field| self.policy_types(field)),
        };
        (!self.has_errors).then_some(policy)
    }

    fn policy_types(&mut self, field: Field<'n>) -> Vec<Direction> {
        let path = field.path.clone();
        let span = field.node.span;
        let items = self.texts(field, go("NetworkPolicySpec", "[]v1.PolicyType"));
        let text = |item: &Field<'n>| item.node.as_str().unwrap_or("").to_owned();
        if items.len() > 2 {
            let shown: Vec<_> = items.iter().map(|item| quoted(&text(item))).collect();
            let message = format!(
                "Invalid value: [{}]: may not specify more than two policyTypes",
                shown.join(",")
            );
            self.report(Code::InvalidValue, &path, span, message);
            return Vec::new();
        }
        let direction = |item: &Field<'n>| {
            let text = text(item);
            let found = Direction::ALL.into_iter().find(|direction| direction.as_str() == text);
            if found.is_none() {
                self.unsupported(item, &text, "\"Ingress\", \"Egress\"");
            }
            found
        };
        items.iter().filter_map(direction).collect()
    }

    fn rules(&mut self, field: Field<'n>, direction: Direction) -> Option<Vec<Rule>> {
        let of_type = match direction {
            Direction::Ingress => "[]v1.NetworkPolicyIngressRule",
            Direction::Egress => "[]v1.NetworkPolicyEgressRule",
        };
        let list = self.list(field, go("NetworkPolicySpec", of_type))?;
        Some(list.items().map(|item| self.rule(item, direction)).collect())
    }

    fn rule(&mut self, item: Field<'n>, direction: Direction) -> Rule {
        if item.node.is_null() {
            return Rule::default();
        }
        let (owner, of_type) = match direction {
            Direction::Ingress => ("NetworkPolicyIngressRule", "v1.NetworkPolicyIngressRule"),
            Direction::Egress => ("NetworkPolicyEgressRule", "v1.NetworkPolicyEgressRule"),
        };
        let peers_field = direction.peers_field();
        let known = [peers_field, "ports"];
        let Some(map) = self.strict_map(item, go("NetworkPolicySpec", of_type), &known) else {
            return Rule::default();
        };
        let ports = map
            .get("ports")
            .and_then(|field| self.list(field, go(owner, "[]v1.NetworkPolicyPort")));
        let ports = ports.map_or_else(Vec::new, |list| {
            list.items().filter_map(|item| self.port(item, owner)).collect()
        });
        let peers = map
            .get(peers_field)
            .and_then(|field| self.list(field, go(owner, "[]v1.NetworkPolicyPeer")));
        let peers = peers.map_or_else(Vec::new, |list| {
            list.items().filter_map(|item| self.peer(item, owner)).collect()
        });
        Rule { peers, ports }
    }

    fn port(&mut self, item: Field<'n>, rule: &'static str) -> Option<PolicyPort> {
        if item.node.is_null() {
            return Some(PolicyPort { protocol: Protocol::Tcp, port: PolicyPortNumber::Any });
        }
        let owner = "NetworkPolicyPort";
        let known = ["protocol", "port", "endPort"];
        let map = self.strict_map(item, go(rule, "v1.NetworkPolicyPort"), &known)?;
        let mut protocol = Some(Protocol::Tcp);
        if let Some(field) = map.get("protocol") {
            let text = self.text(&field, go(owner, "v1.Protocol"))?;
            protocol = Protocol::from_name(text);
            if protocol.is_none() {
                self.unsupported(&field, text, "\"TCP\", \"UDP\", \"SCTP\"");
            }
        }
        let port = self.port_number(&map);
        Some(PolicyPort { protocol: protocol?, port: port? })
    }

    fn port_number(&mut self, map: &Field<'n>) -> Option<PolicyPortNumber> {
        let owner = "NetworkPolicyPort";
        let end = match map.get("endPort") {
            Some(field) => Some((self.int32(&field, owner)?, field)),
            None => None,
        };
        let bad_end = |walker: &mut Self, why: &str| {
            if let Some((value, field)) = &end {
                walker.invalid(field, &value.to_string(), &[why.to_owned()]);
            }
        };
        let Some(field) = map.get("port") else {
            bad_end(self, "may not be specified when `port` is not specified");
            return Some(PolicyPortNumber::Any);
        };
        if let Some(name) = field.node.as_str() {
            bad_end(self, "may not be specified when `port` is non-numeric");
            self.port_name(&field, name);
            return Some(PolicyPortNumber::Named(name.to_owned()));
        }
        let number = self.int32(&field, owner)?;
        let first = self.checked_port(&field, number);
        let mut last = first;
        if let Some((value, end_field)) = &end {
            if *value < number {
                bad_end(self, "must be greater than or equal to `port`");
            }
            last = self.checked_port(end_field, *value);
        }
        let range = PortRange::new(first?, last?)?;
        Some(PolicyPortNumber::Range(range))
    }

    fn peer(&mut self, item: Field<'n>, rule: &'static str) -> Option<Peer> {
        let must = "must specify a peer";
        if item.node.is_null() {
            self.required(&item.path, item.node.span, must);
            return None;
        }
        let known = ["podSelector", "namespaceSelector", "ipBlock"];
        let map = self.strict_map(item, go(rule, "v1.NetworkPolicyPeer"), &known)?;
        let mut selector =
            |name| map.get(name).map(|field| self.selector(field, "NetworkPolicyPeer"));
        let pods = selector("podSelector");
        let namespaces = selector("namespaceSelector");
        let block = map.get("ipBlock");
        match (block, pods, namespaces) {
            // the peer is there, in a field of another name
            (None, None, None) if self.has_unknown_field_in(&map) => None,
            (None, None, None) => {
                self.required(&map.path, map.node.span, must).help =
                    Some("to match everyone, leave out the whole list; to match every pod, write `namespaceSelector: {}`".to_owned());
                None
            }
            (None, pods, namespaces) => Some(Peer::Pods { namespaces, pods }),
            (Some(block), None, None) => self.ip_block(block).map(Peer::IpBlock),
            (Some(block), ..) => {
                self.ip_block(block);
                let message = "Forbidden: may not specify both ipBlock and another peer".to_owned();
                self.report(Code::Forbidden, &map.path, map.node.span, message).help =
                    Some("make them two items: start the second with `- `".to_owned());
                None
            }
        }
    }

    fn ip_block(&mut self, field: Field<'n>) -> Option<IpBlock> {
        let owner = "IPBlock";
        let map =
            self.strict_map(field, go("NetworkPolicyPeer", "v1.IPBlock"), &["cidr", "except"])?;
        let cidr_field = map.get("cidr").filter(|field| field.node.as_str() != Some(""));
        let except = map
            .get("except")
            .map_or_else(Vec::new, |field| self.texts(field, go(owner, "[]string")));
        let Some(cidr_field) = cidr_field else {
            self.required(&map.path.key("cidr"), map.node.span, "");
            return None;
        };
        self.text(&cidr_field, go(owner, "string"))?;
        let cidr = self.cidr(&cidr_field)?;
        let mut blocks = Vec::new();
        for item in &except {
            let Some(except) = self.cidr(item) else { continue };
            if !cidr.cidr.contains(except.cidr.address()) || cidr.bits >= except.bits {
                let shown = quoted(item.node.as_str().unwrap_or(""));
                self.invalid(item, &shown, &["must be a strict subset of `cidr`".to_owned()]);
            }
            blocks.push(except.cidr);
        }
        Some(IpBlock { cidr: cidr.cidr, except: blocks })
    }

    fn cidr(&mut self, field: &Field<'n>) -> Option<ReadCidr> {
        let text = field.node.as_str().unwrap_or("");
        match validate::cidr(text) {
            Ok(read) => {
                if let Some(warning) = &read.warning {
                    self.not_canonical(field, text, read.cidr, warning);
                }
                Some(read)
            }
            Err(complaint) => {
                self.invalid(field, &quoted(text), &[complaint.to_owned()]);
                None
            }
        }
    }

    /// Refused by some releases, and taken by others with a warning. Clusters store such blocks from before they were
    /// refused, so the policy counts.
    fn not_canonical(&mut self, field: &Field<'n>, text: &str, cidr: Cidr, warning: &CidrWarning) {
        let single = warning.single.map(|single| format!(", or `{single}` for the one address"));
        let help = format!("write `{cidr}`{}", single.unwrap_or_default());
        let is_refused = self.release.has_strict_cidrs();
        let (message, severity, help) = match warning.refusal {
            Some(refusal) if is_refused => {
                let message = format!("Invalid value: {}: {refusal}", quoted(text));
                let help = format!(
                    "{help}; Kubernetes 1.35 and older take it as `{cidr}`, with a warning, and so it counts here"
                );
                (message, Severity::Error, help)
            }
            Some(refusal) => {
                let message =
                    format!("{}; Kubernetes 1.36 and later refuse it: {refusal}", warning.text);
                (message, Severity::Warning, help)
            }
            None => (warning.text.clone(), Severity::Warning, help),
        };
        let diagnostic = self.report(Code::CidrNotCanonical, &field.path, field.node.span, message);
        diagnostic.severity = severity;
        diagnostic.help = Some(help);
    }
}
