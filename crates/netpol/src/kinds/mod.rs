//! Which kinds start pods, which decide about connections, and which do neither: tables, a line a kind.
//! A kind belongs to its group: `serving.knative.dev` has a `Service` of its own, which is none of Kubernetes'.

mod idle;
mod policies;
mod workloads;

pub use idle::{Brings, brings};
pub use policies::other_policy;
pub use workloads::{Workload, template, workload};

/// What is read besides the workloads: API version and kind.
const READ: &[(&str, &str)] = &[
    ("networking.k8s.io/v1", "NetworkPolicy"),
    ("v1", "Namespace"),
    ("v1", "Pod"),
    ("v1", "Service"),
    ("v1", "List"),
];

/// The group of NetworkPolicies, and all that is in it.
pub const NETWORKING: &str = "networking.k8s.io";
const OF_NETWORKING: &[&str] =
    &["NetworkPolicy", "Ingress", "IngressClass", "IPAddress", "ServiceCIDR"];

/// The groups of Kubernetes itself whose kinds are read, and what they are called by mistake.
const GROUPS: &[&str] = &[NETWORKING, "networking.kubernetes.io"];
/// Groups that have a domain, though their kinds never had one.
const WITHOUT_DOMAIN: &[&str] = &["apps", "batch", "core", "extensions"];
const DOMAINS: &[&str] = &[".k8s.io", ".kubernetes.io"];

/// The group of an API version, empty for Kubernetes' core.
pub fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// Whether a version is of a group of Kubernetes' own whose kinds are read, or a slip of one: then a
/// kind that it does not have is a mistake. Of any other group nobody here knows what it has.
///
/// A resource of one's own never has such a group: `spec.group` of a `CustomResourceDefinition` "should
/// be a domain with at least one dot".
pub fn is_kubernetes(api_version: &str) -> bool {
    let group = group(api_version).to_ascii_lowercase();
    let is_misplaced = DOMAINS.iter().any(|domain| {
        group.strip_suffix(domain).is_some_and(|stem| WITHOUT_DOMAIN.contains(&stem))
    });
    // three letters make `networking.gke.io` of it
    let is_near = |known: &&str| match strsim::osa_distance(known, &group) {
        0..=2 => true,
        3 => group.ends_with(".k8s.io") || group.starts_with("networking.k8s"),
        _ => false,
    };
    !group.contains('.') || is_misplaced || GROUPS.iter().any(is_near)
}

/// The kinds that the group of an API version has, where it is known to lack this one; only the one that is most
/// probably meant, where there is one. That of NetworkPolicies alone is small enough to be known as a whole.
pub fn instead(api_version: &str, kind: &str) -> Option<&'static [&'static str]> {
    let one = kind.strip_suffix("List").unwrap_or(kind);
    if group(api_version) != NETWORKING || OF_NETWORKING.contains(&one) {
        return None;
    }
    let lower = kind.to_ascii_lowercase();
    let slip = OF_NETWORKING.chunks(1).find(|kinds| kinds.iter().all(|one| is_slip(&lower, one)));
    Some(slip.unwrap_or(OF_NETWORKING))
}

/// The kinds of Kubernetes' own that are read, each with the API version under which it is.
fn known() -> impl Iterator<Item = (&'static str, &'static str)> {
    READ.iter().copied().chain(workloads::of_kubernetes())
}

/// The version under which a kind of Kubernetes' own is read.
pub fn known_version(kind: &str) -> Option<&'static str> {
    known().find(|(_, known)| *known == kind).map(|(version, _)| version)
}

/// The kind that a misspelt one was most probably meant to be: another case, a plural, a slip; and
/// `List`, where it is one of its lists.
pub fn near(kind: &str) -> Option<(&'static str, &'static str, &'static str)> {
    let lower = kind.to_ascii_lowercase();
    let stem = lower.strip_suffix("list").filter(|stem| !stem.is_empty());
    let (lower, suffix) = stem.map_or((lower.as_str(), ""), |stem| (stem, "List"));
    let found = known().find(|(_, known)| is_slip(lower, known));
    found.map(|(version, kind)| (version, kind, suffix))
}

/// Whether a word in small letters is most probably this kind: a plural of it, or a slip.
fn is_slip(lower: &str, kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    let singular = lower.strip_suffix("ies").map(|stem| format!("{stem}y"));
    singular.as_deref() == Some(kind.as_str())
        || lower.strip_suffix("es") == Some(kind.as_str())
        || strsim::osa_distance(&kind, lower) <= (kind.len() / 5).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_kubernetes_own_or_a_slip_of_it() {
        for version in [
            "v1",
            "v2",
            "apps",
            "apps/v1beta2",
            "app/v1",
            "Apps/v1",
            "batch/v1",
            "networking/v1",
            "networking.k8s.io/v1beta1",
            "network.k8s.io/v1",
            "networking.k8s.oi/v1",
            "networking.k8s/v1",
            "networking.kubernetes.io/v1",
            "apps.k8s.io/v1",
            "core.k8s.io/v1",
        ] {
            assert!(is_kubernetes(version), "{version}");
        }
        for version in [
            "serving.knative.dev/v1",
            "batch.volcano.sh/v1alpha1",
            "apps.kruise.io/v1beta1",
            "batch.tutorial.kubebuilder.io/v1",
            "networking.istio.io/v1",
            "gateway.networking.k8s.io/v1",
            "policy.networking.k8s.io/v1alpha1",
            "networking.gke.io/v1",
            "app.k8s.io/v1beta1",
            "jobset.x-k8s.io/v1alpha2",
        ] {
            assert!(!is_kubernetes(version), "{version}");
        }
    }

    #[test]
    fn a_kind_of_another_group_is_no_workload_of_kubernetes() {
        assert!(workload("apps/v1", "Deployment").is_some());
        assert!(workload("apps/v1beta1", "Deployment").is_none());
        assert!(workload("apps.kruise.io/v1beta1", "StatefulSet").is_some());
        assert!(workload("batch.volcano.sh/v1alpha1", "Job").is_none());
    }
}
