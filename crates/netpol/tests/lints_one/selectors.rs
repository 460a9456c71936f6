//! Items of two selectors, pods elsewhere, and labels that no namespace has.

use netpol::Severity;

use super::{CLUSTER, alone, codes, found_in, from, mended, said, with};

#[test]
fn one_item_that_nobody_meets_is_told_what_two_would_admit() {
    let text = from(
        "{podSelector: {matchLabels: {app: web}}, namespaceSelector: {matchLabels: {team: ops}}}",
    );
    assert_eq!(
        said(&text),
        [
            "selectors-anded: one item means AND, and no pod with `app=web` is in a namespace with `team=ops`: none here, as two items (OR) 2 pods"
        ]
    );
    let two = "[{podSelector: {matchLabels: {app: web}}}, {namespaceSelector: {matchLabels: {team: ops}}}]";
    assert!(mended(&text).contains(two));
}

#[test]
fn one_item_that_somebody_meets_or_may_meet_is_left_alone() {
    for peers in [
        // somebody meets both
        "{podSelector: {matchLabels: {app: web}}, namespaceSelector: {matchLabels: {team: shop}}}",
        // the pods of that namespace are not known
        "{podSelector: {matchLabels: {app: web}}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: bare}}}",
        // nor is that namespace
        "{podSelector: {matchLabels: {app: web}}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: else}}}",
        "{podSelector: {}, namespaceSelector: {matchLabels: {team: ops}}}",
    ] {
        assert_eq!(codes(&from(peers)), [""; 0], "{peers}");
    }
    // two items would admit no more pods of `shop`: a slip of the pen
    let peers =
        "{podSelector: {matchLabels: {app: wbe}}, namespaceSelector: {matchLabels: {team: ops}}}";
    assert_eq!(codes(&from(peers)), ["peer-matches-no-pod"]);
}

#[test]
fn two_items_are_what_was_meant_where_nobody_meets_both() {
    let peers =
        "{podSelector: {matchLabels: {app: web}}}, {namespaceSelector: {matchLabels: {team: ops}}}";
    assert_eq!(codes(&from(peers)), [""; 0]);
    let peers = "{podSelector: {matchLabels: {app: web}}}, {namespaceSelector: {matchLabels: {team: shop}}}";
    assert_eq!(codes(&from(peers)), ["selectors-ored"]);
}

#[test]
fn a_pod_selector_that_finds_pods_only_elsewhere_is_led_there() {
    let text = from("{podSelector: {matchLabels: {app: monitor}}}");
    assert_eq!(
        said(&text),
        [
            "pod-selector-stays-home: `podSelector` alone looks no further than `shop`, where no pod has `app=monitor`: it misses 1 pod of `ops`"
        ]
    );
    let line = "{podSelector: {matchLabels: {app: monitor}}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ops}}}";
    assert!(mended(&text).contains(line));
    let block = "
  podSelector: {}
  ingress:
  - from:
    - podSelector:
        matchLabels: {app: monitor} # who looks
    # nobody else";
    let expected = "
    - podSelector:
        matchLabels: {app: monitor} # who looks
      namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: ops
    # nobody else";
    assert!(mended(&with(block)).contains(expected));
}

#[test]
fn pods_of_several_namespaces_are_named_without_a_fix() {
    let more = "---\n{apiVersion: v1, kind: Pod, metadata: {name: m, namespace: bare, labels: {app: monitor}}}\n";
    let found = found_in(&(from("{podSelector: {matchLabels: {app: monitor}}}") + more), "");
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert!(finding.diagnostic.message.ends_with("it misses 2 pods of other namespaces"));
    assert_eq!(finding.fix, None);
}

#[test]
fn a_selector_that_finds_pods_at_home_has_no_need_to_travel() {
    for peers in ["{podSelector: {matchLabels: {app: web}}}", "{podSelector: {}}"] {
        assert_eq!(codes(&from(peers)), [""; 0], "{peers}");
    }
    let text = CLUSTER.to_owned()
        + &alone(
            "p",
            "bare",
            "{ingress: [{from: [{podSelector: {matchLabels: {app: monitor}}}]}]}",
        );
    assert_eq!(codes(&text), [""; 0], "the pods of `bare` are not known");
}

