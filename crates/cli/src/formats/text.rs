//! The table for people, coloured where they want colours.

use anstyle::Style;
use netpol::State;
use render::{Room, Table, Tone};

use crate::ink::{BLUE, BOLD, DIM, Ink, RED, YELLOW};

/// The table as text; `width` where a person looks at it.
pub(crate) fn text(table: &Table, ink: Ink, width: Option<usize>) -> String {
    let room = width.map_or(Room::Unlimited, Room::Within);
    render::text(table, room, &|tone, words| ink.paint(style(tone), words))
}

const fn style(tone: Tone) -> Style {
    match tone {
        Tone::Strong => BOLD,
        Tone::Plain => Style::new(),
        Tone::State(State::Allowed) => BLUE,
        Tone::State(State::Denied) => RED,
        Tone::State(State::Partly | State::Depends) => YELLOW,
        Tone::State(State::Unrestricted) => DIM,
    }
}
