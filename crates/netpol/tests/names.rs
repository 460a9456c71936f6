//! Names as people say them in questions: without a namespace, without a hash, without an arrow.

#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

use netpol::{
    Analysis, Connection, Inputs, Source, Witnesses, explain,
    resolve::{answers, did_you_mean},
};

const CLUSTER: &str = "
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Pod, metadata: {name: prometheus-k8s-0, namespace: monitoring}}
- {apiVersion: v1, kind: Pod, metadata: {name: coredns-7d9f8c9d-x2x7p, namespace: kube-system, labels: {k8s-app: kube-dns}}}
- {apiVersion: v1, kind: Pod, metadata: {name: coredns-7d9f8c9d-z4z5q, namespace: kube-system, labels: {k8s-app: kube-dns}}}
- {apiVersion: v1, kind: Pod, metadata: {name: api, namespace: payments, labels: {app: api}}}
- {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}}
- {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: payments}}
- {apiVersion: v1, kind: Pod, metadata: {name: agent-b5k9z, namespace: shop, labels: {of: shop}}}
- {apiVersion: v1, kind: Pod, metadata: {name: agent-c6l2x, namespace: payments}}
- {apiVersion: v1, kind: Pod, metadata: {name: redis-cache, namespace: shop}}
- {apiVersion: batch/v1, kind: Job, metadata: {name: report, namespace: jobs}, spec: {template: {}}}
- {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: payments}, spec: {replicas: 3, template: {}}}
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: dns, namespace: kube-system}
  spec: {podSelector: {matchLabels: {k8s-app: kube-dns}}, ingress: [{ports: [{port: 53}]}]}
";

fn analysis(lines: &str) -> Analysis {
    let text = vec![Source::new("t", format!("{lines}\n{CLUSTER}"))];
    Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() })
}

/// The connections that are meant, as they are printed; else why there are none, and what is advised.
fn meant(asked: &str) -> Result<Vec<String>, (String, Option<String>)> {
    let cluster = &analysis("").cluster;
    match answers(cluster, &asked.parse::<Connection>().unwrap()) {
        Ok(verdicts) => Ok(verdicts.iter().map(|one| one.connection.to_string()).collect()),
        Err(unresolved) => Err((unresolved.to_string(), did_you_mean(cluster, &unresolved))),
    }
}

#[test]
fn a_unique_pod_needs_no_namespace_and_what_is_printed_has_it() {
    let full = "monitoring/prometheus-k8s-0 -> payments/api:9102/TCP";
    for asked in [
        "prometheus-k8s-0 -> api:9102",
        "prometheus-k8s-0 api 9102",
        "prometheus-k8s payments/api:9102",
    ] {
        assert_eq!(meant(asked), Ok(vec![full.to_owned()]), "{asked}");
    }
    let explained = explain::connection(
        &analysis("").cluster,
        &"prometheus-k8s-0 -> api:9102".parse().unwrap(),
    );
    assert_eq!(explained.unwrap().connection.to_string(), full);
}

#[test]
fn a_replica_is_named_with_its_number_and_the_workload_without() {
    assert_eq!(
        meant("db-2 -> api:80"),
        Ok(vec!["payments/db-2 -> payments/api:80/TCP".to_owned()])
    );
    assert_eq!(meant("api -> db:80"), Ok(vec!["payments/api -> payments/db:80/TCP".to_owned()]));
    let (message, _) = meant("db-3 -> api:80").unwrap_err();
    assert_eq!(message, "no pod `db-3` in this cluster");
}

#[test]
fn a_workload_stands_for_its_pods_alike_ones_once() {
    let dns = "payments/api -> kube-system/coredns-7d9f8c9d-x2x7p:53/TCP";
    for asked in ["api -> coredns:53", "api -> kube-system/coredns:53", "api coredns-7d9f8c9d:53"] {
        assert_eq!(meant(asked), Ok(vec![dns.to_owned()]), "{asked}");
    }
    // one pod of a workload asks another one, not itself
    let between = "kube-system/coredns-7d9f8c9d-x2x7p -> kube-system/coredns-7d9f8c9d-z4z5q:80/TCP";
    assert_eq!(meant("coredns -> coredns:80"), Ok(vec![between.to_owned()]));
    let lines = "#? coredns -> coredns:80 denied\n#? web-1 -> coredns:53 allowed\n#? api -> coredns:53 allowed\n---";
    let analysis = analysis(lines);
    assert_eq!(analysis.expectations.len(), 2);
    assert!(analysis.expectations.iter().all(netpol::expect::Checked::holds));
    assert_eq!(analysis.diagnostics.iter().filter(|d| d.is_error()).count(), 1);
}

#[test]
fn what_several_namespaces_have_is_asked_back_with_the_candidates() {
    let said = |message: &str, help: &str| Err((message.to_owned(), Some(help.to_owned())));
    let web = "did you mean `payments/web` or `shop/web`?";
    assert_eq!(meant("web -> api:80"), said("`web` could be several pods", web));
    let agent = "did you mean `payments/agent` or `shop/agent`?";
    assert_eq!(meant("api -> agent:80"), said("`agent` could be several pods", agent));
    // which is then understood
    assert_eq!(
        meant("api -> shop/agent:80"),
        Ok(vec!["payments/api -> shop/agent-b5k9z:80/TCP".to_owned()])
    );
}

#[test]
fn what_nobody_is_called_is_answered_with_what_is_nearest() {
    let help = |asked: &str| meant(asked).unwrap_err().1;
    let dns = "did you mean `kube-system/coredns-7d9f8c9d-x2x7p` or `kube-system/coredns-7d9f8c9d-z4z5q`?";
    assert_eq!(help("coredsn -> api:80").as_deref(), Some(dns));
    assert_eq!(help("kube-system/coredn -> api:80").as_deref(), Some(dns));
    assert_eq!(help("payments/ap -> api:80").as_deref(), Some("did you mean `payments/api`?"));
    // the last part of a name is a word here
    assert_eq!(help("redis -> api:80").as_deref(), Some("did you mean `shop/redis-cache`?"));
    assert_eq!(help("something-else -> api:80"), None);
    // a pod's whole name, where only its workload is there
    assert_eq!(help("jobs/report-x2x7p -> api:80").as_deref(), Some("did you mean `jobs/report`?"));
    assert_eq!(help("report-x2x7p -> api:80").as_deref(), Some("did you mean `jobs/report`?"));
}
