//! The playground's page. What a person puts in is a [`session::Session`]; everything on the screen is derived from it.
//!
//! ```text
//!  Action ──reduce──▶ Session ──memo──▶ Analysis ──▶ table · why · lines ──props──▶ components
//!    ▲                   │                                                             │
//!    └── callbacks ◀─────┼─────────────────────────────────────────────────────────────┘
//!                        └──▶ effects ⇄ browser (address, storage, clipboard)
//! ```
//!
//! `browser` is the only module that names the browser's interfaces beyond event types, and the files of `bin/` bind what
//! scripts call; all that is not a component, an effect or one of those is pure and tested on the host.

pub mod action;
pub mod address;
pub mod advice;
pub mod afterwards;
pub mod announce;
pub mod app;
pub mod browser;
pub mod choices;
pub mod codec;
pub mod components;
pub mod derived;
pub mod draft;
pub mod editor_marks;
pub mod effects;
pub mod embed;
pub mod highlight;
pub mod marks;
pub mod mend;
mod opening;
mod page;
pub mod panels;
pub mod place;
pub mod problem;
pub mod session;
pub mod sketch;
pub mod table;
pub mod text;
pub mod vocabulary;
pub mod wire;
pub mod world;

pub use app::App;
