//! Licences, advisories and sources of all crates, where cargo-deny is there to look: it takes minutes to install, and CI has it.

use crate::fuzz;
use crate::process;
use crate::project::{Outcome, Project};

const PROGRAM: &str = "cargo-deny";

/// Why the step cannot run here.
pub(crate) fn lacking(project: &Project) -> Option<String> {
    let advice = "no cargo-deny found on PATH, so the crates' licences and advisories were not looked at. \
                  To have it: cargo install --locked cargo-deny";
    project.find(PROGRAM).is_none().then(|| advice.to_owned())
}

/// Holds both workspaces to deny.toml.
pub(crate) fn run(project: &Project) -> Outcome {
    for manifest in ["Cargo.toml", fuzz::MANIFEST] {
        // without the point it takes the folder for no folder
        let manifest = format!("./{manifest}");
        let arguments =
            ["--manifest-path", &manifest, "--all-features", "check", "--config", "deny.toml"];
        process::run(&mut project.command(PROGRAM, &arguments))?;
    }
    Ok(())
}
