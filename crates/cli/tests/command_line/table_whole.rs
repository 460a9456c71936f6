//! `netpol table`: nothing is lost. What people see is cut, programs get it whole, and what is in no table is said beside it.

use serde_json::Value;

use crate::netpol::{Place, Run, SHOP, deny_all, documents, policy};

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap()
}

/// The groups of a cell, for its only share.
fn groups(cell: &Value) -> &Vec<Value> {
    assert_eq!(cell["shares"].as_array().unwrap().len(), 1, "{cell}");
    cell["shares"][0]["groups"].as_array().unwrap()
}

/// Whom some spans of the table's groups mean.
fn named(table: &Value, spans: &Value, key: &str) -> Vec<String> {
    let at = |span: &Value, end: usize| usize::try_from(span[end].as_u64().unwrap()).unwrap();
    let spans = spans.as_array().unwrap().iter();
    let groups = spans.flat_map(|span| at(span, 0)..=at(span, 1));
    let names = groups.flat_map(|at| table["groups"][at][key].as_array().unwrap().clone());
    names.map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn json_holds_everything_that_words_leave_out() {
    let blocks: Vec<String> =
        (11..40).map(|n| format!("{{ipBlock: {{cidr: {n}.7.0.0/16}}}}")).collect();
    let spec = format!(
        "{{podSelector: {{}}, ingress: [{{from: [{}], ports: [{{port: 80}}, {{port: 8000, endPort: 8999}}, {{port: 53, protocol: UDP}}]}}]}}",
        blocks.join(", ")
    );
    let place =
        Place::named("table_complete").with("p.yaml", documents(&[SHOP, &policy("p", &spec)]));
    let table = json(&place.netpol(&["table", "p.yaml", "-o", "json"]));
    let external = &table["rows"][0]["external"];
    let admits = |group: &&Value| group["ports"] != serde_json::json!({});
    let open: Vec<&Value> = groups(external).iter().filter(admits).collect();
    let expected: Vec<String> = (11..40).map(|n| format!("{n}.7.0.0/16")).collect();
    assert_eq!(open.len(), 1);
    assert_eq!(named(&table, &open[0]["addresses"], "addresses"), expected);
    assert_eq!(open[0]["ports"].to_string(), r#"{"TCP":["80","8000-8999"],"UDP":["53"]}"#);
    assert_eq!(open[0]["depends"], false);
    let mut subjects = named(&table, &external["shares"][0]["subjects"], "pods");
    subjects.sort();
    assert_eq!(subjects, ["shop/db", "shop/web"]);
    let unrestricted = policy("e", "{podSelector: {}, policyTypes: [Egress]}");
    let place = place.with("e.yaml", documents(&[SHOP, &unrestricted]));
    let table = json(&place.netpol(&["table", "e.yaml", "-o", "json", "--direction", "ingress"]));
    assert_eq!(table["rows"][0]["same"]["shares"], Value::Array(Vec::new()));
}

#[test]
fn json_names_everyone_once_however_many_rows_there_are() {
    let rows: Vec<String> =
        (0..50).map(|n| policy(&format!("p{n}"), "{podSelector: {}, ingress: [{}]}")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let place =
        Place::named("table_once").with("p.yaml", documents(&[&[SHOP], &rows[..]].concat()));
    let run = place.netpol(&["table", "p.yaml", "-o", "json"]);
    assert_eq!(run.out.matches("\"shop/db\"").count(), 1, "{}", run.out);
    let table = json(&run);
    let same = &table["rows"][49]["same"]["shares"][0];
    let mut everyone = named(&table, &same["groups"][0]["pods"], "pods");
    everyone.sort();
    assert_eq!(everyone, ["shop/db", "shop/web"]);
}

#[test]
fn json_tells_what_is_sure_where_the_network_plugin_decides() {
    let spec = "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}, {from: [{podSelector: {}}], ports: [{port: 80}]}]}";
    let place = Place::named("table_sure").with("p.yaml", documents(&[SHOP, &policy("p", spec)]));
    let row = &json(&place.netpol(&["table", "p.yaml", "-o", "json"]))["rows"][0];
    let same = &groups(&row["same"])[0];
    assert_eq!((&same["ports"], &same["depends"]), (&"all".into(), &true.into()));
    assert_eq!(same["sure"].to_string(), r#"{"TCP":["80"]}"#);
    let cross = &groups(&row["cross"])[0];
    assert_eq!(cross["sure"].to_string(), "{}", "{cross}");
}

#[test]
fn thousands_of_ports_are_cut_for_people_and_never_for_programs() {
    let ports: Vec<String> = (1..=8000).map(|n| format!("{{port: {}}}", n * 2)).collect();
    let spec = format!("{{podSelector: {{}}, ingress: [{{ports: [{}]}}]}}", ports.join(", "));
    let place = Place::named("table_ports").with("p.yaml", documents(&[SHOP, &policy("p", &spec)]));
    for command in
        [&["table", "p.yaml"][..], &["table", "p.yaml", "-o", "markdown"], &["matrix", "p.yaml"]]
    {
        let run = place.netpol(command);
        assert!(run.out.len() < 20_000, "{command:?}: {} bytes", run.out.len());
        assert!(run.out.contains("TCP 2, 4, 6, 8, "), "{}", run.out);
        assert!(run.out.contains(" more"), "{}", run.out);
    }
    let table = json(&place.netpol(&["table", "p.yaml", "-o", "json"]));
    let ports = &groups(&table["rows"][0]["same"])[0]["ports"]["TCP"];
    assert_eq!(ports.as_array().unwrap().len(), 8000);
}

#[test]
fn pods_that_are_in_no_table_are_named_beside_it() {
    let agent = "apiVersion: v1\nkind: Pod\nmetadata: {name: agent, namespace: shop, labels: {app: agent}}\nspec: {hostNetwork: true}\n";
    let job = "apiVersion: v1\nkind: Pod\nmetadata: {name: job, namespace: shop}\nstatus: {phase: Failed}\n";
    let on_agent = policy("p", "{podSelector: {matchLabels: {app: agent}}}");
    let place = Place::named("table_left_out")
        .with("p.yaml", documents(&[SHOP, agent, job, &on_agent]))
        .with("plain.yaml", documents(&[SHOP, &deny_all()]));
    let run = place.netpol(&["table", "p.yaml"]);
    assert!(!run.out.contains("agent"), "{}", run.out);
    assert!(run.err.contains("note: left out: 1 pod on the network of their nodes"), "{}", run.err);
    assert!(run.err.contains(": shop/agent\n") && run.err.contains(": shop/job\n"), "{}", run.err);
    assert_eq!((run.code, place.netpol(&["table", "plain.yaml"]).err.as_str()), (0, ""));
}

#[test]
fn what_a_pod_and_its_node_do_is_told_where_nodes_are_known() {
    let placed = "apiVersion: v1\nkind: Pod\nmetadata: {name: placed, namespace: shop}\nstatus: {hostIP: 192.168.0.7, podIP: 10.1.0.7}\n";
    let place = Place::named("table_nodes").with("p.yaml", documents(&[SHOP, placed, &deny_all()]));
    let told = |answer: &str| {
        format!(
            "a pod and its own node (`status.hostIP`) always reach each other, whatever the {answer} says"
        )
    };
    let run = place.netpol(&["table", "p.yaml"]);
    assert_eq!(run.err, format!("note: {}\n", told("table")));
    let run = place.netpol(&["matrix", "p.yaml"]);
    let out = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains(&told("matrix")), "{}", run.out);
    assert_eq!(run.err, "");
    for command in ["table", "matrix"] {
        let help = place.netpol(&[command, "--help"]).out;
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        assert!(help.contains("a pod and its own node always reach each other"), "{help}");
    }
}
