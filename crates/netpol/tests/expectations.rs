//! `#?` lines: read where they are comments, checked against all policies, told apart when wrong.

use netpol::{Analysis, Code, Inputs, Source, Witnesses, explain};

const OBJECTS: &str = "
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop, labels: {app: db}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]
";

fn analyse(lines: &str) -> Analysis {
    let text = vec![Source::new("text", format!("{lines}\n---{OBJECTS}"))];
    Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() })
}

#[test]
fn those_that_hold_and_those_that_do_not_are_told_apart() {
    let analysis = analyse(
        "#? shop/web -> shop/db:5432 allowed\n  #? shop/web -> shop/db:5433 allowed   # no, it is not",
    );
    assert!(analysis.diagnostics.iter().all(|diagnostic| !diagnostic.is_error()));
    let [holds, fails] = analysis.expectations.as_slice() else { panic!("two expectations") };
    assert!(holds.holds() && !fails.holds());
    assert_eq!(
        (fails.expectation.line, fails.expectation.to_string().as_str()),
        (2, "shop/web -> shop/db:5433/TCP allowed")
    );
    let line = explain::verdict_line(&analysis.cluster, &fails.verdict(&analysis.cluster).unwrap());
    assert_eq!(
        line,
        "denied: policy shop/db restricts ingress of shop/db, and no rule of it admits shop/web on TCP 5433"
    );
}

#[test]
fn what_cannot_be_read_is_an_error_with_its_place() {
    for (line, says) in [
        ("#? shop/web -> shop/db:5432", "ends in `allowed` or `denied`"),
        ("#? shop/web -> shop/db allowed", "names no port"),
        ("#? shop/web -> shop/db:99999 denied", "between 1 and 65535"),
        ("#? web_1 -> shop/db:80 denied", "neither `namespace/pod` nor an IP address"),
        ("#?", "ends in `allowed` or `denied`"),
    ] {
        let analysis = analyse(line);
        let error = analysis.diagnostics.iter().find(|diagnostic| diagnostic.is_error()).unwrap();
        assert_eq!(error.code, Code::ExpectationSyntax, "{line}");
        assert!(error.message.contains(says), "{line}: {}", error.message);
        assert_eq!(analysis.manifest.sources[0].line_column(error.span.start).line, 1);
    }
}

#[test]
fn a_pod_that_does_not_exist_is_named_with_the_one_that_was_meant() {
    let analysis = analyse("#? shop/wbe -> shop/db:5432 allowed");
    let error = analysis.diagnostics.iter().find(|diagnostic| diagnostic.is_error()).unwrap();
    assert_eq!(error.code, Code::ExpectationUnknownPod);
    assert_eq!(error.help.as_deref(), Some("did you mean `shop/web`?"));
}

#[test]
fn inside_a_block_of_text_it_is_no_comment() {
    let analysis = analyse(
        "apiVersion: v1\nkind: ConfigMap\ndata:\n  note: |\n    #? not an expectation\n    #? at all",
    );
    assert!(analysis.expectations.is_empty());
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics);
}

#[test]
fn a_declared_address_is_the_pod_s_and_others_are_outside() {
    let lines = "#? 10.9.9.9 -> shop/db:5432 denied\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: other, namespace: shop, labels: {app: web}}\nstatus: {podIP: 10.8.8.8}\n#? 10.8.8.8 -> shop/db:5432 allowed\n#? shop/db -> [2001:db8::1]:443 allowed";
    let analysis = analyse(lines);
    assert_eq!(analysis.expectations.len(), 3);
    assert!(
        analysis.expectations.iter().all(netpol::expect::Checked::holds),
        "{:?}",
        analysis.expectations
    );
}
