//! Lints about pods that are not there, Services' ports and DNS: when each speaks, and when it does not.
#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

use netpol::{
    Analysis, Code, Inputs, Source, Witnesses,
    lint::{Finding, lints},
};

mod dns;
mod nobody;
mod operators;
mod ports;
mod selectors;
mod standing;

const MINE: [Code; 15] = [
    Code::SelectorsOred,
    Code::SelectorsAnded,
    Code::PodSelectorStaysHome,
    Code::NamespaceLabelMissing,
    Code::SelectsNoPod,
    Code::PeerMatchesNoPod,
    Code::PodsAtRunTime,
    Code::PeerOnNodeNetwork,
    Code::BlockIsClusterIp,
    Code::ServicePort,
    Code::NodePort,
    Code::NamedPortUnknown,
    Code::NamedPortOnBlock,
    Code::DnsOverTcpOnly,
    Code::EgressWithoutDns,
];

fn found_in(text: &str, fallback: &str) -> Vec<Finding> {
    let sources = |text| vec![Source::new("text.yaml", text)];
    let inputs = Inputs {
        text: sources(text),
        fallback: sources(fallback),
        witnesses: Witnesses::Add,
        ..Inputs::default()
    };
    let mut found = lints(&Analysis::of(inputs));
    found.retain(|finding| MINE.contains(&finding.diagnostic.code));
    found
}

/// What is said, as `code: message`.
fn said(text: &str) -> Vec<String> {
    let line = |Finding { diagnostic, .. }: &Finding| {
        format!("{}: {}", diagnostic.code, diagnostic.message)
    };
    found_in(text, "").iter().map(line).collect()
}

fn codes(text: &str) -> Vec<&'static str> {
    found_in(text, "").iter().map(|finding| finding.diagnostic.code.as_str()).collect()
}

/// The text after the first fix that is offered.
fn mended(text: &str) -> String {
    let fix = found_in(text, "").into_iter().find_map(|finding| finding.fix).unwrap();
    let mended = fix.rewrite.apply(text);
    assert_eq!(codes(&mended), [""; 0], "{mended}");
    mended
}

/// Three namespaces: `shop` with `web`, `db` (port `sql`) and `silent` (no ports), `ops` with
/// `monitor`, and `bare`, which is declared and has no pods.
const CLUSTER: &str = "
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: shop}}}
- {apiVersion: v1, kind: Namespace, metadata: {name: ops, labels: {team: ops}}}
- {apiVersion: v1, kind: Namespace, metadata: {name: bare}}
- apiVersion: v1
  kind: Pod
  metadata: {name: web, namespace: shop, labels: {app: web}}
  spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 53, protocol: UDP}]}]}
- apiVersion: v1
  kind: Pod
  metadata: {name: db, namespace: shop, labels: {app: db, tier: back}}
  spec: {containers: [{name: c, ports: [{name: sql, containerPort: 5432}]}]}
- {apiVersion: v1, kind: Pod, metadata: {name: silent, namespace: shop, labels: {app: silent}}}
- {apiVersion: v1, kind: Pod, metadata: {name: monitor, namespace: ops, labels: {app: monitor}}}
- {apiVersion: v1, kind: Pod, metadata: {name: node, namespace: shop, labels: {app: node}}, spec: {hostNetwork: true}}
";

/// A policy of `shop` beside the cluster.
fn with(spec: &str) -> String {
    format!("{CLUSTER}{}", alone("p", "shop", spec))
}

/// A policy with a spec that is one line or a block.
fn alone(name: &str, namespace: &str, spec: &str) -> String {
    let spec = if spec.starts_with('{') { format!(" {spec}") } else { spec.to_owned() };
    format!(
        "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: {namespace}}}\nspec:{spec}\n"
    )
}

fn from(peers: &str) -> String {
    with(&format!("{{podSelector: {{}}, ingress: [{{from: [{peers}]}}]}}"))
}
