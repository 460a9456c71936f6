//! Prints the cheat sheet's `<main>` as HTML; `cargo xtask site-parts` makes a page of it.
//!
//! Its texts are those of the built-in scenarios and of the codes' pages, and its answers are computed: it cannot go stale.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod judged;
mod prose;
mod sheet;

fn main() {
    print!("{}", sheet::html());
}
