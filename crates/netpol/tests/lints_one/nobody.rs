//! Policies that select nobody, and peers that find nobody.

use super::{CLUSTER, alone, codes, found_in, from, said, with};

#[test]
fn a_policy_that_selects_nobody_is_told_the_labels_that_there_are() {
    let text = with("{podSelector: {matchLabels: {app: wbe}}}");
    let found = found_in(&text, "");
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(
        finding.diagnostic.message,
        "no pod of `shop` has `app=wbe`: the policy protects nobody"
    );
    let help = "correct the label: here `app` is `db`, `node`, `silent` and 1 more";
    assert_eq!(finding.diagnostic.help.as_deref(), Some(help));
    let help = |labels: &str| {
        let found = found_in(&with(&format!("{{podSelector: {{matchLabels: {{{labels}}}}}}}")), "");
        found.first().unwrap().diagnostic.help.clone().unwrap()
    };
    assert_eq!(
        help("ap: web"),
        "correct the label: no pod of `shop` has `ap`, but there is `app=web`"
    );
    assert_eq!(help("ap: elsewhere"), "correct the label: no pod of `shop` has `ap`");
    assert_eq!(help("app: web, tier: back"), "correct the labels: no pod here meets them all");
}

#[test]
fn nobody_is_missed_where_pods_may_stand_elsewhere() {
    let policy = "{podSelector: {matchLabels: {app: wbe}}}";
    assert_eq!(codes(&with(policy)), ["selects-no-pod"]);
    for (text, why) in [
        (with("{podSelector: {matchLabels: {app: node}}}"), "a pod on its node's network is one"),
        (CLUSTER.to_owned() + &alone("p", "bare", policy), "no pods of the namespace are known"),
        (alone("p", "shop", policy), "no pods at all are known"),
        (
            with(policy)
                + "---\n{apiVersion: v1, kind: Pod, metadata: {name: wbe, namespace: shop, labels: [app]}}\n",
            "a pod was refused",
        ),
    ] {
        assert_eq!(codes(&text), [""; 0], "{why}");
    }
    let elsewhere = with(policy)
        + "---\n{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: c, namespace: ops}}\n";
    assert_eq!(codes(&elsewhere), ["selects-no-pod"], "of another namespace");
    let expectation = with(policy) + "#? shop/gone -> shop/web:80 allowed\n";
    assert_eq!(codes(&expectation), ["selects-no-pod"], "a faulty expectation is no pod");
}

#[test]
fn in_a_cluster_that_only_serves_nobody_is_missed_in_the_namespace_of_strangers() {
    let policy = |namespace| alone("p", namespace, "{podSelector: {matchLabels: {app: api}}}");
    let cluster = CLUSTER.replace("namespace: ops", "namespace: default");
    let speaks = |namespace| !found_in(&policy(namespace), &cluster).is_empty();
    assert!(speaks("shop"));
    assert!(!speaks("default"));
    assert_eq!(codes(&(cluster.clone() + &policy("default"))), ["selects-no-pod"]);
}

#[test]
fn a_peer_that_finds_nobody_is_named_once() {
    let text = from("{podSelector: {matchLabels: {app: wbe}}}");
    assert_eq!(
        said(&text),
        ["peer-matches-no-pod: no pod of `shop` has `app=wbe`: this item admits nobody"]
    );
    let text = from(
        "{podSelector: {matchLabels: {app: wbe}}, namespaceSelector: {matchLabels: {team: ops}}}",
    );
    assert_eq!(
        said(&text),
        [
            "peer-matches-no-pod: no pod of namespaces with `team=ops` has `app=wbe`: until one comes, this item admits nobody"
        ]
    );
    // another lint knows why
    let peers =
        "{podSelector: {matchLabels: {app: wbe}}, namespaceSelector: {matchLabels: {name: ops}}}";
    assert_eq!(codes(&from(peers)), ["namespace-label-missing"]);
}

#[test]
fn a_peer_in_namespaces_that_are_not_known_is_left_alone() {
    for peers in [
        // any cluster has a namespace with DNS, and few texts do
        "{podSelector: {matchLabels: {k8s-app: kube-dns}}, namespaceSelector: {}}",
        "{podSelector: {matchLabels: {app: wbe}}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: bare}}}",
        "{podSelector: {matchLabels: {app: wbe}}, namespaceSelector: {matchLabels: {team: else}}}",
        "{podSelector: {matchLabels: {app: wbe}}, namespaceSelector: {matchExpressions: [{key: team, operator: NotIn, values: [ops]}]}}",
        "{ipBlock: {cidr: 203.0.113.0/24}}",
    ] {
        assert_eq!(codes(&from(peers)), [""; 0], "{peers}");
    }
    let dead =
        "{policyTypes: [Egress], ingress: [{from: [{podSelector: {matchLabels: {app: wbe}}}]}]}";
    assert_eq!(codes(&with(dead)), ["egress-without-dns"], "the rule takes no effect");
}
