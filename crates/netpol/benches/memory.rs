//! How much memory and processor time each stage takes, each in a process of its own; Linux only.
//! Unlike the clock of `evaluator.rs`, these numbers hold on a busy machine too.
//! `cargo bench -p netpol --bench memory`; numbers are in docs/measurements.md.

#![expect(clippy::unwrap_used, reason = "what is not there ends the measurement")]
#![expect(clippy::disallowed_methods, reason = "asks the system for its own memory")]
#![expect(clippy::disallowed_macros, reason = "prints a table")]

mod generator;

use std::{env, fs, process::Command};

use generator::{Size, Variety, pod_list, read};
use netpol::matrix::Matrix;

/// Says to the process which row of the table it is.
const ROW: &str = "--row";

fn main() {
    let arguments: Vec<String> = env::args().collect();
    match arguments.iter().position(|argument| argument == ROW) {
        Some(at) => measure(arguments.get(at + 1).and_then(|row| row.parse().ok()).unwrap_or(0)),
        // `cargo test --benches` asks only whether it starts
        None if arguments.iter().any(|argument| argument == "--bench") => table(),
        None => {}
    }
}

fn table() {
    println!("peak MiB |       | CPU ms |\n  before | after |        |");
    for row in 0..=sizes().len() {
        let this = env::current_exe().unwrap();
        assert!(Command::new(this).args([ROW, &row.to_string()]).status().unwrap().success());
    }
}

fn sizes() -> Vec<Size> {
    let mut sizes = Vec::new();
    for variety in Variety::ALL {
        for pods in [100, 1_000, 5_000] {
            for (policies, namespaces) in [(50, 20), (50, 100), (500, 20), (500, 100)] {
                sizes.push(Size { pods, policies, namespaces, variety });
            }
        }
    }
    sizes
}

fn measure(row: usize) {
    let Some(size) = row.checked_sub(1).and_then(|row| sizes().get(row).copied()) else {
        let text = pod_list(10_000_000);
        let start = Usage::now();
        let manifest = read(&text);
        let end = Usage::now();
        let pods: usize = manifest.objects.iter().map(|objects| objects.pods.len()).sum();
        return report(&start, &end, &format!("10 MB of text read: {pods} pods"));
    };
    let cluster = size.cluster();
    let start = Usage::now();
    let matrix = Matrix::of(&cluster);
    let end = Usage::now();
    report(&start, &end, &format!("{}: {} groups", size.name(), matrix.groups().len()));
}

fn report(start: &Usage, end: &Usage, stage: &str) {
    let milliseconds = end.milliseconds - start.milliseconds;
    println!("{:8} | {:5} | {milliseconds:6} | {stage}", start.peak, end.peak);
}

/// What this process has used so far.
struct Usage {
    /// The most memory that it has had, in MiB.
    peak: u64,
    /// How long it has been on a processor.
    milliseconds: u64,
}

impl Usage {
    fn now() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let spent = fs::read_to_string("/proc/self/schedstat").unwrap();
        Self { peak: first(peak) / 1024, milliseconds: first(&spent) / 1_000_000 }
    }
}

fn first(words: &str) -> u64 {
    words.split_whitespace().next().unwrap().parse().unwrap()
}
