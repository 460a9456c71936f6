//! Starts a program, says which, and tells how it ended. It does not know what any of them is for.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::project::Outcome;

/// Starts the program, says so, and lets it write to the terminal.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let line = announce(command);
    let status = command.status().map_err(|error| format!("cannot start `{line}`: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{line}` failed ({status})")) }
}

/// Like [`run`], and hands back what the program wrote to standard output, whether it failed or not.
pub(crate) fn run_and_read(command: &mut Command) -> (Outcome, String) {
    let line = announce(command);
    let mut output = String::new();
    let mut child = match command.stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => return (Err(format!("cannot start `{line}`: {error}")), output),
    };
    if let Some(stdout) = child.stdout.take() {
        for text in BufReader::new(stdout).lines().map_while(Result::ok) {
            println!("{text}");
            output.push_str(&text);
            output.push('\n');
        }
    }
    let outcome = match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` failed ({status})")),
        Err(error) => Err(format!("lost sight of `{line}`: {error}")),
    };
    (outcome, output)
}

fn announce(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let line = words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    println!("$ {line}");
    line
}
