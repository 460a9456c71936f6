//! Objects of somebody's own kinds beside the policies: whose pods may come at run time, and which lints they cannot change.

use super::{codes, from, said, with};

const POLICY: &str = "{podSelector: {matchLabels: {app: engine}}}";

fn object(version: &str, kind: &str, namespace: Option<&str>) -> String {
    let namespace = namespace.map_or_else(String::new, |name| format!(", namespace: {name}"));
    format!("---\n{{apiVersion: {version}, kind: {kind}, metadata: {{name: x{namespace}}}}}\n")
}

fn definition(group: &str, kind: &str) -> String {
    format!(
        "---\n{{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {{name: x}}, spec: {{group: {group}, names: {{kind: {kind}}}}}}}\n"
    )
}

#[test]
fn pods_that_an_operator_may_start_are_a_note_that_says_so() {
    for beside in [
        object("example.com/v1", "Engine", Some("shop")),
        object("example.com/v1", "Engine", None),
        definition("example.com", "Engine"),
    ] {
        assert_eq!(
            said(&(with(POLICY) + &beside)),
            [
                "pods-at-run-time: no pod of `shop` has `app=engine` here; an operator may start some at run time, as for `Engine`"
            ],
            "{beside}"
        );
        let peer = from("{podSelector: {matchLabels: {app: engine}}}") + &beside;
        assert_eq!(codes(&peer), ["pods-at-run-time"], "{beside}");
    }
    let prometheus = object("monitoring.coreos.com/v1", "Prometheus", Some("shop"));
    assert_eq!(codes(&(with(POLICY) + &prometheus)), ["pods-at-run-time"]);
}

#[test]
fn kinds_that_start_no_pods_leave_the_warning_as_it_is() {
    for beside in [
        object("monitoring.coreos.com/v1", "ServiceMonitor", Some("shop")),
        object("cert-manager.io/v1", "Certificate", Some("shop")),
        object("gateway.networking.k8s.io/v1", "HTTPRoute", Some("shop")),
        object("external-secrets.io/v1", "ExternalSecret", Some("shop")),
        object("argoproj.io/v1alpha1", "Rollout", Some("shop")),
        object("example.com/v1", "Engine", Some("ops")),
        definition("cert-manager.io", "Issuer"),
        definition("gateway.networking.k8s.io", "HTTPRoute"),
    ] {
        assert_eq!(codes(&(with(POLICY) + &beside)), ["selects-no-pod"], "{beside}");
    }
}

const SERVICE: &str = "---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {selector: {app: db}, ports: [{port: 80, targetPort: 5432}]}
";

#[test]
fn a_services_number_is_told_beside_what_cannot_change_it() {
    let text =
        with("{podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: 80}]}]}") + SERVICE;
    assert_eq!(codes(&text), ["service-port"]);
    for (beside, expected) in [
        (object("monitoring.coreos.com/v1", "ServiceMonitor", Some("shop")), vec!["service-port"]),
        (definition("example.com", "Engine"), vec!["service-port"]),
        // its pods may have any labels, but the policy asks for those of the pod that is there
        (object("example.com/v1", "Engine", Some("shop")), vec!["service-port"]),
    ] {
        assert_eq!(codes(&(text.clone() + &beside)), expected, "{beside}");
    }
}
