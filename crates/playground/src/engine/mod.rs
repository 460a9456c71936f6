//! The engine as the page knows it: what waits for it, what it is at, and what can go wrong.

mod queue;

pub use queue::Queue;

use std::fmt;

use protocol::Notice;

/// After so many milliseconds of work the page says that it is at work.
pub const PATIENCE: u32 = 1_000;
/// After so many milliseconds of work on one question the engine is ended, and a new one started for the next.
pub const BOUND: u32 = 10_000;

/// What the engine is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Activity {
    /// Nothing, or not for long.
    #[default]
    Quiet,
    /// One question, for more than [`PATIENCE`].
    Working,
    /// It has failed on the last question.
    Failed(Failure),
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The engine could not be fetched, or not be understood.
    Unavailable,
    /// Somebody stopped it.
    Stopped,
    /// It took longer than the bound.
    TookTooLong,
    /// It died of the question.
    Died,
}

/// What happened, and what has become of what is on the page.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unavailable => {
                "What evaluates the policies could not be fetched. Reload the page once there is a connection; what you have typed is kept."
            }
            Self::Stopped => "Stopped. Your text is untouched; what is shown is of the text before.",
            Self::TookTooLong => {
                "This took longer than ten seconds and was stopped. Your text is untouched; what is shown is of the text before."
            }
            Self::Died => {
                "Evaluating this text has failed. Your text is untouched; what is shown is of the text before."
            }
        })
    }
}

impl Failure {
    /// What to say where a link was wanted.
    pub fn notice(self) -> Notice {
        Notice {
            message: "the part of this page that reads and writes links did not answer".to_owned(),
            help: "reload the page when there is a connection; what you have typed is kept"
                .to_owned(),
            is_about_choice: false,
            kept: None,
        }
    }
}
