//! Objects that name no namespace: where they land, as with `kubectl apply -n`.

use netpol::{Analysis, Code, Inputs, Source, Witnesses};

fn names(text: &str, namespace: Option<&str>) -> Vec<String> {
    let analysis = analysis(text, namespace);
    let pods = analysis.cluster.pods().iter().map(|pod| pod.meta.name.to_string());
    let policies = analysis.cluster.policies().map(|(_, policy)| policy.meta.name.to_string());
    let services = analysis.cluster.services().iter().map(|one| one.meta.name.to_string());
    pods.chain(policies).chain(services).collect()
}

fn analysis(text: &str, namespace: Option<&str>) -> Analysis {
    let text = vec![Source::new("text.yaml", text)];
    let namespace = namespace.and_then(|name| name.parse().ok());
    Analysis::of(Inputs { text, namespace, witnesses: Witnesses::Off, ..Inputs::default() })
}

/// As `helm template -n shop` prints it.
const CHART: &str = "
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Pod, metadata: {name: pod}}
- {apiVersion: v1, kind: Pod, metadata: {name: there, namespace: other}}
- {apiVersion: v1, kind: Service, metadata: {name: service}}
- {apiVersion: v1, kind: Namespace, metadata: {name: other}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: ''}
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
";

#[test]
fn objects_that_name_no_namespace_land_where_it_is_said() {
    let landed = names(CHART, Some("shop"));
    assert_eq!(landed, ["shop/pod", "other/there", "shop/web", "shop/web", "shop/service"]);
    let landed = names(CHART, None);
    assert_eq!(landed[0], "default/pod");
}

#[test]
fn nothing_is_missing_where_somebody_said_it() {
    let is_told = |namespace| {
        let diagnostics = analysis(CHART, namespace).diagnostics;
        diagnostics.iter().any(|one| one.code == Code::NamespaceMissing)
    };
    assert!(is_told(None));
    assert!(!is_told(Some("shop")));
    // it is said even where it is the same namespace
    assert!(!is_told(Some("default")));
}

#[test]
fn namespaces_land_nowhere() {
    let analysis = analysis(CHART, Some("shop"));
    let declared = analysis.cluster.namespaces().iter().map(|one| one.meta.name.name.as_str());
    assert_eq!(declared.collect::<Vec<_>>(), ["other", "shop"]);
}

#[test]
fn part_of_a_policy_lands_there_too() {
    let text = "podSelector: {}\ningress: []\n";
    assert_eq!(names(text, Some("shop")), ["shop/pasted"]);
    let told = analysis(text, Some("shop")).diagnostics;
    assert!(told.iter().any(|one| one.message.contains("in namespace `shop`")), "{told:?}");
}

#[test]
fn a_namespace_has_the_name_that_the_api_server_takes() {
    let parsed = |name: &str| name.parse::<netpol::NamespaceName>();
    assert!(parsed("shop-2").is_ok_and(|name| name.as_str() == "shop-2"));
    for wrong in ["", "Shop", "a.b", "a/b", &"a".repeat(64)] {
        assert!(parsed(wrong).is_err(), "{wrong}");
    }
}
