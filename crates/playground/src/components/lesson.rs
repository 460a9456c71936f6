//! What the open text is, in a sentence or two.

use protocol::Scenario;
use yew::{Html, html};

use crate::components::marked;

/// The note beside the text: about the built-in text that it is, or began as.
pub fn lesson(scenario: Option<&Scenario>, is_edited: bool) -> Html {
    let Some(scenario) = scenario else { return own_text(is_edited) };
    html! {
        <section class="lesson">
            <h2>
                { &scenario.name }
                if is_edited {
                    <span class="edited">
                        { "edited · " }
                        <a href={format!("#/s/{}", scenario.slug)}>{ "Start over" }</a>
                    </span>
                }
            </h2>
            <p>{ marked(&scenario.note) }</p>
        </section>
    }
}

fn own_text(is_edited: bool) -> Html {
    let (title, words) = if is_edited {
        (
            "Your own text",
            "The table follows while you type. Nothing is uploaded; Share puts the whole text into a link.",
        )
    } else {
        (
            "A shared text",
            "It came inside the link, and nothing was fetched for it. Change it as you like: the link stays what it is.",
        )
    };
    html! { <section class="lesson"><h2>{ title }</h2><p>{ words }</p></section> }
}
