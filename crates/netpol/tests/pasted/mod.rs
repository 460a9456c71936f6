//! What tests of pasted texts ask for.
#![expect(clippy::indexing_slicing, reason = "what is not there fails the test")]

use netpol::{Diagnostic, Manifest, NetworkPolicy, Source, repair};

/// The text, read.
pub(crate) fn read(text: &str) -> Manifest {
    Manifest::read(vec![Source::new("pasted.yaml", text)])
}

/// The policies without their places.
pub(crate) fn policies(manifest: &Manifest) -> Vec<NetworkPolicy> {
    let mut policies = manifest.objects[0].policies.clone();
    for policy in &mut policies {
        policy.meta.origin = None;
    }
    policies
}

/// What is said of it.
pub(crate) fn said(manifest: &Manifest) -> Vec<String> {
    let line = |diagnostic: &Diagnostic| format!("{}: {diagnostic}", diagnostic.code);
    manifest.diagnostics.iter().map(line).collect()
}

/// The text after the fix of its first diagnostic that has one.
pub(crate) fn mended(text: &str) -> Option<(String, String)> {
    let manifest = read(text);
    let fix = manifest.diagnostics.iter().find_map(|known| repair::fix(&manifest, known))?;
    Some((fix.title, fix.rewrite.apply(text)))
}
