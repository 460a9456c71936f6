//! The built-in texts: links where there is room, a list to choose from where there is not.

use protocol::{Contents, Group, Scenario};
use yew::{Callback, Event, Html, html};

use crate::browser;

/// The built-in texts; `current` is the slug of the open one. Choosing another is following its link, so there is no one
/// to tell.
pub fn rail(contents: &Contents, current: Option<&str>) -> Html {
    let groups = &contents.groups;
    let open = groups.iter().find(|group| is_in(group, current));
    html! {
        <nav class="rail" aria-label="Scenarios">
            <div class="chips">
                { groups.iter().map(|group| chip(group, is_in(group, current))).collect::<Html>() }
            </div>
            if let Some(group) = open.filter(|group| group.members.len() > 1) {
                <div class="members">
                    { group.members.iter().map(|member| pill(member, current)).collect::<Html>() }
                </div>
            }
            { list(groups, current) }
        </nav>
    }
}

fn is_in(group: &Group, current: Option<&str>) -> bool {
    group.members.iter().any(|member| Some(member.slug.as_str()) == current)
}

fn address(slug: &str) -> String {
    format!("#/s/{slug}")
}

fn chip(group: &Group, is_open: bool) -> Html {
    let current = is_open.then_some("true");
    html! {
        <a class="chip" href={address(&group.first)} aria-current={current}>
            <b>{ &group.name }</b>
            <span>{ &group.caption }</span>
        </a>
    }
}

fn pill(scenario: &Scenario, current: Option<&str>) -> Html {
    let current = (Some(scenario.slug.as_str()) == current).then_some("page");
    html! { <a class="pill" href={address(&scenario.slug)} aria-current={current} title={scenario.caption.clone()}>{ &scenario.name }</a> }
}

fn list(groups: &[Group], current: Option<&str>) -> Html {
    let onchange = Callback::from(|event: Event| {
        if let Some(fragment) = browser::choice_of(&event) {
            browser::follow(&fragment);
        }
    });
    let option = |scenario: &Scenario| {
        let selected = Some(scenario.slug.as_str()) == current;
        html! { <option value={address(&scenario.slug)} {selected}>{ &scenario.name }</option> }
    };
    let group = |group: &Group| {
        html! {
            <optgroup label={group.name.clone()}>{ group.members.iter().map(option).collect::<Html>() }</optgroup>
        }
    };
    html! {
        <label class="list">
            <span class="unseen">{ "Built-in text" }</span>
            <select {onchange}>
                if current.is_none() {
                    <option value="" selected=true disabled=true>{ "Your own text" }</option>
                }
                { groups.iter().map(group).collect::<Html>() }
            </select>
        </label>
    }
}
