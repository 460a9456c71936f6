//! What it takes to look for defeated exceptions, in comparisons.

use super::{super::lints, MAX_COMPARISONS};
use crate::{Analysis, Code, Inputs, Source, Witnesses, steps};

/// A rule of so many blocks, each with the same exceptions: `10.0.N.0/24` for each number.
fn analysis(blocks: usize, exceptions: usize) -> Analysis {
    let exceptions: Vec<String> =
        (0..exceptions).map(|at| format!("10.{}.{}.0/24", at >> 8, at & 255)).collect();
    let block = format!("{{ipBlock: {{cidr: 10.0.0.0/8, except: [{}]}}}}", exceptions.join(", "));
    let blocks = vec![block; blocks].join(", ");
    let policy = format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: a, namespace: b}}\nspec: {{podSelector: {{}}, ingress: [{{from: [{blocks}]}}]}}\n"
    );
    let text = vec![Source::new("text", policy)];
    Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() })
}

fn told(analysis: &Analysis, code: Code) -> usize {
    lints(analysis).iter().filter(|finding| finding.diagnostic.code == code).count()
}

#[test]
fn each_exception_is_held_against_each_block_once() {
    let analysis = analysis(20, 100);
    let (found, steps) = steps::of(|| told(&analysis, Code::ExceptDefeated));
    assert_eq!(found, 0, "all blocks except the same");
    assert!(steps < 2 * 20 * 100 * 20, "{steps}");
}

#[test]
fn what_is_too_much_to_compare_is_told() {
    let analysis = analysis(80, 1_000);
    let (found, steps) = steps::of(|| told(&analysis, Code::TooLarge));
    assert_eq!(found, 1);
    assert!(steps < 2 * MAX_COMPARISONS, "{steps}");
}
