//! The kinds that start pods from a template, and where in them it stands.

/// A kind that starts pods from a template.
#[derive(Debug, PartialEq, Eq)]
pub struct Workload {
    /// Its group and version; of a group that is not Kubernetes' own any version is read.
    pub api_version: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// Go's name of what is under `spec`, for messages.
    pub spec: &'static str,
    /// The path to the pod template.
    pub template: &'static str,
}

const TEMPLATE: &str = "spec.template";

/// The kinds whose pods have the labels of their template. A kind whose controller starts several
/// sorts of pods (Volcano's `Job`, Ray's `RayCluster`), or pods that listen elsewhere than the template
/// says (Knative's `Service`), is not among them: it would be read as what it is not.
#[rustfmt::skip]
const WORKLOADS: &[Workload] = &[
    Workload { api_version: "apps/v1", kind: "Deployment", spec: "v1.DeploymentSpec", template: TEMPLATE },
    Workload { api_version: "apps/v1", kind: "StatefulSet", spec: "v1.StatefulSetSpec", template: TEMPLATE },
    Workload { api_version: "apps/v1", kind: "DaemonSet", spec: "v1.DaemonSetSpec", template: TEMPLATE },
    Workload { api_version: "apps/v1", kind: "ReplicaSet", spec: "v1.ReplicaSetSpec", template: TEMPLATE },
    Workload { api_version: "v1", kind: "ReplicationController", spec: "v1.ReplicationControllerSpec", template: TEMPLATE },
    Workload { api_version: "batch/v1", kind: "Job", spec: "v1.JobSpec", template: TEMPLATE },
    Workload { api_version: "batch/v1", kind: "CronJob", spec: "v1.CronJobSpec", template: "spec.jobTemplate.spec.template" },
    // OpenShift; `v1` is what its API was called before it had groups, and templates still say so
    Workload { api_version: "apps.openshift.io/v1", kind: "DeploymentConfig", spec: "v1.DeploymentConfigSpec", template: TEMPLATE },
    Workload { api_version: "v1", kind: "DeploymentConfig", spec: "v1.DeploymentConfigSpec", template: TEMPLATE },
    // Argo Rollouts; with `workloadRef` it has no template, and the Deployment that it names has it
    Workload { api_version: "argoproj.io/v1alpha1", kind: "Rollout", spec: "v1alpha1.RolloutSpec", template: TEMPLATE },
    // OpenKruise
    Workload { api_version: "apps.kruise.io/v1alpha1", kind: "CloneSet", spec: "v1alpha1.CloneSetSpec", template: TEMPLATE },
    Workload { api_version: "apps.kruise.io/v1beta1", kind: "StatefulSet", spec: "v1beta1.StatefulSetSpec", template: TEMPLATE },
    Workload { api_version: "apps.kruise.io/v1alpha1", kind: "DaemonSet", spec: "v1alpha1.DaemonSetSpec", template: TEMPLATE },
    Workload { api_version: "apps.kruise.io/v1alpha1", kind: "BroadcastJob", spec: "v1alpha1.BroadcastJobSpec", template: TEMPLATE },
    // KubeVirt: the pod of a machine takes the labels of its template
    Workload { api_version: "kubevirt.io/v1", kind: "VirtualMachine", spec: "v1.VirtualMachineSpec", template: TEMPLATE },
];

impl Workload {
    /// Whether it is Kubernetes' own, so that a wrong version of it is a mistake.
    pub fn is_kubernetes(&self) -> bool {
        !super::group(self.api_version).contains('.') && self.kind != "DeploymentConfig"
    }

    fn is(&self, api_version: &str, kind: &str) -> bool {
        let group = super::group(self.api_version);
        let is_version = if group.contains('.') {
            super::group(api_version) == group
        } else {
            api_version == self.api_version
        };
        is_version && kind == self.kind
    }
}

/// The workload of that version and kind, if it is one.
pub fn workload(api_version: &str, kind: &str) -> Option<&'static Workload> {
    WORKLOADS.iter().find(|workload| workload.is(api_version, kind))
}

/// The path to the pod template of the workloads that are called so.
pub fn template(kind: &str) -> Option<&'static str> {
    WORKLOADS.iter().find(|workload| workload.kind == kind).map(|workload| workload.template)
}

/// Version and kind of Kubernetes' own.
pub(super) fn of_kubernetes() -> impl Iterator<Item = (&'static str, &'static str)> {
    let own = WORKLOADS.iter().filter(|workload| workload.is_kubernetes());
    own.map(|workload| (workload.api_version, workload.kind))
}
