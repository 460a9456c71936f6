//! Explanations as text for snapshots: marks as they are, places behind the sentence.

pub(crate) mod agreement;

use std::fmt::Write as _;

use netpol::{
    Analysis, Why,
    explain::{Explanation, Funnel, Gate, Sentence},
};

fn sentence(analysis: &Analysis, sentence: &Sentence, depth: usize, text: &mut String) {
    let place = |place| {
        let (source, (first, last)) = analysis.manifest.lines(place).unwrap();
        let name = analysis.manifest.sources.get(source).unwrap().name();
        if first == last { format!("{name}:{first}") } else { format!("{name}:{first}-{last}") }
    };
    let places: Vec<String> = sentence.places.iter().map(place).collect();
    let places = if places.is_empty() { String::new() } else { format!(" <{}>", places.join(" ")) };
    let _ = writeln!(text, "{}{}{places}", "  ".repeat(depth), sentence.text);
    sentence.details.iter().for_each(|detail| self::sentence(analysis, detail, depth + 1, text));
}

pub(crate) fn why(analysis: &Analysis, heading: &str, why: &Why, text: &mut String) {
    let _ = writeln!(text, "## {heading}: {}\n{}", why.heading.headline, why.heading.subline);
    why.steps.iter().for_each(|step| sentence(analysis, step, 1, text));
}

pub(crate) fn connection(analysis: &Analysis, explained: &Explanation, text: &mut String) {
    let _ = writeln!(text, "## {}\n{}", explained.connection, explained.headline);
    explained.service.iter().for_each(|service| sentence(analysis, service, 0, text));
    for arrival in &explained.arrivals {
        if explained.service.is_some() {
            let _ = writeln!(text, "# {}", arrival.connection);
        }
        for side in &arrival.sides {
            let word = if side.is_allowed { "allowed" } else { "denied" };
            let _ = writeln!(text, "{} of {}: {word}", side.direction.as_str(), side.subject);
            side.steps.iter().for_each(|step| sentence(analysis, step, 1, text));
        }
        sentence(analysis, &arrival.closing, 0, text);
        arrival.notes.iter().for_each(|note| sentence(analysis, note, 0, text));
    }
    text.push('\n');
}

pub(crate) fn funnel(funnel: &Funnel, text: &mut String) {
    let word = |is_open| if is_open { "allowed" } else { "denied" };
    let _ = writeln!(
        text,
        "## {} {}: {}",
        funnel.connection,
        funnel.direction,
        word(funnel.is_allowed)
    );
    let gate = |gate: &Gate, text: &mut String| {
        let answer = if gate.answer { "yes" } else { "no" };
        let _ = writeln!(
            text,
            "    {} {answer}: {} -> {:?}",
            gate.question,
            gate.because,
            gate.follows()
        );
    };
    funnel.gates.iter().for_each(|one| gate(one, text));
    for lane in &funnel.lanes {
        let _ = writeln!(text, "  {}: {}", lane.title, word(lane.is_open));
        lane.gates.iter().for_each(|one| gate(one, text));
    }
    if funnel.left_out > 0 {
        let _ = writeln!(text, "  and {} more", funnel.left_out);
    }
}