#[test]
fn a_label_that_is_only_a_namespaces_name_is_told_the_one_that_holds_it() {
    let text = from("{namespaceSelector: {matchLabels: {name: ops}}}");
    assert_eq!(
        said(&text),
        [
            "namespace-label-missing: no namespace has the label `name=ops`: being called `ops` is not enough, so this item admits nobody"
        ]
    );
    assert!(mended(&text).contains("{matchLabels: {kubernetes.io/metadata.name: ops}}"));
    let text = from(
        "{namespaceSelector: {matchExpressions: [{key: name, operator: In, values: [ops, shop]}]}}",
    );
    assert!(
        mended(&text)
            .contains("[{key: kubernetes.io/metadata.name, operator: In, values: [ops, shop]}]")
    );
}

#[test]
fn a_label_that_a_namespace_has_or_may_have_is_left_alone() {
    for peers in [
        "{namespaceSelector: {matchLabels: {team: ops}}}",
        "{namespaceSelector: {matchExpressions: [{key: name, operator: NotIn, values: [ops]}]}}",
        // of a namespace that is not known, and no label that people take for its name
        "{namespaceSelector: {matchLabels: {team: else}}}",
        "{namespaceSelector: {matchLabels: {app.kubernetes.io/name: ingress-nginx}}}",
        "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: else}}}",
    ] {
        assert_eq!(codes(&from(peers)), [""; 0], "{peers}");
    }
    let labelled =
        "---\n{apiVersion: v1, kind: Namespace, metadata: {name: logs, labels: {name: logs}}}\n";
    let text = from("{namespaceSelector: {matchLabels: {name: else}}}") + labelled;
    assert_eq!(codes(&text), [""; 0], "whoever labels namespaces so does it elsewhere too");
}

#[test]
fn a_label_for_a_name_is_noted_where_the_namespace_may_have_been_labelled() {
    let found = found_in(&from("{namespaceSelector: {matchLabels: {name: else}}}"), "");
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(
        finding.diagnostic.message,
        "nothing sets the label `name` by itself: being called `else` is not enough, somebody has to label the namespace so"
    );
    assert_eq!(finding.diagnostic.severity(), Severity::Note);
    assert_eq!(finding.fix, None, "its name may be another one");
    let rule = |label: &str| {
        format!("{{ingress: [{{from: [{{namespaceSelector: {{matchLabels: {{{label}}}}}}}]}}]}}")
    };
    for text in [
        alone("p", "shop", &rule("name: ops")),
        "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: ops}}\n".to_owned()
            + &alone("p", "ops", &rule("name: ops")),
    ] {
        assert_eq!(codes(&text), ["namespace-label-missing"], "nobody declared `ops`");
    }
    // every cluster has this one, and nobody labels it
    for key in ["name", "ns"] {
        let text = alone("p", "shop", &rule(&format!("{key}: kube-system")));
        assert!(mended(&text).contains("{kubernetes.io/metadata.name: kube-system}"), "{key}");
    }
}

#[test]
fn the_cluster_s_dns_is_looked_for_where_it_runs() {
    let text = |namespace: &str| {
        let spec = "{policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}, {port: 53}]}]}";
        alone("dns", namespace, spec)
    };
    assert_eq!(
        said(&text("shop")),
        [
            "pod-selector-stays-home: `podSelector` alone looks no further than `shop`, and the cluster's DNS runs in `kube-system`: this item finds nobody"
        ]
    );
    assert!(mended(&text("shop")).contains(
        "{k8s-app: kube-dns}}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}"
    ));
    assert_eq!(codes(&text("kube-system")), [""; 0]);
    let own = "---\n{apiVersion: v1, kind: Pod, metadata: {name: d, namespace: shop, labels: {k8s-app: kube-dns}}}\n";
    assert_eq!(codes(&(text("shop") + own)), [""; 0], "somebody runs one of their own");
    assert_eq!(codes(&(CLUSTER.to_owned() + &text("shop"))), ["pod-selector-stays-home"]);
}
