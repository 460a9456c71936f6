//! The table in words, and in the forms that it is printed in: text, Markdown, HTML and SVG.
//!
//! Values of `netpol` come in, texts go out; there is no I/O. Whatever a name holds, it stays text in every form: see
//! [`harmless`].

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod html;
mod markdown;
mod passage;
mod plain;
mod svg;
mod table;
mod text;

pub use html::{escaped, html};
pub use markdown::markdown;
pub use passage::Passage;
pub use plain::{fold, width, wrap};
pub use protocol::{harmless, is_spelt_out};
pub use svg::svg;
pub use table::{Answer, COLUMNS, Row, TOGETHER, Table};
pub use text::{Room, Tone, ascii, text};
