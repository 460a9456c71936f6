//! `netpol matrix`: who reaches whom, what is folded, and what is said beside it.

use std::{
    io::Read as _,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::netpol::{Place, Run, SHOP, deny_all, documents, policy};

/// Two replicas that differ in a label of their own, as those of a `StatefulSet` do.
const REPLICAS: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: api-9, namespace: shop, labels: {app: api, pod: api-9}}
---
apiVersion: v1
kind: Pod
metadata: {name: api-10, namespace: shop, labels: {app: api, pod: api-10}}
";

/// `shop/db` is open to the replicas alone, on one port; they leave to `shop/db` and to some addresses.
fn cluster() -> String {
    let db = "{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 5432}]}]}";
    let api = "{podSelector: {matchLabels: {app: api}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: db}}}]}, {to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, 192.168.0.0/16]}}], ports: [{port: 8000, endPort: 8999}, {port: 53, protocol: UDP}]}]}";
    documents(&[SHOP, REPLICAS, &policy("db", db), &policy("api", api)])
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap()
}

/// The lines below a heading.
fn block<'r>(run: &'r Run, heading: &str) -> Vec<&'r str> {
    let below = run.out.lines().skip_while(|line| *line != heading).skip(1);
    below.take_while(|line| !line.is_empty()).collect()
}

#[test]
fn replicas_are_one_row_and_each_reached_end_stands_beside_its_ports() {
    let place = Place::named("matrix_text").with("all.yaml", cluster());
    let run = place.netpol(&["matrix", "all.yaml"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let title = "Who reaches whom, on which ports: 5 pods in 4 groups that policies treat alike";
    assert_eq!(run.out.lines().next(), Some(title));
    assert_eq!(
        block(&run, "shop/api-{9..10} (2 pods)"),
        [
            "  TCP 5432               → shop/db",
            "  TCP 8000–8999, UDP 53  → 0.0.0.0/0 (except 10.0.0.0/8, 192.168.0.0/16)",
        ]
    );
    assert_eq!(
        block(&run, "office/pc, shop/db, shop/web"),
        ["  all ports              → every address outside, office/pc, shop/api-{9..10}, shop/web"]
    );
    assert_eq!(
        block(&run, "every address outside"),
        ["  all ports              → office/pc, shop/api-{9..10}, shop/web"]
    );
    assert!(run.out.lines().all(|line| line.chars().count() <= 100 && line.trim_end() == line));
    assert!(!run.out.contains('\u{1b}'), "no colours outside a terminal");
}

#[test]
fn replicas_that_reach_one_another_are_one_row_too() {
    let web = policy("web", "{podSelector: {matchLabels: {app: web}}}");
    let place =
        Place::named("matrix_replicas").with("all.yaml", documents(&[SHOP, REPLICAS, &web]));
    let run = place.netpol(&["matrix", "all.yaml", "-o", "csv"]);
    let own = "\"shop/{api-{9..10},db}\",\"shop/{api-{9..10},db}\",all,false\r\n";
    assert!(run.out.contains(own), "{}", run.out);
}

#[test]
fn unfolded_each_pod_has_its_row() {
    let place = Place::named("matrix_unfold").with("all.yaml", cluster());
    let run = place.netpol(&["matrix", "all.yaml", "--unfold"]);
    for pod in ["shop/api-9", "shop/api-10"] {
        assert_eq!(block(&run, pod)[0], "  TCP 5432               → shop/db");
    }
    let rows = json(&place.netpol(&["matrix", "all.yaml", "--unfold", "-o", "json"]));
    let sources: Vec<&Value> =
        rows["rows"].as_array().unwrap().iter().map(|row| &row["source"]).collect();
    assert_eq!(sources[..3], ["office/pc", "shop/api-9", "shop/api-10"]);
    let csv = place.netpol(&["matrix", "all.yaml", "--unfold", "-o", "csv"]).out;
    for line in ["shop/api-10,shop/db,5432/TCP,false\r\n", "shop/web,shop/api-9,all,false\r\n"] {
        assert!(csv.contains(line), "{csv}");
    }
    assert!(!csv.contains("shop/web,shop/web"), "that a pod reaches itself says nothing");
}

#[test]
fn json_keeps_its_keys_and_their_order() {
    let place = Place::named("matrix_json").with("all.yaml", documents(&[SHOP, &deny_all()]));
    let run = place.netpol(&["matrix", "all.yaml", "--output", "json"]);
    let all = r#"[{"protocol":"TCP","first":1,"last":65535},{"protocol":"UDP","first":1,"last":65535},{"protocol":"SCTP","first":1,"last":65535}]"#;
    let expected = format!(
        r#"{{
"groups": [
  {{"name":"office/pc","pods":["office/pc"]}},
  {{"name":"shop/{{db,web}}","pods":["shop/db","shop/web"]}},
  {{"name":"outside the cluster","addresses":["0.0.0.0/5","8.0.0.0/7","10.0.0.0/9","10.128.0.0/10","10.192.0.0/11","10.224.0.0/12","10.240.0.0/14","10.245.0.0/16","10.246.0.0/15","10.248.0.0/13","11.0.0.0/8","12.0.0.0/6","16.0.0.0/4","32.0.0.0/3","64.0.0.0/2","128.0.0.0/1","::/0"]}}
],
"rows": [
  {{"source":"office/pc","reaches":[{{"ports":{all},"destinations":["outside the cluster"]}}]}},
  {{"source":"shop/{{db,web}}","reaches":[{{"ports":{all},"destinations":["office/pc","outside the cluster"]}}]}},
  {{"source":"outside the cluster","reaches":[{{"ports":{all},"destinations":["office/pc"]}}]}}
],
"left_out": {{"host_network":[],"finished":[]}}
}}
"#
    );
    let expected = expected.replace("shop/{db,web}", "shop/*");
    assert_eq!(run.out, expected);
}

