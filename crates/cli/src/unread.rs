//! Why a path of the command line gives no text that could be judged.

use netpol::{Diagnostic, Source};

/// Why there is no text.
#[derive(Debug)]
pub(crate) enum Unread {
    /// The system did not hand it over.
    Fault { message: String, help: Option<&'static str> },
    /// It is no text that could be judged: as much of it as can be shown, and what is wrong with it, or why it is left alone.
    NoText { shown: Source, diagnostic: Box<Diagnostic> },
}
