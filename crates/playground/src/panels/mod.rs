//! What stands below the table, sketched by the module of advice: the why, the problems, what is one edit away.

mod funnel;
mod marks;
mod neighbours;
mod problems;
mod sharing;
mod then;
mod why;
mod world;

use netpol::{Analysis, Column, Direction, Severity};

use crate::{
    advice,
    choices::Panel,
    place::Place,
    sketch::{Sketch, classed},
    text::sentence,
    wire::{Words, put_place, put_severity},
};

/// What the open panel is to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The panel.
    pub panel: Panel,
    /// The direction of the table.
    pub direction: Direction,
    /// The open cell: its policy as `namespace/name`, or none for all of them together.
    pub cell: Option<(Option<String>, Column)>,
    /// The connection, as it was typed or chosen.
    pub connection: Option<String>,
    /// The policy whose neighbours are wanted.
    pub policy: Option<String>,
    /// Problems that are not to be shown.
    pub hidden: Vec<Severity>,
}

impl Asked {
    /// The page's end: the question as a list of texts.
    pub fn put(&self) -> Vec<String> {
        let Self { panel, direction, cell, connection, policy, hidden } = self;
        let panel = Panel::ALL.iter().position(|one| one == panel).unwrap_or_default();
        let (row, column) = match cell {
            Some((row, column)) => (row.clone(), advice::number_of(*column)),
            None => (None, String::new()),
        };
        let mut list =
            vec![panel.to_string(), direction.to_string(), row.unwrap_or_default(), column];
        list.extend([connection, policy].map(|text| text.clone().unwrap_or_default()));
        list.push(hidden.len().to_string());
        for severity in hidden {
            put_severity(&mut list, *severity);
        }
        list
    }

    fn take(list: Vec<String>) -> Option<Self> {
        let mut words = Words::of(list);
        let panel = *Panel::ALL.get(words.number()?)?;
        let direction = advice::direction(&mut words)?;
        let some = |text: String| Some(text).filter(|text| !text.trim().is_empty());
        let row = words.text().and_then(some);
        let column = words.number().and_then(|number| Column::ALL.get(number).copied());
        Some(Self {
            panel,
            direction,
            cell: column.map(|column| (row, column)),
            connection: words.text().and_then(some),
            policy: words.text().and_then(some),
            hidden: words.many(Words::severity)?,
        })
    }
}

/// The lines behind the open cell, and the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The lines.
    pub behind: Vec<Place>,
    /// The panel.
    pub sketches: Vec<Sketch>,
}

/// The module's end: what the page asks for, as a list of texts.
pub fn answer(analysis: &Analysis, question: Vec<String>) -> Vec<String> {
    let Some(asked) = Asked::take(question) else { return Vec::new() };
    let Told { behind, sketches } = tell(analysis, &asked);
    let mut list = vec![behind.len().to_string()];
    for place in behind {
        put_place(&mut list, place);
    }
    for sketch in sketches {
        sketch.put_into(&mut list);
    }
    list
}

/// The module's end of [`advice::PROBLEMS`]; what a link remembers of the table may follow.
pub fn advice(analysis: &Analysis, recorded: Option<&str>) -> Vec<String> {
    marks::advice(analysis, recorded)
}

/// The module's end of [`advice::SHARING`].
pub fn sharing(analysis: &Analysis, rest: Vec<String>) -> Vec<String> {
    let mut words = Words::of(rest);
    let (Some(direction), Some(link)) = (advice::direction(&mut words), words.text()) else {
        return Vec::new();
    };
    let mut list = vec!["0".to_owned()];
    for sketch in sharing::sharing(analysis, direction, &link) {
        sketch.put_into(&mut list);
    }
    list
}

/// What the page asks for.
pub fn tell(analysis: &Analysis, asked: &Asked) -> Told {
    match asked.panel {
        Panel::Why => why::why(analysis, asked),
        Panel::Problems => Told {
            behind: why::why(analysis, asked).behind,
            sketches: problems::problems(analysis, &asked.hidden),
        },
        Panel::Neighbours => Told {
            behind: why::why(analysis, asked).behind,
            sketches: neighbours::neighbours(analysis, asked.policy.as_deref()),
        },
    }
}

/// A quiet word where there is nothing to show.
fn nothing(text: &str) -> Sketch {
    classed("p", "nothing").text(text)
}

/// A message, and what to do about it.
fn message(sketch: Sketch, message: &str, help: Option<&str>) -> Sketch {
    let sketch = sketch.marked(&sentence(message));
    match help {
        Some(help) => sketch.text(" ").put(classed("span", "help").marked(&sentence(help))),
        None => sketch,
    }
}
