//! What to do about a fault that was found while an object was decoded.

use crate::{diagnostic::Diagnostic, remedy::Remedy};

/// What to do about a fault: in words, and as a value where an edit is surely meant.
pub(super) struct Advice {
    pub(super) help: String,
    pub(super) remedy: Option<Remedy>,
}

impl From<Remedy> for Advice {
    fn from(remedy: Remedy) -> Self {
        Self { help: remedy.to_string(), remedy: Some(remedy) }
    }
}

impl From<String> for Advice {
    fn from(help: String) -> Self {
        Self { help, remedy: None }
    }
}

impl From<&str> for Advice {
    fn from(help: &str) -> Self {
        help.to_owned().into()
    }
}

impl Diagnostic {
    /// Adds what to do about it, where something is known.
    pub(super) fn advised(&mut self, advice: Option<Advice>) {
        if let Some(Advice { help, remedy }) = advice {
            self.help = Some(help);
            self.remedy = remedy;
        }
    }
}
