//! What a person can choose on the page, as the session remembers it.

use protocol::{Notice, Place};
use yew::AttrValue;

/// What was changed by hand since a text was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Edited {
    /// Nothing.
    #[default]
    Nothing,
    /// Something, and not the cluster.
    Text,
    /// The cluster, and possibly more.
    Cluster,
}

impl Edited {
    /// After something else was changed, too.
    #[must_use]
    pub const fn and_text(self) -> Self {
        match self {
            Self::Nothing | Self::Text => Self::Text,
            Self::Cluster => Self::Cluster,
        }
    }
}

/// The colours of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// How far sharing has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Share {
    /// Nobody asked for a link, or what it shows has changed since.
    #[default]
    Closed,
    /// There is none, and why.
    Refused(Notice),
    /// The whole address, and whether the browser let it into the clipboard, once that is known.
    Link(AttrValue, Option<bool>),
}

/// Lines that the person asked to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jump {
    /// The lines.
    pub place: Place,
    /// Whether the cursor is wanted there too.
    pub with_cursor: bool,
    /// Tells one wish from the next for the same lines.
    pub number: u32,
}
