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

/// The record of a policy's table in either direction: its row, then all policies together.
fn record_of(direction: Direction, spec: &str) -> String {
    let policy = format!(
        "{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: one, namespace: shop}}, spec: {spec}}}\n"
    );
    let analysis = Analysis::of(Inputs {
        text: vec![Source::new("text", policy)],
        cluster: vec![Source::new("cluster", CLUSTER)],
        witnesses: Witnesses::Off,
        ..Inputs::default()
    });
    Record::of(&analysis.scoreboard(direction), &analysis.cluster).to_string()
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

/// Each of these stands in somebody's link. If this fails, the digest has changed, and every link with such a cell
/// would tell its reader that the table said something else: mend the digest, never these lines.
#[test]
fn the_records_of_links_that_were_sent_are_what_they_were() {
    use Direction::{Egress, Ingress};
    let golden = [
        // everyone, nobody, and a direction that is not restricted
        (Ingress, "{podSelector: {}, ingress: [{}]}", "iaaaaaa"),
        (Ingress, "{podSelector: {}}", "idddddd"),
        (Egress, "{podSelector: {}}", "ennnnnn"),
        (Egress, "{podSelector: {}, policyTypes: [Egress]}", "edddddd"),
        // some pods
        (
            Ingress,
            "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ops}}}]}]}",
            "idpvuddpvud",
        ),
        (
            Ingress,
            "{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}",
            "ipwZddpwZdd",
        ),
        (
            Egress,
            "{podSelector: {matchLabels: {app: web}}, egress: [{to: [{podSelector: {matchLabels: {app: db}}}]}]}",
            "epwZddpwZdd",
        ),
        // some ports
        (Ingress, "{podSelector: {}, ingress: [{ports: [{port: 443}]}]}", "ipMFpqUpuYpMFpqUpuY"),
        (
            Egress,
            "{podSelector: {}, egress: [{ports: [{port: 53, protocol: UDP}, {port: 8000, endPort: 8010}]}]}",
            "ep9Fpn8pR6p9Fpn8pR6",
        ),
        // some addresses
        (
            Ingress,
            "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.64/26]}}]}]}",
            "iddpU8ddpU8",
        ),
        (
            Egress,
            "{podSelector: {}, egress: [{to: [{ipBlock: {cidr: '2001:db8::/32'}}], ports: [{port: 443}]}]}",
            "eddpK7ddpK7",
        ),
        // what only the network plugin decides
        (
            Ingress,
            "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}",
            "iqWyq8mpZNqWyq8mpZN",
        ),
        (
            Egress,
            "{podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}",
            "eqWyq8mpKhqWyq8mpKh",
        ),
        // nobody is selected
        (
            Ingress,
            "{podSelector: {matchLabels: {app: none}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: http}]}]}",
            "innnnnn",
        ),
    ];
    let now: Vec<String> =
        golden.iter().map(|(direction, spec, _)| record_of(*direction, spec)).collect();
    let then: Vec<&str> = golden.iter().map(|(_, _, record)| *record).collect();
    assert_eq!(now, then);
    for letter in ["a", "d", "n", "p", "q"] {
        assert!(then.iter().any(|record| record.contains(letter)), "none has a cell `{letter}`");
    }
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
