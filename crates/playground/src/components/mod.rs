//! The parts of the page: props in, callbacks out. A few ask `browser` to scroll or to move the focus; none keeps what a
//! person chose.

pub mod activity;
pub mod bars;
pub mod cluster;
pub mod direction;
pub mod editor;
pub mod elements;
pub mod expectations;
pub mod field;
pub mod header;
pub mod lesson;
pub mod panels;
pub mod panes;
pub mod rail;
pub mod scoreboard;
pub mod share;
pub mod tabs;
pub mod undo;
pub mod verdict;

use protocol::{Place, Span, harmless, sentence, spans};
use yew::{Callback, Html, html};

/// The elements of a text with `` `code` `` and `**strong**` marks. Text nodes only, whatever it says; what would hide in it, or
/// turn the words around, is spelt out.
pub fn marked(text: &str) -> Html {
    let element = |span: Span<'_>| match span {
        Span::Text(text) => html! { { text.to_owned() } },
        Span::Code(text) => html! { <code>{ text.to_owned() }</code> },
        Span::Strong(text) => html! { <strong>{ text.replace('`', "") }</strong> },
    };
    spans(&harmless(text)).into_iter().map(element).collect()
}

/// Links to lines of the texts.
pub fn place_links(places: &[Place], on_place: &Callback<Place>) -> Html {
    let link = |place: &Place| {
        let place = *place;
        let onclick = on_place.reform(move |_| place);
        html! { <>{ " " }<button type="button" class="line-link" {onclick}>{ place.to_string() }</button></> }
    };
    places.iter().map(link).collect()
}

/// A message and what to do about it, as one sentence after the other.
pub fn message(message: &str, help: Option<&str>) -> Html {
    html! {
        <>
            { marked(&sentence(message)) }
            if let Some(help) = help {
                { " " }<span class="help">{ marked(&sentence(help)) }</span>
            }
        </>
    }
}
