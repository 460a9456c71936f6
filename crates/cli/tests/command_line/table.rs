//! `netpol table`: what it says, and the three forms it says it in.

use serde_json::Value;

use crate::netpol::{Place, Run, SHOP, deny_all, documents, policy};

/// The article's scoreboard: name, same namespace, cross namespace, external.
const ARTICLE: [[&str; 4]; 8] = [
    ["allow-all", "allowed", "allowed", "allowed"],
    ["deny-all", "denied", "denied", "denied"],
    ["same-ns", "allowed", "denied", "denied"],
    ["cluster-internal", "allowed", "allowed", "denied"],
    ["and-trap", "allowed", "allowed", "denied"],
    ["or-logic", "allowed", "allowed", "denied"],
    ["specific-ns", "denied", "partly: ml-ops only", "denied"],
    ["specific-pod-ns", "denied", "partly: model-monitor only", "denied"],
];

fn eight() -> &'static str {
    lessons::scenario("eight").unwrap().policies
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap()
}

fn words(cell: &Value) -> String {
    let (state, reason) = (cell["state"].as_str().unwrap(), cell["reason"].as_str().unwrap());
    if reason.is_empty() { state.to_owned() } else { format!("{state}: {reason}") }
}

#[test]
fn the_eight_policies_give_the_articles_scoreboard() {
    let place = Place::named("table_eight").with("eight.yaml", eight());
    let run = place.netpol(&["table", "eight.yaml", "--output", "json"]);
    let table = json(&run);
    let rows = table["rows"].as_array().unwrap();
    assert_eq!((run.code, rows.len()), (0, 8));
    for (at, (row, [name, same, cross, external])) in rows.iter().zip(ARTICLE).enumerate() {
        assert_eq!(row["policy"], format!("ai-platform/{name}"));
        assert_eq!(row["document"], at);
        let cells = ["same", "cross", "external"].map(|column| words(&row[column]));
        assert_eq!(cells, [same, cross, external], "{name}");
    }
    assert_eq!(words(&table["together"]["external"]), "allowed");
}

