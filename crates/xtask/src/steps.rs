//! The checks of this project, in their order. To add one, add a row.

use crate::project::{Outcome, Project};
use crate::{cases, deny, firefox, fuzz, js, native, page, process, sources, wasm_tests, webkit};

/// One check. Its name is what a person types to run it alone.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    /// The step without whose success this one can say nothing.
    pub(crate) needs: Option<&'static str>,
    /// What this machine lacks for it and cannot be brought; the step is then left out, and the run says so.
    pub(crate) lacks: Option<fn(&Project) -> Option<String>>,
    pub(crate) run: fn(&Project) -> Outcome,
}

const STEPS: [Step; 15] = [
    Step {
        name: "sources",
        title: "nothing unfinished and nothing of this machine in the sources",
        needs: None,
        lacks: None,
        run: sources::check,
    },
    Step {
        name: "deny",
        title: "licences, advisories and sources of the crates",
        needs: None,
        lacks: Some(deny::lacking),
        run: deny::run,
    },
    Step { name: "format", title: "rustfmt", needs: None, lacks: None, run: format },
    Step {
        name: "js",
        title: "form, lints and types of the scripts",
        needs: None,
        lacks: None,
        run: js::run,
    },
    Step {
        name: "clippy",
        title: "lints of everything",
        needs: None,
        lacks: None,
        run: |project| cargo(project, &CLIPPY),
    },
    Step {
        name: "clippy-wasm",
        title: "lints of the page, as the browser gets it",
        needs: None,
        lacks: None,
        run: |project| cargo(project, &CLIPPY_WASM),
    },
    Step {
        name: "native",
        title: "unit, integration and documentation tests, in a pipe and at a terminal",
        needs: None,
        lacks: None,
        run: native::run,
    },
    Step {
        name: "wasm",
        title: "the core and the components in headless Chromium",
        needs: None,
        lacks: None,
        run: wasm_tests::run,
    },
    Step {
        name: "cases",
        title: "the expectation files, through the command line",
        needs: None,
        lacks: None,
        run: cases::run,
    },
    Step {
        name: "fuzz",
        title: "random inputs against all that reads a stranger's text",
        needs: None,
        lacks: None,
        run: fuzz::step,
    },
    Step { name: "dist", title: "the release site", needs: None, lacks: None, run: page::build },
    Step {
        name: "size",
        title: "bytes of the first load, of the editor after it, and of the script for articles",
        needs: Some("dist"),
        lacks: None,
        run: page::size,
    },
    Step {
        name: "e2e",
        title: "the release site in Chromium, at the root and in a folder",
        needs: Some("dist"),
        lacks: None,
        run: page::end_to_end,
    },
    Step {
        name: "firefox",
        title: "what people do most, in Firefox",
        needs: Some("dist"),
        lacks: Some(firefox::lacking),
        run: firefox::run,
    },
    Step {
        name: "webkit",
        title: "what people do most, in WebKit, as on an iPhone",
        needs: Some("dist"),
        lacks: Some(webkit::lacking),
        run: webkit::run,
    },
];

const CLIPPY: [&str; 7] =
    ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
const CLIPPY_WASM: [&str; 10] = [
    "clippy",
    "--package",
    "playground",
    "--all-targets",
    "--locked",
    "--target",
    "wasm32-unknown-unknown",
    "--",
    "-D",
    "warnings",
];

/// The steps of these names, in the order above; all of them when no name is given.
pub(crate) fn named(names: &[String]) -> Result<Vec<&'static Step>, String> {
    if let Some(unknown) =
        names.iter().find(|name| STEPS.iter().all(|step| step.name != name.as_str()))
    {
        return Err(format!("there is no step `{unknown}`; the steps are:\n{}", list()));
    }
    Ok(STEPS
        .iter()
        .filter(|step| names.is_empty() || names.iter().any(|name| name == step.name))
        .collect())
}

/// The steps with what each checks, one a line.
pub(crate) fn list() -> String {
    STEPS
        .iter()
        .map(|step| format!("  {:<12} {}", step.name, step.title))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The fuzz targets are a workspace of their own, which `--all` does not reach.
fn format(project: &Project) -> Outcome {
    cargo(project, &["fmt", "--all", "--check"])?;
    cargo(project, &["fmt", "--manifest-path", fuzz::MANIFEST, "--check"])
}

fn cargo(project: &Project, arguments: &[&str]) -> Outcome {
    process::run(&mut project.command("cargo", arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_another_needs_comes_before_it() {
        for (index, step) in STEPS.iter().enumerate() {
            if let Some(needed) = step.needs {
                assert!(
                    STEPS[..index].iter().any(|earlier| earlier.name == needed),
                    "{}",
                    step.name
                );
            }
        }
    }

    #[test]
    fn steps_are_run_in_their_own_order_whatever_order_they_are_named_in() {
        let chosen = named(&["size".into(), "dist".into()]).unwrap();
        assert_eq!(chosen.iter().map(|step| step.name).collect::<Vec<_>>(), ["dist", "size"]);
        assert_eq!(named(&[]).unwrap().len(), STEPS.len());
        assert!(named(&["nothing".into()]).is_err());
    }
}
