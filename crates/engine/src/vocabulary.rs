//! The cluster → what the editor offers while somebody types: a line for each namespace and pod, cut by tabs, which no
//! name and no label holds. The reader is `readVocabulary` in web/editor/text.js.

use std::fmt::Write;

use netpol::{
    Analysis,
    meta::{Labels, is_unknown},
};

/// More than this many pods are more than anybody chooses from.
const MOST_PODS: usize = 2000;

/// `namespace  NAME  key=value…` and `pod  NAMESPACE/NAME  :NUMBER/PROTOCOL/NAME…  key=value…`. What was added for the
/// policies is left out: it has the very words that somebody has just typed.
pub(crate) fn vocabulary(analysis: &Analysis) -> String {
    let (cluster, added) = (&analysis.cluster, &analysis.added);
    let mut lines = String::new();
    for namespace in cluster.namespaces() {
        if added.namespaces.iter().any(|one| one.meta.name == namespace.meta.name) {
            continue;
        }
        let _ = write!(lines, "namespace\t{}", namespace.meta.name.name);
        labels(&mut lines, &namespace.meta.labels);
    }
    for (_, pod) in cluster.running_pods().take(MOST_PODS) {
        if added.pods.iter().any(|one| one.meta.name == pod.meta.name) {
            continue;
        }
        let _ = write!(lines, "pod\t{}/{}", pod.namespace(), pod.name());
        for port in &pod.ports {
            let name = port.name.as_deref().unwrap_or_default();
            let _ = write!(lines, "\t:{}/{}/{name}", port.port, port.protocol);
        }
        labels(&mut lines, &pod.meta.labels);
    }
    lines
}

fn labels(lines: &mut String, labels: &Labels) {
    // what a controller sets anew with each roll-out is nothing to select by
    for (key, value) in labels.iter().filter(|(_, value)| !is_unknown(value)) {
        let _ = write!(lines, "\t{key}={value}");
    }
    lines.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse;

    #[test]
    fn namespaces_and_pods_have_a_line_each_and_what_was_added_has_none() {
        let policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: other}\nspec: {podSelector: {matchLabels: {app: new}}}\n";
        let cluster = "apiVersion: v1\nkind: Namespace\nmetadata: {name: batch, labels: {team: b}}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: db, namespace: shop, labels: {app: db}}\nspec: {containers: [{name: c, ports: [{name: sql, containerPort: 5432}, {containerPort: 53, protocol: UDP}]}]}\n";
        let analysis = analyse(policy, cluster, true);
        assert!(!analysis.added.pods.is_empty());
        let lines = vocabulary(&analysis);
        assert!(lines.contains("pod\tshop/db\t:5432/TCP/sql\t:53/UDP/\tapp=db\n"), "{lines}");
        let namespace = "namespace\tbatch\tkubernetes.io/metadata.name=batch\tteam=b\n";
        assert!(lines.contains(namespace), "{lines}");
        assert!(!lines.contains("new"), "{lines}");
    }
}
