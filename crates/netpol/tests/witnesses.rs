//! A stranger's policy on a cluster that has nothing of what it names still shows its meaning.
#![expect(clippy::indexing_slicing, reason = "what is not there fails the test")]

use netpol::{
    Analysis, Code, Column, Direction, Inputs, Severity, Source, Witnesses, explain, witness,
};

const ELSEWHERE: &str = "
apiVersion: v1
kind: Namespace
metadata: {name: default}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: default, labels: {app: web}}
";

fn policy(spec: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: shop}}\nspec: {spec}\n"
    )
}

fn analyse(text: &str, witnesses: Witnesses) -> Analysis {
    Analysis::of(Inputs {
        text: vec![Source::new("text", text)],
        fallback: vec![Source::new("cluster", ELSEWHERE)],
        witnesses,
        ..Inputs::default()
    })
}

fn cells(analysis: &Analysis, direction: Direction) -> [String; 3] {
    let table = analysis.scoreboard(direction);
    Column::ALL.map(|column| {
        let cell = table.rows[0].cells.get(column);
        let reason = explain::reason(&analysis.cluster, cell, column, direction);
        format!("{} {reason}", cell.state.as_str()).trim().to_owned()
    })
}

fn names(analysis: &Analysis) -> Vec<String> {
    let namespaces =
        analysis.added.namespaces.iter().map(|namespace| namespace.meta.name.name.clone());
    namespaces.chain(analysis.added.pods.iter().map(|pod| pod.meta.name.to_string())).collect()
}

#[test]
fn each_selector_gets_one_that_matches_and_one_that_just_misses() {
    let text = policy(
        "{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: ops}}, podSelector: {matchLabels: {app: monitor}}}], ports: [{port: 5432}]}]}",
    );
    let analysis = analyse(&text, Witnesses::Add);
    assert_eq!(
        names(&analysis),
        ["shop", "ops", "shop/db", "shop/not-db", "ops/monitor", "ops/not-monitor"]
    );
    assert_eq!(
        cells(&analysis, Direction::Ingress),
        ["denied", "partly monitor (assumed) only, TCP 5432", "denied"]
    );
}

#[test]
fn what_the_cluster_has_is_not_added_again() {
    let added = |from: &str| {
        let text = policy(&format!("{{podSelector: {{}}, ingress: [{{from: [{from}]}}]}}"));
        names(&analyse(&text.replace("shop", "default"), Witnesses::Add))
    };
    assert_eq!(added("{podSelector: {}}"), Vec::<String>::new());
    // only who is asked for from elsewhere is missing
    assert_eq!(added("{namespaceSelector: {}}"), ["another", "another/pod"]);
}

#[test]
fn expressions_and_names_are_met_as_well() {
    let text = policy(
        "{podSelector: {matchExpressions: [{key: tier, operator: In, values: [a, b]}, {key: tier, operator: NotIn, values: [a]}, {key: old, operator: DoesNotExist}]}, egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: vault}}, podSelector: {matchExpressions: [{key: zone, operator: Exists}]}}], ports: [{port: api}]}]}",
    );
    let analysis = analyse(&text, Witnesses::Add);
    let selected = analysis.added.pods.iter().find(|pod| pod.name() == "b").unwrap();
    assert_eq!(selected.labels()["tier"], "b");
    assert_eq!(
        cells(&analysis, Direction::Egress),
        ["denied", "partly zone (assumed) only, TCP 8080", "denied"]
    );
    assert!(names(&analysis).contains(&"vault".to_owned()));
}

#[test]
fn a_selector_that_nothing_can_meet_gets_no_witness() {
    let text = policy(
        "{podSelector: {matchExpressions: [{key: a, operator: Exists}, {key: a, operator: DoesNotExist}]}}",
    );
    let analysis = analyse(&text, Witnesses::Add);
    assert_eq!(names(&analysis), ["shop"]);
    assert_eq!(cells(&analysis, Direction::Ingress), ["unrestricted selects no pod"; 3]);
}

#[test]
fn a_label_that_only_looks_like_the_name_gets_a_namespace_of_its_own() {
    let text = policy(
        "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {name: default}}}]}]}",
    );
    let analysis = analyse(&text, Witnesses::Add);
    assert_eq!(
        cells(&analysis, Direction::Ingress),
        ["denied", "partly default-2 (assumed) only", "denied"]
    );
}

#[test]
fn witnesses_can_be_switched_off() {
    let text = policy("{podSelector: {matchLabels: {app: db}}}");
    assert!(!analyse(&text, Witnesses::Off).added.has_cluster());
    assert!(analyse(&text, Witnesses::Add).added.has_cluster());
}

#[test]
fn kept_as_yaml_they_are_the_same_cluster() {
    let text = policy(
        "{podSelector: {matchLabels: {app: 'yes'}}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: '1'}}}], ports: [{port: http}]}]}",
    );
    let added = analyse(&text, Witnesses::Add);
    let kept = format!("{text}---\n{ELSEWHERE}---\n{}", witness::to_yaml(&added.added));
    let kept = analyse(&kept, Witnesses::Add);
    assert!(!kept.has_errors(), "{:?}", kept.diagnostics);
    assert!(!kept.added.has_cluster(), "{:?}", names(&kept));
    let unmarked = cells(&added, Direction::Ingress).map(|cell| cell.replace(" (assumed)", ""));
    assert_eq!(cells(&kept, Direction::Ingress), unmarked);
}

#[test]
fn a_label_that_must_be_there_with_other_values_than_some_gets_one() {
    for expressions in [
        "{key: tier, operator: Exists}, {key: tier, operator: NotIn, values: [\"\", any-1]}",
        "{key: tier, operator: Exists}, {key: tier, operator: In, values: [a]}",
    ] {
        let text = policy(&format!(
            "{{podSelector: {{}}, ingress: [{{from: [{{podSelector: {{matchExpressions: [{expressions}]}}}}]}}]}}"
        ));
        let analysis = analyse(&text, Witnesses::Add);
        let [same, ..] = cells(&analysis, Direction::Ingress);
        assert!(same.starts_with("partly "), "{same}: {:?}", names(&analysis));
    }
}

#[test]
fn where_too_many_are_named_it_is_told_that_not_all_are_assumed() {
    let policies = |count: usize| -> String {
        let one = |at| {
            format!(
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p{at}, namespace: shop}}\nspec: {{podSelector: {{matchLabels: {{a: v{at}}}}}}}\n---\n"
            )
        };
        (0..count).map(one).collect()
    };
    let told = |analysis: &Analysis| -> Vec<(Severity, String)> {
        let all = analysis.diagnostics.iter().filter(|one| one.code == Code::TooLarge);
        all.map(|one| (one.severity, one.message.clone())).collect()
    };
    let analysis = analyse(&policies(2_100), Witnesses::Add);
    let is_asked = |value: &&String| value.starts_with('v');
    let labels = analysis.added.pods.iter().filter_map(|pod| pod.labels().get("a"));
    let without = 2_100 - labels.filter(is_asked).count();
    let [(severity, message)] = told(&analysis).try_into().unwrap();
    assert_eq!(severity, Severity::Warning);
    assert!(without > 50, "the bound is reached: {without}");
    assert!(message.contains(&format!("and {} more", without - 1)), "{without}: {message}");
    assert_eq!(told(&analyse(&policies(1_000), Witnesses::Add)), []);
}
