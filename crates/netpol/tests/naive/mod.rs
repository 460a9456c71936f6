//! The opponent: a generator of clusters, a naive second evaluator, and the comparison of both with
//! the one under test.

use netpol::{Analysis, Inputs, Source, Witnesses};

pub(crate) mod address;
pub(crate) mod agreement;
pub(crate) mod choices;
pub(crate) mod evaluator;
pub(crate) mod generator;
pub(crate) mod manifest;
pub(crate) mod policies;
pub(crate) mod questions;
pub(crate) mod random;
pub(crate) mod table;
pub(crate) mod tree;
pub(crate) mod world;
pub(crate) mod writing;

/// A text as the core reads it, and nothing added to it. Blocks have host bits, which newer releases refuse.
pub(crate) fn analysis(text: &str) -> Analysis {
    let text = vec![Source::new("random.yaml", text)];
    let kubernetes = "1.35".parse().unwrap();
    Analysis::of(Inputs { text, kubernetes, witnesses: Witnesses::Off, ..Inputs::default() })
}
