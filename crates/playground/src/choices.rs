//! What a person can choose on the page, as the session remembers it.

use netpol::Column;
use yew::AttrValue;

use crate::address::Notice;

/// The cell that is explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Open {
    /// Nobody has chosen: the page explains one that has something to explain.
    Unchosen,
    /// This one.
    Cell(CellKey),
    /// None.
    Closed,
}

/// A cell as it is found again after the text has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellKey {
    /// Its row.
    pub row: RowKey,
    /// Its column.
    pub column: Column,
}

/// A row as it is found again after the text has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowKey {
    /// A policy by its name, `namespace/name` or the bare name; by its place where it was renamed.
    Policy {
        /// The name.
        name: String,
        /// The place in the table, from 0, where it is known.
        index: Option<usize>,
    },
    /// All policies together.
    Together,
}

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

/// What can be shown below the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Panel {
    /// Why the open cell says what it says.
    #[default]
    Why,
    /// What is wrong with the texts, or surprising in them.
    Problems,
    /// The small edits that would change a policy's row.
    Neighbours,
}

impl Panel {
    /// All of them, from left to right.
    pub const ALL: [Self; 3] = [Self::Why, Self::Problems, Self::Neighbours];

    /// The words on its tab.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Why => "Why",
            Self::Problems => "Problems",
            Self::Neighbours => "One edit away",
        }
    }
}
