//! The cheat sheet: `crates/cheatsheet` says what is on it, because it takes the evaluator to know. That is built only
//! here: the commands of set-up depend on nothing.

use std::path::Path;

use crate::process;
use crate::project::{Outcome, Project};
use crate::reading::Reading;

const PACKAGE: [&str; 4] = ["--quiet", "--locked", "--package", "cheatsheet"];

pub(crate) fn compile(project: &Project) -> Outcome {
    process::run(&mut project.command("cargo", &[&["build"], &PACKAGE[..]].concat()))
}

/// Writes the page into a site that has its `index.html` already.
pub(crate) fn write(project: &Project, site: &Path) -> Outcome {
    compile(project)?;
    let main = project
        .ask("cargo", &[&["run"], &PACKAGE[..]].concat())
        .ok_or("the package `cheatsheet` says nothing")?;
    let page = Reading {
        file: "cheatsheet.html",
        title: "Cheat sheet",
        description: "Kubernetes NetworkPolicies on two printed pages: four questions, eight policies and their answers, one dash, DNS, ports, and what surprises.",
        kind: "sheet",
        main: &main,
    };
    page.write(project, site)
}
