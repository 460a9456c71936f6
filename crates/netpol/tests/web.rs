//! The core in a real browser: the same answers as natively.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::indexing_slicing, reason = "what is not there fails the test")]

use netpol::{Analysis, Column, Connection, Direction, Inputs, Source, State, evaluate, explain};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const POLICY: &str = "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: specific, namespace: shop}
spec:
  podSelector: {}
  ingress:
  - from:
    - namespaceSelector: {matchLabels: {team: ops}}
      podSelector: {matchLabels: {app: monitor}}
#? ops/monitor -> shop/pod:80 allowed
";

fn analysis(text: &str) -> Analysis {
    Analysis::of(Inputs { text: vec![Source::new("t", text)], ..Inputs::default() })
}

#[wasm_bindgen_test]
fn a_stranger_s_policy_gets_its_table() {
    let analysis = analysis(POLICY);
    let table = analysis.scoreboard(Direction::Ingress);
    let cells = &table.rows[0].cells;
    assert_eq!(
        Column::ALL.map(|column| cells.get(column).state),
        [State::Denied, State::Partly, State::Denied]
    );
    let reason =
        explain::reason(&analysis.cluster, &cells.cross, Column::Cross, Direction::Ingress);
    assert_eq!(reason, "monitor (assumed) only");
    assert!(analysis.expectations[0].holds());
}

#[wasm_bindgen_test]
fn one_connection_is_answered() {
    let analysis = analysis(POLICY);
    let connection: Connection = "[2001:db8::1] -> shop/pod:443".parse().unwrap();
    assert!(!evaluate(&analysis.cluster, &connection).unwrap().is_allowed());
}

#[wasm_bindgen_test]
fn broken_text_is_a_diagnostic_and_no_panic() {
    let analysis = analysis("kind: [\n😀");
    assert!(analysis.has_errors());
}
