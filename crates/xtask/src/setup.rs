//! What a command needs, installed where it is missing; each installation says what it is and why.
//! A second run only looks and takes a moment.

use std::env;
use std::fs;

use crate::project::{Outcome, Project};
use crate::{browser, debian, process};

/// Newest release that builds with the pinned Rust.
const TRUNK: &str = "0.21.14";
const WASM: &str = "wasm32-unknown-unknown";

/// What building and serving the page needs: no Node.js and no browser. The editor is served where npm can install it.
pub(crate) fn for_serving(project: &Project) -> Outcome {
    page_tools(project)?;
    if let Err(reason) = node_modules(project) {
        println!(
            "{reason}\nServing without it: the page then has a plain text field in place of its editor. `cargo xtask test` and `cargo xtask dist` will ask again"
        );
    }
    Ok(())
}

/// What the release site needs: as above, and the optimiser that comes from npm.
pub(crate) fn for_building(project: &Project) -> Outcome {
    page_tools(project)?;
    node_modules(project)
}

/// What all checks need: as above, and a browser.
pub(crate) fn for_testing(project: &Project) -> Outcome {
    for_building(project)?;
    browser::install(project)
}

/// What fuzzing needs beside Rust: libFuzzer is C++ and compiled on the spot, by the program that `CXX` names or `c++`.
pub(crate) fn for_fuzzing(project: &Project) -> Outcome {
    let named = env::var_os("CXX").is_some_and(|name| !name.is_empty());
    // Elsewhere than on Unix the build looks for the system's own compiler, in places of its own.
    if named || cfg!(not(unix)) || project.find("c++").is_some() {
        return Ok(());
    }
    if debian::installs_unasked(project) {
        return debian::install(project, &["g++"], "libFuzzer is written in C++");
    }
    Err("no C++ compiler, which libFuzzer needs: sudo apt-get install -y g++ (macOS: xcode-select --install)".into())
}

fn page_tools(project: &Project) -> Outcome {
    wasm_target(project)?;
    let version = wasm_bindgen_version(&project.text_of("Cargo.lock")?)?;
    cargo_tool(
        project,
        "wasm-bindgen-cli",
        "wasm-bindgen",
        &version,
        "binds the page to the browser and runs its tests there; half a minute",
    )?;
    cargo_tool(project, "trunk", "trunk", TRUNK, "bundles and serves the page; two minutes")
}

/// The folder of the target's standard library is asked for, because a Rust without rustup has no list of targets.
fn wasm_target(project: &Project) -> Outcome {
    let folder = project.ask("rustc", &["--print", "target-libdir", "--target", WASM]);
    if folder.is_some_and(|folder| fs::exists(folder.trim()).unwrap_or(false)) {
        return Ok(());
    }
    println!("installing Rust's {WASM} target: the page is compiled for it");
    process::run(&mut project.command("rustup", &["target", "add", WASM])).map_err(|reason| {
        format!(
            "{reason}\ninstall the standard library for {WASM} by hand: rustup target add {WASM}"
        )
    })
}

/// Built without optimisation: a fifth of the time, and no slower in use on a page of this size.
/// Without default features there is no TLS in them; neither has to download anything.
fn cargo_tool(
    project: &Project,
    package: &str,
    program: &str,
    version: &str,
    purpose: &str,
) -> Outcome {
    let installed =
        project.at(".tools/bin").join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    let answer = installed.to_str().and_then(|file| project.ask(file, &["--version"]));
    if answer.is_some_and(|answer| answer.split_whitespace().nth(1) == Some(version)) {
        return Ok(());
    }
    println!("installing {package} {version} into .tools: {purpose}");
    let arguments = [
        "install",
        "--quiet",
        "--locked",
        "--force",
        "--no-default-features",
        "--root",
        ".tools",
        package,
        "--version",
        version,
    ];
    process::run(
        project
            .command("cargo", &arguments)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256"),
    )
}

/// The version that Cargo.lock names: the command-line tool must be the very same as the library.
fn wasm_bindgen_version(lock: &str) -> Result<String, String> {
    lock.split("[[package]]")
        .find(|package| package.lines().any(|line| line == "name = \"wasm-bindgen\""))
        .and_then(|package| {
            package.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        })
        .map(String::from)
        .ok_or_else(|| {
            "Cargo.lock names no wasm-bindgen, so the page cannot be bound to the browser".into()
        })
}

/// A copy of the lock file, left beside what was installed from it, tells whether it is still the same.
fn node_modules(project: &Project) -> Outcome {
    if project.find("node").is_none() || project.find("npm").is_none() {
        return Err("Node.js 20 or newer with npm is needed for the editor, the optimiser and the end-to-end tests and is not on PATH.\n\
                    On Debian 13, Ubuntu 24.10 or newer: apt-get install -y nodejs npm; elsewhere: https://nodejs.org/en/download"
            .into());
    }
    let lock = project.text_of("package-lock.json")?;
    let stamp = "node_modules/.installed-from.json";
    if project.text_of(stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!(
        "installing what package-lock.json names into node_modules: CodeMirror is its editor, binaryen and esbuild make the page smaller, Playwright and axe test it"
    );
    process::run(
        project
            .command("npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            // The tests use the system's browser.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )?;
    fs::write(project.at(stamp), lock).map_err(|error| format!("cannot write {stamp}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_wasm_bindgen_and_not_of_a_package_whose_name_begins_alike() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(wasm_bindgen_version(lock).unwrap(), "0.2.129");
    }

    #[test]
    fn a_lock_file_without_wasm_bindgen_is_an_error() {
        assert!(wasm_bindgen_version("version = 4\n").is_err());
    }
}
