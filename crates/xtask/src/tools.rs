//! Trunk and wasm-bindgen: taken from PATH where they are there in the right version, else brought into .tools, ready-made
//! where cargo binstall is installed, and built otherwise. Each says in one line what comes, how, and why.

use std::env::consts::EXE_SUFFIX;
use std::thread;

use crate::process;
use crate::project::{Outcome, Project};

/// Newest release that builds with the pinned Rust.
const TRUNK: &str = "0.21.14";
const BINDGEN: &str = "wasm-bindgen";
/// What `cargo test` runs a module with, see .cargo/config.toml.
pub(crate) const TEST_RUNNER: &str = "wasm-bindgen-test-runner";

/// A package of crates.io, and those of its programs that are needed.
#[derive(Debug, PartialEq)]
struct Tool {
    package: &'static str,
    version: String,
    programs: Vec<&'static str>,
    purpose: &'static str,
}

/// How a tool gets here.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Binstall,
    Build,
}

/// Brings what building the page takes, `beside` the time that takes where something has to be built.
pub(crate) fn for_building(project: &Project, beside: impl FnOnce() + Send) -> Outcome {
    bring(project, &[bindgen(project, &[BINDGEN])?, trunk()], beside)
}

/// The same, and what runs tests of the page in a browser.
pub(crate) fn for_testing(project: &Project) -> Outcome {
    bring(project, &[bindgen(project, &[BINDGEN, TEST_RUNNER])?, trunk()], || ())
}

fn trunk() -> Tool {
    Tool {
        package: "trunk",
        version: TRUNK.into(),
        programs: vec!["trunk"],
        purpose: "it bundles and serves the page",
    }
}

fn bindgen(project: &Project, programs: &[&'static str]) -> Result<Tool, String> {
    Ok(Tool {
        package: "wasm-bindgen-cli",
        version: wasm_bindgen_version(&project.text_of("Cargo.lock")?)?,
        programs: programs.to_vec(),
        purpose: if programs.contains(&TEST_RUNNER) {
            "it binds the page to the browser and runs its tests there"
        } else {
            "it binds the page to the browser"
        },
    })
}

/// All that is missing at once, since each has stretches in which only one core has work.
fn bring(project: &Project, wanted: &[Tool], beside: impl FnOnce() + Send) -> Outcome {
    let version_of = |program: &str| {
        let file = project.find(&format!("{program}{EXE_SUFFIX}"))?;
        let answer = project.ask(file.to_str()?, &["--version"])?;
        version_in(&answer).map(String::from)
    };
    let mut missing: Vec<Tool> =
        wanted.iter().filter_map(|tool| missing_of(tool, version_of)).collect();
    if project.find(&format!("cargo-binstall{EXE_SUFFIX}")).is_some() {
        missing.retain(|tool| !is_there_ready_made(project, tool));
    }
    if missing.is_empty() {
        return Ok(());
    }
    thread::scope(|scope| {
        let builds: Vec<_> =
            missing.iter().map(|tool| scope.spawn(|| get(project, tool, Way::Build))).collect();
        scope.spawn(beside);
        builds.into_iter().try_for_each(|build| {
            build.join().unwrap_or_else(|_| Err("the installation broke off".into()))
        })
    })
}

fn is_there_ready_made(project: &Project, tool: &Tool) -> bool {
    let outcome = get(project, tool, Way::Binstall);
    if let Err(reason) = &outcome {
        println!("{reason}, so it is built");
    }
    outcome.is_ok()
}

fn get(project: &Project, tool: &Tool, way: Way) -> Outcome {
    println!("{}", announcement(tool, way));
    let arguments = arguments(tool, way);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut command = project.command("cargo", &arguments);
    if way == Way::Build {
        command.envs(CHEAP);
    }
    process::run(&mut command)
}

/// Built without optimisation: a fifth of the time, and no slower in use on a page of this size.
const CHEAP: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_PANIC", "abort"),
];

