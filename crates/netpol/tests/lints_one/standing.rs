//! Addresses and pods that are not what a policy sees: Services' own addresses, pods on their node's network.

use netpol::Severity;

use super::{CLUSTER, alone, codes, found_in, from, said, with};

/// A policy of `shop` that lets pods call a peer; with a way to DNS, so that nothing is said of that.
fn to(peer: &str) -> String {
    alone(
        "p",
        "shop",
        &format!(
            "{{policyTypes: [Egress], egress: [{{to: [{peer}]}}, {{ports: [{{port: 53, protocol: UDP}}]}}]}}"
        ),
    )
}

fn severities(text: &str) -> Vec<(&'static str, Severity)> {
    let of =
        |one: &netpol::lint::Finding| (one.diagnostic.code.as_str(), one.diagnostic.severity());
    found_in(text, "").iter().map(of).collect()
}

#[test]
fn a_peer_that_finds_only_pods_on_their_node_s_network_is_told() {
    let text = from("{podSelector: {matchLabels: {app: node}}}");
    assert_eq!(
        said(&text),
        [
            "peer-on-node-network: all that this item finds is on its node's network (`node`): most network plugins take their traffic for the node's, which no selector finds"
        ]
    );
    let help = |text: &str| found_in(text, "").remove(0).diagnostic.help.unwrap();
    assert_eq!(help(&text), "admit the addresses of their nodes with an `ipBlock`");
    let text = text.replace(
        "spec: {hostNetwork: true}}",
        "spec: {hostNetwork: true}, status: {hostIP: 192.0.2.11}}",
    );
    assert_eq!(
        help(&text),
        "admit the addresses of their nodes with an `ipBlock`: `192.0.2.11/32`"
    );
    let both = "{podSelector: {matchExpressions: [{key: app, operator: In, values: [node, web]}]}}";
    assert_eq!(codes(&from(both)), [""; 0], "one of them is on the pod network");
}

#[test]
fn pods_that_are_always_on_their_nodes_are_noted_by_their_labels() {
    let system = "kubernetes.io/metadata.name: kube-system";
    let peer = |namespace: &str, label: &str| {
        format!(
            "{{namespaceSelector: {{matchLabels: {{{namespace}}}}}, podSelector: {{matchLabels: {{{label}}}}}}}"
        )
    };
    let rule = |peer: &str| alone("p", "shop", &format!("{{ingress: [{{from: [{peer}]}}]}}"));
    let note = [("peer-on-node-network", Severity::Note)];
    for label in ["component: kube-apiserver", "component: etcd", "k8s-app: node-local-dns"] {
        assert_eq!(severities(&rule(&peer(system, label))), note, "{label}");
        assert_eq!(severities(&to(&peer(system, label))), note, "{label}");
        assert_eq!(severities(&rule(&peer("", label))), note, "{label} of all namespaces");
    }
    for peer in [
        peer(system, "k8s-app: kube-dns"),
        peer(system, "component: metrics"),
        // a control plane in pods, as hosted ones are
        peer("kubernetes.io/metadata.name: tenant-7", "component: kube-apiserver"),
        "{podSelector: {matchLabels: {component: kube-apiserver}}}".to_owned(),
    ] {
        assert_eq!(codes(&rule(&peer)), [""; 0], "{peer}");
    }
    // known to be an ordinary pod
    let own = "---\n{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: kube-system, labels: {component: etcd}}}\n";
    assert_eq!(codes(&(rule(&peer(system, "component: etcd")) + own)), [""; 0]);
    // known pods of the namespace are none of them: said once, and not that there is no such pod
    let dns = "---\n{apiVersion: v1, kind: Pod, metadata: {name: d, namespace: kube-system, labels: {k8s-app: kube-dns}}}\n";
    assert_eq!(severities(&(rule(&peer(system, "component: etcd")) + dns)), note);
}

const DNS: &str = "---
apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system}
spec: {clusterIP: 10.96.0.10, clusterIPs: [10.96.0.10, \"fd00:96::a\"], selector: {k8s-app: kube-dns}, ports: [{port: 53, protocol: UDP}]}
---
apiVersion: v1
kind: Service
metadata: {name: kubernetes, namespace: default}
spec: {clusterIP: 10.96.0.1, ports: [{name: https, port: 443, targetPort: 6443}]}
---
apiVersion: v1
kind: Endpoints
metadata: {name: kubernetes, namespace: default}
subsets: [{addresses: [{ip: 192.0.2.11}, {ip: 192.0.2.12}], ports: [{name: https, port: 6443}]}]
";

#[test]
fn a_block_of_a_service_s_address_is_told_what_is_behind_it() {
    let text = to("{ipBlock: {cidr: 10.96.0.10/32}}") + DNS;
    assert_eq!(
        said(&text),
        [
            "block-is-cluster-ip: `10.96.0.10/32` is the `clusterIP` of Service `kube-system/kube-dns`: most network plugins translate it before policies look, and see what is behind it"
        ]
    );
    let help = |text: &str| found_in(text, "").remove(0).diagnostic.help.unwrap();
    assert_eq!(
        help(&text),
        "select the pods behind it: a `namespaceSelector` for `kubernetes.io/metadata.name: kube-system` and a `podSelector` for `k8s-app: kube-dns`, in one item"
    );
    let api = to("{ipBlock: {cidr: 10.96.0.1/32}}") + DNS;
    assert_eq!(help(&api), "admit the addresses where it leads: `192.0.2.11/32`, `192.0.2.12/32`");
    assert_eq!(
        codes(&(to("{ipBlock: {cidr: \"fd00:96::a/128\"}}") + DNS)),
        ["block-is-cluster-ip"]
    );
    let source = with("{ingress: [{from: [{ipBlock: {cidr: 10.96.0.10/32}}]}]}") + DNS;
    assert!(said(&source).first().unwrap().ends_with("no connection comes from there"));
    for block in ["10.96.0.11/32", "10.96.0.8/29", "192.0.2.11/32", "10.96.0.0/12"] {
        let text = to(&format!("{{ipBlock: {{cidr: {block}}}}}")) + DNS;
        assert_eq!(codes(&text), [""; 0], "{block}: Services have other addresses here");
    }
}

#[test]
fn an_installer_s_address_of_a_service_is_noted_where_no_service_says_otherwise() {
    let note = [("block-is-cluster-ip", Severity::Note)];
    for block in ["10.96.0.10/32", "10.96.0.1/32", "10.96.0.0/12", "10.43.0.10/32"] {
        let text = to(&format!("{{ipBlock: {{cidr: {block}}}}}"));
        assert_eq!(severities(&text), note, "{block}");
        assert_eq!(severities(&(CLUSTER.to_owned() + &text)), note, "{block}");
    }
    for block in ["10.96.0.2/32", "10.96.0.0/11", "10.0.0.0/8", "172.16.0.0/12"] {
        let text = to(&format!("{{ipBlock: {{cidr: {block}}}}}"));
        assert_eq!(codes(&text), [""; 0], "{block}");
    }
}
