//! `netpol check`: what it lists, how it sums up, and its exit codes.

use serde_json::Value;

use crate::netpol::{Place, Run, SHOP, deny_all, documents, policy};

/// One error, one warning, and two notes of which one is said twice.
fn mixed() -> String {
    documents(&[
        SHOP,
        &policy("wide", "{ingress: [{from: [{ipBlock: {cidr: 2001:DB8::/32}}]}]}"),
        &policy("wrong", "{podSelector: {}, ingress: [{from: [{}]}]}"),
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n",
    ])
}

fn json(run: &Run) -> Vec<Value> {
    serde_json::from_str(&run.out).unwrap()
}

#[test]
fn every_diagnostic_is_printed_as_a_compiler_does_and_summed_up() {
    let place = Place::named("check_text").with("a.yaml", mixed()).with("b.yaml", deny_all());
    let run = place.netpol(&["check", "a.yaml", "b.yaml"]);
    assert_eq!((run.code, run.err.as_str()), (2, ""), "messages are the output");
    let expected = "\
error[required-value]: spec.ingress[0].from[0]: Required value: must specify a peer
  --> a.yaml:29:43
29 | spec: {podSelector: {}, ingress: [{from: [{}]}]}
   |                                           ^^
  = help: ";
    assert!(run.out.contains(expected), "{}", run.out);
    assert_eq!(run.closing_line(), "1 error, 1 warning, 2 notes in 2 files");
}

#[test]
fn a_note_that_repeats_itself_is_shown_once_and_counted_each_time() {
    let run = Place::named("check_fold").with("a.yaml", mixed()).netpol(&["check", "a.yaml"]);
    assert_eq!(run.out.matches("note[kind-not-used]").count(), 1, "{}", run.out);
    assert!(run.out.contains("  = also: line 36\n"), "{}", run.out);
    assert!(run.closing_line().contains("2 notes"), "{}", run.out);
    let run = Place::named("check_fold_errors")
        .with("a.yaml", "a: 1\n---\na: 1\n")
        .netpol(&["check", "a.yaml"]);
    assert_eq!(run.out.matches("error[").count(), 2, "an error is never folded: {}", run.out);
}

#[test]
fn clean_files_are_0() {
    let text = documents(&[SHOP, &deny_all()]);
    let place = Place::named("check_clean").with("k/a.yaml", text).with("k/b.yaml", "# nothing\n");
    let run = place.netpol(&["check", "k"]);
    assert_eq!((run.code, run.out.as_str()), (0, "no problems in 2 files\n"), "{}", run.err);
    let run = place.netpol(&["check", "k/a.yaml", "-o", "json"]);
    assert_eq!((run.code, run.out.as_str()), (0, "[]\n"));
}

#[test]
fn warnings_are_1_only_where_they_are_denied() {
    let warning = policy("wide", "{ingress: [{from: [{ipBlock: {cidr: 2001:DB8::/32}}]}]}");
    let note = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    let place = Place::named("check_deny")
        .with("warning.yaml", warning)
        .with("note.yaml", note)
        .with("error.yaml", mixed());
    let code = |arguments: &[&str]| place.netpol(arguments).code;
    assert_eq!(code(&["check", "warning.yaml"]), 0);
    assert_eq!(code(&["check", "warning.yaml", "--deny", "warnings"]), 1);
    assert_eq!(code(&["check", "warning.yaml", "--deny=warnings", "-o", "sarif"]), 1);
    assert_eq!(code(&["check", "note.yaml", "--deny", "warnings"]), 0);
    assert_eq!(code(&["check", "error.yaml", "--deny", "warnings"]), 2);
}

#[test]
fn json_has_these_keys_in_this_order() {
    let text = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: ü}\n---\n[]\n";
    let place = Place::named("check_json").with("k/p.yaml", text);
    let run = place.netpol(&["check", "k", "--output", "json"]);
    assert_eq!((run.code, run.err.as_str()), (2, ""));
    let expected = r#"  {
    "severity": "error",
    "code": "not-an-object",
    "field": "",
    "message": "this document is no Kubernetes object: it is not a map with `apiVersion` and `kind`",
    "help": null,
    "file": "k/p.yaml",
    "document": 1,
    "line": 5,
    "column": 1
  }
]
"#;
    assert!(run.out.ends_with(expected), "{}", run.out);
    let first = &json(&run)[0];
    assert_eq!(first["field"], "metadata.namespace");
    assert_eq!((&first["line"], &first["column"]), (&Value::from(3), &Value::from(32)));
}

