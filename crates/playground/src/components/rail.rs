//! The built-in texts: links where there is room, a list to choose from where there is not.

use lessons::{Group, Scenario};
use yew::{Callback, Event, Html, Properties, component, html};

use crate::browser;

/// Which text is open. Choosing another is following its link, so there is no one to tell.
#[derive(Properties, PartialEq)]
pub struct RailProps {
    /// The slug of the open scenario.
    pub current: Option<&'static str>,
}

/// The built-in texts.
#[component]
pub fn Rail(props: &RailProps) -> Html {
    let groups = lessons::groups();
    let open = groups.iter().find(|group| is_in(group, props.current));
    html! {
        <nav class="rail" aria-label="Scenarios">
            <div class="chips">
                { groups.iter().map(|group| chip(group, is_in(group, props.current))).collect::<Html>() }
            </div>
            if let Some(group) = open.filter(|group| group.members.len() > 1) {
                <div class="members">
                    { group.members.iter().map(|member| pill(member, props.current)).collect::<Html>() }
                </div>
            }
            { list(props) }
        </nav>
    }
}

fn is_in(group: &Group, current: Option<&str>) -> bool {
    group.members.iter().any(|member| Some(member.slug) == current)
}

fn address(scenario: &Scenario) -> String {
    format!("#/s/{}", scenario.slug)
}

fn chip(group: &Group, is_open: bool) -> Html {
    let current = is_open.then_some("true");
    html! {
        <a class="chip" href={address(group.first)} aria-current={current}>
            <b>{ group.name }</b>
            <span>{ group.caption }</span>
        </a>
    }
}

fn pill(scenario: &Scenario, current: Option<&str>) -> Html {
    let current = (Some(scenario.slug) == current).then_some("page");
    html! { <a class="pill" href={address(scenario)} aria-current={current} title={scenario.caption}>{ scenario.name }</a> }
}

fn list(props: &RailProps) -> Html {
    let onchange = Callback::from(|event: Event| {
        if let Some(fragment) = browser::choice_of(&event) {
            browser::follow(&fragment);
        }
    });
    let option = |scenario: &&Scenario| {
        let selected = Some(scenario.slug) == props.current;
        html! { <option value={address(scenario)} {selected}>{ scenario.name }</option> }
    };
    let group = |group: &Group| {
        html! {
            <optgroup label={group.name}>{ group.members.iter().map(option).collect::<Html>() }</optgroup>
        }
    };
    html! {
        <label class="list">
            <span class="unseen">{ "Built-in text" }</span>
            <select {onchange}>
                if props.current.is_none() {
                    <option value="" selected=true disabled=true>{ "Your own text" }</option>
                }
                { lessons::groups().iter().map(group).collect::<Html>() }
            </select>
        </label>
    }
}
