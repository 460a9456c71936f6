//! What is to be done about a fault, as a value: chosen where the fault is found, said in words of its own, and done
//! by `repair` where there is an edit that is surely meant.

use std::fmt;

use crate::template::Engine;

/// What to do about a [`Diagnostic`](crate::Diagnostic).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Put back the indentation of every line, or of the first one.
    Indent,
    /// Write `---` between two policies that follow one another without a border.
    Part,
    /// Write around a part of a policy what makes it a whole one.
    Complete,
    /// Write this in the place of the value.
    Write(String),
    /// Put the value in quotes.
    Quote,
    /// Write this key in the place of the one there.
    Rename(String),
    /// Write this key and value in the place of those there.
    Entry {
        /// The key.
        key: String,
        /// The value, on one line.
        value: String,
    },
    /// Put all entries of the map under this key.
    Gather(&'static str),
    /// Make an item of a list of the map that stands in the list's place.
    Dash,
    /// Take the map out of the list that stands in its place.
    Undash,
    /// Write an item for each of the ports that stand in the place of one.
    Ports {
        /// The first and last one of each.
        ranges: Vec<(u16, u16)>,
        /// The protocol that stood beside it.
        protocol: Option<&'static str>,
    },
    /// Make a comment of a line of prose.
    Comment,
    /// Type plain spaces and hyphens for what looks like them.
    Plain,
    /// Take a field out that says nothing.
    Remove,
    /// Render a template.
    Render(Engine),
}

/// As an action.
impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Indent => "it was lost in copying: only one way of putting it back fits",
            Self::Part => "these are two policies: write `---` on a line of its own between them",
            Self::Complete => {
                "make it a whole policy: `apiVersion: networking.k8s.io/v1`, `kind: NetworkPolicy` and `metadata` come before `spec`"
            }
            Self::Write(text) => return write!(f, "write `{text}`"),
            Self::Quote => "YAML reads this word as a boolean or a number; put it in quotes",
            Self::Rename(key) => return write!(f, "did you mean `{key}`?"),
            Self::Entry { key, value } => return write!(f, "write `{key}: {value}`"),
            Self::Gather("ipBlock") => "`cidr` and `except` go under `ipBlock`",
            Self::Gather(key) => return write!(f, "labels go under `{key}`"),
            Self::Dash => "a list belongs here: start the item with `- `",
            Self::Undash => "a map belongs here: remove the `- `",
            Self::Ports { .. } => "write an item for each port",
            Self::Comment => "this line is prose: start it with `#`, or take it out",
            Self::Plain => "type plain spaces and hyphens",
            Self::Remove => "remove the field: it says nothing",
            Self::Render(engine) => return f.write_str(&engine.help()),
        })
    }
}

/// Spaces that look like plain ones.
pub(crate) const fn is_odd_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Characters that nobody sees.
pub(crate) const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Dashes that are not the hyphen of a list item.
pub(crate) const fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '−' | '‐' | '‑')
}
