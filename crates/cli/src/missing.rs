//! What a table or a matrix does not show because it could not be read. Looks at the YAML alone: a policy is missing where the text
//! declares one that the evaluator did not take.

use netpol::{
    Manifest,
    kinds::other_policy,
    openshift,
    yaml::{Node, Value},
};

/// What is left out of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Missing {
    policies: usize,
    documents: usize,
}

impl Missing {
    /// What is left out of this manifest.
    pub(crate) fn of(manifest: &Manifest) -> Self {
        let roots = || manifest.documents.iter().filter_map(|document| document.yaml.root.as_ref());
        let declared: usize = roots().map(|root| policies(root, TypeMeta::default())).sum();
        let taken: usize = manifest.objects.iter().map(|objects| objects.policies.len()).sum();
        let broken = manifest.documents.iter().filter(|document| {
            document.yaml.root.is_none()
                && document
                    .yaml
                    .faults
                    .iter()
                    .any(|fault| fault.code.severity() == netpol::Severity::Error)
        });
        Self { policies: declared.saturating_sub(taken), documents: broken.count() }
    }

    /// How many policies and documents.
    pub(crate) const fn count(self) -> usize {
        self.policies + self.documents
    }

    /// `2 policies with errors are missing from the table`; `None` where nothing is missing.
    pub(crate) fn sentence(self, answer: &str) -> Option<String> {
        let policies = count(self.policies, "policy with errors", "policies with errors");
        let documents =
            count(self.documents, "document that is no YAML", "documents that are no YAML");
        let all: Vec<String> = policies.into_iter().chain(documents).collect();
        let verb = if self.count() == 1 { "is" } else { "are" };
        (!all.is_empty()).then(|| format!("{} {verb} missing from the {answer}", all.join(" and ")))
    }
}

fn count(number: usize, one: &str, many: &str) -> Option<String> {
    match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{number} {many}")),
    }
}

/// What a node says that it is, or the list that it is in.
#[derive(Debug, Clone, Copy, Default)]
struct TypeMeta<'n> {
    version: &'n str,
    kind: &'n str,
}

impl TypeMeta<'_> {
    /// A policy of Kubernetes' own, in whatever version. One of another group is named as not evaluated, and not
    /// missing because of an error.
    fn is_policy(self) -> bool {
        self.kind == "NetworkPolicy" && other_policy(self.version, self.kind).is_none()
    }
}

/// How many policies of whatever version a node declares, the items of a list included. The items of a
/// `NetworkPolicyList` need not say their version and kind.
fn policies(node: &Node, inherited: TypeMeta<'_>) -> usize {
    let text = |key| node.get(key).and_then(Node::as_str).unwrap_or("");
    let own = TypeMeta { version: text("apiVersion"), kind: text("kind") };
    let is_bare = own.version.is_empty() && own.kind.is_empty();
    let TypeMeta { version, kind } = if is_bare { inherited } else { own };
    if openshift::is_template(node) {
        // an object that lacks the value of a parameter is left out, and said to be
        let objects = openshift::objects(node).into_iter().filter(|(_, lacking)| lacking.is_none());
        return objects.map(|(object, _)| policies(object, TypeMeta::default())).sum();
    }
    match (kind, node.get("items").map(|items| &items.value)) {
        ("NetworkPolicy", _) => usize::from(TypeMeta { version, kind }.is_policy()),
        (_, Some(Value::Sequence(items))) if kind.ends_with("List") => {
            let of_items = match kind.trim_end_matches("List") {
                "" => TypeMeta::default(),
                kind => TypeMeta { version, kind },
            };
            items.iter().map(|item| policies(item, of_items)).sum()
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use netpol::Source;

    fn sentence(text: &str) -> Option<String> {
        Missing::of(&Manifest::read(vec![Source::new("x", text)])).sentence("table")
    }

    #[test]
    fn a_text_without_errors_lacks_nothing() {
        let policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\n";
        assert_eq!(sentence(policy), None);
        assert_eq!(sentence(&format!("{policy}---\n# nothing\n---\n{policy}")), None);
    }

    #[test]
    fn policies_are_counted_inside_lists_and_under_any_version() {
        let old = "apiVersion: extensions/v1beta1\nkind: NetworkPolicy\nmetadata: {name: a}\n";
        let list = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicyList\nitems:\n- metadata: {name: A}\n- metadata: {name: b}\n";
        assert_eq!(
            sentence(old).as_deref(),
            Some("1 policy with errors is missing from the table")
        );
        assert_eq!(
            sentence(&format!("{old}---\n{list}---\n{{[\n")).as_deref(),
            Some(
                "2 policies with errors and 1 document that is no YAML are missing from the table"
            )
        );
    }

    /// Those of other groups are those that the evaluator calls so, neither more nor fewer.
    #[test]
    fn policies_of_other_kinds_are_not_evaluated_and_not_missing_either() {
        let other = ["cilium.io", "projectcalico.org", "crd.antrea.io", "example.org"];
        for group in other.into_iter().chain(["extensions", "apps", "networking.k8s.oi"]) {
            let one =
                format!("apiVersion: {group}/v1\nkind: NetworkPolicy\nmetadata: {{name: a}}\n");
            let list = format!(
                "apiVersion: v1\nkind: List\nitems:\n- {}\n",
                one.trim_end().replace('\n', "\n  ")
            );
            for text in [one, list] {
                let manifest = Manifest::read(vec![Source::new("x", text.as_str())]);
                let is_warned = manifest
                    .diagnostics
                    .iter()
                    .any(|one| one.code == netpol::Code::OtherPolicyKind);
                assert_eq!(Missing::of(&manifest).count() == 0, is_warned, "{text}");
            }
        }
    }
}
