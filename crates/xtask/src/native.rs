//! The tests that need no browser: as they come, and the unit tests once more at a terminal, for a
//! developer sits at one and CI does not.

use crate::process;
use crate::project::{Outcome, Project};

const ALL: [&str; 4] = ["test", "--workspace", "--locked", "--no-fail-fast"];
/// Every unit test, for they run in the process that the terminal is of; all of it is built by then.
const AT_A_TERMINAL: &str = "cargo test --workspace --locked --no-fail-fast --lib --bins";

/// Runs them.
pub(crate) fn run(project: &Project) -> Outcome {
    process::run(&mut project.command("cargo", &ALL))?;
    // that of BSD and macOS takes other arguments, and those who have it sit at a terminal already
    let version = project.ask("script", &["--version"]).unwrap_or_default();
    if !version.contains("util-linux") {
        println!("not run once more at a terminal: there is no `script` of util-linux on PATH");
        return Ok(());
    }
    // the log of what was typed and shown is not wanted, so it goes nowhere
    let script = ["--quiet", "--return", "--command", AT_A_TERMINAL, "/dev/null"];
    process::run(&mut project.command("script", &script))
}
