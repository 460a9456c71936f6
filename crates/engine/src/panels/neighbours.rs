//! One edit away: what small slips would make of a policy, with the lines that change and the cells that flip.

use netpol::{
    Analysis,
    neighbours::{Answer, Flip, Neighbour, is_too_long, neighbours as neighbours_of},
    rewrite::Change,
};

use protocol::{Element, Press, State, capitalised, column_name};

use super::nothing;
use crate::{convert, reading::policy_of};

/// The neighbours of a policy.
pub(super) fn neighbours(analysis: &Analysis, policy: Option<&str>) -> Vec<Element> {
    let found = policy.and_then(|name| Some((name, policy_of(analysis, name)?)));
    let Some((name, id)) = found else {
        return vec![nothing("Put the cursor into a policy to see what is one edit away from it.")];
    };
    if is_too_long(analysis, id) {
        return vec![nothing("This policy is too long to try small edits on.")];
    }
    let edits = neighbours_of(analysis, id);
    let changes = match edits.len() {
        0 => "No small edit changes".to_owned(),
        1 => "One small edit changes".to_owned(),
        count => format!("{count} small edits change"),
    };
    let about = Element::classed("p", "about").text(format!("{changes} the row of "));
    let about = about.put(Element::tag("strong").text(name));
    let about = about.text(". Put the cursor into another policy to see its own.");
    vec![about, Element::classed("ul", "neighbours").each(edits.iter().map(item))]
}

fn item(neighbour: &Neighbour) -> Element {
    let Neighbour { title, rewrite, lines, flips } = neighbour;
    let trial = convert::rewrite(rewrite).map(|rewrite| {
        Element::button(Press::Mend(title.clone(), rewrite))
            .attr("aria-label", format!("Try it: {}", title.replace('`', "")))
            .text("Try it")
    });
    let head = Element::classed("div", "neighbour-head");
    let head = head.put(Element::tag("h2").marked(&capitalised(title))).each(trial);
    let flips = Element::classed("ul", "flips").each(flips.iter().map(flip));
    Element::tag("li").put(head).put(difference(lines)).put(flips)
}

fn difference(lines: &[Change]) -> Element {
    let indent = lines.iter().filter(|line| !line.text.trim().is_empty());
    let indent = indent.map(|line| line.text.len() - line.text.trim_start().len()).min();
    let line = |change: &Change| {
        let text = change.text.get(indent.unwrap_or_default()..).unwrap_or_default();
        let (name, sign) = if change.is_added { ("ins", "+") } else { ("del", "-") };
        let number = Element::classed("span", "at").text(change.line.to_string());
        Element::tag(name).put(number).text(format!("{sign} {text}\n"))
    };
    Element::classed("pre", "difference").attr("tabindex", "0").each(lines.iter().map(line))
}

fn flip(flip: &Flip) -> Element {
    let (word, rest) = column_name(convert::column(flip.column));
    Element::tag("li")
        .put(
            Element::classed("span", "flip-cell").text(format!("{word}{rest}, {}", flip.direction)),
        )
        .put(answer(&flip.before))
        .put(Element::tag("span").unheard().text("→"))
        .put(Element::classed("span", "unseen").text("becomes"))
        .put(answer(&flip.after))
}

fn answer(answer: &Answer) -> Element {
    let state: State = convert::state(answer.state);
    let element = Element::classed("span", format!("answer-tag {}", state.as_str()))
        .put(Element::tag("span").unheard().text(format!("{} ", state.glyph())))
        .put(Element::tag("b").text(state.word()));
    if answer.reason.is_empty() { element } else { element.text(format!(": {}", answer.reason)) }
}
