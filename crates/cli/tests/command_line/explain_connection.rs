//! `netpol explain FILE… 'a/b -> c/d:80'`: the reasons with their places, in each form.

use serde_json::Value;

use crate::netpol::{Place, Run, SHOP, deny_all, documents, policy};

/// `shop/db` is open to `shop/web` on one port; nothing else gets in.
fn shop() -> String {
    let db = "{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]}";
    documents(&[SHOP, &deny_all(), &policy("db", db)])
}

fn ask(test: &str, connection: &str, more: &[&str]) -> Run {
    let place = Place::named(test).with("shop.yaml", shop());
    place.netpol(&[&["explain", "shop.yaml", connection], more].concat())
}

#[test]
fn the_door_that_opens_is_named_with_its_line() {
    let run = ask("explain_open", "shop/web -> shop/db:5432", &[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(
        run.out.starts_with("✓ `shop/web` to `shop/db` on TCP 5432 is allowed.\n"),
        "{}",
        run.out
    );
    let door = "    - db, `ingress[0].from[0]`: `shop/web` is in `shop`; `shop/web` matches `app=web`; TCP 5432 is among its ports. (shop.yaml:29)\n";
    assert!(run.out.contains(door), "{}", run.out);
    assert!(run.out.ends_with("\nBoth ends agree: allowed.\n"), "{}", run.out);
    assert!(!run.out.contains('\u{1b}') && !run.out.contains("**"));
}

#[test]
fn a_denied_connection_is_0_and_names_the_nearest_miss_first() {
    let run = ask("explain_denied", "shop/web -> shop/db:5433", &[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(
        run.out.starts_with("✕ `shop/web` to `shop/db` on TCP 5433 is denied.\n"),
        "{}",
        run.out
    );
    assert!(run.out.contains("\nIngress of shop/db: denied\n"), "{}", run.out);
    let first = run.out.lines().find(|line| line.starts_with("    - ")).unwrap();
    let expected = "    - db, `ingress[0].from[0]`: all fits but the port: TCP 5433 is not among its ports (TCP 5432). (shop.yaml:29)";
    assert_eq!(first, expected);
}

#[test]
fn json_keeps_its_keys_and_names_files_and_lines() {
    let run = ask("explain_json", "office/pc -> shop/db:5432", &["-o", "json"]);
    assert_eq!(run.code, 0);
    let keys = [
        "connection",
        "verdict",
        "depends_on_plugin",
        "headline",
        "service",
        "answers",
        "left_out",
    ];
    let places: Vec<Option<usize>> =
        keys.iter().map(|key| run.out.find(&format!("\n  \"{key}\":"))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}", run.out);
    let all: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        (&all["connection"], &all["verdict"]),
        (&"office/pc -> shop/db:5432/TCP".into(), &"denied".into())
    );
    let side = &all["answers"][0]["sides"][1];
    assert_eq!((&side["direction"], &side["subject"]), (&"ingress".into(), &"shop/db".into()));
    let miss = &side["steps"][2]["details"][0];
    assert!(
        miss["text"].as_str().unwrap().contains("without a `namespaceSelector` only `shop` counts")
    );
    let place = &miss["places"][0];
    assert_eq!(place["file"], "shop.yaml");
    assert_eq!(place["field"], "spec.ingress[0].from[0].podSelector");
    assert_eq!((&place["first_line"], &place["last_line"]), (&29.into(), &29.into()));
}

#[test]
fn markdown_is_a_list_of_steps() {
    let run = ask("explain_markdown", "shop/web -> shop/db:5432", &["-o", "markdown"]);
    assert_eq!(run.code, 0);
    assert!(
        run.out.starts_with("## `shop/web` to `shop/db` on TCP 5432 is **allowed**.\n"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("\n**Ingress of `shop/db`: allowed**\n\n1. Which policies"),
        "{}",
        run.out
    );
    assert!(run.out.contains("\n   - **db**, `ingress[0].from[0]`:"), "{}", run.out);
    assert!(run.out.contains("(`shop.yaml:29`)"), "{}", run.out);
}

#[test]
fn a_service_is_explained_by_its_pods() {
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: db, namespace: shop}\nspec: {selector: {app: db}, ports: [{port: 80, targetPort: 5432}]}\n";
    let place = Place::named("explain_service").with("all.yaml", documents(&[&shop(), service]));
    let run = place.netpol(&["explain", "all.yaml", "shop/web -> svc:shop/db:80"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("\n`svc:shop/db` leads to `shop/db:5432`."), "{}", run.out);
    assert!(run.out.contains("\nshop/web -> shop/db:5432/TCP: allowed\n"), "{}", run.out);
}

#[test]
fn the_cluster_may_be_in_files_of_its_own() {
    let place = Place::named("explain_cluster").with("pods.yaml", SHOP).with("p.yaml", deny_all());
    let run =
        place.netpol(&["explain", "p.yaml", "office/pc -> shop/db:1", "--cluster", "pods.yaml"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("is denied"), "{}", run.out);
    // without pods of one's own the example stands around the policies, and that is said
    let run = place.netpol(&["explain", "p.yaml", "default/web -> ai-platform/chat-ui:80"]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("an example cluster stands around them"), "{}", run.err);
}

#[test]
fn a_connection_may_be_said_in_short_and_is_printed_in_full() {
    let place = Place::named("explain_short").with("shop.yaml", shop());
    let full = place.netpol(&["explain", "shop.yaml", "shop/web -> shop/db:5432"]);
    assert!(full.out.starts_with("✓ `shop/web` to `shop/db` on TCP 5432 is allowed."));
    for short in ["web -> db:5432", "web db:5432", "web db 5432"] {
        let run = place.netpol(&["explain", "shop.yaml", short]);
        assert_eq!((run.code, run.out.as_str()), (0, full.out.as_str()), "{short}: {}", run.err);
    }
}

#[test]
fn the_node_of_a_pod_needs_no_address_and_it_is_said_why_it_gets_in() {
    let place = Place::named("explain_node").with("shop.yaml", shop());
    let run = place.netpol(&["explain", "shop.yaml", "kubelet -> shop/db:1"]);
    assert_eq!(run.code, 0);
    assert!(run.out.starts_with("✓ `node` to `shop/db` on TCP 1 is allowed."), "{}", run.out);
    assert!(run.out.contains("so the kubelet's probes always get in: \"traffic to and from the node where a Pod is running is always allowed\""), "{}", run.out);
}

/// A run of a `CronJob` that a policy asks for by its name.
fn run_of_a_cronjob() -> String {
    let cronjob = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: backup, namespace: shop}\nspec: {jobTemplate: {spec: {template: {}}}}\n";
    let one_run =
        policy("one-run", "{podSelector: {matchLabels: {job-name: backup-7}}, ingress: [{}]}");
    documents(&[&shop(), cronjob, &one_run])
}

#[test]
fn what_takes_a_value_that_is_not_in_the_files_is_neither_allowed_nor_denied() {
    let place = Place::named("explain_unknown").with("shop.yaml", run_of_a_cronjob());
    let run = place.netpol(&["explain", "shop.yaml", "web -> backup:80"]);
    assert_eq!(run.code, 0);
    let head = "? `shop/web` to `shop/backup` on TCP 80 depends on the value of a label that is not in the files.";
    assert!(run.out.starts_with(head), "{}", run.out);
    let json = place.netpol(&["explain", "shop.yaml", "web -> backup:80", "-o", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["verdict"], "depends");
    assert_eq!(json["depends_on_plugin"], false);
    assert_eq!(json["answers"][0]["open_questions"], serde_json::json!(["unknown-value"]));
    let run = place.netpol(&["matrix", "shop.yaml"]);
    assert!(run.err.contains("the value of a label that a controller sets"), "{}", run.err);
    assert!(run.out.contains("? "), "{}", run.out);
}

#[test]
fn what_cannot_be_asked_is_2_with_the_reason() {
    let place = Place::named("explain_bad_question").with("shop.yaml", shop());
    for (arguments, says) in [
        (&["shop.yaml", "shop/web -> shop/db"][..], "names no port"),
        (&["shop.yaml", "shop/web -> shop/db:0"], "between 1 and 65535"),
        (&["shop.yaml", "web_1 -> shop/db:80"], "neither `namespace/pod` nor an IP address"),
        (&["shop.yaml", "wbe -> shop/db:80"], "did you mean `shop/web`?"),
        (&["shop.yaml", "shop/wbe -> shop/db:80"], "did you mean `shop/web`?"),
        (&["shop.yaml", "shop/web -> svc:shop/db:80"], "no Service `svc:shop/db`"),
        (&["none.yaml", "shop/web -> shop/db:80"], "cannot read `none.yaml`"),
        (&["shop/web -> shop/db:80"], "no file to look for policies in"),
        (&["shop.yaml", "shop/web", "-"], "put the connection in quotes"),
        (&["shop.yaml", "shop.yaml"], "`shop.yaml` is no connection"),
    ] {
        let run = place.netpol(&[&["explain"], arguments].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.starts_with("error: ") && run.err.contains(says), "{}", run.err);
    }
}

#[test]
fn an_explanation_beside_errors_is_given_and_2() {
    let broken = policy("broken", "{podSelector: {}, ingress: [{from: [{}]}]}");
    let place = Place::named("explain_errors").with("a.yaml", documents(&[&shop(), &broken]));
    let run = place.netpol(&["explain", "a.yaml", "shop/web -> shop/db:5432"]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("is allowed"), "{}", run.out);
    assert!(
        run.err.contains("1 policy with errors is missing from the explanation"),
        "{}",
        run.err
    );
}
