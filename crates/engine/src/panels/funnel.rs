//! A funnel, drawn: the questions before the rules, then a lane for each item of a rule, each down to where it ends.

use netpol::{
    Analysis, Sentence,
    explain::{Follows, Funnel, Gate, Lane},
};

use protocol::Element;

use super::{nothing, said};

/// The picture.
pub(super) fn funnel(analysis: &Analysis, funnel: &Funnel) -> Element {
    let lanes = funnel.lanes.iter().map(|one| lane(analysis, one));
    let picture = Element::classed("div", "funnel").put(gates(analysis, &funnel.gates));
    let picture = picture.put(Element::classed("div", "lanes").each(lanes));
    if funnel.left_out == 0 {
        return picture;
    }
    let more = format!("And {} more, each just as open or further off.", funnel.left_out);
    picture.put(nothing(&more))
}

fn lane(analysis: &Analysis, lane: &Lane) -> Element {
    let title = Sentence::new(lane.title.clone(), lane.places.clone());
    let title = said(analysis, Element::classed("p", "lane-title"), &title);
    let class = if lane.is_open { "lane open" } else { "lane" };
    Element::classed("div", class).put(title).put(gates(analysis, &lane.gates))
}

fn gates(analysis: &Analysis, gates: &[Gate]) -> Element {
    Element::classed("ol", "gates").each(gates.iter().map(|one| gate(analysis, one)))
}

/// A question with its two ways on: yes leads down, no leads out to the side.
fn gate(analysis: &Analysis, gate: &Gate) -> Element {
    let word = if gate.answer { "yes" } else { "no" };
    let question = Sentence::new(gate.question.clone(), gate.places.clone());
    let given = Element::tag("p")
        .put(Element::classed("b", word).text(word))
        .text(" ")
        .marked(&gate.because);
    let asked = Element::classed("div", "asked")
        .put(said(analysis, Element::classed("p", "question"), &question))
        .put(given);
    let ways = [("no", gate.no, !gate.answer), ("yes", gate.yes, gate.answer)];
    let ends = ways.into_iter().filter_map(|(answer, follows, is_taken)| {
        let end = ending(follows)?;
        let taken = if is_taken { " taken" } else { "" };
        let otherwise = (!is_taken).then(|| Element::classed("span", "unseen").text("otherwise, "));
        let way = Element::tag("span").each(otherwise).text(format!("{answer} "));
        let way = way.put(Element::tag("span").unheard().text("→ "));
        let end = Element::classed("b", end).text(end);
        Some(Element::classed("p", format!("way {answer}{taken}")).put(way).put(end))
    });
    Element::classed("li", format!("gate {word}")).put(asked).each(ends)
}

/// Where the questions end.
const fn ending(follows: Follows) -> Option<&'static str> {
    match follows {
        Follows::Allowed => Some("allowed"),
        Follows::Denied => Some("denied"),
        Follows::Next => None,
    }
}
