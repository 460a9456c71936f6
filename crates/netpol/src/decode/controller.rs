//! The labels that controllers add to the pods of their template, and how many pods bear numbers. The page "Well-Known
//! Labels, Annotations and Taints" of the documentation has them all.

use super::{
    fields::{Field, go},
    walk::Walker,
};
use crate::{
    meta::Labels,
    objects::{Numbered, Ordinals, Pod},
};

/// Numbers that a controller gives to the pods that it starts.
const POD_INDEX: &str = "apps.kubernetes.io/pod-index";
const POD_NAME: &str = "statefulset.kubernetes.io/pod-name";
const COMPLETION_INDEX: &str = "batch.kubernetes.io/job-completion-index";
/// "A hash of the pod template", under the name of the revision.
const REVISION: &str = "controller-revision-hash";
/// What each Job's pods bear, in the present spelling and in the one from before 1.27.
const JOB_NAMES: [&str; 2] = ["batch.kubernetes.io/job-name", "job-name"];
const JOB_UIDS: [&str; 2] = ["batch.kubernetes.io/controller-uid", "controller-uid"];

/// A value that only the cluster knows.
const ANY: &str = "*";

impl<'n> Walker<'_> {
    /// Adds to a workload's pod what its controller adds to the pods that it starts. `spec` is the one that holds the
    /// template: of a `CronJob`, that of its Jobs.
    pub(super) fn controlled(&mut self, kind: &str, spec: &Field<'n>, pod: &mut Pod) {
        let name = pod.name().to_owned();
        let labels = &mut pod.meta.labels;
        match kind {
            // whatever the template says, the hash is its own
            "Deployment" => set(labels, "pod-template-hash", ANY),
            "DaemonSet" => {
                set(labels, REVISION, ANY);
                set(labels, "pod-template-generation", ANY);
            }
            "StatefulSet" => {
                set(labels, REVISION, &format!("{name}-{ANY}"));
                let count = self.number(spec, "replicas", "StatefulSetSpec").unwrap_or(1);
                let ordinals =
                    self.map_of(spec, "ordinals", go("StatefulSetSpec", "v1.StatefulSetOrdinals"));
                let first = ordinals
                    .and_then(|ordinals| self.number(&ordinals, "start", "StatefulSetOrdinals"));
                let first = first.unwrap_or(0);
                let by = Numbered { index: POD_INDEX, name: Some(POD_NAME) };
                pod.ordinals = Some(Ordinals { base: name, first, count, by });
            }
            "Job" => self.job(spec, &name, pod),
            "CronJob" => self.job(spec, &format!("{name}-{ANY}"), pod),
            // OpenShift's, and Argo's
            "DeploymentConfig" => {
                set(labels, "deploymentconfig", &name);
                set(labels, "deployment", &format!("{name}-{ANY}"));
            }
            "Rollout" => set(labels, "rollouts-pod-template-hash", ANY),
            // what a ReplicaSet's pods bear beside their template's labels, its Deployment has put into the template
            _ => {}
        }
    }

    /// "The Job controller adds" its name and its uid, where the person did not take selectors upon themselves.
    fn job(&mut self, spec: &Field<'n>, name: &str, pod: &mut Pod) {
        if !self.bool_of(spec, "manualSelector", "JobSpec") {
            // the API server refuses another value than the controller's, so what is written is right
            for (keys, value) in [(JOB_NAMES, name), (JOB_UIDS, ANY)] {
                for key in keys {
                    pod.meta.labels.entry(key.to_owned()).or_insert_with(|| value.to_owned());
                }
            }
        }
        let mode = self.text_of(spec, "completionMode", go("JobSpec", "v1.CompletionMode"));
        if mode == "Indexed" {
            let count = self.number(spec, "completions", "JobSpec").unwrap_or(1);
            let by = Numbered { index: COMPLETION_INDEX, name: None };
            pod.ordinals = Some(Ordinals { base: pod.name().to_owned(), first: 0, count, by });
        }
    }

    /// A number that is not below 0.
    fn number(&mut self, map: &Field<'n>, name: &str, owner: &'static str) -> Option<u32> {
        let field = map.get(name)?;
        let number = self.int32(&field, owner)?;
        let count = u32::try_from(number).ok();
        if count.is_none() && name != "replicas" {
            let complaint = "must be greater than or equal to 0".to_owned();
            self.invalid(&field, &number.to_string(), &[complaint]);
        }
        count
    }
}

fn set(labels: &mut Labels, key: &str, value: &str) {
    labels.insert(key.to_owned(), value.to_owned());
}
