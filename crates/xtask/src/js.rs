//! The scripts: their form and their slips by Biome, their types, which stand in comments, by TypeScript.

use crate::process;
use crate::project::{Outcome, Project};

const BIOME: &str = "node_modules/@biomejs/biome/bin/biome";
const TYPESCRIPT: &str = "node_modules/typescript/bin/tsc";
/// What builds and measures, the page's scripts, and the workers: each of them knows other globals.
const PROGRAMS: [&str; 3] = ["tsconfig.json", "web/tsconfig.json", "web/tsconfig.worker.json"];

/// Asks both; what is to be done about most of Biome's findings is `npx biome check --write`.
pub(crate) fn run(project: &Project) -> Outcome {
    process::run(&mut project.command("node", &[BIOME, "ci"]))?;
    for program in PROGRAMS {
        process::run(&mut project.command("node", &[TYPESCRIPT, "-p", program]))?;
    }
    println!("the types of {} programs fit", PROGRAMS.len());
    Ok(())
}
