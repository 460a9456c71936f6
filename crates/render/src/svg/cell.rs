//! A cell of the picture: a mark, a word, the reason below, and a frame that differs by state, so that nothing depends on colour.

use std::fmt::Write as _;

use netpol::State;

use super::{INK, measure::Font, put};
use crate::{harmless, table::Answer};

const WORD: Font = Font::Bold(135);
const REASON: Font = Font::Sans(130);
const MARK: Font = Font::Bold(150);
/// Where the words begin, after the mark.
const INDENT: i32 = 32;
const PADDING: i32 = 10;
/// Between the frame and the edges of the table's cell.
const MARGIN: (i32, i32) = (8, 5);
const LINE_HEIGHT: i32 = 17;
/// Where a reason is parted.
const WIDEST_REASON: i32 = 190;

/// A cell, its reason parted into lines.
pub(super) struct Cell {
    state: State,
    glyph: &'static str,
    word: &'static str,
    reason: Vec<String>,
}

impl Cell {
    pub(super) fn of(answer: &Answer) -> Self {
        let reason = harmless(&answer.reason);
        let reason =
            if reason.is_empty() { Vec::new() } else { REASON.wrap(&reason, WIDEST_REASON) };
        Self { state: answer.state, glyph: answer.glyph(), word: answer.word(), reason }
    }

    /// What it needs, margins included.
    pub(super) fn size(&self) -> (i32, i32) {
        let lines = self.reason.iter().map(|line| REASON.width(line));
        let widest = lines.fold(WORD.width(self.word), i32::max);
        (widest + INDENT + PADDING + 2 * MARGIN.0, self.words_height() + 13 + 2 * MARGIN.1)
    }

    /// How high the word and the reason below it are.
    fn words_height(&self) -> i32 {
        LINE_HEIGHT + self.reason.iter().map(|_| LINE_HEIGHT).sum::<i32>()
    }

    /// Draws it into the table's cell at `x`, `y`.
    pub(super) fn draw(&self, svg: &mut String, (x, y): (i32, i32), (wide, high): (i32, i32)) {
        let (x, y) = (x + MARGIN.0, y + MARGIN.1);
        let (wide, high) = (wide - 2 * MARGIN.0, high - 2 * MARGIN.1);
        let (fill, ink) = colours(self.state);
        self.frame(svg, (x, y), (wide, high), (fill, ink));
        let mut baseline = y + (high - self.words_height()) / 2 + 13;
        put(svg, (x + PADDING, baseline), MARK, ink, self.glyph);
        put(svg, (x + INDENT, baseline), WORD, ink, self.word);
        for line in &self.reason {
            baseline += LINE_HEIGHT;
            put(svg, (x + INDENT, baseline), REASON, INK, line);
        }
    }

    fn frame(&self, svg: &mut String, at: (i32, i32), size: (i32, i32), colours: (&str, &str)) {
        let ((x, y), (wide, high), (fill, ink)) = (at, size, colours);
        let mut rect = |inset: i32, radius: i32, fill: &str, rest: &str| {
            let (x, y) = (x + inset, y + inset);
            let (wide, high) = (wide - 2 * inset, high - 2 * inset);
            let _ = writeln!(
                svg,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" rx=\"{radius}\" fill=\"{fill}\" stroke=\"{ink}\"{rest}/>"
            );
        };
        match self.state {
            State::Partly => {
                rect(0, 7, fill, "");
                rect(3, 4, "url(#netpol-partly)", "");
            }
            State::Denied => rect(0, 7, fill, " stroke-width=\"1.5\" stroke-dasharray=\"3 2\""),
            State::Depends => {
                rect(0, 7, fill, " stroke-width=\"1.5\" stroke-dasharray=\"1 3\"");
            }
            State::Allowed | State::Unrestricted => rect(0, 7, fill, " stroke-width=\"1.5\""),
        }
    }
}

/// Fill and ink of a state.
const fn colours(state: State) -> (&'static str, &'static str) {
    match state {
        State::Allowed => ("#cfe8ff", "#0b5cad"),
        State::Denied => ("#ffd2b8", "#a83208"),
        State::Partly => ("#fff1b8", "#7a5b00"),
        State::Unrestricted | State::Depends => ("#e7e7ea", "#5b5f6b"),
    }
}

/// The hatch behind what is partly allowed.
pub(super) const HATCH: &str = "<defs><pattern id=\"netpol-partly\" width=\"12\" height=\"12\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"12\" height=\"12\" fill=\"#fff1b8\"/><rect width=\"3\" height=\"12\" fill=\"#fff7d8\"/></pattern></defs>\n";
