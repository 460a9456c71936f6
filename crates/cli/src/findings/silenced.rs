//! What would be said if nobody allowed it, and who does.

use netpol::{Diagnostic, allow::Allowed};

/// Something that is not told, since somebody allows it.
#[derive(Debug)]
pub(crate) struct Silenced {
    pub(crate) diagnostic: Diagnostic,
    pub(crate) by: Allower,
    pub(crate) reason: Option<String>,
}

/// Where it is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Allower {
    Comment,
    Settings,
    CommandLine,
}

impl From<Allowed> for Silenced {
    fn from(Allowed { diagnostic, reason }: Allowed) -> Self {
        Self { diagnostic, by: Allower::Comment, reason }
    }
}
