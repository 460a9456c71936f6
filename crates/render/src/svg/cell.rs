//! A cell of the picture: a mark, a word, the reason below, and a frame that differs by state, so that nothing depends on colour.

use std::fmt::Write as _;

use netpol::State;

use super::{INK, measure::Font, put};
use crate::{plain::harmless, table::Answer};

const WORD: Font = Font::Bold(13.5);
const REASON: Font = Font::Sans(13.0);
const MARK: Font = Font::Bold(15.0);
/// Where the words begin, after the mark.
const INDENT: f32 = 32.0;
const PADDING: f32 = 10.0;
/// Between the frame and the edges of the table's cell.
const MARGIN: (f32, f32) = (8.0, 5.0);
const LINE_HEIGHT: f32 = 17.0;
/// Where a reason is parted.
const WIDEST_REASON: f32 = 190.0;

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
    pub(super) fn size(&self) -> (f32, f32) {
        let lines = self.reason.iter().map(|line| REASON.width(line));
        let widest = lines.fold(WORD.width(self.word), f32::max);
        (widest + INDENT + PADDING + 2.0 * MARGIN.0, self.words_height() + 13.0 + 2.0 * MARGIN.1)
    }

    /// How high the word and the reason below it are.
    fn words_height(&self) -> f32 {
        LINE_HEIGHT + self.reason.iter().map(|_| LINE_HEIGHT).sum::<f32>()
    }

    /// Draws it into the table's cell at `x`, `y`.
    pub(super) fn draw(&self, svg: &mut String, (x, y): (f32, f32), (wide, high): (f32, f32)) {
        let (x, y) = (x + MARGIN.0, y + MARGIN.1);
        let (wide, high) = (wide - 2.0 * MARGIN.0, high - 2.0 * MARGIN.1);
        let (fill, ink) = colours(self.state);
        self.frame(svg, (x, y), (wide, high), (fill, ink));
        let mut baseline = y + (high - self.words_height()) / 2.0 + 13.0;
        put(svg, (x + PADDING, baseline), MARK, ink, self.glyph);
        put(svg, (x + INDENT, baseline), WORD, ink, self.word);
        for line in &self.reason {
            baseline += LINE_HEIGHT;
            put(svg, (x + INDENT, baseline), REASON, INK, line);
        }
    }

    fn frame(&self, svg: &mut String, at: (f32, f32), size: (f32, f32), colours: (&str, &str)) {
        let ((x, y), (wide, high), (fill, ink)) = (at, size, colours);
        let mut rect = |inset: f32, radius: f32, fill: &str, rest: &str| {
            let (x, y) = (x + inset, y + inset);
            let (wide, high) = (wide - 2.0 * inset, high - 2.0 * inset);
            let _ = writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{high:.1}\" rx=\"{radius}\" fill=\"{fill}\" stroke=\"{ink}\"{rest}/>"
            );
        };
        match self.state {
            State::Partly => {
                rect(0.0, 7.0, fill, "");
                rect(2.5, 5.0, "url(#netpol-partly)", "");
            }
            State::Denied => rect(0.0, 7.0, fill, " stroke-width=\"1.5\" stroke-dasharray=\"3 2\""),
            State::Depends => {
                rect(0.0, 7.0, fill, " stroke-width=\"1.5\" stroke-dasharray=\"1 3\"");
            }
            State::Allowed | State::Unrestricted => rect(0.0, 7.0, fill, " stroke-width=\"1.5\""),
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
