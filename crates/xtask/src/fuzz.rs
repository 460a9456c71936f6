//! Random inputs, guided by coverage, against everything that reads a stranger's text: builds the targets of fuzz/
//! with the pinned Rust and lets each run for a while.
//!
//! No nightly Rust and no cargo-fuzz: coverage is instrumented by flags that stable Rust takes. A finding stays in
//! fuzz/artifacts/ and is tried again by every later run, so that a run passes only once it is mended.
//!
//! Without `FUZZ_SECONDS` the step of `cargo xtask test` is short, rather than left out where nothing changed: random
//! inputs are new ones each time, and fuzz/corpus/ keeps what they reach, so many short runs add up to a long one.

use std::env;
use std::fs::{self, File};
use std::process::{Child, ExitStatus, Stdio};
use std::thread;

use crate::project::{Outcome, Project};
use crate::{coverage, process, setup};

pub(crate) const MANIFEST: &str = "fuzz/Cargo.toml";

/// One program of fuzz/Cargo.toml.
struct Target {
    name: &'static str,
    /// What it reads besides its own corpus/, seeds/ and artifacts/.
    inputs: &'static [&'static str],
    options: &'static [&'static str],
    /// A minute of it finds nothing any more. Until then a check tries again what is kept, and `cargo xtask fuzz` looks for more.
    is_settled: bool,
}

/// Texts that are all read without an error, or nearly.
const TEXTS: [&str; 3] = ["tests/cases", "tests/upstream", "crates/lessons/scenarios"];
/// Nearly all inputs reach something, so counting how often each edge is taken, and weighing inputs by what is rare, takes
/// longer than to try them.
const QUICKLY: [&str; 2] = ["-use_counters=0", "-entropic=0"];

const TARGETS: [Target; 4] = [
    Target {
        name: "analysis",
        inputs: &TEXTS,
        options: &["-dict=fuzz/yaml.dict", QUICKLY[0], QUICKLY[1]],
        is_settled: true,
    },
    Target { name: "notation", inputs: &[], options: &[], is_settled: true },
    Target { name: "links", inputs: &[], options: &[], is_settled: true },
    Target { name: "policies", inputs: &TEXTS, options: &QUICKLY, is_settled: true },
];

const BRIEFLY: u64 = 5;
const A_MINUTE: u64 = 60;

/// The step of `cargo xtask test`: all targets, for `FUZZ_SECONDS` each or only briefly.
pub(crate) fn step(project: &Project) -> Outcome {
    let asked = env::var("FUZZ_SECONDS").ok().filter(|text| !text.is_empty());
    let seconds = match &asked {
        Some(text) => text
            .parse()
            .map_err(|_| format!("FUZZ_SECONDS is `{text}`, which is no number of seconds"))?,
        None => BRIEFLY,
    };
    if let Err(missing) = setup::for_fuzzing(project) {
        if asked.is_some() {
            return Err(missing);
        }
        println!("left out: {missing}");
        return Ok(());
    }
    let (settled, restless): (Vec<&Target>, Vec<&Target>) =
        TARGETS.iter().partition(|target| target.is_settled);
    try_all(project, &settled, seconds)?;
    // cargo builds all where it is asked for none
    if restless.is_empty() { Ok(()) } else { try_all(project, &restless, 0) }
}

/// `cargo xtask fuzz [SECONDS] [TARGET…]`.
pub(crate) fn run(project: &Project, arguments: &[String]) -> Outcome {
    let (seconds, targets) = chosen(arguments)?;
    setup::for_fuzzing(project)?;
    try_all(project, &targets, seconds)
}

fn chosen(arguments: &[String]) -> Result<(u64, Vec<&'static Target>), String> {
    let seconds = arguments.first().and_then(|first| first.parse().ok());
    let names = if seconds.is_some() { arguments.get(1..) } else { Some(arguments) };
    let names = names.unwrap_or_default();
    if let Some(unknown) =
        names.iter().find(|name| TARGETS.iter().all(|target| target.name != name.as_str()))
    {
        let known = TARGETS.map(|target| target.name).join(", ");
        return Err(format!("there is no fuzz target `{unknown}`; the targets are {known}"));
    }
    let is_chosen =
        |target: &&Target| names.is_empty() || names.iter().any(|name| name == target.name);
    Ok((seconds.unwrap_or(A_MINUTE), TARGETS.iter().filter(is_chosen).collect()))
}

