//! Answers → words. All wording of tables and explanations lives in this folder; what is true was
//! decided before. Texts use two marks that views render: `` `code` `` and `**strong**`.

mod beside;
mod blocks;
mod cell;
mod clause;
mod condition;
mod connection;
mod examples;
mod funnel;
mod gate;
mod hanging;
mod heading;
mod lane;
mod near;
mod place;
mod port_gate;
mod reason;
mod rules;
mod sentence;
mod side;
mod spec;
mod together;
mod unknown;
mod verdict;
mod why;

use crate::policy::Direction;

pub use beside::not_evaluated;
pub use connection::{Arrival, Explanation, connection};
pub use examples::examples;
pub use funnel::{Funnel, funnel};
pub use gate::{Follows, Gate};
pub use hanging::{Bond, Hanging, hanging, hanging_at};
pub use heading::{Heading, Subject, heading};
pub use lane::Lane;
pub use reason::reason;
pub use sentence::Sentence;
pub use side::Side;
pub use spec::spec_line;
pub use verdict::{depends_on, open_question, verdict_line};
pub use why::{Why, why};

/// Names shown before "and 7 more".
const MOST_NAMES: usize = 6;

/// Whom a direction without rules leaves.
const fn nobody(direction: Direction) -> &'static str {
    match direction {
        Direction::Ingress => "nobody",
        Direction::Egress => "nowhere",
    }
}

/// `a`, `a and b`, `a, b and c`.
fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// The first few, and how many more there are.
fn few(items: &[String], most: usize) -> String {
    few_of(items, items.len(), most)
}

/// The same of which only the first are at hand, at least as many as are shown.
fn few_of(first: &[String], count: usize, most: usize) -> String {
    if count <= most {
        return list(first);
    }
    let shown = first.get(..most.saturating_sub(1)).unwrap_or(first);
    format!("{} and {} more", shown.join(", "), count - shown.len())
}
