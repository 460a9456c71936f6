//! What a table and a matrix cost, in steps, when texts grow.

use std::fmt::Write as _;

use crate::{Analysis, Direction, Inputs, Scoreboard, Source, Witnesses, matrix::Matrix, steps};

fn analysis(text: String) -> Analysis {
    let text = vec![Source::new("text", text)];
    let analysis = Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() });
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics.first());
    analysis
}

/// The steps of the tables and of the matrix.
fn taken(text: String) -> [usize; 2] {
    let analysis = analysis(text);
    let tables = || Direction::ALL.map(|way| Scoreboard::of(&analysis.cluster, way));
    let ((), table) = steps::of(|| drop(tables()));
    let ((), matrix) = steps::of(|| drop(Matrix::of(&analysis.cluster)));
    [table, matrix]
}

/// Texts that double cost two and a half times as much at most.
#[track_caller]
fn grows_as_its_length(text: impl Fn(usize) -> String, size: usize) {
    let [small, large] = [size, 2 * size].map(|size| taken(text(size)));
    for (name, (small, large)) in ["table", "matrix"].into_iter().zip(small.into_iter().zip(large))
    {
        assert!(small > size, "the {name} counts its steps: {small}");
        assert!(2 * large <= 5 * small, "the {name} grows from {small} to {large} steps");
    }
}

fn pod(namespace: usize, name: usize, labels: &str, rest: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: p{name}, namespace: n{namespace}, labels: {{{labels}}}}}\n{rest}---\n"
    )
}

fn policy(namespace: usize, name: usize, spec: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: a{name}, namespace: n{namespace}}}\nspec: {{{spec}}}\n---\n"
    )
}

#[test]
fn single_addresses_in_one_rule() {
    let text = |size| {
        let mut blocks = String::new();
        for at in 0..size {
            let _ = write!(blocks, "{{ipBlock: {{cidr: 10.{}.{}.1/32}}}}, ", at / 250, at % 250);
        }
        pod(0, 0, "", "")
            + &policy(0, 0, &format!("podSelector: {{}}, ingress: [{{from: [{blocks}]}}]"))
    };
    grows_as_its_length(text, 1_000);
}

#[test]
fn blocks_that_hold_the_addresses_of_pods() {
    let text = |size: usize| {
        let mut text = String::new();
        for at in 0..size {
            let status = format!("status: {{podIP: 10.{}.{}.7}}\n", at / 250, at % 250);
            text += &pod(at / 25, at, &format!("app: a{}", at % 25), &status);
        }
        for at in 0..size / 4 {
            let spec = format!(
                "podSelector: {{matchLabels: {{app: a{}}}}}, ingress: [{{from: [{{ipBlock: {{cidr: 10.{}.{}.0/24}}}}]}}]",
                at % 25,
                4 * at / 250,
                4 * at % 250
            );
            text += &policy(4 * at / 25, at, &spec);
        }
        text
    };
    grows_as_its_length(text, 200);
}

#[test]
fn pods_and_policies_of_many_namespaces() {
    let text = |size: usize| {
        let mut text = String::new();
        for at in 0..size {
            text += &pod(at / 25, at, &format!("app: a{}, tier: t{}", at % 25, at % 3), "");
        }
        for at in 0..size / 4 {
            let spec = format!(
                "podSelector: {{matchLabels: {{app: a{}}}}}, ingress: [{{from: [{{podSelector: {{matchLabels: {{tier: t{}}}}}}}], ports: [{{port: {}}}]}}]",
                at % 25,
                at % 3,
                80 + at % 5
            );
            text += &policy(4 * at / 25, at, &spec);
        }
        text
    };
    grows_as_its_length(text, 200);
}

#[test]
fn policies_that_ask_for_values_that_only_the_cluster_knows() {
    let text = |size: usize| {
        let mut text = String::new();
        for at in 0..size {
            let _ = write!(
                text,
                "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: j{at}, namespace: n{}}}\nspec: {{template: {{metadata: {{labels: {{app: a{at}}}}}, spec: {{restartPolicy: Never, containers: [{{name: c, image: i}}]}}}}}}\n---\n",
                at / 10
            );
            let spec = "podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {controller-uid: x}}}]}]";
            text += &policy(at / 10, at, spec);
        }
        text
    };
    grows_as_its_length(text, 40);
}
