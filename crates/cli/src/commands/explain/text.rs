//! An explanation for people: a sentence a line, its places behind it, and in a terminal colours and folded lines.

use anstyle::Style;
use netpol::{
    Analysis,
    explain::{Arrival, Explanation, Sentence, Side},
};

use super::place;
use crate::{
    ink::{BLUE, BOLD, DIM, Ink, RED, YELLOW, harmless, width},
    printer::Printer,
};

/// Where lines are folded in a terminal.
const WIDEST: usize = 96;

/// Prints the explanation.
pub(super) fn print(analysis: &Analysis, explained: &Explanation, printer: &mut Printer) {
    let widest = if printer.is_terminal() { WIDEST } else { usize::MAX };
    let mut page = Page { analysis, widest, ink: printer.ink(), lines: Vec::new() };
    let (mark, style) = match (explained.is_unknown, explained.is_allowed) {
        (true, _) => ("?", YELLOW),
        (false, true) => ("✓", BLUE),
        (false, false) => ("✕", RED),
    };
    page.put(mark, style, &explained.headline, &[]);
    if let Some(service) = &explained.service {
        page.sentence("", service);
    }
    for arrival in &explained.arrivals {
        if explained.service.is_some() {
            page.heading(&arrival.connection.to_string(), arrival.is_allowed, arrival.is_unknown);
        }
        page.arrival(arrival);
    }
    if explained.left_out > 0 {
        page.lines.push(format!("\nAnd {} more pods.", explained.left_out));
    }
    page.lines.iter().for_each(|line| printer.line(line));
}

struct Page<'a> {
    analysis: &'a Analysis,
    widest: usize,
    ink: Ink,
    lines: Vec<String>,
}

impl Page<'_> {
    fn arrival(&mut self, arrival: &Arrival) {
        arrival.sides.iter().for_each(|side| self.side(side));
        self.lines.push(String::new());
        self.sentence("", &arrival.closing);
        arrival.notes.iter().for_each(|note| self.sentence("", note));
    }

    fn heading(&mut self, text: &str, is_allowed: bool, is_unknown: bool) {
        let (word, style) = match (is_unknown, is_allowed) {
            (true, _) => ("depends", YELLOW),
            (false, true) => ("allowed", BLUE),
            (false, false) => ("denied", RED),
        };
        let text = self.ink.paint(BOLD, &harmless(text)).into_owned();
        self.lines.push(format!("\n{text}: {}", self.ink.paint(style, word)));
    }

    fn side(&mut self, side: &Side) {
        let title = format!("{} of {}", side.direction.as_str(), side.subject);
        self.heading(&title, side.is_allowed, side.is_unknown);
        side.steps.iter().for_each(|step| self.sentence("  ", step));
    }

    fn sentence(&mut self, indent: &str, sentence: &Sentence) {
        let places = place::names(self.analysis, &sentence.places);
        self.put(indent, Style::new(), &sentence.text, &places);
        let deeper = if indent.trim_end().ends_with('-') { "      -" } else { "    -" };
        sentence.details.iter().for_each(|detail| self.sentence(deeper, detail));
    }

    /// A text behind a mark, folded below its beginning.
    fn put(&mut self, mark: &str, style: Style, text: &str, places: &[String]) {
        let mut words = words(self.ink, &harmless(text));
        let last = places.len().saturating_sub(1);
        for (at, place) in places.iter().enumerate() {
            let open = if at == 0 { "(" } else { "" };
            let close = if at == last { ")" } else { "," };
            let word = format!("{open}{}{close}", harmless(place));
            words.push((width(&word), self.ink.paint(DIM, &word).into_owned()));
        }
        let is_mark = !mark.trim().is_empty();
        let indent = width(mark) + usize::from(is_mark);
        let mut line = self.ink.paint(style, mark).into_owned();
        line.push_str(if is_mark { " " } else { "" });
        let mut taken = indent;
        for (wide, word) in words {
            if taken > indent && taken + 1 + wide > self.widest {
                self.lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
                taken = indent;
            } else if taken > indent {
                line.push(' ');
                taken += 1;
            }
            line.push_str(&word);
            taken += wide;
        }
        self.lines.push(line);
    }
}

/// The words of a marked text with their widths: `**strong**` in bold, `` `code` `` as it is, in colour.
fn words(ink: Ink, text: &str) -> Vec<(usize, String)> {
    let mut words = vec![(0, String::new())];
    let mut put = |style: Style, piece: &str| {
        for (at, part) in piece.split(' ').enumerate() {
            if at > 0 {
                words.push((0, String::new()));
            }
            if let Some((wide, word)) = words.last_mut() {
                *wide += width(part);
                word.push_str(&ink.paint(style, part));
            }
        }
    };
    for (at, piece) in text.split("**").enumerate() {
        for (within, part) in piece.split('`').enumerate() {
            let is_code = within % 2 == 1;
            let style = match (is_code, at % 2 == 1) {
                (_, true) => BOLD,
                (true, false) => BLUE,
                (false, false) => Style::new(),
            };
            put(style, &if is_code { format!("`{part}`") } else { part.to_owned() });
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_strength_go_and_code_stays_in_one_line_of_words() {
        let words: Vec<String> = words(Ink::PLAIN, "**Yes.** `a: {}` and more")
            .into_iter()
            .map(|(_, word)| word)
            .collect();
        assert_eq!(words, ["Yes.", "`a:", "{}`", "and", "more"]);
    }
}