/// As many at once as there are cores, so that each second is a second of work.
fn try_all(project: &Project, targets: &[&Target], seconds: u64) -> Outcome {
    let programs = build(project, targets)?;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut failures = Vec::new();
    for together in targets.chunks(cores) {
        let started: Vec<_> = together
            .iter()
            .map(|target| (*target, start(project, target, &programs, seconds)))
            .collect();
        for (target, child) in started {
            let end = child.and_then(|mut child| {
                child.wait().map_err(|error| format!("lost sight of `{}`: {error}", target.name))
            });
            if let Err(reason) = end.and_then(|status| judge(project, target, &programs, status)) {
                failures.push(reason);
            }
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("; ")) }
}

/// Builds the targets and names their folder. `host-tuple` is the machine itself, but named, so that cargo spares
/// build scripts the flags.
fn build(project: &Project, targets: &[&Target]) -> Result<String, String> {
    let mut arguments = vec!["build", "--release", "--locked", "--manifest-path", MANIFEST];
    arguments.extend(["--target", "host-tuple", "--target-dir", "target/fuzz"]);
    arguments.extend(targets.iter().flat_map(|target| ["--bin", target.name]));
    process::run(coverage::count(&mut project.command("cargo", &arguments)))?;
    let host = project
        .ask("rustc", &["--print", "host-tuple"])
        .ok_or("rustc does not tell which machine it is for")?;
    Ok(format!("target/fuzz/{}/release", host.trim()))
}

fn start(
    project: &Project,
    target: &Target,
    programs: &str,
    seconds: u64,
) -> Result<Child, String> {
    let name = target.name;
    let failed = |error: std::io::Error| format!("cannot start `{name}`: {error}");
    let own = ["corpus", "seeds", "artifacts"].map(|folder| format!("fuzz/{folder}/{name}"));
    for folder in &own {
        fs::create_dir_all(project.at(folder)).map_err(failed)?;
    }
    let length = match seconds {
        // libFuzzer takes 0 for no bound
        0 => "-runs=0".to_owned(),
        _ => format!("-max_total_time={seconds}"),
    };
    let artifacts = format!("-artifact_prefix=fuzz/artifacts/{name}/");
    let mut command = project.command(&format!("{programs}/{name}"), &["-timeout=25"]);
    command.args(["-max_len=8192", &length, &artifacts]).args(target.options);
    command.args(&own).args(target.inputs);
    let log = log(target);
    println!("{name}: {seconds} s, writing to {log}");
    let log = File::create(project.at(&log)).map_err(failed)?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().map_err(failed)
}

fn log(target: &Target) -> String {
    format!("target/fuzz/{}.log", target.name)
}

/// Passes on libFuzzer's closing line, or what it found and how to see it again.
fn judge(project: &Project, target: &Target, programs: &str, status: ExitStatus) -> Outcome {
    let name = target.name;
    let log = fs::read(project.at(&log(target))).unwrap_or_default();
    let log = String::from_utf8_lossy(&log);
    if status.success() {
        let done = closing_line(&log).ok_or_else(|| format!("`{name}` tried no input"))?;
        println!("{name}: {done}, {} in all", seen(project, name, done)?);
        return Ok(());
    }
    println!("\n{name} FAILED\n{}", complaint(&log));
    let Some(file) = artifact(&log) else {
        return Err(format!("`{name}` failed without an input ({status})"));
    };
    if let Ok(bytes) = fs::read(project.at(file)) {
        println!("The input, {} bytes: b\"{}\"", bytes.len(), bytes.escape_ascii());
    }
    println!(
        "It is kept in {file}\n\
         Again, it alone:  {programs}/{name} {file}\n\
         Make it smaller:  {programs}/{name} -minimize_crash=1 -max_total_time=60 \
         -exact_artifact_path=fuzz/artifacts/{name}/small {file}\n\
         Once it is mended: cargo xtask fuzz 0 {name}\n"
    );
    Err(format!("`{name}` failed on {file}"))
}

