//! `cargo xtask COMMAND`: set-up, checks and the page's build, the same for a person and for CI.
//! This file turns arguments into one command; everything else is in the file named after its job.

mod browser;
mod cases;
mod cheatsheet;
mod codes;
mod coverage;
mod debian;
mod deny;
mod embed;
mod firefox;
mod fuzz;
mod js;
mod native;
mod page;
mod prerender;
mod process;
mod project;
mod reading;
mod report;
mod setup;
mod sources;
mod steps;
mod tools;
mod wasm_tests;
mod webkit;

use std::env;
use std::process::ExitCode;

use project::{Outcome, Project};

const USAGE: &str = "\
cargo xtask serve [ARGS]   build the page, serve it on http://127.0.0.1:8080/ and rebuild it on every change;
                           ARGS go to Trunk, such as --port 9000 or --open
cargo xtask test [STEP…]   run every check, or only the steps named
cargo xtask fuzz [SECONDS] [TARGET…]
                           let all fuzz targets, or those named, run so long, or for a minute; 0 tries what is known
cargo xtask dist           build the release site in dist/, which works from any folder of any host
cargo xtask dist --single-file
                           and put it into one file as well, which needs no host: dist-single/netpol-playground.html
cargo xtask setup          install what the commands above need, and nothing else
cargo xtask site-parts     add the editor, the widget's page, the page of the codes and the cheat sheet to the site in TRUNK_STAGING_DIR: Trunk does this by itself
cargo xtask bench-page     measure keystroke to paint, and print the median and the 95th percentile

What is missing is installed first, into .tools/ and node_modules/. Environment:
  CHROMIUM       the browser to test with, where it is not chromium, google-chrome or chromium-browser on PATH
  CHROMEDRIVER   the matching ChromeDriver, where it is not chromedriver on PATH
  FIREFOX        the Firefox to test with, where it is not firefox-esr or firefox on PATH. Without any, the step says so and is left out
  WEBKIT_DRIVER, XVFB
                 what steers WebKit and the screen it gets, where they are not WebKitWebDriver and Xvfb on PATH; likewise
  FUZZ_SECONDS   how long the step `fuzz` of `test` lets each target run, where it is not 5; .ci/run asks for 60.
                 Where it is set, a missing C++ compiler is a failure; else the step says so and is left out";

fn main() -> ExitCode {
    let project = Project::of_this_checkout();
    if let Some(end) = coverage::compile(&project) {
        return end;
    }
    let mut arguments = env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();

    let outcome = match command.as_str() {
        "serve" => setup::for_serving(&project).and_then(|()| page::serve(&project, &rest)),
        "test" => test(&project, &rest),
        "dist" => dist(&project, &rest),
        "fuzz" => fuzz::run(&project, &rest),
        "setup" => set_up(&project),
        "site-parts" => page::parts(&project),
        "bench-page" => bench_page(&project),
        "help" | "--help" | "-h" => {
            println!("{USAGE}\n\nSteps of `test`:\n{}", steps::list());
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn dist(project: &Project, arguments: &[String]) -> Outcome {
    let is_single = match arguments {
        [] => false,
        [only] if only == "--single-file" => true,
        other => return Err(format!("`dist` knows --single-file and not: {}", other.join(" "))),
    };
    setup::for_building(project)?;
    page::build(project)?;
    if is_single { page::single_file(project) } else { Ok(()) }
}

fn test(project: &Project, names: &[String]) -> Outcome {
    let steps = steps::named(names)?;
    setup::for_testing(project)?;
    report::run(project, &steps)
}

fn set_up(project: &Project) -> Outcome {
    setup::for_testing(project)?;
    setup::for_fuzzing(project)?;
    let lacking = [firefox::lacking(project), webkit::lacking(project)];
    let lacking: Vec<String> = lacking.into_iter().flatten().collect();
    match lacking.as_slice() {
        [] => println!("everything is in place"),
        reasons => println!("everything is in place but other browsers: {}", reasons.join("; ")),
    }
    Ok(())
}

fn bench_page(project: &Project) -> Outcome {
    setup::for_testing(project)?;
    page::build(project)?;
    page::bench(project)
}
