//! The scripts: their form and their slips by Biome, their types, which stand in comments, by TypeScript.

use crate::process;
use crate::project::{Outcome, Project};

const BIOME: &str = "node_modules/@biomejs/biome/bin/biome";

/// Asks both; what is to be done about most of Biome's findings is `npx biome check --write`.
pub(crate) fn run(project: &Project) -> Outcome {
    process::run(&mut project.command("node", &[BIOME, "ci"]))
}
