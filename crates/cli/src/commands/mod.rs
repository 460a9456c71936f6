//! The commands, one file each: its arguments, and what it does.

pub(crate) mod check;
pub(crate) mod check_article;
pub(crate) mod explain;
pub(crate) mod link;
pub(crate) mod lint;
pub(crate) mod matrix;
pub(crate) mod render;
pub(crate) mod table;
pub(crate) mod test;
