//! Why the open cell says what it says, step by step, each step with its lines.

use netpol::{Column, State};
use yew::{Callback, Html, classes, html};

use crate::{
    components::place_links,
    derived::Told,
    marks::marked,
    place::Place,
    table::{Entry, column_name},
};

/// The explanation of the open cell.
pub struct Why<'t> {
    /// Its column and what it says.
    pub cell: Option<(Column, Entry)>,
    /// The explanation.
    pub told: Option<&'t Told>,
    /// Whether the text is ahead of the table.
    pub is_stale: bool,
    /// Lines are asked for.
    pub on_place: Callback<Place>,
}

/// The panel below the table.
pub fn why(props: &Why<'_>) -> Html {
    let (Some(told), Some((column, entry))) = (props.told, &props.cell) else {
        return html! {
            <section id="why" class="why closed" aria-label="Why">
                <p>{ "Choose a cell of the table to see why it says what it says." }</p>
            </section>
        };
    };
    let (word, rest) = column_name(*column);
    let step = |(at, (text, places)): (usize, &(String, Vec<Place>))| {
        html! {
            <li>
                <span class="step" aria-hidden="true">{ at + 1 }</span>
                <p>{ marked(text) }{ place_links(places, &props.on_place) }</p>
            </li>
        }
    };
    html! {
        <section
            id="why"
            class={classes!("why", props.is_stale.then_some("stale"))}
            aria-label="Why"
        >
            <h2>
                { "Why is " }<span class="column">{ format!("{word}{rest}") }</span>{ format!(" {}?", ending(entry.state)) }
            </h2>
            <ol>{ told.steps.iter().enumerate().map(step).collect::<Html>() }</ol>
        </section>
    }
}

const fn ending(state: State) -> &'static str {
    match state {
        State::Allowed => "allowed",
        State::Denied => "denied",
        State::Partly => "partly allowed",
        State::Unrestricted => "not restricted",
        State::Depends => "left to the network plugin",
    }
}
