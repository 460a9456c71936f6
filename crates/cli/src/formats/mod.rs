//! The table in the forms of a terminal and of programs; those that people print come from `render`.

mod json;
mod text;

pub(crate) use json::json;
pub(crate) use text::text;
