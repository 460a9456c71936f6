//! The checkout: where it lies, what is in it, and which surroundings a program started in it gets.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the page is compiled for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// What a command or a step comes to; the error is a sentence for the person at the terminal.
pub(crate) type Outcome = Result<(), String>;

/// The checkout that this binary was built from.
pub(crate) struct Project {
    root: PathBuf,
    path: OsString,
}

impl Project {
    pub(crate) fn of_this_checkout() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.ancestors().nth(2).unwrap_or(manifest).to_path_buf();
        let mut folders = vec![root.join(".tools/bin"), root.join("node_modules/.bin")];
        folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        let path = env::join_paths(folders).unwrap_or_default();
        Self { root, path }
    }

    /// A path inside the checkout.
    pub(crate) fn at(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub(crate) fn text_of(&self, relative: &str) -> Result<String, String> {
        fs::read_to_string(self.at(relative))
            .map_err(|error| format!("cannot read {relative}: {error}"))
    }

    /// The first program of that name on PATH, the project's own tools first.
    pub(crate) fn find(&self, program: &str) -> Option<PathBuf> {
        env::split_paths(&self.path).map(|folder| folder.join(program)).find(|file| file.is_file())
    }

    /// A program to be started at the root, with the project's tools first on PATH.
    pub(crate) fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.root).env("PATH", &self.path);
        for (name, _) in env::vars_os() {
            if name.to_str().is_some_and(describes_xtask_itself) {
                command.env_remove(name);
            }
        }
        command
    }

    /// Standard output of a program that is asked something in passing; `None` where it cannot answer.
    pub(crate) fn ask(&self, program: &str, arguments: &[&str]) -> Option<String> {
        let output = self.command(program, arguments).stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// `cargo run` tells its program about its own package; a nested cargo would take that for its own and build things again.
fn describes_xtask_itself(name: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|prefix| name.starts_with(prefix))
        || ["CARGO", "CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE", "OUT_DIR"].contains(&name)
}
