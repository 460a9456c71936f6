//! The playground's page. What a person puts in is a [`session::Session`]; everything on the screen is derived from it and from
//! what the engine answers to it.
//!
//! ```text
//!  Action ──reduce──▶ Session ──Question──▶ engine ──Answer──▶ views · panels ──props──▶ components
//!    ▲                   │                                                                 │
//!    └── callbacks ◀─────┼─────────────────────────────────────────────────────────────────┘
//!                        └──▶ effects ⇄ browser (address, storage, clipboard)
//! ```
//!
//! `browser` is the only module that names the browser's interfaces beyond event types; all that is not a component, an effect
//! or one of those is pure and tested on the host. What a policy means is the engine's business: the page does not know it.

pub mod action;
pub mod announce;
pub mod answered;
pub mod answers;
pub mod app;
pub mod browser;
pub mod choices;
pub mod components;
pub mod draft;
pub mod editor_marks;
pub mod effects;
pub mod embed;
pub mod engine;
pub mod highlight;
pub mod mend;
mod opening;
mod page;
pub mod session;
pub mod start;
pub mod text;
pub mod views;

pub use app::App;
