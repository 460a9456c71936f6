//! The matrix says of every pair of pods what a single verdict says.
#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]
#![expect(clippy::disallowed_methods, reason = "the core reads no files, its tests do")]

#[expect(dead_code, reason = "these tests ask other questions than whether expectations hold")]
mod expectation_files;

use netpol::{
    Connection, Entity, NamespacedName, PodId, evaluate,
    matrix::{Matrix, MatrixGroup},
    ports::Protocol,
};

const PORTS: [u16; 9] = [1, 53, 80, 81, 443, 5432, 8000, 8080, 65535];

/// An end for each group, and another of the same group where there are two.
fn ends(cluster: &netpol::Cluster, group: &MatrixGroup) -> Vec<Entity> {
    match group {
        MatrixGroup::Pods(pods) => {
            let name =
                |id: &PodId| -> NamespacedName { cluster.pod(*id).unwrap().meta.name.clone() };
            pods.iter().take(2).map(|id| Entity::Pod(name(id))).collect()
        }
        MatrixGroup::Addresses(set) => vec![Entity::Address(set.first().unwrap())],
    }
}

fn differences(path: &std::path::Path) -> (usize, Vec<String>) {
    let (_, analysis) = expectation_files::analysis(path);
    let cluster = &analysis.cluster;
    let matrix = Matrix::of(cluster);
    let (mut asked, mut differences) = (0, Vec::new());
    for (from, source) in matrix.groups().iter().enumerate() {
        for (to, destination) in matrix.groups().iter().enumerate() {
            let is_outside = |group| matches!(group, &MatrixGroup::Addresses(_));
            if is_outside(source) && is_outside(destination) {
                assert!(matrix.ports(from, to).is_empty());
                continue;
            }
            let (source, destination) =
                (ends(cluster, source).remove(0), ends(cluster, destination).pop().unwrap());
            let ports = matrix.ports(from, to);
            for (port, protocol) in
                PORTS.iter().flat_map(|port| Protocol::ALL.map(|protocol| (*port, protocol)))
            {
                let connection = Connection {
                    source: source.clone(),
                    destination: destination.clone(),
                    port,
                    protocol,
                };
                let verdict = evaluate(cluster, &connection).unwrap();
                // an address of a pod's own node is special to that pod alone
                if verdict.always == Some(netpol::verdict::Always::OwnNode) {
                    continue;
                }
                asked += 1;
                if verdict.is_allowed() != ports.contains(protocol, port) {
                    differences.push(format!(
                        "{}: {connection}: {}",
                        path.display(),
                        verdict.is_allowed()
                    ));
                }
            }
        }
    }
    (asked, differences)
}

#[test]
fn every_pair_of_every_case_gets_its_verdict() {
    let folders =
        ["isolation", "combine", "peers", "selectors", "ports", "addresses", "cluster", "nodes"];
    let files: Vec<_> = folders
        .iter()
        .flat_map(|folder| expectation_files::files(&format!("cases/{folder}")))
        .collect();
    let (mut asked, mut different) = (0, Vec::new());
    for path in &files {
        let (count, differences) = differences(path);
        asked += count;
        different.extend(differences);
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
    assert!(asked > 20_000, "only {asked} connections were asked");
}
