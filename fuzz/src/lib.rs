//! What the targets share: what must be true of any text, and changes that keep a text valid.

pub mod checks;
pub mod structure;
