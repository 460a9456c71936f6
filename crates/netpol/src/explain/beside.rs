//! The policies of other APIs that stand beside those that are evaluated: what a table of these alone does not show.

use std::collections::BTreeMap;

use crate::{
    kinds::other_policy,
    manifest::Manifest,
    yaml::{Node, Value},
};

/// How many kinds are named.
const MOST_KINDS: usize = 5;

/// `not evaluated, and may deny what is allowed here: 2 AuthorizationPolicy, 1 EgressFirewall`, for the head of a table; `None` where
/// there is no policy of another API.
pub fn not_evaluated(manifest: &Manifest) -> Option<String> {
    let mut kinds = BTreeMap::new();
    let roots = manifest.documents.iter().filter_map(|document| document.yaml.root.as_ref());
    roots.for_each(|root| count(root, &mut kinds));
    let shown: Vec<_> =
        kinds.iter().take(MOST_KINDS).map(|(kind, number)| format!("{number} {kind}")).collect();
    let more = if kinds.len() > MOST_KINDS { ", …" } else { "" };
    (!shown.is_empty()).then(|| {
        format!("not evaluated, and may deny what is allowed here: {}{more}", shown.join(", "))
    })
}

fn count<'m>(node: &'m Node, kinds: &mut BTreeMap<&'m str, usize>) {
    for list in ["items", "objects"] {
        if let Some(Value::Sequence(items)) = node.get(list).map(|items| &items.value) {
            return items.iter().for_each(|item| count(item, kinds));
        }
    }
    let text = |key| node.get(key).and_then(Node::as_str).unwrap_or("");
    let kind = text("kind");
    if other_policy(text("apiVersion"), kind).is_some() {
        *kinds.entry(kind).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn policies_of_other_apis_are_counted_by_kind_wherever_they_stand() {
        let one = |version: &str, kind: &str| {
            format!("{{apiVersion: {version}, kind: {kind}, metadata: {{name: a}}}}")
        };
        let istio = one("security.istio.io/v1", "AuthorizationPolicy");
        let text = format!(
            "{istio}\n---\napiVersion: v1\nkind: List\nitems:\n- {istio}\n- {}\n---\n{}\n",
            one("k8s.ovn.org/v1", "EgressFirewall"),
            one("cilium.io/v2", "CiliumNode"),
        );
        assert_eq!(
            not_evaluated(&Manifest::read(vec![Source::new("t", text)])).as_deref(),
            Some(
                "not evaluated, and may deny what is allowed here: 2 AuthorizationPolicy, 1 EgressFirewall"
            )
        );
        assert_eq!(not_evaluated(&Manifest::default()), None);
    }
}
