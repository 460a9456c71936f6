//! The `#?` lines are well formed and speak of pods that exist; whether they come true is tested where the evaluator is.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic, its shared functions too"
)]

use std::collections::BTreeSet;
use std::net::IpAddr;

use lessons::{Scenario, scenarios};
use serde::Deserialize;
use serde_yaml::{Deserializer, Value};

fn lines(one: &Scenario) -> impl Iterator<Item = &'static str> {
    one.policies.lines().filter(|line| line.contains("#?"))
}

/// `namespace/name` of every pod in the scenario's cluster.
fn pods(one: &Scenario) -> BTreeSet<String> {
    Deserializer::from_str(one.cluster_text())
        .map(|document| Value::deserialize(document).unwrap())
        .filter(|object| object["kind"] == "Pod")
        .map(|pod| {
            let text = |field: &str| pod["metadata"][field].as_str().unwrap().to_owned();
            format!("{}/{}", text("namespace"), text("name"))
        })
        .collect()
}

/// The two halves of `host:port[/protocol]`, the protocol left out.
fn destination(text: &str) -> (&str, u16) {
    let endpoint = ["/TCP", "/UDP", "/SCTP"]
        .iter()
        .find_map(|protocol| text.strip_suffix(protocol))
        .unwrap_or(text);
    let (host, port) = endpoint.rsplit_once(':').unwrap();
    (host, port.parse().unwrap())
}

fn is_known(host: &str, pods: &BTreeSet<String>) -> bool {
    let unbracketed = host.trim_start_matches('[').trim_end_matches(']');
    pods.contains(host) || unbracketed.parse::<IpAddr>().is_ok()
}

#[test]
fn every_expectation_has_the_notation_of_a_connection_and_names_pods_that_exist() {
    for one in scenarios() {
        let pods = pods(one);
        for line in lines(one) {
            let [mark, source, arrow, destined, outcome] = line.split(' ').collect::<Vec<_>>()[..]
            else {
                panic!("{}: {line}", one.slug)
            };
            assert_eq!((mark, arrow), ("#?", "->"), "{}: {line}", one.slug);
            assert!(matches!(outcome, "allowed" | "denied"), "{}: {line}", one.slug);
            let (host, port) = destination(destined);
            assert!(port > 0, "{}: {line}", one.slug);
            assert!(is_known(source, &pods), "{}: {line}", one.slug);
            assert!(is_known(host, &pods), "{}: {line}", one.slug);
        }
    }
}

#[test]
fn every_story_beyond_the_eight_is_told_with_expectations() {
    for one in scenarios() {
        let needs_them = !matches!(one.group, "The eight policies" | "Blank");
        assert_eq!(lines(one).count() > 0, needs_them, "{}", one.slug);
    }
}
