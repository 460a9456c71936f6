//! Those who are assumed, as Kubernetes YAML.

use std::fmt::Write as _;

use crate::{decode::Objects, meta::NAMESPACE_NAME_LABEL, scalar::written};

/// The witnesses as Kubernetes YAML, to be shown and to be kept.
pub fn to_yaml(added: &Objects) -> String {
    let mut documents = Vec::new();
    for namespace in &added.namespaces {
        let mut text = format!(
            "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {}\n",
            written(&namespace.meta.name.name)
        );
        let labels = namespace.meta.labels.iter().filter(|(key, _)| *key != NAMESPACE_NAME_LABEL);
        write_labels(&mut text, labels);
        documents.push(text);
    }
    for pod in &added.pods {
        let (name, namespace) = (written(pod.name()), written(pod.namespace()));
        let mut text = format!(
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\n  namespace: {namespace}\n"
        );
        write_labels(&mut text, pod.labels().iter());
        text.push_str("spec:\n  containers:\n  - name: main\n    image: example\n");
        if !pod.ports.is_empty() {
            text.push_str("    ports:\n");
        }
        for port in &pod.ports {
            let name = written(port.name.as_deref().unwrap_or_default());
            let _ = writeln!(
                text,
                "    - {{name: {name}, containerPort: {}, protocol: {}}}",
                port.port, port.protocol
            );
        }
        documents.push(text);
    }
    documents.join("---\n")
}

fn write_labels<'l>(text: &mut String, labels: impl Iterator<Item = (&'l String, &'l String)>) {
    for (at, (key, value)) in labels.enumerate() {
        if at == 0 {
            text.push_str("  labels:\n");
        }
        let _ = writeln!(text, "    {}: {}", written(key), written(value));
    }
}
