//! What a link remembers of a table: the same result is the same record, however it is written; any other is another.

use netpol::{
    Analysis, Column, Direction, Inputs, Source, State, Witnesses,
    scoreboard::{Change, Record},
};

const CLUSTER: &str = "
{apiVersion: v1, kind: Namespace, metadata: {name: shop}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: ops}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: monitor, namespace: ops, labels: {app: monitor}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: backup, namespace: ops, labels: {app: backup}}}
";

fn record(from: &str) -> Record {
    let policy = format!(
        "{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: one, namespace: shop}}, \
         spec: {{podSelector: {{}}, ingress: [{{from: [{from}]}}]}}}}\n"
    );
    let analysis = Analysis::of(Inputs {
        text: vec![Source::new("text", policy)],
        cluster: vec![Source::new("cluster", CLUSTER)],
        witnesses: Witnesses::Off,
        ..Inputs::default()
    });
    Record::of(&analysis.scoreboard(Direction::Ingress), &analysis.cluster)
}

const MONITOR: &str = "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ops}}, podSelector: {matchLabels: {app: monitor}}}";
const BACKUP: &str = "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ops}}, podSelector: {matchLabels: {app: backup}}}";

#[test]
fn a_record_comes_back_from_its_text() {
    for from in ["", "{podSelector: {}}", MONITOR, "{ipBlock: {cidr: 10.0.0.0/8}}"] {
        let record = record(from);
        assert_eq!(Record::read(&record.to_string()), Some(record), "{from}");
    }
    assert_eq!(record("{podSelector: {}}").to_string(), "iaddadd");
}

#[test]
fn who_is_meant_counts_and_how_it_is_written_does_not() {
    let one = record(&format!("{MONITOR}, {BACKUP}"));
    let turned = record(&format!("{BACKUP}, {MONITOR}, {MONITOR}"));
    assert_eq!(one, turned);
    let then = record(MONITOR);
    let [change, ..] = then.changes(&record(BACKUP))[..] else { panic!("nothing has changed") };
    assert_eq!(
        change,
        Change { row: Some(0), column: Column::Cross, then: State::Partly, now: State::Partly }
    );
}

#[test]
fn a_record_of_another_text_says_nothing_about_this_one() {
    let eight = Record::read("iaaaaaaddd").unwrap();
    assert_eq!(eight.changes(&record(MONITOR)), []);
    let egress = Record::read("eaaaddd").unwrap();
    assert_eq!(egress.changes(&record(MONITOR)), []);
    let denied = Record::read("iddd").unwrap();
    assert_eq!(denied.changes(&denied), []);
}

#[test]
fn what_is_no_record_is_none() {
    for text in ["", "i", "x", "iaa", "iaaax", "iaap", "iaapA", "iaap..", "aaa", "iaaaü"] {
        assert_eq!(Record::read(text), None, "{text:?}");
    }
    let rows = "aaa".repeat(42);
    assert_eq!(Record::read(&format!("i{rows}")), None, "more rows than are ever remembered");
}
