//! The policies of other APIs that decide about the same connections as a NetworkPolicy does: what each
//! may change. They are not evaluated here, and each is warned of.

use super::{group, is_kubernetes};

const DENIES: &str = "it may deny what a NetworkPolicy allows";
const RULES: &str = "it has rules of its own, denials among them";
const FIRST: &str = "it comes before every NetworkPolicy and may allow or deny";
const LAST: &str = "it decides where no NetworkPolicy selects a pod";
const OUT: &str = "it may deny connections to addresses and names outside";
const MESH: &str = "the proxy beside the pod may refuse what a NetworkPolicy allows";
const SECOND: &str = "it decides about further network interfaces of the pods";
const NAMES: &str = "it allows connections by domain name, and shuts out the others";
const NODE: &str = "it may deny connections to and from nodes";

/// Group, kind, and what it may change. A group stands for itself in every version.
#[rustfmt::skip]
const OTHERS: &[(&str, &str, &str)] = &[
    // SIG Network
    ("policy.networking.k8s.io", "AdminNetworkPolicy", FIRST),
    ("policy.networking.k8s.io", "BaselineAdminNetworkPolicy", LAST),
    ("policy.networking.k8s.io", "ClusterNetworkPolicy", FIRST),
    // Cilium; CiliumLocalRedirectPolicy and CiliumEgressGatewayPolicy lead elsewhere, and deny nothing
    ("cilium.io", "CiliumNetworkPolicy", RULES),
    ("cilium.io", "CiliumClusterwideNetworkPolicy", RULES),
    // Calico, as its API server and as its store have it; sets and pools decide nothing by themselves
    ("projectcalico.org", "NetworkPolicy", RULES),
    ("projectcalico.org", "GlobalNetworkPolicy", RULES),
    ("projectcalico.org", "StagedNetworkPolicy", ""),
    ("projectcalico.org", "StagedGlobalNetworkPolicy", ""),
    ("projectcalico.org", "StagedKubernetesNetworkPolicy", ""),
    ("crd.projectcalico.org", "NetworkPolicy", RULES),
    ("crd.projectcalico.org", "GlobalNetworkPolicy", RULES),
    ("crd.projectcalico.org", "StagedNetworkPolicy", ""),
    ("crd.projectcalico.org", "StagedGlobalNetworkPolicy", ""),
    ("crd.projectcalico.org", "StagedKubernetesNetworkPolicy", ""),
    // Antrea
    ("crd.antrea.io", "NetworkPolicy", FIRST),
    ("crd.antrea.io", "ClusterNetworkPolicy", FIRST),
    // OpenShift: SDN, OVN-Kubernetes, ingress node firewall
    ("network.openshift.io", "EgressNetworkPolicy", OUT),
    ("k8s.ovn.org", "EgressFirewall", OUT),
    ("ingressnodefirewall.openshift.io", "IngressNodeFirewall", NODE),
    // second interfaces
    ("k8s.cni.cncf.io", "MultiNetworkPolicy", SECOND),
    // clouds
    ("networking.gke.io", "FQDNNetworkPolicy", NAMES),
    ("networking.k8s.aws", "ApplicationNetworkPolicy", RULES),
    ("networking.k8s.aws", "ClusterNetworkPolicy", FIRST),
    ("vpcresources.k8s.aws", "SecurityGroupPolicy", DENIES),
    // VMware
    ("crd.nsx.vmware.com", "SecurityPolicy", RULES),
    ("nsx.vmware.com", "SecurityPolicy", RULES),
    // meshes; what only shapes or routes requests is not among them
    ("security.istio.io", "AuthorizationPolicy", MESH),
    ("security.istio.io", "PeerAuthentication", MESH),
    ("security.istio.io", "RequestAuthentication", MESH),
    ("policy.linkerd.io", "Server", MESH),
    ("policy.linkerd.io", "ServerAuthorization", MESH),
    ("policy.linkerd.io", "AuthorizationPolicy", MESH),
    ("kuma.io", "MeshTrafficPermission", MESH),
    ("kuma.io", "TrafficPermission", MESH),
    ("consul.hashicorp.com", "ServiceIntentions", MESH),
    ("access.smi-spec.io", "TrafficTarget", MESH),
];

/// Kubernetes' own name for its policies: a kind of another group that is called so decides, whatever
/// group it is.
const NAME: &str = "NetworkPolicy";

/// What a policy of another API may change of what is said here; `None` for all that decides nothing.
pub fn other_policy(api_version: &str, kind: &str) -> Option<&'static str> {
    let of_group = group(api_version);
    let known = OTHERS.iter().find(|(group, known, _)| (*group, *known) == (of_group, kind));
    match known {
        Some((_, _, effect)) => Some(*effect).filter(|effect| !effect.is_empty()),
        None if kind.ends_with(NAME) && !is_kubernetes(api_version) => Some(RULES),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decides_nothing_is_no_policy() {
        for (version, kind) in [
            ("cilium.io/v2", "CiliumNode"),
            ("cilium.io/v2", "CiliumLocalRedirectPolicy"),
            ("projectcalico.org/v3", "NetworkSet"),
            ("projectcalico.org/v3", "IPPool"),
            ("projectcalico.org/v3", "StagedNetworkPolicy"),
            ("policy.linkerd.io/v1beta1", "HTTPRoute"),
            ("networking.k8s.io/v1", "NetworkPolicy"),
            ("extensions/v1beta1", "NetworkPolicy"),
            ("policy/v1", "PodDisruptionBudget"),
        ] {
            assert_eq!(other_policy(version, kind), None, "{version} {kind}");
        }
    }

    #[test]
    fn a_network_policy_of_a_group_that_nobody_knows_decides_all_the_same() {
        assert!(other_policy("example.org/v1", "NetworkPolicy").is_some());
        assert!(other_policy("example.org/v1", "TenantNetworkPolicy").is_some());
        assert!(other_policy("networking.k8s.oi/v1", "NetworkPolicy").is_none(), "a slip");
    }
}
