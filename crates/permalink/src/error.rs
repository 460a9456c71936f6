//! What can be wrong with a link, for the person who opened it or wants to make it: what happened, and a way on.

use crate::{MAX_LINK, MAX_TEXT};
use std::error::Error;
use std::fmt::{self, Display, Formatter};

/// Why a link could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkError {
    /// The end of the link is missing. What comes before it is kept, as far as whole lines go: it is the true
    /// beginning of the policies unless the link is damaged as well, and not yet the policies that were meant.
    Truncated {
        /// The beginning of the policies, where there is any.
        kept: Option<String>,
    },
    /// Something in the link was changed. Nothing is kept, since it may be *other policies* that look sound.
    Damaged,
    /// A later playground made the link.
    Newer {
        /// The version of the link.
        version: u32,
    },
    /// A later playground made the link, and it says something without which the table would be a different one.
    UnknownField {
        /// The key of the field that is not understood.
        key: char,
        /// The policies, unharmed.
        kept: String,
    },
    /// The link, or what it unfolds to, is beyond the bounds.
    TooLarge(Limit),
    /// The address leads nowhere in this playground.
    UnknownRoute {
        /// The address, shortened.
        address: String,
    },
    /// The address asks for a built-in text by a name that none can have.
    BadSlug {
        /// The name, shortened.
        slug: String,
    },
}

/// Which bound was exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// [`MAX_LINK`].
    Link,
    /// [`MAX_TEXT`].
    Text,
}

impl LinkError {
    /// What of the policies can still be shown. To be shown as unfinished, not to be trusted as the policies meant.
    pub fn kept(&self) -> Option<&str> {
        match self {
            Self::Truncated { kept } => kept.as_deref(),
            Self::UnknownField { kept, .. } => Some(kept),
            _ => None,
        }
    }

    /// What the person can do now.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Truncated { .. } => {
                "copy the link again, up to the dot and the six characters that end it"
            }
            Self::Damaged => {
                "copy the link again from where it was shared, or ask for the YAML itself"
            }
            Self::Newer { .. } | Self::UnknownField { .. } => {
                "reload the page or update the program, then open the link again"
            }
            Self::TooLarge(_) => "ask for the YAML itself and paste it",
            Self::UnknownRoute { .. } | Self::BadSlug { .. } => "choose one of the built-in texts",
        }
    }

    /// Whether it leads to nothing that a playground has, and something else is to be chosen.
    pub const fn leads_nowhere(&self) -> bool {
        matches!(self, Self::UnknownRoute { .. } | Self::BadSlug { .. })
    }
}

impl Display for LinkError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated { .. } => write!(f, "the link is truncated: its end is missing"),
            Self::Damaged => {
                write!(f, "the link is damaged: some of its characters were changed on the way")
            }
            Self::Newer { version } => {
                write!(
                    f,
                    "the link is newer than this playground: it has version {version}, and 1 is known here"
                )
            }
            Self::UnknownField { key, .. } => {
                write!(
                    f,
                    "the link is newer than this playground: it has a field `{key}` that is not known here"
                )
            }
            Self::TooLarge(Limit::Link) => {
                write!(f, "the link is too large: it has more than {MAX_LINK} bytes")
            }
            Self::TooLarge(Limit::Text) => {
                write!(f, "the link is too large: it unfolds to more than {MAX_TEXT} bytes of text")
            }
            Self::UnknownRoute { address } => {
                write!(f, "`{address}` leads nowhere in this playground")
            }
            Self::BadSlug { slug } => write!(f, "no built-in text has a name like `{slug}`"),
        }
    }
}

impl Error for LinkError {}

/// Why a text cannot be made a link: opening it would fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EncodeError {
    /// The policies, the cluster and the fields are longer than [`MAX_TEXT`].
    TextTooLarge {
        /// How many bytes they have together.
        size: usize,
    },
    /// The link would be longer than [`MAX_LINK`].
    LinkTooLong {
        /// How many bytes it would have.
        size: usize,
    },
}

impl EncodeError {
    /// What the person can do now.
    pub fn help(&self) -> &'static str {
        "leave out the policies that the question is not about, or send the file"
    }
}

impl Display for EncodeError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::TextTooLarge { size } => {
                write!(
                    f,
                    "the text is too large for a link: it has {size} bytes, and a link carries {MAX_TEXT} at most"
                )
            }
            Self::LinkTooLong { size } => {
                write!(
                    f,
                    "the link would be too large: it would have {size} bytes, and {MAX_LINK} are the most"
                )
            }
        }
    }
}

impl Error for EncodeError {}
