//! What a person can choose on the page, as the session remembers it.

use protocol::{Notice, Place, Rewrite, Tab, Texts};
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

/// An edit that can be chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Mend {
    /// What it does, as a button says it.
    pub title: String,
    /// The edit.
    pub rewrite: Rewrite,
    /// Of which texts.
    pub texts: Texts,
}

/// An edit that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Mended {
    /// What it did.
    pub title: String,
    /// In which text.
    pub tab: Tab,
    /// The first line that it changed.
    pub line: usize,
    /// The text before.
    pub(crate) before: AttrValue,
    /// What had been changed by hand before.
    pub(crate) edited: Edited,
    /// Whether the cluster was filled up before, and afterwards.
    pub(crate) witnesses: [bool; 2],
    /// Tells one edit from the next.
    pub number: u32,
}
