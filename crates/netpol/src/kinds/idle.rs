//! What an object that is not read may bring: a `ServiceMonitor` starts no pod, and an object of
//! somebody's own kind may stand for pods that nobody wrote.

use super::{group, is_kubernetes, other_policy, workload};

/// Which pods an object that is not read may start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Brings {
    /// None.
    Nothing,
    /// Pods with labels of their own: an operator's, at run time.
    ItsOwnPods,
    /// What another place holds, in whatever namespace.
    WhatIsElsewhere,
    /// Pods that may have any labels and ports.
    AnyPods,
}

/// Groups none of whose kinds starts a pod.
#[rustfmt::skip]
const IDLE_GROUPS: &[&str] = &[
    "acme.cert-manager.io", "cert-manager.io", "trust.cert-manager.io",
    "external-secrets.io", "generators.external-secrets.io", "bitnami.com", "secrets.hashicorp.com", "isindir.github.com",
    "kustomize.config.k8s.io", "config.kubernetes.io", "config.karmada.io",
    "gateway.networking.x-k8s.io", "inference.networking.x-k8s.io", "cluster.x-k8s.io", "kueue.x-k8s.io",
    "networking.istio.io", "security.istio.io", "telemetry.istio.io", "extensions.istio.io",
    "linkerd.io", "policy.linkerd.io", "kuma.io", "consul.hashicorp.com", "split.smi-spec.io", "access.smi-spec.io", "specs.smi-spec.io",
    "cilium.io", "projectcalico.org", "crd.projectcalico.org", "crd.antrea.io", "controlplane.antrea.io", "k8s.ovn.org",
    "k8s.cni.cncf.io", "whereabouts.cni.cncf.io", "metallb.io", "metallb.universe.tf", "networking.gke.io", "cloud.google.com",
    "networking.k8s.aws", "vpcresources.k8s.aws", "elbv2.k8s.aws", "crd.nsx.vmware.com", "nsx.vmware.com",
    "traefik.io", "traefik.containo.us", "configuration.konghq.com", "k8s.nginx.org", "projectcontour.io", "gateway.envoyproxy.io", "gateway.nginx.org",
    "externaldns.k8s.io", "keda.sh", "autoscaling.karmada.io", "karpenter.sh", "karpenter.k8s.aws",
    "kyverno.io", "policies.kyverno.io", "templates.gatekeeper.sh", "constraints.gatekeeper.sh", "config.gatekeeper.sh", "mutations.gatekeeper.sh",
    "source.toolkit.fluxcd.io", "notification.toolkit.fluxcd.io", "image.toolkit.fluxcd.io",
    "route.openshift.io", "image.openshift.io", "project.openshift.io", "security.openshift.io", "network.openshift.io", "user.openshift.io", "quota.openshift.io", "authorization.openshift.io", "oauth.openshift.io", "console.openshift.io",
    "snapshot.storage.k8s.io", "velero.io", "reloader.stakater.com", "dashboard.grafana.com",
];

/// Kinds that start no pod, of groups that have others.
#[rustfmt::skip]
const IDLE_KINDS: &[(&str, &str)] = &[
    ("monitoring.coreos.com", "ServiceMonitor"), ("monitoring.coreos.com", "PodMonitor"), ("monitoring.coreos.com", "Probe"),
    ("monitoring.coreos.com", "PrometheusRule"), ("monitoring.coreos.com", "AlertmanagerConfig"), ("monitoring.coreos.com", "ScrapeConfig"),
    ("argoproj.io", "AppProject"), ("argoproj.io", "AnalysisTemplate"), ("argoproj.io", "ClusterAnalysisTemplate"),
    ("grafana.integreatly.org", "GrafanaDashboard"), ("grafana.integreatly.org", "GrafanaDatasource"), ("grafana.integreatly.org", "GrafanaFolder"),
    ("grafana.integreatly.org", "GrafanaAlertRuleGroup"), ("grafana.integreatly.org", "GrafanaContactPoint"), ("grafana.integreatly.org", "GrafanaNotificationPolicy"),
    ("operators.coreos.com", "OperatorGroup"), ("operators.coreos.com", "OperatorCondition"),
    ("template.openshift.io", "Template"),
];

/// Kinds that start pods whose labels are their controller's.
#[rustfmt::skip]
const OWN_PODS: &[(&str, &str)] = &[
    ("gateway.networking.k8s.io", "Gateway"),
    ("monitoring.coreos.com", "Prometheus"), ("monitoring.coreos.com", "PrometheusAgent"), ("monitoring.coreos.com", "Alertmanager"), ("monitoring.coreos.com", "ThanosRuler"),
];

/// Kinds that apply what another repository or a chart holds.
#[rustfmt::skip]
const DEPLOYERS: &[(&str, &str)] = &[
    ("kustomize.toolkit.fluxcd.io", "Kustomization"), ("helm.toolkit.fluxcd.io", "HelmRelease"),
    ("argoproj.io", "Application"), ("argoproj.io", "ApplicationSet"),
    ("helm.cattle.io", "HelmChart"), ("fleet.cattle.io", "GitRepo"), ("fleet.cattle.io", "Bundle"),
    ("operators.coreos.com", "Subscription"), ("operators.coreos.com", "ClusterServiceVersion"),
];

/// Which pods an object of this version and kind may start.
pub fn brings(api_version: &str, kind: &str) -> Brings {
    let of_group = group(api_version);
    let is_in = |table: &[(&str, &str)]| table.contains(&(of_group, kind));
    if is_in(OWN_PODS) {
        return Brings::ItsOwnPods;
    }
    if is_in(DEPLOYERS) {
        return Brings::WhatIsElsewhere;
    }
    // groups that end so are Kubernetes' own or its SIGs', and those that start pods end in `.x-k8s.io`
    let is_idle = is_kubernetes(api_version)
        || of_group.ends_with(".k8s.io")
        || IDLE_GROUPS.contains(&of_group)
        || is_in(IDLE_KINDS)
        || other_policy(api_version, kind).is_some()
        // its pods are read
        || workload(api_version, kind).is_some();
    if is_idle { Brings::Nothing } else { Brings::AnyPods }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_of_ones_own_kind_may_bring_pods_and_a_monitor_none() {
        assert_eq!(brings("monitoring.coreos.com/v1", "ServiceMonitor"), Brings::Nothing);
        assert_eq!(brings("cert-manager.io/v1", "Certificate"), Brings::Nothing);
        assert_eq!(brings("gateway.networking.k8s.io/v1", "HTTPRoute"), Brings::Nothing);
        assert_eq!(brings("v1", "ConfigMap"), Brings::Nothing);
        assert_eq!(brings("monitoring.coreos.com/v1", "Prometheus"), Brings::ItsOwnPods);
        assert_eq!(brings("argoproj.io/v1alpha1", "Application"), Brings::WhatIsElsewhere);
        assert_eq!(brings("example.com/v1", "Database"), Brings::AnyPods);
        assert_eq!(brings("batch.volcano.sh/v1alpha1", "Job"), Brings::AnyPods);
    }
}
