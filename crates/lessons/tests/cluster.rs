//! The built-in cluster is the world that the article describes, label for label and port for port.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic, its shared functions too"
)]

use std::collections::{BTreeMap, BTreeSet};

use lessons::CLUSTER;
use serde::Deserialize;
use serde_yaml::{Deserializer, Value};

fn objects(kind: &str) -> Vec<Value> {
    Deserializer::from_str(CLUSTER)
        .map(|document| Value::deserialize(document).unwrap())
        .filter(|object| object["kind"] == kind)
        .collect()
}

/// `namespace/name`, or the bare name of a namespace.
fn key(object: &Value) -> String {
    let name = object["metadata"]["name"].as_str().unwrap();
    match object["metadata"]["namespace"].as_str() {
        Some(namespace) => format!("{namespace}/{name}"),
        None => name.to_owned(),
    }
}

/// A string map such as labels, written `a=1 b=2` in key order.
fn pairs(map: &Value) -> String {
    let map: BTreeMap<String, String> = match map {
        Value::Null => BTreeMap::new(),
        map => serde_yaml::from_value(map.clone()).unwrap(),
    };
    let pairs: Vec<String> = map.iter().map(|(k, v)| format!("{k}={v}")).collect();
    pairs.join(" ")
}

fn number(port: &Value, field: &str) -> u64 {
    port[field].as_u64().unwrap()
}

fn ports(list: &Value, show: impl Fn(&Value) -> String) -> String {
    let list = list.as_sequence().map_or(&[][..], Vec::as_slice);
    let shown: Vec<String> = list
        .iter()
        .map(|port| {
            let protocol = port["protocol"].as_str().unwrap_or("TCP");
            let name = port["name"].as_str().unwrap();
            format!("{name}:{}/{protocol}", show(port))
        })
        .collect();
    shown.join(" ")
}

#[test]
fn every_object_is_of_version_1_and_none_occurs_twice() {
    let mut seen = BTreeSet::new();
    for kind in ["Namespace", "Pod", "Service"] {
        for object in objects(kind) {
            assert_eq!(object["apiVersion"], "v1");
            assert!(object["status"].is_null());
            assert!(seen.insert((kind, key(&object))), "{}", key(&object));
        }
    }
    assert_eq!(seen.len(), Deserializer::from_str(CLUSTER).count());
}

#[test]
fn the_namespaces_have_the_labels_of_the_article() {
    let found: Vec<(String, String)> = objects("Namespace")
        .iter()
        .map(|one| (key(one), pairs(&one["metadata"]["labels"])))
        .collect();
    let expected = [
        ("ai-platform", ""),
        ("ml-ops", "name=ml-ops purpose=ml-ops"),
        ("default", ""),
        ("kube-system", ""),
    ]
    .map(|(name, labels)| (name.to_owned(), labels.to_owned()));
    assert_eq!(found, expected);
}

#[test]
fn the_pods_have_the_labels_and_container_ports_of_the_article() {
    let found: Vec<String> = objects("Pod")
        .iter()
        .map(|pod| {
            let [container] = &pod["spec"]["containers"].as_sequence().unwrap()[..] else {
                panic!("{} has one container", key(pod))
            };
            assert!(container["image"].is_string() && container["name"].is_string());
            let ports =
                ports(&container["ports"], |port| number(port, "containerPort").to_string());
            format!("{} | {} | {ports}", key(pod), pairs(&pod["metadata"]["labels"]))
        })
        .collect();
    let expected = [
        "ai-platform/chat-ui | app=chat-ui tier=frontend | http:80/TCP",
        "ai-platform/rag-api | app=rag-api tier=backend | http:8000/TCP",
        "ai-platform/vector-db | app=vector-db tier=db | http:6333/TCP grpc:6334/TCP",
        "ml-ops/model-monitor | app=model-monitor | ",
        "ml-ops/drift-detector | app=drift-detector | ",
        "default/web | app=web | ",
        "kube-system/kube-dns | k8s-app=kube-dns | dns:53/UDP dns-tcp:53/TCP",
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_services_forward_to_the_ports_of_their_pods() {
    let found: Vec<String> = objects("Service")
        .iter()
        .map(|service| {
            let ports = ports(&service["spec"]["ports"], |port| {
                format!("{}->{}", number(port, "port"), number(port, "targetPort"))
            });
            let selector = pairs(&service["spec"]["selector"]);
            format!("{} | {selector} | {ports}", key(service))
        })
        .collect();
    let expected = [
        "ai-platform/chat-ui | app=chat-ui | http:3000->80/TCP",
        "ai-platform/rag-api | app=rag-api | http:8000->8000/TCP",
        "ai-platform/vector-db | app=vector-db | http:6333->6333/TCP grpc:6334->6334/TCP",
        "kube-system/kube-dns | k8s-app=kube-dns | dns:53->53/UDP dns-tcp:53->53/TCP",
    ];
    assert_eq!(found, expected);
}
