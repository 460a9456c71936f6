//! A large cluster: however much there is to say, it stays a list that somebody can read.

use std::collections::BTreeMap;

use netpol::{Analysis, Inputs, Source, Witnesses, lint::lints};

use crate::generator::{Size, Variety};

#[test]
fn a_large_cluster_gets_at_most_one_finding_of_a_kind_for_each_policy() {
    for variety in [Variety::Distinct, Variety::OwnPorts] {
        let size = Size { pods: 5_000, policies: 500, namespaces: 100, variety };
        let text = vec![Source::new("generated.yaml", size.text())];
        let analysis =
            Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() });
        let mut counts = BTreeMap::new();
        for finding in lints(&analysis) {
            *counts.entry(finding.diagnostic.code).or_insert(0) += 1;
        }
        assert!(!counts.is_empty());
        for (code, count) in counts {
            assert!(count <= size.policies, "{}: {count} of {}", size.name(), code.as_str());
        }
    }
}