#[test]
fn csv_is_what_spreadsheets_read() {
    let place = Place::named("matrix_csv").with("all.yaml", cluster());
    let run = place.netpol(&["matrix", "all.yaml", "--output", "csv"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("source,destination,ports,depends\r\n"), "{}", run.out);
    let line = "shop/api-{9..10},\"0.0.0.0/0 (except 10.0.0.0/8, 192.168.0.0/16)\",8000-8999/TCP 53/UDP,false\r\n";
    assert!(run.out.contains(line), "{}", run.out);
    assert!(run.out.is_ascii(), "a spreadsheet may take it for another encoding");
    assert!(run.out.split_terminator("\r\n").all(|line| !line.contains('\n')));
}

#[test]
fn no_name_is_a_formula_or_moves_the_cursor() {
    let pod = |prefix: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{generateName: {prefix}, namespace: shop}}\n"
        )
    };
    let text = documents(&[SHOP, &pod("'=1+1,\"x'"), &pod("\"\\e[31m\\r\\n=\"")]);
    let place = Place::named("matrix_formula").with("all.yaml", text);
    for form in ["csv", "text"] {
        let run = place.netpol(&["matrix", "all.yaml", "--unfold", "-o", form]);
        for start in ["=", "+", "-", "@", "\"=", "'"] {
            assert!(!run.out.lines().any(|line| line.starts_with(start)), "{}", run.out);
        }
        assert!(!run.out.contains('\u{1b}'), "{}", run.out);
    }
}

#[test]
fn what_is_left_out_is_named() {
    let text = documents(&[
        SHOP,
        "apiVersion: v1\nkind: Pod\nmetadata: {name: proxy, namespace: shop}\nspec: {hostNetwork: true}\n",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: job, namespace: shop}\nstatus: {phase: Succeeded}\n",
        &deny_all(),
    ]);
    let place = Place::named("matrix_left_out").with("all.yaml", text);
    let node = "left out: 1 pod on the network of their nodes, where the effect of policies is undefined: shop/proxy\n";
    let over = "left out: 1 pod that came to an end: shop/job\n";
    let run = place.netpol(&["matrix", "all.yaml"]);
    assert!(run.out.contains(&format!("{node}{over}")), "{}", run.out);
    let run = place.netpol(&["matrix", "all.yaml", "-o", "csv"]);
    assert_eq!(run.err, format!("note: {node}note: {over}"));
    assert!(!run.out.contains("proxy") && !run.out.contains("job"), "{}", run.out);
    let run = place.netpol(&["matrix", "all.yaml", "-o", "json"]);
    let left_out = &json(&run)["left_out"];
    assert_eq!(
        (&left_out["host_network"][0], &left_out["finished"][0]),
        (&"shop/proxy".into(), &"shop/job".into())
    );
}

#[test]
fn what_is_wrong_or_not_evaluated_is_told_as_elsewhere() {
    let cilium = "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c}\n";
    let bad = policy("bad", "{podSelector: {}, ingress: [{from: [{}]}]}");
    let place = Place::named("matrix_errors")
        .with("other.yaml", documents(&[SHOP, cilium]))
        .with("bad.yaml", documents(&[SHOP, &bad]));
    for file in ["other.yaml", "bad.yaml", "gone.yaml"] {
        let [table, matrix] = ["table", "matrix"].map(|command| place.netpol(&[command, file]));
        assert_eq!(table.code, matrix.code, "{file}");
        let first = |run: &Run| run.err.lines().take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(first(&table), first(&matrix), "{file}");
    }
    let run = place.netpol(&["matrix", "bad.yaml"]);
    assert!(run.err.contains("1 policy with errors is missing from the matrix"), "{}", run.err);
    assert!(run.out.contains("everyone"), "what could be read is shown");
    let run = place.netpol(&["matrix", "other.yaml"]);
    assert!(run.err.contains("`CiliumNetworkPolicy` (cilium.io/v2) is not evaluated"));
}

