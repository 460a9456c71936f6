//! What stands below the table: the why, the problems, what is one edit away.

mod funnel;
mod neighbours;
mod problems;
mod why;

use netpol::{Analysis, Sentence};
use protocol::{Element, Panel, PanelQuestion, Sheet, sentence};

use crate::{convert, reading::Reading};

pub(crate) use problems::mend_button;

/// What the page asks for.
pub(crate) fn panel(reading: &mut Reading, asked: &PanelQuestion) -> Sheet {
    let (analysis, scoreboard) = reading.scoreboard(convert::to_direction(asked.direction));
    match asked.panel {
        Panel::Why => why::why(analysis, scoreboard, asked),
        Panel::Problems => {
            let behind = why::behind_cell(analysis, scoreboard, asked);
            Sheet { behind, elements: problems::problems(reading, &asked.hidden) }
        }
        Panel::Neighbours => Sheet {
            behind: why::behind_cell(analysis, scoreboard, asked),
            elements: neighbours::neighbours(analysis, asked.policy.as_deref()),
        },
    }
}

/// A quiet word where there is nothing to show.
fn nothing(text: &str) -> Element {
    Element::classed("p", "nothing").text(text)
}

/// A message, and what to do about it.
pub(crate) fn message(element: Element, message: &str, help: Option<&str>) -> Element {
    let element = element.marked(&sentence(message));
    match help {
        Some(help) => {
            element.text(" ").put(Element::classed("span", "help").marked(&sentence(help)))
        }
        None => element,
    }
}

/// A sentence and its lines.
fn said(analysis: &Analysis, element: Element, sentence: &Sentence) -> Element {
    let places = sentence.places.iter();
    let places = places.filter_map(|origin| convert::place(analysis, origin));
    element.marked(&sentence.text).lines(places)
}
