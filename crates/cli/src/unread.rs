//! Why a path of the command line gives no text that could be judged.

use std::io::{self, ErrorKind};

use netpol::Diagnostic;

use crate::text::Text;

/// Why there is no text.
#[derive(Debug)]
pub(crate) enum Unread {
    /// The system did not hand it over.
    Fault { message: String, help: Option<&'static str> },
    /// It is no text that could be judged: as much of it as can be shown, and what is wrong with it, or why it is left alone.
    NoText { shown: Text, diagnostic: Box<Diagnostic> },
}

/// What the system said.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file or directory".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
