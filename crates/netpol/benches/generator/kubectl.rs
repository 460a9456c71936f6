//! Pods as `kubectl get pods -o yaml` prints them: a `List` with status, managedFields and the many
//! other fields that no policy asks for.

/// A list of at least that many bytes.
pub(crate) fn pod_list(bytes: usize) -> String {
    let mut text = String::from("apiVersion: v1\nitems:\n");
    let mut number = 0;
    while text.len() < bytes {
        text.push_str(&POD.replace("NUMBER", &number.to_string()).replace(
            "ADDRESS",
            &format!("10.{}.{}.{}", 1 + number / 62_500, number / 250 % 250, 1 + number % 250),
        ));
        number += 1;
    }
    text.push_str("kind: List\nmetadata:\n  resourceVersion: \"\"\n");
    text
}

/// One of them.
const POD: &str = include_str!("pod.yaml");
