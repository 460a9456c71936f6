//! Whether a text holds a Kubernetes Secret: such a text must not go into a link. Rather refuses too much.

use crate::yaml::{self, Node, Value};

const KINDS: [&str; 2] = ["Secret", "SecretList"];

/// Whether any object in the text is a Secret, be it commented out, quoted inside another object (kubectl keeps a copy of
/// what it applied in an annotation), or in a document that is no YAML.
pub fn holds_secret(text: &str) -> bool {
    // what kubectl passes over is in the link all the same
    let parted = text.replace("\n...", "\n---\n").replace("\n--- ", "\n---\n");
    says_secret(text)
        || yaml::documents(&parted)
            .iter()
            .filter_map(|document| document.root.as_ref())
            .any(is_secret)
}

/// Reads the YAML, where the words do not stand side by side in the text.
fn is_secret(node: &Node) -> bool {
    let kind = node.get("kind").and_then(Node::as_str);
    kind.is_some_and(|kind| KINDS.contains(&kind) || says_secret(kind))
        || match &node.value {
            Value::Scalar(_) => node.as_str().is_some_and(says_secret),
            Value::Sequence(items) => items.iter().any(is_secret),
            Value::Mapping(entries) => entries.iter().any(|entry| is_secret(&entry.value)),
        }
}

/// Reads the text, whatever it is: `kind`, a colon, `Secret`, with quotes and spaces between.
fn says_secret(text: &str) -> bool {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\\');
    text.split("kind").skip(1).any(|rest| {
        let rest = rest.trim_start_matches(is_between).strip_prefix(':');
        let value = rest.map(|rest| rest.trim_start_matches(is_between));
        let word = value.and_then(|value| value.split(|c: char| !c.is_ascii_alphanumeric()).next());
        word.is_some_and(|word| KINDS.contains(&word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_wherever_it_hides() {
        for text in [
            "apiVersion: v1\nkind: Secret\n",
            "kind:   'Secret'",
            "kind:\n  Secret\n",
            "{\"kind\":\"Secret\"}",
            "# kind: Secret",
            "kind: List\nitems:\n- kind: Secret\n",
            "kind: SecretList\n",
            "\"k\\x69nd\": \"S\\x65cret\"",
            "note: '{\"kind\":\"Secret\"}'",
            "note: \"{\\\"kind\\\":\\\"Secret\\\"}\"",
            "kind: &k Secret",
            "a: b\n...\n\"k\\x69nd\": \"S\\x65cret\"",
            "a: b\n--- {\"k\\x69nd\": \"S\\x65cret\"}",
            "kind: !!str Secret",
            "{[ no yaml\nkind: Secret\n",
        ] {
            assert!(holds_secret(text), "{text}");
        }
    }

    #[test]
    fn what_only_speaks_of_secrets_is_none() {
        for text in
            ["kind: SecretStore\n", "kind: ConfigMap\nname: Secret\n", "# a kind Secret", ""]
        {
            assert!(!holds_secret(text), "{text}");
        }
    }
}
