//! One edit away: what small slips would make of a policy, with the lines that change and the cells that flip.

use netpol::{
    Analysis,
    neighbours::{Answer, Flip, Neighbour, is_too_long, neighbours as neighbours_of},
    rewrite::Change,
};

use super::nothing;
use crate::{
    advice,
    sketch::{Press, Sketch, button, classed, tag},
    table::{Entry, column_name},
    text::capitalised,
};

/// The neighbours of a policy.
pub(super) fn neighbours(analysis: &Analysis, policy: Option<&str>) -> Vec<Sketch> {
    let found = policy.and_then(|name| Some((name, advice::policy_of(analysis, name)?)));
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
    let about = classed("p", "about").text(format!("{changes} the row of "));
    let about = about.put(tag("strong").text(name));
    let about = about.text(". Put the cursor into another policy to see its own.");
    vec![about, classed("ul", "neighbours").each(edits.iter().map(item))]
}

fn item(neighbour: &Neighbour) -> Sketch {
    let Neighbour { title, rewrite, lines, flips } = neighbour;
    let trial = button(Press::Mend(title.clone(), rewrite.clone()))
        .attr("aria-label", format!("Try it: {}", title.replace('`', "")))
        .text("Try it");
    let head = classed("div", "neighbour-head");
    let head = head.put(tag("h2").marked(&capitalised(title))).put(trial);
    let flips = classed("ul", "flips").each(flips.iter().map(flip));
    tag("li").put(head).put(difference(lines)).put(flips)
}

fn difference(lines: &[Change]) -> Sketch {
    let indent = lines.iter().filter(|line| !line.text.trim().is_empty());
    let indent = indent.map(|line| line.text.len() - line.text.trim_start().len()).min();
    let line = |change: &Change| {
        let text = change.text.get(indent.unwrap_or_default()..).unwrap_or_default();
        let (name, sign) = if change.is_added { ("ins", "+") } else { ("del", "-") };
        let number = classed("span", "at").text(change.line.to_string());
        tag(name).put(number).text(format!("{sign} {text}\n"))
    };
    classed("pre", "difference").attr("tabindex", "0").each(lines.iter().map(line))
}

fn flip(flip: &Flip) -> Sketch {
    let (word, rest) = column_name(flip.column);
    tag("li")
        .put(classed("span", "flip-cell").text(format!("{word}{rest}, {}", flip.direction)))
        .put(answer(&flip.before))
        .put(tag("span").unheard().text("→"))
        .put(classed("span", "unseen").text("becomes"))
        .put(answer(&flip.after))
}

fn answer(answer: &Answer) -> Sketch {
    let entry = Entry { state: answer.state, reason: answer.reason.clone(), is_assumed: false };
    let sketch = classed("span", format!("answer-tag {}", entry.state.as_str()))
        .put(tag("span").unheard().text(format!("{} ", entry.glyph())))
        .put(tag("b").text(entry.word()));
    if entry.reason.is_empty() { sketch } else { sketch.text(format!(": {}", entry.reason)) }
}
