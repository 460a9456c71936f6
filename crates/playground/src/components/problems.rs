//! Everything that is said about the texts.

use yew::{Callback, Html, classes, html};

use crate::{
    components::{message, place_links},
    place::Place,
    problem::Problem,
};

/// Problems shown; nobody reads more, and a hostile text has thousands.
const MOST: usize = 200;

/// The list.
pub fn problems(problems: &[Problem], on_place: &Callback<Place>) -> Html {
    if problems.is_empty() {
        return html! { <p class="nothing">{ "Nothing to complain about: the API server would take all of this." }</p> };
    }
    let item = |problem: &Problem| {
        let severity = problem.severity.to_string();
        html! {
            <li class={severity.clone()}>
                <span class={classes!("severity", severity.clone())}>{ severity.clone() }</span>
                <p>
                    { message(&problem.message, problem.help.as_deref()) }
                    { place_links(&[problem.place], on_place) }
                    <span class="column-number">{ format!(", column {}", problem.column) }</span>
                </p>
            </li>
        }
    };
    let more = problems.len().saturating_sub(MOST);
    html! {
        <>
            <ul class="problems">{ problems.iter().take(MOST).map(item).collect::<Html>() }</ul>
            if more > 0 {
                <p class="nothing">{ format!("And {more} more.") }</p>
            }
        </>
    }
}
