//! Everything that is said about the texts.

use std::rc::Rc;

use yew::{Callback, Html, Properties, classes, component, html};

use crate::{
    components::{message, place_links},
    place::Place,
    problem::Problem,
};

/// What is said.
#[derive(Properties, PartialEq)]
pub struct ProblemsProps {
    /// All of it.
    pub problems: Rc<Vec<Problem>>,
    /// Lines are asked for.
    pub on_place: Callback<Place>,
}

/// The list.
#[component]
pub fn Problems(props: &ProblemsProps) -> Html {
    if props.problems.is_empty() {
        return html! { <p class="nothing">{ "Nothing to complain about: the API server would take all of this." }</p> };
    }
    let item = |problem: &Problem| {
        let severity = problem.severity.to_string();
        html! {
            <li class={severity.clone()}>
                <span class={classes!("severity", severity.clone())}>{ severity.clone() }</span>
                <p>
                    { message(&problem.message, problem.help.as_deref()) }
                    { place_links(&[problem.place], &props.on_place) }
                    <span class="column-number">{ format!(", column {}", problem.column) }</span>
                </p>
            </li>
        }
    };
    html! { <ul class="problems">{ props.problems.iter().map(item).collect::<Html>() }</ul> }
}
