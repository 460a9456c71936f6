//! One edit away: what small slips would make of a policy, with the lines that change and the cells that flip.

use netpol::{
    neighbours::{Answer, Flip},
    rewrite::Change,
};
use yew::{Callback, Html, classes, html};

use crate::{
    advice::Neighbour,
    afterwards::Neighbours,
    derived::Derived,
    marks::marked,
    mend::Mend,
    table::{Entry, column_name},
};

/// The neighbours of a policy, and whom to tell.
pub struct NeighbourList {
    /// The neighbours; none before there was time to look.
    pub neighbours: Option<Derived<Neighbours>>,
    /// Whether the text is ahead of them.
    pub is_stale: bool,
    /// One is to be tried.
    pub on_mend: Callback<Mend>,
}

/// The list.
pub fn neighbour_list(props: &NeighbourList) -> Html {
    let Some(neighbours) = &props.neighbours else {
        return html! { <p class="nothing">{ "Trying the small edits of this policy…" }</p> };
    };
    let Some(edits) = &neighbours.edits else {
        return html! { <p class="nothing">{ "This part of the page could not be fetched. Reload it once there is a connection." }</p> };
    };
    let count = edits.len();
    let changes = match count {
        0 => "No small edit changes".to_owned(),
        1 => "One small edit changes".to_owned(),
        _ => format!("{count} small edits change"),
    };
    html! {
        <>
            <p class="about">
                { changes }{ " the row of " }<strong>{ &neighbours.policy }</strong>
                { ". Put the cursor into another policy to see its own." }
            </p>
            <ul class={classes!("neighbours", props.is_stale.then_some("stale"))}>
                { edits.iter().map(|one| item(props, one)).collect::<Html>() }
            </ul>
        </>
    }
}

fn item(props: &NeighbourList, neighbour: &Neighbour) -> Html {
    let mend = neighbour.mend.clone();
    let onclick = props.on_mend.reform(move |_| mend.clone());
    let title = &neighbour.mend.title;
    html! {
        <li>
            <div class="neighbour-head">
                <h2>{ marked(&capitalised(title)) }</h2>
                <button
                    type="button"
                    aria-label={format!("Try it: {}", title.replace('`', ""))}
                    disabled={props.is_stale}
                    {onclick}
                >
                    { "Try it" }
                </button>
            </div>
            { difference(&neighbour.lines) }
            <ul class="flips">{ neighbour.flips.iter().map(flip).collect::<Html>() }</ul>
        </li>
    }
}

fn difference(lines: &[Change]) -> Html {
    let indent = lines.iter().filter(|line| !line.text.trim().is_empty());
    let indent = indent.map(|line| line.text.len() - line.text.trim_start().len()).min();
    let line = |change: &Change| {
        let text = change.text.get(indent.unwrap_or_default()..).unwrap_or_default();
        let number = html! { <span class="at">{ change.line }</span> };
        if change.is_added {
            html! { <ins>{ number }{ "+ " }{ text.to_owned() }{ "\n" }</ins> }
        } else {
            html! { <del>{ number }{ "- " }{ text.to_owned() }{ "\n" }</del> }
        }
    };
    html! { <pre class="difference">{ lines.iter().map(line).collect::<Html>() }</pre> }
}

fn flip(flip: &Flip) -> Html {
    let (word, rest) = column_name(flip.column);
    html! {
        <li>
            <span class="flip-cell">{ format!("{word}{rest}, {}", flip.direction) }</span>
            { answer(&flip.before) }
            <span aria-hidden="true">{ "→" }</span><span class="unseen">{ "becomes" }</span>
            { answer(&flip.after) }
        </li>
    }
}

fn answer(answer: &Answer) -> Html {
    let entry = Entry { state: answer.state, reason: answer.reason.clone() };
    let reason =
        if entry.reason.is_empty() { String::new() } else { format!(": {}", entry.reason) };
    html! {
        <span class={classes!("answer-tag", entry.state.as_str())}>
            <span aria-hidden="true">{ entry.glyph() }{ " " }</span>
            <b>{ entry.word() }</b>{ reason }
        </span>
    }
}

fn capitalised(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
