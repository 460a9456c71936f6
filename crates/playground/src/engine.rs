//! The engine as the page knows it: questions and answers in bytes, and what can go wrong between them.

use std::fmt;

use protocol::Notice;

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

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unavailable => {
                "What evaluates the policies could not be fetched. Reload the page once there is a connection."
            }
            Self::Stopped => "Stopped.",
            Self::TookTooLong => "This took too long and was stopped.",
            Self::Died => "What evaluates the policies has failed on this text.",
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
