//! Pods that bear numbers: what holds of them written one by one holds of them as one workload, however many there are;
//! and lists name the workload where they are all meant.

#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

use std::fmt::Write as _;

use netpol::{
    Analysis, Connection, Direction, Inputs, Source, Witnesses, evaluate, explain,
    resolve::{Unresolved, answers},
    scoreboard::Column,
};
use proptest::{collection::vec, prelude::*, sample::select};

fn analyse(text: &str) -> Analysis {
    let text = vec![Source::new("t", text)];
    let analysis = Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() });
    assert!(!analysis.has_errors(), "{:#?}", analysis.diagnostics);
    analysis
}

fn stateful_set(name: &str, replicas: u32, start: u32) -> String {
    format!(
        "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: {name}, namespace: data}}\nspec: {{replicas: {replicas}, ordinals: {{start: {start}}}, template: {{metadata: {{labels: {{app: {name}}}}}}}}}\n---\n"
    )
}

const API: &str =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: api, namespace: data, labels: {app: api}}\n---\n";

fn policy(name: &str, spec: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: data}}\nspec: {spec}\n---\n"
    )
}

/// The same pods, each written as the cluster would print it.
fn one_by_one(replicas: u32, start: u32) -> String {
    let mut text = String::new();
    for ordinal in start..start + replicas {
        write!(
            text,
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: db-{ordinal}, namespace: data, labels: {{app: db, apps.kubernetes.io/pod-index: \"{ordinal}\", statefulset.kubernetes.io/pod-name: db-{ordinal}}}}}\n---\n"
        )
        .unwrap();
    }
    text
}

/// A selector that may ask for a number, one that there may be or not.
fn selector() -> impl Strategy<Value = String> {
    let number = select(vec!["0", "1", "2", "3", "5", "7", "9", "07"]);
    let operator = select(vec!["In", "NotIn"]);
    let numbered = (number, operator, any::<bool>(), select(vec!["db", "api"])).prop_map(
        |(number, operator, by_name, app)| {
            let (key, value) = if by_name {
                ("statefulset.kubernetes.io/pod-name", format!("db-{number}"))
            } else {
                ("apps.kubernetes.io/pod-index", number.to_owned())
            };
            format!(
                "{{matchLabels: {{app: {app}}}, matchExpressions: [{{key: {key}, operator: {operator}, values: [\"{value}\"]}}]}}"
            )
        },
    );
    let there = "{matchExpressions: [{key: apps.kubernetes.io/pod-index, operator: Exists}]}";
    let other = select(vec!["{}", "{matchLabels: {app: db}}", "{matchLabels: {app: api}}", there]);
    prop_oneof![3 => numbered, 1 => other.prop_map(str::to_owned)]
}

fn policies() -> impl Strategy<Value = String> {
    let one = (selector(), selector(), any::<bool>());
    vec(one, 1..4).prop_map(|policies| {
        let mut text = String::new();
        for (at, (subject, peer, is_ingress)) in policies.iter().enumerate() {
            let (way, field, peers) =
                if *is_ingress { ("Ingress", "ingress", "from") } else { ("Egress", "egress", "to") };
            let spec = format!(
                "{{podSelector: {subject}, policyTypes: [{way}], {field}: [{{{peers}: [{{podSelector: {peer}}}]}}]}}"
            );
            text.push_str(&policy(&format!("p-{at}"), &spec));
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn a_workload_of_numbered_pods_answers_as_its_pods_do(
        policies in policies(), replicas in 1..9_u32, start in select(vec![0, 0, 2_u32]),
    ) {
        let workload = analyse(&format!("{}{API}{policies}", stateful_set("db", replicas, start)));
        let pods = analyse(&format!("{}{API}{policies}", one_by_one(replicas, start)));
        let mut names: Vec<String> =
            (start..start + replicas).map(|ordinal| format!("data/db-{ordinal}")).collect();
        names.push("data/api".to_owned());
        for source in &names {
            for destination in &names {
                let asked: Connection = format!("{source} -> {destination}:80").parse().unwrap();
                let [of_workload, of_pods] = [&workload, &pods]
                    .map(|analysis| evaluate(&analysis.cluster, &asked).unwrap());
                prop_assert_eq!(of_workload.is_allowed(), of_pods.is_allowed(), "{}\n{}", asked, policies);
                prop_assert!(!of_workload.is_unknown());
            }
        }
    }
}

/// What the cell of the only policy says, and the names of the cluster's pods.
fn told(text: &str) -> (String, Vec<String>) {
    let analysis = analyse(text);
    let table = analysis.scoreboard(Direction::Ingress);
    let column = Column::Same;
    let cell = table.rows.first().unwrap().cells.get(column);
    let reason = explain::reason(&analysis.cluster, cell, column, Direction::Ingress);
    (reason, analysis.cluster.pods().iter().map(|pod| pod.name().to_owned()).collect())
}

#[test]
fn replicas_that_nobody_tells_apart_are_one_and_told_apart_they_are_named_where_they_differ() {
    let db = stateful_set("db", 3, 0);
    let by_app = policy(
        "api",
        "{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {matchLabels: {app: db}}}]}]}",
    );
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let one = told(&format!("{by_app}{db}{API}"));
    assert_eq!(one, ("db only".to_owned(), names(&["db", "api"])));
    // another policy asks for a number: who is in the first one's cell is still the workload
    let elsewhere = policy(
        "first",
        "{podSelector: {matchLabels: {app: db, apps.kubernetes.io/pod-index: \"0\"}}}",
    );
    let apart = told(&format!("{by_app}{elsewhere}{db}{API}"));
    assert_eq!(apart, ("db only".to_owned(), names(&["db-0", "db-1", "db-2", "api"])));
    let by_number = policy(
        "api",
        "{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {matchLabels: {apps.kubernetes.io/pod-index: \"1\"}}}]}]}",
    );
    assert_eq!(told(&format!("{by_number}{db}{API}")).0, "db-1 only");
    // a number that there is not, or that only another workload is asked for
    let (_, pods) = told(&format!("{}{db}{API}", by_number.replace("\"1\"", "\"3\"")));
    assert_eq!(pods, ["db", "api"]);
    let (_, pods) = told(&format!("{elsewhere}{db}{}", stateful_set("cache", 3, 0)));
    assert_eq!(pods, ["db-0", "db-1", "db-2", "cache"]);
}

#[test]
fn of_many_replicas_those_that_are_asked_for_are_named_and_the_others_are_one() {
    let asked =
        policy("p", "{podSelector: {matchLabels: {statefulset.kubernetes.io/pod-name: db-70000}}}");
    let (_, pods) = told(&format!("{asked}{}", stateful_set("db", 100_000, 0)));
    assert_eq!(pods, ["db-70000", "db-*"]);
    let analysis = analyse(&format!("{asked}{}{API}", stateful_set("db", 100_000, 0)));
    let allowed = |text: &str| -> Vec<bool> {
        let verdicts = answers(&analysis.cluster, &text.parse().unwrap()).unwrap();
        verdicts.iter().map(netpol::Verdict::is_allowed).collect()
    };
    assert_eq!(allowed("data/api -> data/db-70000:80"), [false]);
    assert_eq!(allowed("data/api -> data/db-99999:80"), [true]);
    // the workload is any of them
    assert_eq!(allowed("data/api -> data/db:80"), [false, true]);
    let no_such = answers(&analysis.cluster, &"data/api -> data/db-100000:80".parse().unwrap());
    assert!(matches!(no_such, Err(Unresolved::Pod(_))), "{no_such:?}");
}

/// Numbers without end: always an answer, and soon.
#[test]
fn numbers_of_any_size_are_bounded() {
    let mut text = stateful_set("db", 2_147_483_647, 2_147_483_647);
    text.push_str("apiVersion: batch/v1\nkind: Job\nmetadata: {name: train, namespace: data}\nspec: {completionMode: Indexed, completions: 1000000000, template: {}}\n---\n");
    let mut selectors = String::new();
    for ordinal in 0..2_000 {
        write!(selectors, "{{podSelector: {{matchLabels: {{batch.kubernetes.io/job-completion-index: \"{ordinal}\"}}}}}}, ").unwrap();
    }
    text.push_str(&policy(
        "many",
        &format!("{{podSelector: {{}}, ingress: [{{from: [{selectors}]}}]}}"),
    ));
    let last = "{podSelector: {matchLabels: {statefulset.kubernetes.io/pod-name: db-4294967293}}}";
    text.push_str(&policy("last", last));
    let analysis = analyse(&text);
    assert!(analysis.cluster.pods().len() <= 10, "{} pods", analysis.cluster.pods().len());
    let verdict = |asked: &str| evaluate(&analysis.cluster, &asked.parse().unwrap()).unwrap();
    // too many are asked for to tell them apart, so it is left open
    assert!(verdict("data/train-7 -> data/db-2147483650:80").is_unknown());
    assert!(!verdict("data/db-2147483648 -> data/db-4294967293:80").is_allowed());
    // many workloads with many selectors each
    let mut text = String::new();
    for at in 0..1_000 {
        text.push_str(&stateful_set(&format!("s-{at}"), 1_000, 0));
        let spec =
            format!("{{podSelector: {{matchLabels: {{apps.kubernetes.io/pod-index: \"{at}\"}}}}}}");
        text.push_str(&policy(&format!("p-{at}"), &spec));
    }
    assert!(analyse(&text).cluster.pods().len() <= 10_000);
}
