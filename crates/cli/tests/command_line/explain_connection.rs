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
fn what_cannot_be_asked_is_2_with_the_reason() {
    let place = Place::named("explain_bad_question").with("shop.yaml", shop());
    for (arguments, says) in [
        (&["shop.yaml", "shop/web -> shop/db"][..], "names no port"),
        (&["shop.yaml", "shop/web -> shop/db:0"], "between 1 and 65535"),
        (&["shop.yaml", "web -> shop/db:80"], "neither `namespace/pod` nor an IP address"),
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
