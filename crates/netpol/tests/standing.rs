//! What an address stands for is said where a connection is explained, with the place that says so.
#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

use std::fmt::Write as _;

use netpol::{Analysis, Connection, Inputs, Source, Witnesses, explain};

const TEXT: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
status: {podIP: 10.244.1.9, hostIP: 192.0.2.21}
---
apiVersion: v1
kind: Pod
metadata: {name: dns-0, namespace: kube-system, labels: {k8s-app: kube-dns}}
status: {podIP: 10.244.2.7, hostIP: 192.0.2.22}
---
apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system}
spec: {clusterIP: 10.96.0.10, selector: {k8s-app: kube-dns}, ports: [{port: 53, protocol: UDP}]}
---
apiVersion: v1
kind: Service
metadata: {name: kubernetes, namespace: default}
spec: {clusterIP: 10.96.0.1, ports: [{name: https, port: 443, targetPort: 6443}]}
---
apiVersion: v1
kind: Endpoints
metadata: {name: kubernetes, namespace: default}
subsets: [{addresses: [{ip: 192.0.2.11}], ports: [{name: https, port: 6443}]}]
---
apiVersion: v1
kind: Node
metadata: {name: worker.example.com}
status: {addresses: [{type: Hostname, address: worker}, {type: InternalIP, address: 192.0.2.23}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{to: [{podSelector: {}}]}], ingress: [{from: [{namespaceSelector: {}}]}]}
";

fn analysis(text: String) -> Analysis {
    let text = vec![Source::new("text.yaml", text)];
    let analysis = Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() });
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics);
    analysis
}

/// The sentence that names an address, with the lines where that is written.
fn said(connection: &str, address: &str) -> String {
    let analysis = analysis(TEXT.to_owned());
    let connection: Connection = connection.parse().unwrap();
    let explained = explain::connection(&analysis.cluster, &connection).unwrap();
    let notes = explained.arrivals.iter().flat_map(|arrival| &arrival.notes);
    let mut sentences = explained.service.iter().chain(notes);
    let start = format!("`{address}` is");
    let Some(sentence) = sentences.find(|one| one.text.starts_with(&start)) else {
        return String::new();
    };
    let mut text = sentence.text.clone();
    for place in &sentence.places {
        let (_, (line, _)) = analysis.manifest.lines(place).unwrap();
        let _ = write!(text, " <{line}>");
    }
    text
}

#[test]
fn an_address_that_stands_for_something_is_named_with_what_policies_see() {
    for (connection, address, expected) in [
        (
            "shop/web -> 10.96.0.10:53/UDP",
            "10.96.0.10",
            "`10.96.0.10` is the `clusterIP` of Service `kube-system/kube-dns`: it leads to `kube-system/dns-0:53`. Policies never see a Service, only the pod and the pod's own port. <14>",
        ),
        (
            "shop/web -> 10.96.0.1:443",
            "192.0.2.11",
            "`192.0.2.11` is the API server: it runs on its node's network, where no selector finds it; only an `ipBlock` does. <24>",
        ),
        (
            "192.0.2.23 -> shop/web:80",
            "192.0.2.23",
            "`192.0.2.23` is an address of Node `worker.example.com`: no selector finds a node, only an `ipBlock` does; a pod and its own node always reach each other. <29>",
        ),
        (
            "192.0.2.22 -> shop/web:80",
            "192.0.2.22",
            "`192.0.2.22` is the node of `kube-system/dns-0`: no selector finds a node, only an `ipBlock` does; a pod and its own node always reach each other. <9>",
        ),
        (
            "shop/web -> 169.254.20.10:53/UDP",
            "169.254.20.10",
            "`169.254.20.10` is by convention the NodeLocal DNSCache on each node: no selector finds it; some network plugins count it as the pod's own node, for others it needs an `ipBlock`.",
        ),
        (
            "shop/web -> [fd00:ec2::254]:80",
            "[fd00:ec2::254]",
            "`[fd00:ec2::254]` is by convention the cloud's metadata service, which hands out credentials: no selector finds it, and every block around it admits it.",
        ),
        ("shop/web -> 203.0.113.9:443", "203.0.113.9", ""),
        // a pod's own address is the pod's
        ("shop/web -> 10.244.2.7:53/UDP", "10.244.2.7", ""),
    ] {
        assert_eq!(said(connection, address), expected, "{connection}");
    }
}

#[test]
fn the_kubelet_gets_in_and_the_reason_is_said() {
    let analysis = analysis(TEXT.to_owned());
    let connection: Connection = "192.0.2.21 -> shop/web:8080".parse().unwrap();
    let explained = explain::connection(&analysis.cluster, &connection).unwrap();
    assert!(explained.is_allowed);
    let closing = &explained.arrivals.first().unwrap().closing.text;
    assert!(closing.contains("`192.0.2.21` is the pod's own node"), "{closing}");
    assert!(closing.contains("the kubelet's probes get in"), "{closing}");
}

#[test]
fn a_selector_misses_a_node_because_it_is_one() {
    let analysis = analysis(TEXT.to_owned());
    let connection: Connection = "192.0.2.23 -> shop/web:80".parse().unwrap();
    let explained = explain::connection(&analysis.cluster, &connection).unwrap();
    let sides = format!("{:?}", explained.arrivals.first().unwrap().sides);
    assert!(
        sides.contains("is an address of Node `worker.example.com`, and selectors look at labels"),
        "{sides}"
    );
}

#[test]
fn many_endpoints_are_counted_and_a_few_are_told() {
    let mut text = TEXT.to_owned();
    text.push_str("---\napiVersion: v1\nkind: Service\nmetadata: {name: far, namespace: shop}\nspec: {ports: [{port: 80}]}\n---\napiVersion: v1\nkind: Endpoints\nmetadata: {name: far, namespace: shop}\nsubsets:\n- ports: [{port: 8080}]\n  addresses:\n");
    for at in 0..20_000_u32 {
        let [_, a, b, c] = at.to_be_bytes();
        let _ = writeln!(text, "  - {{ip: 198.{}.{b}.{c}}}", 18 + u32::from(a));
    }
    let blocks = "egress: [{to: [{ipBlock: {cidr: 198.18.0.0/20}}]}, ";
    let analysis = analysis(text.replace("egress: [", blocks));
    let connection: Connection = "shop/web -> svc:shop/far:80".parse().unwrap();
    let explained = explain::connection(&analysis.cluster, &connection).unwrap();
    assert_eq!(
        explained.headline,
        "`shop/web` to `svc:shop/far` on TCP 80 is **denied** at 15904 of 20000 addresses behind the Service."
    );
    assert_eq!((explained.arrivals.len(), explained.left_out), (12, 19_988));
    assert!(!explained.arrivals.first().unwrap().is_allowed);
}
