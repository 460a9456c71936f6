//! Text → objects by `serde_yaml` and plain structs, as the API's Go types stand: an `Option` for
//! everything that may be missing or null. Shares nothing with the decoder under test.

#![expect(clippy::struct_field_names, reason = "the fields are named as the API names them")]

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_yaml::Value;

#[derive(Debug, Deserialize)]
pub(crate) struct Metadata {
    pub(crate) name: Option<String>,
    pub(crate) namespace: Option<String>,
    pub(crate) labels: Option<Labels>,
}

/// A null value is the empty string, as in Go.
pub(crate) type Labels = BTreeMap<String, Option<String>>;

#[derive(Debug, Deserialize)]
pub(crate) struct NamespaceObject {
    pub(crate) metadata: Metadata,
}

#[derive(Debug, Deserialize)]
pub(crate) struct PodObject {
    pub(crate) metadata: Metadata,
    pub(crate) spec: Option<PodSpec>,
    pub(crate) status: Option<PodStatus>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PodSpec {
    pub(crate) host_network: Option<bool>,
    pub(crate) containers: Option<Vec<Container>>,
    pub(crate) init_containers: Option<Vec<Container>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Container {
    pub(crate) restart_policy: Option<String>,
    pub(crate) ports: Option<Vec<ContainerPort>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ContainerPort {
    pub(crate) name: Option<String>,
    pub(crate) container_port: u16,
    pub(crate) protocol: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PodStatus {
    pub(crate) phase: Option<String>,
    #[serde(rename = "podIP")]
    pub(crate) pod_ip: Option<String>,
    #[serde(rename = "hostIP")]
    pub(crate) host_ip: Option<String>,
    #[serde(rename = "podIPs")]
    pub(crate) pod_ips: Option<Vec<PodIp>>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct PodIp {
    pub(crate) ip: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct WorkloadObject {
    pub(crate) metadata: Metadata,
    pub(crate) spec: WorkloadSpec,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WorkloadSpec {
    pub(crate) replicas: Option<u32>,
    pub(crate) template: Option<PodTemplate>,
    pub(crate) job_template: Option<Box<JobTemplate>>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct JobTemplate {
    pub(crate) spec: WorkloadSpec,
}

#[derive(Debug, Deserialize)]
pub(crate) struct PodTemplate {
    pub(crate) metadata: Option<Metadata>,
    pub(crate) spec: Option<PodSpec>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct PolicyObject {
    pub(crate) metadata: Metadata,
    pub(crate) spec: Option<Spec>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Spec {
    pub(crate) pod_selector: Option<LabelSelector>,
    pub(crate) ingress: Option<Vec<Option<Rule>>>,
    pub(crate) egress: Option<Vec<Option<Rule>>>,
    pub(crate) policy_types: Option<Vec<String>>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Rule {
    pub(crate) from: Option<Vec<Peer>>,
    pub(crate) to: Option<Vec<Peer>>,
    pub(crate) ports: Option<Vec<Option<Port>>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Peer {
    pub(crate) pod_selector: Option<LabelSelector>,
    pub(crate) namespace_selector: Option<LabelSelector>,
    pub(crate) ip_block: Option<IpBlock>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct IpBlock {
    pub(crate) cidr: String,
    pub(crate) except: Option<Vec<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Port {
    pub(crate) protocol: Option<String>,
    pub(crate) port: Option<IntOrString>,
    pub(crate) end_port: Option<u16>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum IntOrString {
    Int(u16),
    String(String),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LabelSelector {
    pub(crate) match_labels: Option<Labels>,
    pub(crate) match_expressions: Option<Vec<Requirement>>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Requirement {
    pub(crate) key: String,
    pub(crate) operator: String,
    pub(crate) values: Option<Vec<Option<String>>>,
}

/// Every object of a text with its kind, lists taken apart; `None` where the text is no YAML.
pub(crate) fn objects(text: &str) -> Option<Vec<(String, Value)>> {
    let mut found = Vec::new();
    for document in serde_yaml::Deserializer::from_str(text) {
        collect(Value::deserialize(document).ok()?, "", &mut found);
    }
    Some(found)
}

fn collect(object: Value, inherited: &str, found: &mut Vec<(String, Value)>) {
    if object.is_null() {
        return;
    }
    let kind = object.get("kind").and_then(Value::as_str).unwrap_or(inherited).to_owned();
    match kind.strip_suffix("List") {
        Some(item_kind) => {
            let items = object.get("items").and_then(Value::as_sequence).cloned();
            for item in items.unwrap_or_default() {
                collect(item, item_kind, found);
            }
        }
        None => found.push((kind, object)),
    }
}
