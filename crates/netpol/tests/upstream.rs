//! The expectation files of `tests/upstream`: what Kubernetes' own end-to-end tests and the recipes
//! everyone copies say about the verdicts. See the page beside the files for where each comes from.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]
#![expect(clippy::disallowed_methods, reason = "the core reads no files, its tests do")]

mod expectation_files;

use expectation_files::assert_all_hold;

#[test]
fn every_truth_table_of_the_kubernetes_end_to_end_tests_holds() {
    assert_all_hold("upstream/e2e", 62);
}

#[test]
fn every_recipe_does_what_kubernetes_does_with_it() {
    assert_all_hold("upstream/recipes", 25);
}
