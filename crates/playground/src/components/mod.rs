//! The parts of the page: props in, callbacks out.

pub mod bars;
pub mod cluster;
pub mod direction;
pub mod editor;
pub mod expectations;
pub mod header;
pub mod lesson;
pub mod neighbours;
pub mod panels;
pub mod panes;
pub mod problems;
pub mod rail;
pub mod scoreboard;
pub mod share;
pub mod tabs;
pub mod undo;
pub mod verdict;
pub mod why;
pub mod world;

use yew::{Callback, Html, html};

use crate::{marks::marked, place::Place};

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

/// Messages are written to stand behind a name; here they stand alone. ASCII is enough, and the tables for all other
/// scripts would be part of the page.
fn sentence(text: &str) -> String {
    let mut sentence = text.to_owned();
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if !sentence.ends_with(['.', '?', '!', '…']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(sentence("did you mean `from`?"), "Did you mean `from`?");
        assert_eq!(sentence("the link is damaged"), "The link is damaged.");
        assert_eq!(sentence(""), ".");
    }
}
