//! What a run comes to, as an exit code that scripts can rely on.

use std::process::ExitCode;

/// How a run ended. The worse outcome is the greater one, so that the worst of several is their maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// All is well: 0.
    Success,
    /// An expectation failed, or what is denied was found: 1.
    Failed,
    /// Something could not be read, so the answer is not the whole answer: 2.
    InputError,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Success => 0,
            Outcome::Failed => 1,
            Outcome::InputError => 2,
        })
    }
}
