//! The `#?` lines of the text, and whether they hold: for all its policies together, as a cluster would have it.

use protocol::{Expectation, Place, harmless};
use yew::{Callback, Html, classes, html};

use crate::components::place_links;

/// More than this many are shown on request.
const MOST_AT_ONCE: usize = 6;

/// Those shown then. What does not hold comes first where there are more.
const MOST: usize = 200;

/// The list; nothing where the text expects nothing. It is stale where the text is ahead of it.
pub fn expectations(
    expectations: &[Expectation],
    is_stale: bool,
    on_place: &Callback<Place>,
) -> Html {
    let all = expectations.len();
    if all == 0 {
        return html! {};
    }
    let (summary, class) = tally(expectations);
    html! {
        <details class={classes!("expectations", is_stale.then_some("stale"))} open={all <= MOST_AT_ONCE}>
            <summary class={class}>{ summary }</summary>
            <ul>{ in_sight(expectations).map(|one| item(one, on_place)).collect::<Html>() }</ul>
            if all > MOST {
                <p class="help">
                    { format!("These are {MOST} of {all}. In a terminal, ") }<code>{ "netpol test" }</code>{ " checks and prints them all." }
                </p>
            }
            <p class="help">
                { "A check is a line that begins with " }<code>{ "#?" }</code>{ ". " }
                <a href="codes.html#expectation-syntax">{ "How to write one" }</a>
            </p>
        </details>
    }
}

fn in_sight(expectations: &[Expectation]) -> impl Iterator<Item = &Expectation> {
    let is_long = expectations.len() > MOST;
    let of = move |comes_first: bool| {
        let is_first = move |one: &&Expectation| !is_long || one.contradiction.is_some();
        expectations.iter().filter(move |one| is_first(one) == comes_first)
    };
    of(true).chain(of(false)).take(MOST)
}

/// How many of some hold, in words, and the class of these words.
pub fn tally(expectations: &[Expectation]) -> (String, &'static str) {
    let all = expectations.len();
    let holding = expectations.iter().filter(|one| one.contradiction.is_none()).count();
    let summary = match (all, holding) {
        (1, 1) => "The check holds".to_owned(),
        (1, _) => "The check does not hold".to_owned(),
        _ if all == holding => format!("All {all} checks hold"),
        _ => format!("{holding} of {all} checks hold"),
    };
    (summary, if all == holding { "tally holds" } else { "tally fails" })
}

/// One of the list.
pub fn item(expectation: &Expectation, on_place: &Callback<Place>) -> Html {
    let (class, glyph, word) = match expectation.contradiction {
        None => ("holds", "✓", "holds: "),
        Some(_) => ("fails", "✕", "fails: "),
    };
    html! {
        <li class={class}>
            <span class="glyph" aria-hidden="true">{ glyph }</span>
            <p>
                <span class="unseen">{ word }</span>
                <code>{ harmless(&expectation.text.replace("/TCP", "")).into_owned() }</code>
                { place_links(&[expectation.place], on_place) }
                if expectation.is_of_assumed {
                    <span class="help">{ " assumed; not in your files" }</span>
                }
                if let Some(contradiction) = &expectation.contradiction {
                    <span class="contradiction">{ format!("It is {contradiction}.") }</span>
                }
            </p>
        </li>
    }
}
