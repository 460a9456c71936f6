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
    /// Take a field out that says nothing.
    Remove,
    /// Render a template.
    Render(Engine),
}

/// As an action.
impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Indent => "the indentation was lost in copying; only one way of putting it back fits",
            Self::Part => "these are two policies: write `---` on a line of its own between them",
            Self::Complete => {
                "make it a whole policy: `apiVersion: networking.k8s.io/v1`, `kind: NetworkPolicy` and `metadata` come before `spec`"
            }
            Self::Remove => "remove the field: it says nothing",
            Self::Render(engine) => return f.write_str(&engine.help()),
        })
    }
}
