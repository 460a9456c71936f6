//! Everything that is said about the texts, by severity, each with its line, its page and its remedy.

use netpol::Severity;
use yew::{Callback, Html, classes, html};

use crate::{
    components::{message, place_links},
    marks::marked,
    mend::Mend,
    place::Place,
    problem::{Problem, Problems, SEVERITIES},
};

/// Problems shown; nobody reads more, and a hostile text has thousands.
const MOST: usize = 200;

/// What is said, and whom to tell.
pub struct ProblemList {
    /// What is said.
    pub problems: Problems,
    /// What is not to be shown.
    pub hidden: Vec<Severity>,
    /// Lines are asked for.
    pub on_place: Callback<Place>,
    /// A severity was switched on or off.
    pub on_switch: Callback<Severity>,
    /// Something is to be mended.
    pub on_mend: Callback<Mend>,
}

/// The list.
pub fn problem_list(props: &ProblemList) -> Html {
    let counts = SEVERITIES.map(|severity| (severity, props.problems.of(severity).count()));
    if counts.iter().all(|(_, count)| *count == 0) {
        return html! { <p class="nothing">{ "Nothing to complain about: the API server takes all of this, and it says what it seems to say." }</p> };
    }
    let is_shown = |severity: &Severity| !props.hidden.contains(severity);
    let shown = SEVERITIES.into_iter().filter(is_shown);
    let items = shown.flat_map(|severity| props.problems.of(severity)).take(MOST);
    let items: Vec<Html> = items.map(|problem| item(props, problem)).collect();
    let all: usize = counts.iter().filter(|(one, _)| is_shown(one)).map(|(_, count)| count).sum();
    let more = all.saturating_sub(MOST);
    html! {
        <>
            <div class="severities" role="group" aria-label="Shown problems">
                { counts.into_iter().map(|(severity, count)| switch(props, severity, count)).collect::<Html>() }
            </div>
            if items.is_empty() {
                <p class="nothing">{ "Nothing of the kinds that are switched on." }</p>
            }
            <ul class="problems">{ items.into_iter().collect::<Html>() }</ul>
            if more > 0 {
                <p class="nothing">{ format!("And {more} more.") }</p>
            }
        </>
    }
}

fn switch(props: &ProblemList, severity: Severity, count: usize) -> Html {
    let is_shown = !props.hidden.contains(&severity);
    let plural = if count == 1 { "" } else { "s" };
    html! {
        <button
            type="button"
            class={classes!("switch-severity", (count > 0).then(|| severity.to_string()))}
            aria-pressed={is_shown.to_string()}
            onclick={props.on_switch.reform(move |_| severity)}
        >
            <b>{ count }</b>{ format!(" {severity}{plural}") }
        </button>
    }
}

fn item(props: &ProblemList, problem: &Problem) -> Html {
    let severity = problem.severity().to_string();
    html! {
        <li>
            <span class={classes!("severity", severity.clone())}>{ severity.clone() }</span>
            <div>
                <p>
                    { message(&problem.message, problem.help.as_deref()) }
                    { place_links(&[problem.place], &props.on_place) }
                    <span class="column-number">{ format!(", column {}", problem.start.column) }</span>
                </p>
                <p class="remedy">
                    if let Some(mend) = &problem.mend { { mend_button(mend, &props.on_mend) } }
                    { page_link(problem) }
                </p>
            </div>
        </li>
    }
}

/// The button that mends something.
pub fn mend_button(mend: &Mend, on_mend: &Callback<Mend>) -> Html {
    let chosen = mend.clone();
    html! {
        <button type="button" class="mend" onclick={on_mend.reform(move |_| chosen.clone())}>
            { marked(&mend.title) }
        </button>
    }
}

/// The way to the page of a problem's code.
fn page_link(problem: &Problem) -> Html {
    let code = problem.code.as_str();
    html! {
        <a class="code-link" href={format!("codes.html#{code}")} target="_blank" rel="noopener" title="What it means (another tab)">{ code }</a>
    }
}
