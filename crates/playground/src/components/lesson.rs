//! What the open text is, in a sentence or two.

use lessons::Scenario;
use yew::{Html, Properties, component, html};

use crate::marks::marked;

/// The open text.
#[derive(Properties, PartialEq)]
pub struct LessonProps {
    /// The built-in text that it is, or began as.
    pub scenario: Option<&'static str>,
    /// Whether it was changed.
    pub is_edited: bool,
}

/// The note beside the text.
#[component]
pub fn Lesson(props: &LessonProps) -> Html {
    let scenario: Option<&Scenario> = props.scenario.and_then(lessons::scenario);
    let Some(scenario) = scenario else {
        let (title, note) = if props.is_edited {
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
        return html! { <section class="lesson"><h2>{ title }</h2><p>{ note }</p></section> };
    };
    html! {
        <section class="lesson">
            <h2>
                { scenario.name }
                if props.is_edited {
                    <span class="edited">
                        { "edited · " }
                        <a href={format!("#/s/{}", scenario.slug)}>{ "Start over" }</a>
                    </span>
                }
            </h2>
            <p>{ marked(scenario.note) }</p>
        </section>
    }
}
