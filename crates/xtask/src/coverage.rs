//! Counts coverage of this project's own code only: this program stands before rustc, and takes the flags that count away
//! where a foreign crate is compiled. Half of what a fuzz target did was counting inside the compression of links.

use std::env;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::project::Project;

/// What cargo-fuzz asks of the compiler without a sanitizer, but for `--cfg fuzzing`: libraries leave
/// checks out under it, and what is tried here shall be what is shipped. Nor are comparisons traced: that took half of the
/// time, and words worth trying are in the seeds and in fuzz/yaml.dict.
const FLAGS: [&str; 4] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
];
/// Says that this program is asked to be the compiler.
const MARK: &str = "NETPOL_FUZZ_COVERAGE";

/// Lets a cargo command compile with coverage. The flags are cargo's to know, so that it builds again when they change.
pub(crate) fn count(command: &mut Command) -> &mut Command {
    if let Ok(program) = env::current_exe() {
        command.env("RUSTC_WRAPPER", program).env(MARK, "1");
    }
    command.env("RUSTFLAGS", FLAGS.join(" "))
}

/// Compiles, where that is what cargo started this program for.
pub(crate) fn compile(project: &Project) -> Option<ExitCode> {
    env::var_os(MARK)?;
    let mut arguments = env::args_os().skip(1);
    let compiler = arguments.next()?;
    let folder = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let is_ours = Path::new(&folder).starts_with(project.at(""));
    let is_wanted =
        |argument: &std::ffi::OsString| is_ours || FLAGS.iter().all(|flag| argument != flag);
    let status = Command::new(compiler).args(arguments.filter(is_wanted)).status();
    Some(match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cannot start the compiler: {error}");
            ExitCode::FAILURE
        }
    })
}
