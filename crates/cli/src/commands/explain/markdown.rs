//! An explanation for pull requests and wikis: GitHub's Markdown.

use netpol::{
    Analysis,
    explain::{Explanation, Sentence, Side},
};

use super::place;
use crate::ink::harmless;

/// The explanation as Markdown.
pub(super) fn markdown(analysis: &Analysis, explained: &Explanation) -> String {
    let mut lines = vec![format!("## {}", escaped(&explained.headline))];
    if let Some(service) = &explained.service {
        lines.push(format!("\n{}", sentence(analysis, service)));
    }
    for arrival in &explained.arrivals {
        if explained.service.is_some() {
            lines.push(format!("\n### {}", code(&arrival.connection.to_string())));
        }
        arrival.sides.iter().for_each(|one| side(analysis, one, &mut lines));
        for one in std::iter::once(&arrival.closing).chain(&arrival.notes) {
            lines.push(format!("\n{}", sentence(analysis, one)));
        }
    }
    if explained.left_out > 0 {
        lines.push(format!("\nAnd {} more pods.", explained.left_out));
    }
    lines.join("\n")
}

fn side(analysis: &Analysis, side: &Side, lines: &mut Vec<String>) {
    let word = match (side.is_unknown, side.is_allowed) {
        (true, _) => "depends",
        (false, true) => "allowed",
        (false, false) => "denied",
    };
    let subject = code(&side.subject.to_string());
    lines.push(format!("\n**{} of {subject}: {word}**\n", side.direction.as_str()));
    for step in &side.steps {
        lines.push(format!("1. {}", sentence(analysis, step)));
        details(analysis, step, 1, lines);
    }
}

fn details(analysis: &Analysis, step: &Sentence, depth: usize, lines: &mut Vec<String>) {
    for detail in &step.details {
        lines.push(format!("{}- {}", "   ".repeat(depth), sentence(analysis, detail)));
        details(analysis, detail, depth + 1, lines);
    }
}

fn sentence(analysis: &Analysis, sentence: &Sentence) -> String {
    let places = place::names(analysis, &sentence.places);
    let mut text = escaped(&sentence.text);
    if !places.is_empty() {
        let places: Vec<String> = places.iter().map(|place| code(place)).collect();
        text = format!("{text} ({})", places.join(", "));
    }
    text
}

/// Text that stays code whatever it holds: the marks around it are longer than any within.
fn code(text: &str) -> String {
    let text = harmless(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let mark = "`".repeat(longest + 1);
    // a mark at either end would join those around it, and of two spaces one is taken away at each end
    let is_open = |c: char| c == '`' || c == ' ';
    let space = if text.starts_with(is_open) || text.ends_with(is_open) { " " } else { "" };
    format!("{mark}{space}{text}{space}{mark}")
}

/// Outside of code a `<` could start HTML.
fn escaped(text: &str) -> String {
    let piece = |(at, piece): (usize, &str)| {
        if at % 2 == 0 { piece.replace('<', "&lt;") } else { piece.to_owned() }
    };
    let text = text.replace(['\r', '\n'], " ");
    harmless(&text).split('`').enumerate().map(piece).collect::<Vec<_>>().join("`")
}
