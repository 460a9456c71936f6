//! An explanation for pull requests and wikis: GitHub's Markdown.

use netpol::{
    Analysis,
    explain::{Explanation, Sentence, Side},
};

use super::place;

/// The explanation as Markdown.
pub(super) fn markdown(analysis: &Analysis, explained: &Explanation) -> String {
    let mut lines = vec![format!("## {}", escaped(&explained.headline))];
    if let Some(service) = &explained.service {
        lines.push(format!("\n{}", sentence(analysis, service)));
    }
    for arrival in &explained.arrivals {
        if explained.service.is_some() {
            lines.push(format!("\n### `{}`", arrival.connection));
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
    lines.push(format!("\n**{} of `{}`: {word}**\n", side.direction.as_str(), side.subject));
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
        let places: Vec<String> = places.iter().map(|place| format!("`{place}`")).collect();
        text = format!("{text} ({})", places.join(", "));
    }
    text
}

/// Outside of code a `<` could start HTML.
fn escaped(text: &str) -> String {
    let piece = |(at, piece): (usize, &str)| {
        if at % 2 == 0 { piece.replace('<', "&lt;") } else { piece.to_owned() }
    };
    text.split('`').enumerate().map(piece).collect::<Vec<_>>().join("`").replace(['\r', '\n'], " ")
}
