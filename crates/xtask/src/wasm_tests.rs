//! The tests that run inside a browser: by convention `tests/web.rs` of a crate.
//! A run that executed nothing counts as a failure, because the runner would call it a success.

use std::env;
use std::fs;

use crate::project::{Outcome, Project};
use crate::{browser, process, tools};

/// Runs `tests/web.rs` of every crate that has one.
pub(crate) fn run(project: &Project) -> Outcome {
    let crates = crates_with_browser_tests(project)?;
    if crates.is_empty() {
        return Err("no crate has tests/web.rs".into());
    }
    let browser = browser::find(project)?;
    let capabilities = browser::capabilities(project, &browser.chromium)?;
    // Chromium leaves folders behind; and the path must be short, because it puts a socket there.
    let scratch = env::temp_dir().join(format!("netpol-{}", std::process::id()));
    fs::create_dir_all(&scratch)
        .map_err(|error| format!("cannot make {}: {error}", scratch.display()))?;

    let mut arguments = vec![
        "test",
        "--locked",
        "--no-fail-fast",
        "--target",
        "wasm32-unknown-unknown",
        "--test",
        "web",
    ];
    for name in &crates {
        arguments.extend(["--package", name]);
    }
    let mut command = project.command("cargo", &arguments);
    command
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", tools::TEST_RUNNER)
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("TMPDIR", &scratch);
    let (outcome, output) = process::run_and_read(&mut command);
    // What is left there harms nobody; the system clears its temporary files.
    let _ = fs::remove_dir_all(&scratch);
    outcome?;
    every_crate_ran(&output, crates.len())
}

fn crates_with_browser_tests(project: &Project) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(project.at("crates"))
        .map_err(|error| format!("cannot read crates: {error}"))?;
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("tests/web.rs").is_file())
        .filter_map(|entry| {
            package_name(&fs::read_to_string(entry.path().join("Cargo.toml")).ok()?)
        })
        .collect();
    names.sort();
    Ok(names)
}

/// The first `name` in a manifest is the package's.
fn package_name(manifest: &str) -> Option<String> {
    manifest
        .lines()
        .find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .map(String::from)
}

fn every_crate_ran(output: &str, crates: usize) -> Outcome {
    let passed: Vec<usize> = output
        .lines()
        .filter_map(|line| {
            line.trim().strip_prefix("test result: ok. ")?.split_once(" passed")?.0.parse().ok()
        })
        .filter(|count| *count > 0)
        .collect();
    if passed.len() < crates {
        return Err(format!(
            "{crates} crates have tests/web.rs, but only {} of them ran a test",
            passed.len()
        ));
    }
    println!("{} tests passed in the browser, from {crates} crates", passed.iter().sum::<usize>());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREE: &str = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.09s\n";

    #[test]
    fn a_crate_whose_browser_tests_did_not_run_is_a_failure() {
        assert!(every_crate_ran(THREE, 1).is_ok());
        assert!(every_crate_ran(THREE, 2).is_err());
        assert!(every_crate_ran("no tests to run!\n", 1).is_err());
        assert!(every_crate_ran("test result: ok. 0 passed; 0 failed\n", 1).is_err());
    }

    #[test]
    fn the_package_is_named_by_its_manifest() {
        assert_eq!(
            package_name("[package]\nname = \"netpol-cli\"\n\n[[bin]]\nname = \"netpol\"\n")
                .unwrap(),
            "netpol-cli"
        );
    }
}