/// `Done 17018 runs in 16 second(s)`, unless it tried nothing.
fn closing_line(log: &str) -> Option<&str> {
    let done = log.lines().rev().find(|line| line.starts_with("Done "))?;
    (!done.starts_with("Done 0 ")).then_some(done)
}

/// Adds the runs of a closing line to those of all runs before, here.
fn seen(project: &Project, name: &str, done: &str) -> Result<u64, String> {
    let file = format!("fuzz/corpus/{name}.seen");
    let before = fs::read_to_string(project.at(&file)).unwrap_or_default();
    let all = before.trim().parse().unwrap_or(0) + runs(done);
    fs::write(project.at(&file), format!("{all}\n"))
        .map_err(|error| format!("cannot write {file}: {error}"))?;
    Ok(all)
}

/// The number in a closing line.
fn runs(done: &str) -> u64 {
    done.split(' ').nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// From the panic, or libFuzzer's own error, to where it goes on about itself.
fn complaint(log: &str) -> String {
    let begins = |line: &&str| line.starts_with("thread '") || line.starts_with("==");
    let ends = |line: &&str| line.starts_with("NOTE: ") || line.starts_with("MS: ");
    let lines = log.lines().skip_while(|line| !begins(line)).take_while(|line| !ends(line));
    lines.take(40).collect::<Vec<_>>().join("\n")
}

/// The file that the failing input was written to.
fn artifact(log: &str) -> Option<&str> {
    log.lines()
        .rev()
        .find_map(|line| line.split_once("Test unit written to "))
        .map(|(_, file)| file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(arguments: &[&str]) -> Result<(u64, Vec<&'static str>), String> {
        let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        chosen(&arguments)
            .map(|(seconds, targets)| (seconds, targets.iter().map(|target| target.name).collect()))
    }

    #[test]
    fn seconds_and_targets_may_both_be_left_out() {
        assert_eq!(names(&[]).unwrap(), (60, vec!["analysis", "notation", "links", "policies"]));
        assert_eq!(names(&["5"]).unwrap().0, 5);
        assert_eq!(names(&["0", "links"]).unwrap(), (0, vec!["links"]));
        assert_eq!(names(&["links", "analysis"]).unwrap(), (60, vec!["analysis", "links"]));
        assert!(names(&["link"]).is_err());
        assert!(names(&["5", "6"]).is_err());
    }

    #[test]
    fn every_target_of_the_fuzz_package_is_run() {
        let manifest = Project::of_this_checkout().text_of(MANIFEST).unwrap();
        let programs = manifest.split("[[bin]]").skip(1);
        let names = programs.map(|bin| bin.split('"').nth(1).unwrap()).collect::<Vec<_>>();
        assert_eq!(names, TARGETS.map(|target| target.name));
    }

    #[test]
    fn a_run_that_tried_nothing_is_no_success() {
        let log = "#2 DONE\nDone 2 runs in 1 second(s)\n";
        assert_eq!(closing_line(log), Some("Done 2 runs in 1 second(s)"));
        assert_eq!(runs("Done 2 runs in 1 second(s)"), 2);
        assert!(closing_line("Done 0 runs in 1 second(s)\n").is_none());
        assert!(closing_line("").is_none());
    }

    #[test]
    fn a_finding_is_reported_without_what_libfuzzer_says_about_itself() {
        let log = "#5 NEW\n\nthread '<unnamed>' panicked at a.rs:1:2:\nwhat\n==1== ERROR: libFuzzer: deadly signal\n\
                   NOTE: libFuzzer has rudimentary signal handlers.\nMS: 0 ; base unit: 0\n\
                   artifact_prefix='fuzz/artifacts/links/'; Test unit written to fuzz/artifacts/links/crash-1\n";
        assert!(complaint(log).starts_with("thread '<unnamed>' panicked at a.rs:1:2:\nwhat\n=="));
        assert!(!complaint(log).contains("rudimentary"));
        assert_eq!(artifact(log), Some("fuzz/artifacts/links/crash-1"));
    }
}