fn announcement(tool: &Tool, way: Way) -> String {
    let Tool { package, version, purpose, .. } = tool;
    match way {
        Way::Binstall => format!(
            "installing {package} {version} into .tools: {purpose}. cargo binstall is here and fetches it ready-made"
        ),
        Way::Build => format!(
            "installing {package} {version} into .tools: {purpose}. No such version is on PATH, so it is built, which takes a minute or two"
        ),
    }
}

/// Without default features there is no TLS in what is built; neither tool has to download anything.
fn arguments(tool: &Tool, way: Way) -> Vec<String> {
    let mut words = match way {
        Way::Binstall => "binstall --no-confirm --disable-strategies compile --force --root .tools",
        Way::Build => "install --quiet --locked --no-default-features --force --root .tools",
    }
    .split(' ')
    .map(String::from)
    .collect::<Vec<_>>();
    if way == Way::Build {
        words.extend(tool.programs.iter().flat_map(|program| ["--bin".into(), (*program).into()]));
    }
    words.push(format!("{}@{}", tool.package, tool.version));
    words
}

/// The tool with those of its programs that answer another version, or not at all; `None` where nothing is missing.
fn missing_of(tool: &Tool, version_of: impl Fn(&str) -> Option<String>) -> Option<Tool> {
    let is_missing = |program: &&&str| version_of(program).as_ref() != Some(&tool.version);
    let programs: Vec<&str> = tool.programs.iter().filter(is_missing).copied().collect();
    (!programs.is_empty()).then(|| Tool { version: tool.version.clone(), programs, ..*tool })
}

/// The second word of what a program answers to `--version`.
fn version_in(answer: &str) -> Option<&str> {
    answer.split_whitespace().nth(1)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn tool() -> Tool {
        Tool {
            package: "wasm-bindgen-cli",
            version: "0.2.129".into(),
            programs: vec![BINDGEN, TEST_RUNNER],
            purpose: "it binds",
        }
    }

    #[test]
    fn the_version_is_that_of_wasm_bindgen_and_not_of_a_package_whose_name_begins_alike() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(wasm_bindgen_version(lock).unwrap(), "0.2.129");
    }

    #[test]
    fn a_lock_file_without_wasm_bindgen_is_an_error() {
        assert!(wasm_bindgen_version("version = 4\n").is_err());
    }

    #[test]
    fn what_a_program_says_beside_its_version_does_not_matter() {
        assert_eq!(version_in("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(version_in("wasm-bindgen 0.2.129 (fd9cbaec0 2026-01-01)"), Some("0.2.129"));
        assert_eq!(version_in("trunk"), None);
    }

    #[test]
    fn nothing_is_missing_where_every_program_answers_the_right_version() {
        assert_eq!(missing_of(&tool(), |_| Some("0.2.129".into())), None);
    }

    #[test]
    fn of_a_package_only_the_programs_are_brought_that_are_not_there_in_the_right_version() {
        let of = |answers: &dyn Fn(&str) -> Option<String>| missing_of(&tool(), answers).unwrap();
        assert_eq!(of(&|_| Some("0.2.100".into())).programs, [BINDGEN, TEST_RUNNER]);
        let only_bindgen = |program: &str| (program == BINDGEN).then(|| "0.2.129".to_owned());
        assert_eq!(of(&only_bindgen).programs, [TEST_RUNNER]);
    }

    #[test]
    fn what_is_built_is_locked_and_no_more_than_is_needed() {
        let words = arguments(&Tool { programs: vec![BINDGEN], ..tool() }, Way::Build).join(" ");
        assert!(words.contains("--locked"));
        assert!(words.ends_with("--bin wasm-bindgen wasm-bindgen-cli@0.2.129"));
    }

    #[test]
    fn cargo_binstall_fetches_the_very_version_and_builds_nothing_of_its_own() {
        let words = arguments(&tool(), Way::Binstall).join(" ");
        assert!(words.starts_with("binstall --no-confirm --disable-strategies compile"));
        assert!(words.ends_with(" wasm-bindgen-cli@0.2.129"));
    }
}
