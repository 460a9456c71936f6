//! `--namespace`: where objects land that name no namespace, in every answer.

use crate::netpol::{Place, documents};

/// As `helm template -n shop` prints it, with a client that somebody wrote, and what is right of it.
fn chart() -> String {
    documents(&[
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {metadata: {labels: {app: web}}}}\n",
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}\nspec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {role: client}}}]}]}\n",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: client, namespace: shop, labels: {role: client}}\n",
        "#? shop/client -> shop/web:80 allowed\n#? 203.0.113.7 -> shop/web:80 denied\n",
    ])
}

#[test]
fn every_answer_is_about_the_namespace_that_is_named() {
    let place = Place::named("namespace_answers").with("chart.yaml", chart());
    let run = place.netpol(&["test", "chart.yaml", "-n", "shop"]);
    assert_eq!((run.code, run.closing_line()), (0, "2 passed, 0 failed"), "{}", run.err);
    assert_eq!(place.netpol(&["test", "chart.yaml"]).code, 2);
    for (command, told) in [
        (&["table"][..], "shop/web"),
        (&["matrix"], "shop/"),
        (&["render", "-o", "svg"], "shop/web"),
    ] {
        let run = place.netpol(&[command, &["chart.yaml", "--namespace", "shop"]].concat());
        assert!(run.code == 0 && run.out.contains(told), "{command:?}: {}", run.out);
        assert!(!run.out.contains("default") && !run.err.contains("namespace-missing"));
    }
    let asked = "shop/client -> shop/web:80";
    let run = place.netpol(&["explain", "chart.yaml", "-n", "shop", asked]);
    assert_eq!(run.code, 0, "{}", run.err);
    for command in ["check", "lint"] {
        let run = place.netpol(&[command, "chart.yaml", "-n", "shop"]);
        assert!(!run.out.contains("namespace-missing"), "{}", run.out);
        assert!(place.netpol(&[command, "chart.yaml"]).out.contains("namespace-missing"));
    }
}

#[test]
fn what_belongs_to_the_cluster_lands_there_too() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n";
    let place = Place::named("namespace_cluster")
        .with("p.yaml", "#? shop/web -> shop/web:80 allowed\n")
        .with("c.yaml", pod);
    let run = place.netpol(&["test", "p.yaml", "--cluster", "c.yaml", "-n", "shop"]);
    assert_eq!(run.closing_line(), "1 passed, 0 failed", "{}", run.err);
}

#[test]
fn a_name_that_is_none_is_a_wrong_argument() {
    let place = Place::named("namespace_wrong").with("chart.yaml", chart());
    for name in ["Shop", "a.b", ""] {
        let run = place.netpol(&["table", "chart.yaml", "-n", name]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{name}");
    }
}

#[test]
fn a_text_that_is_handed_on_has_to_mean_the_same_there() {
    let place = Place::named("namespace_page").with("chart.yaml", chart());
    for command in [&["link"][..], &["render"], &["render", "-o", "markdown"]] {
        let run = place.netpol(&[command, &["chart.yaml", "-n", "shop"]].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{command:?}");
        assert!(run.err.contains("write `namespace: shop` under each `metadata`"), "{}", run.err);
    }
    let settings = "namespace = \"shop\"\n";
    let whole = chart().replace("metadata: {name: web}", "metadata: {name: web, namespace: shop}");
    let place = place.with("netpol.toml", settings).with("whole.yaml", whole);
    for command in ["link", "render"] {
        let told = "lands in `default` on the page, and not in `shop` as `netpol.toml` says";
        let run = place.netpol(&[command, "chart.yaml"]);
        assert!(run.code == 0 && run.err.contains(told), "{command}: {}", run.err);
        assert!(!place.netpol(&[command, "whole.yaml"]).err.contains(told), "{command}");
    }
}

#[test]
fn a_folder_can_say_it_and_the_command_line_says_it_louder() {
    let place = Place::named("namespace_settings")
        .with("netpol.toml", "namespace = \"shop\"\n")
        .with("chart.yaml", chart());
    let run = place.netpol(&["test", "chart.yaml"]);
    assert_eq!(run.closing_line(), "2 passed, 0 failed");
    let told = "note: what names no namespace lands in `shop`: `netpol.toml` says so\n";
    assert!(run.err.contains(told), "{}", run.err);
    let run = place.netpol(&["table", "chart.yaml", "-n", "other"]);
    assert!(run.out.contains("other/web") && !run.err.contains(told), "{}", run.out);
}
