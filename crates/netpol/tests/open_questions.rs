//! What an answer leaves to the network plugin: which questions it depends on, and what each kind of
//! plugin answers.

#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

use netpol::{
    Analysis, Connection, Inputs, Plugin, Source, Witnesses, evaluate, plugin::OpenQuestion,
};

/// `agent` uses the network of the node that `web` runs on, `guarded` that of another node; every pod but
/// the agent has a policy of its own.
const SHOP: &str = "
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Pod
  metadata: {name: agent, namespace: shop, labels: {app: agent}}
  spec: {hostNetwork: true, containers: [{name: c, ports: [{name: metrics, containerPort: 9100}]}]}
  status: {hostIP: 192.0.2.1, podIP: 192.0.2.1}
- apiVersion: v1
  kind: Pod
  metadata: {name: guarded, namespace: shop, labels: {app: guarded}}
  spec: {hostNetwork: true}
  status: {hostIP: 192.0.2.2, podIP: 192.0.2.2}
- {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}, status: {hostIP: 192.0.2.1, podIP: 10.1.0.1}}
- {apiVersion: v1, kind: Pod, metadata: {name: by-block, namespace: shop, labels: {app: by-block}}}
- {apiVersion: v1, kind: Pod, metadata: {name: by-label, namespace: shop, labels: {app: by-label}}}
- {apiVersion: v1, kind: Pod, metadata: {name: by-name, namespace: shop, labels: {app: by-name}}}
- {apiVersion: v1, kind: Pod, metadata: {name: closed, namespace: shop, labels: {app: closed}}}
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: guarded, namespace: shop}
  spec: {podSelector: {matchLabels: {app: guarded}}, ingress: [{from: [{ipBlock: {cidr: 10.1.0.0/16}}]}]}
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: web, namespace: shop}
  spec: {podSelector: {matchLabels: {app: web}}}
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: by-block, namespace: shop}
  spec: {podSelector: {matchLabels: {app: by-block}}, ingress: [{from: [{ipBlock: {cidr: 10.1.0.0/16}}]}]}
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: by-label, namespace: shop}
  spec: {podSelector: {matchLabels: {app: by-label}}, ingress: [{from: [{podSelector: {matchLabels: {app: agent}}}]}]}
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: by-name, namespace: shop}
  spec: {podSelector: {matchLabels: {app: by-name}}, policyTypes: [Egress], egress: [{ports: [{port: metrics}]}]}
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: closed, namespace: shop}
  spec: {podSelector: {matchLabels: {app: closed}}}
";

/// The answers of four plugins: blocks match pods or not, and then the same again where a pod on its
/// node's network is a pod; with the questions that are left open.
fn answered(connection: &str) -> ([bool; 4], Vec<OpenQuestion>) {
    let text = vec![Source::new("text.yaml", SHOP)];
    let analysis = Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() });
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics);
    let connection: Connection = connection.parse().unwrap();
    let verdict = evaluate(&analysis.cluster, &connection).unwrap();
    let questions = verdict.open_questions();
    assert_eq!(verdict.depends(), !questions.is_empty(), "{connection}");
    let plugins = [(true, false), (false, false), (true, true), (false, true)];
    let answers = plugins.map(|(blocks_match_pods, host_network_pods_are_pods)| {
        let usual = Plugin::USUAL;
        verdict.is_allowed_by(Plugin { blocks_match_pods, host_network_pods_are_pods, ..usual })
    });
    (answers, questions)
}

#[test]
fn the_three_questions_make_eight_kinds_of_answers_the_usual_one_first() {
    let kind = |plugin: Plugin| {
        let Plugin { blocks_match_pods, host_network_pods_are_pods, unknown_values_admit } = plugin;
        [blocks_match_pods, host_network_pods_are_pods, unknown_values_admit]
    };
    let mut kinds = Plugin::ALL.map(kind);
    assert_eq!(kinds[0], [true, false, true]);
    kinds.sort_unstable();
    let all = [0, 1, 2, 3, 4, 5, 6, 7_u8];
    assert_eq!(kinds, all.map(|at| [at & 4 != 0, at & 2 != 0, at & 1 != 0]));
}

#[test]
fn an_answer_that_every_plugin_gives_leaves_nothing_open() {
    assert_eq!(answered("shop/by-label -> shop/by-name:80"), ([true; 4], vec![]));
    assert_eq!(answered("shop/web -> shop/closed:80"), ([false; 4], vec![]));
    assert_eq!(answered("10.9.0.1 -> shop/by-block:80"), ([false; 4], vec![]));
}

#[test]
fn whether_a_block_that_holds_a_pods_address_matches_the_pod_is_open() {
    let answers = [true, false, true, false];
    let open = vec![OpenQuestion::BlocksOnPods];
    assert_eq!(answered("shop/web -> shop/by-block:80"), (answers, open));
}

#[test]
fn whether_a_pod_on_its_nodes_network_is_a_pod_is_open() {
    let open = || vec![OpenQuestion::HostNetwork];
    let only_pods = [false, false, true, true];
    // as a peer that a selector matches
    assert_eq!(answered("shop/agent -> shop/by-label:80"), (only_pods, open()));
    // as a destination with names for its ports
    assert_eq!(answered("shop/by-name -> shop/agent:9100"), (only_pods, open()));
    // as the node of a pod, that no policy keeps away
    assert_eq!(answered("shop/agent -> shop/web:80"), ([true, true, false, false], open()));
}

#[test]
fn a_question_is_open_too_where_it_matters_to_some_plugins_only() {
    // only where the guarded pod is a pod is its policy asked, and only then does its block matter
    let open = vec![OpenQuestion::BlocksOnPods, OpenQuestion::HostNetwork];
    assert_eq!(answered("shop/web -> shop/guarded:80"), ([true, true, true, false], open));
    // an address in the block that is no pod's, and a pod's that is not in the block
    assert_eq!(answered("10.1.0.9 -> shop/guarded:80"), ([true; 4], vec![]));
    let open = vec![OpenQuestion::HostNetwork];
    assert_eq!(answered("shop/by-block -> shop/guarded:80"), ([true, true, false, false], open));
}
