//! The widget that stands in somebody's article: table first, one-line verdict, the YAML below it. Its session is the
//! page's, without rail, cluster tab, drafts and storage; what it has beside that is in [`state::Widget`].

pub mod guess;
pub mod report;
pub mod state;
pub mod wishes;

mod app;
mod board;
mod effects;
mod footer;
mod parts;
mod yaml;

pub use app::Embed;
