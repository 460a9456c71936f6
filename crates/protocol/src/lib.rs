//! What the page asks its engine, and what it is told: rows, cells, problems, places and edits as plain data. Knows neither
//! what a policy means nor the browser; it is the page's whole vocabulary.
//!
//! ```text
//!  page ──Question──▶ bytes ──▶ engine
//!       ◀──Answer──── bytes ◀──
//! ```

mod element;
mod encoding;
mod link;
mod problem;
mod question;
mod table;
mod text;
mod view;

pub use element::{Element, FIELD, Node, Press};
pub use encoding::{Unreadable, decode, encode};
pub use link::{
    Contents, Group, LinkQuestion, Notice, OpenQuestion, Opened, Scenario, Start, StartQuestion,
};
pub use problem::{Edit, Expectation, LineColumn, Problem, Rewrite, Severity};
pub use question::{Ask, Question};
pub use table::{
    CellKey, Column, Direction, Entry, Heading, MOST_ROWS, Open, Position, Row, RowKey, State,
    Table, caption, column_name,
};
pub use text::{Place, Span, Tab, capitalised, harmless, is_spelt_out, sentence, spans};
pub use view::{
    Advice, AdviceQuestion, Example, InfluenceQuestion, Influenced, Panel, PanelQuestion,
    ShareQuestion, Sheet, Texts, View, ViewQuestion,
};
