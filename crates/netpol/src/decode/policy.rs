//! A `NetworkPolicy` document → [`NetworkPolicy`], refused where the API server refuses it, in the
//! order in which it looks: metadata, podSelector, rules (ports, then peers), policyTypes.

use super::{
    complaint::quoted,
    fields::{Field, go},
    help::{NO_PORT, no_rules, port},
    meta::Kind,
    unknown::is_listed,
    walk::Walker,
};
use crate::{
    diagnostic::Code,
    policy::{Direction, NetworkPolicy, PolicyPort, PolicyPortNumber, Rule},
    ports::{PortRange, Protocol},
    selector::LabelSelector,
    yaml::Value,
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
        let spec = spec.as_ref();
        let get = |name| spec.and_then(|spec: &Field<'n>| spec.get(name));
        let policy = NetworkPolicy {
            meta,
            pod_selector: get("podSelector").map_or_else(LabelSelector::default, |field| {
                self.selector(field, "NetworkPolicySpec")
            }),
            ingress: get("ingress").and_then(|field| self.rules(field, spec?, Direction::Ingress)),
            egress: get("egress").and_then(|field| self.rules(field, spec?, Direction::Egress)),
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

    fn rules(
        &mut self,
        field: Field<'n>,
        spec: &Field<'n>,
        direction: Direction,
    ) -> Option<Vec<Rule>> {
        let of_type = match direction {
            Direction::Ingress => "[]v1.NetworkPolicyIngressRule",
            Direction::Egress => "[]v1.NetworkPolicyEgressRule",
        };
        let of_type = go("NetworkPolicySpec", of_type);
        if matches!(&field.node.value, Value::Mapping(entries) if entries.is_empty()) {
            let advice = no_rules(direction.as_str(), is_listed(spec, direction.as_str()));
            self.wrong_type(&field, of_type).advised(Some(advice));
            return None;
        }
        let list = self.list(field, of_type)?;
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

    fn named_port(&mut self, field: &Field<'n>, name: &str) -> PolicyPortNumber {
        let before = self.out.len();
        self.port_name(field, name);
        if let Some(first) = self.out.get_mut(before).filter(|first| first.remedy.is_none()) {
            let otherwise = if name.trim().is_empty() { NO_PORT } else { "" };
            first.advised(port(field.node, otherwise));
        }
        PolicyPortNumber::Named(name.to_owned())
    }

    fn port_number(&mut self, map: &Field<'n>) -> Option<PolicyPortNumber> {
        let owner = "NetworkPolicyPort";
        let end = match map.get("endPort") {
            Some(field) => Some((self.int32(&field, owner)?, field)),
            None => None,
        };
        let bad_end = |walker: &mut Self, why: &str, help: &str| {
            if let Some((value, field)) = &end {
                let shown = value.to_string();
                walker.invalid_with(field, &shown, &[why.to_owned()], Some(help.into()));
            }
        };
        let Some(field) = map.get("port") else {
            bad_end(
                self,
                "may not be specified when `port` is not specified",
                "add `port`, the first of the range",
            );
            return Some(PolicyPortNumber::Any);
        };
        if let Some(name) = field.node.as_str() {
            bad_end(
                self,
                "may not be specified when `port` is non-numeric",
                "write the number of the first one as `port`",
            );
            return Some(self.named_port(&field, name));
        }
        let number = self.int32(&field, owner)?;
        let before = self.out.len();
        let first = self.checked_port(&field, number);
        if let Some(first) = self.out.get_mut(before).filter(|_| number <= 0) {
            first.help = Some(NO_PORT.to_owned());
        }
        let mut last = first;
        if let Some((value, end_field)) = &end {
            if *value < number {
                bad_end(
                    self,
                    "must be greater than or equal to `port`",
                    "`port` is the first of the range and `endPort` the last; one port needs no `endPort`",
                );
            }
            last = self.checked_port(end_field, *value);
        }
        let range = PortRange::new(first?, last?)?;
        Some(PolicyPortNumber::Range(range))
    }
}