#[test]
fn what_was_assumed_is_told() {
    let wide = policy("p", "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}");
    let place = Place::named("matrix_assumed").with("p.yaml", &wide).with("shop.yaml", SHOP);
    let run = place.netpol(&["matrix", "p.yaml"]);
    assert!(run.err.contains("an example cluster stands around them"), "{}", run.err);
    assert!(run.err.contains("assumed; not in your files: namespace shop"), "{}", run.err);
    let run = place.netpol(&["matrix", "p.yaml", "--cluster", "shop.yaml"]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("left to the network plugin"), "{}", run.err);
    let run = place.netpol(&["matrix", "shop.yaml"]);
    assert_eq!(run.err, "note: no NetworkPolicy in these files\n");
    assert_eq!(block(&run, "every pod"), ["  all ports  → everyone"]);
}

#[test]
fn what_the_network_plugin_decides_is_marked_in_every_form() {
    // `shop/db` is open to `shop/web` on a port for certain, and to everyone only if a block matches pods
    let db = "{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: 10.244.0.0/16}}]}, {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]}";
    let place =
        Place::named("matrix_depends").with("p.yaml", documents(&[SHOP, &policy("db", db)]));
    let run = place.netpol(&["matrix", "p.yaml"]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("left to the network plugin"), "{}", run.err);
    let line = |heading: &str| block(&run, heading).into_iter().find(|line| line.contains('?'));
    assert!(line("office/pc").unwrap().starts_with("  ? all ports"), "{}", run.out);
    assert!(line("office/pc").unwrap().ends_with("→ shop/db"), "{}", run.out);
    assert!(run.out.contains("? all ports (surely TCP 5432)"), "{}", run.out);
    assert!(run.out.contains("\n?: an ipBlock holds the address of a pod"), "{}", run.out);
    let matrix = json(&place.netpol(&["matrix", "p.yaml", "-o", "json"]));
    let row = |source: &str| {
        let rows = matrix["rows"].as_array().unwrap();
        let reaches = &rows.iter().find(|row| row["source"] == source).unwrap()["reaches"];
        let entries = reaches.as_array().unwrap().iter();
        entries.filter(|entry| entry["depends"] == true).cloned().collect::<Vec<_>>()
    };
    let (pc, web) = (row("office/pc"), row("shop/web"));
    assert_eq!((pc.len(), web.len()), (1, 1), "{matrix}");
    assert_eq!(pc[0]["destinations"], serde_json::json!(["shop/db"]));
    assert_eq!(pc[0]["sure"], serde_json::json!([]));
    assert_eq!(web[0]["sure"][0]["first"], 5432);
    assert_eq!(web[0]["ports"].as_array().unwrap().len(), 3, "the usual plugin's");
    let csv = place.netpol(&["matrix", "p.yaml", "-o", "csv"]).out;
    for line in ["office/pc,shop/db,all,true\r\n", "office/pc,shop/web,all,false\r\n"] {
        assert!(csv.contains(line), "{csv}");
    }
}

#[test]
fn a_block_that_decides_nothing_is_not_spoken_of() {
    let dead = policy(
        "dead",
        "{podSelector: {}, policyTypes: [Egress], ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}], egress: [{}]}",
    );
    let outside = policy(
        "outside",
        "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]}",
    );
    let admitted = policy(
        "admitted",
        "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}, {from: [{namespaceSelector: {}}]}]}",
    );
    for (at, text) in [dead, outside, admitted].iter().enumerate() {
        let place = Place::named(&format!("matrix_decides_nothing_{at}"))
            .with("p.yaml", documents(&[SHOP, text]));
        let run = place.netpol(&["matrix", "p.yaml"]);
        assert_eq!(run.err, "", "{text}");
        assert!(!run.out.contains('?'), "{}", run.out);
        let csv = place.netpol(&["matrix", "p.yaml", "-o", "csv"]).out;
        assert!(!csv.contains("true"), "{csv}");
    }
}

#[test]
fn a_reader_who_goes_away_is_no_error() {
    let pod = |n: usize| {
        format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: pod-{n}, namespace: shop}}\n")
    };
    let pods: Vec<String> = (0..400).map(pod).collect();
    let place = Place::named("matrix_pipe").with("all.yaml", pods.join("---\n"));
    for form in ["text", "json", "csv"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_netpol"))
            .args(["matrix", "all.yaml", "--unfold", "-o", form])
            .current_dir(place.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(!said.contains("panicked") && !said.contains("error"), "{said}");
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn who_is_assumed_is_marked() {
    let ingress = "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: edge}}, podSelector: {matchLabels: {app: proxy}}}]}]}";
    let place =
        Place::named("matrix_marks").with("shop.yaml", documents(&[SHOP, &policy("p", ingress)]));
    let run = place.netpol(&["matrix", "shop.yaml"]);
    assert!(run.out.contains("\nedge/proxy [assumed]\n"), "{}", run.out);
    assert!(!run.out.contains("web [assumed]"), "{}", run.out);
    let run = place.netpol(&["matrix", "shop.yaml", "--no-assume"]);
    assert!(!run.out.contains("edge"), "{}", run.out);
}