#[test]
fn the_files_are_one_set() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n";
    let place = Place::named("check_set")
        .with("pod.yaml", pod)
        .with("again.yaml", deny_all())
        .with("p.yaml", deny_all())
        .with("ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
    let codes = |arguments: &[&str]| -> Vec<String> {
        let all = json(&place.netpol(&[&["check", "-o", "json"], arguments].concat()));
        all.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(&["pod.yaml"]), ["namespace-assumed"]);
    assert!(codes(&["pod.yaml", "--cluster", "ns.yaml"]).is_empty());
    assert_eq!(codes(&["p.yaml", "again.yaml"]), ["duplicate-object"]);
}

#[test]
fn the_cluster_is_checked_too_and_a_file_given_twice_is_spoken_of_once() {
    let place = Place::named("check_cluster").with("p.yaml", deny_all()).with("c.yaml", "a: 1\n");
    let run = place.netpol(&["check", "p.yaml", "--cluster", "c.yaml"]);
    assert_eq!((run.code, run.closing_line()), (2, "1 error in 2 files"));
    let run = place.netpol(&["check", "c.yaml", "--cluster", "c.yaml"]);
    assert_eq!(run.out.matches("error[").count(), 1, "{}", run.out);
}

#[test]
fn what_cannot_be_read_is_2_and_goes_to_standard_error() {
    let place = Place::named("check_unreadable").with("p.yaml", deny_all());
    let run = place.netpol(&["check", "gone.yaml", "p.yaml"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.out, "no problems in 1 file; not everything could be read\n");
    assert!(run.err.starts_with("error: cannot read `gone.yaml`: no such file"), "{}", run.err);
    let run = place.netpol(&["check", "gone.yaml", "-o", "json"]);
    assert_eq!((run.code, run.out.as_str()), (2, "[]\n"));
}

#[test]
fn expectations_are_read_but_not_judged() {
    let text = documents(&[
        SHOP,
        "#? shop/web -> shop/db:80 denied\n#? what\n#? shop/web -> shop/cache:80 allowed\n",
    ]);
    let run = Place::named("check_expectations").with("a.yaml", text).netpol(&["check", "a.yaml"]);
    assert!(run.out.contains("error[expectation-syntax]"), "{}", run.out);
    assert!(run.out.contains("error[expectation-unknown-pod]"), "{}", run.out);
    assert_eq!(run.closing_line(), "2 errors in 1 file");
}

#[test]
fn output_for_programs_has_no_colours_and_commands_no_terminal() {
    let text = policy("p", "{policyTypes: [\"\\e[2J\"]}");
    let place = Place::named("check_escape").with("p.yaml", text);
    for output in ["text", "json", "sarif"] {
        let run = place.netpol(&["check", "p.yaml", "-o", output]);
        assert!(!run.out.contains('\u{1b}'), "{}", run.out);
    }
}

#[test]
fn a_policy_of_another_kind_is_a_warning_to_every_command() {
    for (version, kind) in [
        ("projectcalico.org/v3", "NetworkPolicy"),
        ("crd.projectcalico.org/v1", "NetworkPolicy"),
        ("crd.antrea.io/v1beta1", "NetworkPolicy"),
        ("cilium.io/v2", "CiliumNetworkPolicy"),
        ("policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy"),
    ] {
        let other = format!("apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}\n");
        let text = documents(&[SHOP, &deny_all(), &other]);
        let place = Place::named("check_other_kind").with("p.yaml", text);
        for command in ["check", "table", "matrix"] {
            let run = place.netpol(&[command, "p.yaml"]);
            assert_eq!(run.code, 0, "{command} {version}: {}", run.err);
            let said = format!("{}{}", run.out, run.err);
            assert!(said.contains(&format!("`{kind}` ({version}) is not evaluated")), "{said}");
            assert!(!said.contains("missing from"), "{said}");
        }
    }
}
