//! `block-is-cluster-ip`: an `ipBlock` of a Service's own address, which most network plugins translate
//! before policies look; a note where it is one by an installer's convention.

use std::net::{IpAddr, Ipv4Addr};

use super::{
    Finding,
    linter::{Linter, Written, WrittenRule, names},
};
use crate::{
    addresses::Cidr,
    diagnostic::Code,
    objects::Service,
    policy::{Direction, Peer},
    standing::Standing,
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    let has_addresses =
        linter.cluster.services().iter().any(|service| !service.cluster_ips.is_empty());
    for policy in linter.policies() {
        for rule in policy.rules() {
            for (at, peer) in rule.rule.peers.iter().enumerate() {
                let Peer::IpBlock(block) = peer else { continue };
                let service = whole(block.cidr)
                    .and_then(|address| linter.cluster.find_service_address(address));
                found.extend(match service {
                    Some(service) => of_service(linter, policy, rule, at, (block.cidr, service)),
                    // where Services have addresses, they are what the installer chose
                    None if has_addresses => None,
                    None => of_convention(linter, rule, at, block.cidr),
                });
            }
        }
    }
}

/// The one address of a block.
fn whole(cidr: Cidr) -> Option<IpAddr> {
    (Cidr::of(cidr.address()) == Some(cidr)).then(|| cidr.address())
}

/// What it comes to.
const fn outcome(direction: Direction) -> &'static str {
    match direction {
        Direction::Ingress => "no connection comes from there",
        Direction::Egress => {
            "most network plugins translate it before policies look, and see what is behind it"
        }
    }
}

fn of_service(
    linter: &Linter<'_>,
    policy: Written<'_>,
    rule: WrittenRule<'_>,
    at: usize,
    (cidr, service): (Cidr, &Service),
) -> Option<Finding> {
    let standing = Standing::ClusterIp(service).name();
    let message = format!("`{cidr}` is {standing}: {}", outcome(rule.direction));
    let origin = rule.peers().index(at).key("ipBlock");
    let finding = linter.finding(Code::BlockIsClusterIp, &origin, message)?;
    Some(finding.help(instead(linter, policy, service)))
}

fn instead(linter: &Linter<'_>, policy: Written<'_>, service: &Service) -> String {
    let namespace = &service.meta.name.namespace;
    if let Some(selector) = &service.selector {
        let labels: Vec<String> =
            selector.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        let labels = names(labels.iter().map(String::as_str));
        return if namespace == policy.namespace() {
            format!("select the pods behind it: a `podSelector` for {labels}")
        } else {
            format!(
                "select the pods behind it: a `namespaceSelector` for `kubernetes.io/metadata.name: {namespace}` and a `podSelector` for {labels}, in one item"
            )
        };
    }
    let slices = linter.cluster.endpoints_of(&service.meta.name);
    let blocks: Vec<String> = slices
        .flat_map(|slice| slice.subsets.iter().flat_map(|subset| &subset.endpoints))
        .filter_map(|endpoint| Cidr::of(endpoint.address))
        .map(|block| block.to_string())
        .collect();
    if blocks.is_empty() {
        return "admit the addresses where it leads: `kubectl get endpointslices` shows them"
            .to_owned();
    }
    format!("admit the addresses where it leads: {}", names(blocks.iter().map(String::as_str)))
}

/// What an address or block is in clusters of common installers.
struct Convention {
    octets: [u8; 4],
    prefix: u8,
    what: &'static str,
}

const fn convention(octets: [u8; 4], prefix: u8, what: &'static str) -> Convention {
    Convention { octets, prefix, what }
}

const CONVENTIONS: &[Convention] = &[
    convention([10, 96, 0, 1], 32, "the `clusterIP` of the API server where kubeadm set it up"),
    convention([10, 96, 0, 10], 32, "the `clusterIP` of kube-dns where kubeadm set it up"),
    convention([10, 96, 0, 0], 12, "the network of Services where kubeadm set it up"),
    convention([10, 96, 0, 0], 16, "the network of Services where kind set it up"),
    convention([10, 43, 0, 1], 32, "the `clusterIP` of the API server where k3s set it up"),
    convention([10, 43, 0, 10], 32, "the `clusterIP` of kube-dns where k3s set it up"),
    convention([10, 43, 0, 0], 16, "the network of Services where k3s set it up"),
    convention([172, 20, 0, 1], 32, "the `clusterIP` of the API server on most clusters of EKS"),
    convention([172, 20, 0, 10], 32, "the `clusterIP` of kube-dns on most clusters of EKS"),
    convention([172, 30, 0, 1], 32, "the `clusterIP` of the API server on OpenShift"),
    convention([172, 30, 0, 10], 32, "the `clusterIP` of the cluster's DNS on OpenShift"),
];

fn of_convention(
    linter: &Linter<'_>,
    rule: WrittenRule<'_>,
    at: usize,
    cidr: Cidr,
) -> Option<Finding> {
    let is_it = |one: &&Convention| {
        let [a, b, c, d] = one.octets;
        Cidr::new(IpAddr::V4(Ipv4Addr::new(a, b, c, d)), one.prefix) == Some(cidr)
    };
    let what = CONVENTIONS.iter().find(is_it)?.what;
    let message = format!("`{cidr}` is {what}: {}", outcome(rule.direction));
    let origin = rule.peers().index(at).key("ipBlock");
    let finding = linter.finding(Code::BlockIsClusterIp, &origin, message)?;
    Some(
        finding
            .help(
                "admit what is behind it: pods by their labels, the API server by its own address",
            )
            .noted(),
    )
}