#[test]
fn json_keeps_its_keys_and_their_order() {
    let place = Place::named("table_json").with("p.yaml", documents(&["# nothing\n", &deny_all()]));
    let run = place.netpol(&["table", "p.yaml", "--output=json"]);
    // the built-in cluster serves, with a witness in `shop`
    let table = json(&run);
    let groups = table["groups"].as_array().unwrap();
    let at = groups.iter().position(|group| group["pods"][0] == "shop/pod").unwrap();
    assert_eq!(groups[at].to_string(), r#"{"pods":["shop/pod"]}"#);
    let subjects = format!("[[{at},{at}]]");
    let cell = |peers: &str, anyone: &str| {
        let shares = format!(
            r#"[{{"subjects":{subjects},"groups":[{{{peers},"ports":{{}},"depends":false}}]{anyone}}}]"#
        );
        format!(r#"{{"state":"denied","reason":"","assumed":false,"shares":{shares}}}"#)
    };
    let peers = |column: &str, key: &str| {
        let group = &table["rows"][0][column]["shares"][0]["groups"][0][key];
        format!(r#""{key}":{}"#, serde_json::to_string(group).unwrap())
    };
    let cells = format!(
        r#""same":{},"cross":{},"external":{}"#,
        cell(&format!(r#""pods":{subjects}"#), r#","anyone":{}"#),
        cell(&peers("cross", "pods"), r#","anyone":{}"#),
        cell(&peers("external", "addresses"), "")
    );
    let groups = serde_json::to_string(groups).unwrap();
    let expected = format!(
        r#"{{"direction":"ingress","assumed":["shop/pod"],"groups":{groups},"rows":[{{"policy":"shop/deny-all","document":0,"file":"p.yaml","from":"noingresskey",{cells}}}],"together":{{{cells}}}}}"#
    );
    let packed: String = run.out.split_whitespace().collect();
    assert_eq!(packed, expected);
}

#[test]
fn a_document_is_counted_within_its_own_file() {
    let place = Place::named("table_documents")
        .with("a.yaml", documents(&[SHOP, &policy("a", "{}")]))
        .with("b.yaml", documents(&[&policy("b", "{}"), &policy("c", "{}")]));
    let table = json(&place.netpol(&["table", "a.yaml", "b.yaml", "--output", "json"]));
    let places: Vec<String> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {} {}", row["policy"], row["file"], row["document"]))
        .collect();
    let expected = [r#""shop/a" "a.yaml" 5"#, r#""shop/b" "b.yaml" 0"#, r#""shop/c" "b.yaml" 1"#];
    assert_eq!(places, expected);
}

#[test]
fn text_is_aligned_and_has_marks_and_words() {
    let place = Place::named("table_text").with("eight.yaml", eight());
    let run = place.netpol(&["table", "eight.yaml"]);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines[0], "Ingress: who may connect to the selected pods");
    assert_eq!(lines.len(), 2 + 1 + 8 + 1);
    let column = |line: &str, word: &str| line.split_once(word).unwrap().0.chars().count();
    for (line, mark) in [(lines[3], "✓ Allowed"), (lines[4], "✕ Denied"), (lines[9], "✕ Denied")]
    {
        assert_eq!(column(line, mark), column(lines[2], "Same namespace"), "{line}");
    }
    assert!(lines[9].contains("◐ Partly: ml-ops only"), "{}", lines[9]);
    assert!(lines[11].starts_with("All together  "), "{}", lines[11]);
    assert!(!run.out.contains('\u{1b}'), "no colours outside a terminal");
    assert!(lines.iter().all(|line| line.trim_end() == *line));
}

#[test]
fn markdown_is_a_table_that_github_shows() {
    let place = Place::named("table_markdown").with("eight.yaml", eight());
    let run = place.netpol(&["table", "eight.yaml", "--output", "markdown"]);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines[0], "| Policy | From spec | Same namespace | Cross namespace | External |");
    assert_eq!(lines[1], "| --- | --- | --- | --- | --- |");
    assert_eq!(
        lines[2],
        "| ai-platform/allow-all | ingress: [{}] | ✅ Allowed | ✅ Allowed | ✅ Allowed |"
    );
    assert!(
        lines[8].ends_with("| ❌ Denied | ◐ Partly: ml-ops only | ❌ Denied |"),
        "{}",
        lines[8]
    );
    assert_eq!(lines[10], "| **All together** |  | ✅ Allowed | ✅ Allowed | ✅ Allowed |");
}

#[test]
fn the_other_direction_is_another_table() {
    let lock = policy("lock", "{podSelector: {}, policyTypes: [Egress]}");
    let place = Place::named("table_egress").with("p.yaml", lock);
    let states = |arguments: &[&str]| {
        let table = json(&place.netpol(arguments));
        let cell = table["rows"][0]["external"]["state"].as_str().unwrap().to_owned();
        (table["direction"].as_str().unwrap().to_owned(), cell)
    };
    let ingress = states(&["table", "p.yaml", "-o", "json", "--direction", "ingress"]);
    assert_eq!(ingress, ("ingress".to_owned(), "unrestricted".to_owned()));
    // policies that are about one direction only are shown in it
    let egress = states(&["table", "p.yaml", "-o", "json"]);
    assert_eq!(egress, ("egress".to_owned(), "denied".to_owned()));
    let text = place.netpol(&["table", "p.yaml"]).out;
    assert!(text.starts_with("Egress: "), "{text}");
    let place = place.with(
        "q.yaml",
        documents(&[
            &policy("lock", "{podSelector: {}, policyTypes: [Egress]}"),
            &policy("open", "{podSelector: {}, ingress: [{}]}"),
        ]),
    );
    let both = place.netpol(&["table", "q.yaml"]);
    assert!(both.out.starts_with("Ingress: ") && both.out.contains("– Not restricted"));
    let hint = "note: `shop/lock` restricts egress only: `--direction egress` shows it\n";
    assert!(both.err.contains(hint), "{}", both.err);
    let shown = place.netpol(&["table", "q.yaml", "--direction", "egress"]);
    assert!(shown.err.contains("`shop/open` restricts ingress only"), "{}", shown.err);
}

#[test]
fn what_the_network_plugin_decides_depends() {
    let spec = "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}";
    let place =
        Place::named("table_depends").with("p.yaml", documents(&[SHOP, &policy("p", spec)]));
    let run = place.netpol(&["table", "p.yaml", "-o", "json"]);
    assert_eq!(json(&run)["rows"][0]["same"]["state"], "depends");
    assert!(place.netpol(&["table", "p.yaml"]).out.contains("? Depends: "));
}

#[test]
fn a_cluster_of_its_own_takes_the_place_of_the_example() {
    let place = Place::named("table_cluster")
        .with("p.yaml", policy("p", "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: office}}}]}]}"))
        .with("cluster.yaml", SHOP);
    let run = place.netpol(&["table", "p.yaml", "--cluster", "cluster.yaml", "-o", "json"]);
    assert_eq!(words(&json(&run)["rows"][0]["cross"]), "partly: office only");
    assert_eq!(
        run.err,
        "note: assumed; not in your files: namespace not-office, pod not-office/pod\n"
    );
    let whole = ["table", "p.yaml", "--cluster", "cluster.yaml", "--no-assume", "-o", "json"];
    let run = place.netpol(&whole);
    assert_eq!(
        words(&json(&run)["rows"][0]["cross"]),
        "partly: the only pod here: kubernetes.io/metadata.name=office"
    );
    assert_eq!(run.err, "");
    let run = place.netpol(&["table", "p.yaml", "-o", "json"]);
    assert_eq!(words(&json(&run)["rows"][0]["cross"]), "partly: office (assumed) only");
    assert!(run.err.contains("an example cluster stands around them"), "{}", run.err);
    assert!(run.err.contains("assumed; not in your files: "), "{}", run.err);
    assert!(run.err.contains("namespace office"), "{}", run.err);
}

#[test]
fn a_refused_policy_is_never_silently_dropped() {
    let bad = policy("bad", "{podSelector: {}, ingress: [{from: [{}]}]}");
    let place =
        Place::named("table_refused").with("p.yaml", documents(&[&deny_all(), &bad, "{[\n"]));
    let run = place.netpol(&["table", "p.yaml", "-o", "json"]);
    assert_eq!(run.code, 2);
    assert_eq!(json(&run)["rows"].as_array().unwrap().len(), 1, "what could be read is shown");
    assert!(
        run.err.contains(
            "1 policy with errors and 1 document that is no YAML are missing from the table"
        ),
        "{}",
        run.err
    );
}

#[test]
fn files_without_policies_give_an_empty_table() {
    let place = Place::named("table_empty").with("cluster.yaml", SHOP);
    let run = place.netpol(&["table", "cluster.yaml", "-o", "json"]);
    assert_eq!((run.code, &json(&run)["rows"]), (0, &Value::Array(Vec::new())));
    assert!(run.err.contains("no NetworkPolicy to show"), "{}", run.err);
}

#[test]
fn expectations_are_no_concern_of_the_table() {
    let text = documents(&[&deny_all(), "#? nobody/knows -> shop/db:80 denied\n#? what\n"]);
    let run = Place::named("table_expectations").with("p.yaml", text).netpol(&["table", "p.yaml"]);
    assert_eq!(run.code, 0, "{}", run.err);
}
