//! The answer in one sentence; or, while the text cannot be read, what is in the way.

use protocol::{Heading, Place, Problem, Tab};
use yew::{Callback, Html, html};

use crate::{
    components::{marked, message, place_links},
    views::Standing,
};

/// Faults told here; the problems list has them all.
const MOST_FAULTS: usize = 2;

/// What there is to say.
pub struct Verdict<'p> {
    /// What the open cell says.
    pub heading: Option<&'p Heading>,
    /// How the table stands to the text.
    pub standing: Standing,
    /// What is in the way.
    pub faults: &'p [Problem],
    /// Whether there is any policy.
    pub is_empty: bool,
    /// Lines are asked for.
    pub on_place: Callback<Place>,
}

/// The sentence above the table.
pub fn verdict(props: &Verdict<'_>) -> Html {
    if props.standing != Standing::Current {
        return trouble(props);
    }
    if props.is_empty {
        return html! {};
    }
    let (headline, subline) = match props.heading {
        Some(heading) => (heading.headline.as_str(), heading.subline.as_str()),
        None => ("Who gets in, and why?", "Choose a cell of the table."),
    };
    html! { <div class="verdict"><p class="headline">{ headline.to_owned() }</p><p class="subline">{ marked(subline) }</p></div> }
}

/// What stands above a table that is not, or not wholly, the text's.
pub fn headline_of_trouble(standing: Standing, faults: &[Problem]) -> Option<String> {
    let first = faults.first().map(|fault| (fault.place.tab, fault.place.first));
    let place = match first {
        Some((Tab::Cluster, line)) => format!("line {line} of the cluster"),
        Some((_, line)) => format!("line {line}"),
        None => "a line".to_owned(),
    };
    match standing {
        Standing::Current => None,
        Standing::Stale => Some(format!("Showing the result before the error on {place}")),
        Standing::Incomplete => Some(format!("Incomplete: there is an error on {place}")),
    }
}

fn trouble(props: &Verdict<'_>) -> Html {
    let headline = headline_of_trouble(props.standing, props.faults).unwrap_or_default();
    let fault = |fault: &Problem| {
        html! {
            <p class="subline">
                { message(&fault.message, fault.help.as_deref()) }
                { place_links(&[fault.place], &props.on_place) }
                { format!(", column {}", fault.start.column) }
            </p>
        }
    };
    let more = props.faults.len().saturating_sub(MOST_FAULTS);
    html! {
        <div class="verdict trouble">
            <p class="headline">{ headline }</p>
            { props.faults.iter().take(MOST_FAULTS).map(fault).collect::<Html>() }
            if more > 0 {
                <p class="subline">{ format!("And {more} more, see Problems.") }</p>
            }
        </div>
    }
}
