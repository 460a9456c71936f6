//! Runs the steps of `cargo xtask test` one after the other, with a heading and a time for each, and a closing summary.
//! A failed step does not stop the next ones, except those that need its result.

use std::time::{Duration, Instant};

use crate::project::{Outcome, Project};
use crate::steps::Step;

enum End {
    Passed,
    Failed(String),
    NotRun(&'static str),
    LeftOut(String),
}

/// Runs the steps; fails when any of them failed, and names those.
pub(crate) fn run(project: &Project, steps: &[&Step]) -> Outcome {
    let start = Instant::now();
    let mut ends: Vec<(&Step, End, Duration)> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        println!("\n=== {}/{} {}: {}", index + 1, steps.len(), step.name, step.title);
        let begin = Instant::now();
        let end = match step.needs.filter(|name| lacks(&ends, name)) {
            Some(needed) => End::NotRun(needed),
            None => match step.lacks.and_then(|lacks| lacks(project)) {
                Some(reason) => End::LeftOut(reason),
                None => (step.run)(project).map_or_else(End::Failed, |()| End::Passed),
            },
        };
        let took = begin.elapsed();
        println!("--- {}: {} ({:.1} s)", step.name, sentence(&end), took.as_secs_f64());
        ends.push((step, end, took));
    }
    summary(&ends, start.elapsed())
}

/// Whether the step was among those run and has nothing to build upon; a step that was not asked for is taken as done.
fn lacks(ends: &[(&Step, End, Duration)], name: &str) -> bool {
    ends.iter().any(|(step, end, _)| step.name == name && !matches!(end, End::Passed))
}

fn sentence(end: &End) -> String {
    match end {
        End::Passed => "passed".into(),
        End::Failed(reason) => format!("FAILED: {reason}"),
        End::NotRun(needed) => format!("not run, because `{needed}` failed"),
        End::LeftOut(reason) => format!("LEFT OUT: {reason}"),
    }
}

fn summary(ends: &[(&Step, End, Duration)], total: Duration) -> Outcome {
    println!("\n=== summary");
    for (step, end, took) in ends {
        println!("{:>7.1} s  {:<12} {}", took.as_secs_f64(), step.name, sentence(end));
    }
    let failed: Vec<&str> = ends
        .iter()
        .filter(|(_, end, _)| matches!(end, End::Failed(_)))
        .map(|(step, ..)| step.name)
        .collect();
    if failed.is_empty() {
        let passed = ends.iter().filter(|(_, end, _)| matches!(end, End::Passed)).count();
        println!("{passed} of {} steps passed in {:.1} s", ends.len(), total.as_secs_f64());
        Ok(())
    } else {
        Err(format!(
            "failed: {} (of {} steps, {:.1} s)",
            failed.join(", "),
            ends.len(),
            total.as_secs_f64()
        ))
    }
}
