//! What a command needs, installed where it is missing; each installation says what it is and why.
//! A second run only looks and takes a moment.

use std::env;
use std::fs;
use std::thread;

use crate::project::{Outcome, Project, WASM};
use crate::{browser, debian, page, process, tools};

/// What building and serving the page needs: no Node.js, no browser and nothing that only tests use. The editor is served
/// where npm can install it. All of it at once, and where a tool has to be built, the page is compiled beside it.
pub(crate) fn for_serving(project: &Project) -> Outcome {
    wasm_target(project)?;
    thread::scope(|scope| {
        scope.spawn(|| {
            if let Err(reason) = node_modules(project) {
                println!(
                    "{reason}\nServing without it: the page then has a plain text field in place of its editor. `cargo xtask test` and `cargo xtask dist` will ask again"
                );
            }
        });
        tools::for_building(project, || page::compile_ahead(project))
    })
}

/// What the release site needs: as above, and the optimiser that comes from npm.
pub(crate) fn for_building(project: &Project) -> Outcome {
    wasm_target(project)?;
    tools::for_building(project, || ())?;
    node_modules(project)
}

/// What all checks need: as above, and a browser with what runs tests in it.
pub(crate) fn for_testing(project: &Project) -> Outcome {
    wasm_target(project)?;
    tools::for_testing(project)?;
    node_modules(project)?;
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
        "installing what package-lock.json names into node_modules: CodeMirror is its editor, binaryen and esbuild make the page smaller, TypeScript and Biome check its scripts, Playwright and axe test it"
    );
    process::run(
        project
            .command("npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            // The tests use the system's browser.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )?;
    fs::write(project.at(stamp), lock).map_err(|error| format!("cannot write {stamp}: {error}"))
}
