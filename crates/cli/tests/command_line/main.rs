//! The program as a person or a script meets it: the real binary over small files, its exit code and both its outputs.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic, its shared functions too"
)]

mod allow;
mod check;
mod check_article;
mod check_article_blocks;
mod diagnostics;
mod explain;
mod explain_connection;
mod files;
mod folders;
mod hostile;
mod json;
mod kubernetes;
mod link;
mod lint;
mod lint_fix;
mod matrix;
mod matrix_forms;
mod namespace;
mod netpol;
mod render;
mod sarif;
mod sarif_schema;
mod settings;
mod stranger;
mod table;
mod table_whole;
mod test;
