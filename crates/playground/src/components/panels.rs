//! What stands below the table: one of three panels, and the tabs to choose it. Only the open one is made.

use protocol::Panel;
use yew::{Callback, Html, classes, html};

use crate::components::tabs::{TabButton, panel, tablist};

/// The panels.
pub struct Panels {
    /// The one that is open.
    pub open: Panel,
    /// Whether there is a table; without one, there is nothing but problems.
    pub has_rows: bool,
    /// How many problems there are, and whether one is an error.
    pub problems: Option<(usize, bool)>,
    /// What is in it.
    pub content: Html,
    /// Whether the text is ahead of it.
    pub is_stale: bool,
    /// Another one was chosen.
    pub on_panel: Callback<Panel>,
}

/// The tabs and the open panel.
pub fn panels(props: &Panels) -> Html {
    let all: &'static [Panel] = if props.has_rows { &Panel::ALL } else { &[Panel::Problems] };
    let button = |one: &Panel| TabButton {
        id: tab_id(*one),
        panel: panel_id(*one),
        name: one.name(),
        count: props.problems.filter(|_| *one == Panel::Problems),
    };
    let buttons: Vec<TabButton> = all.iter().map(button).collect();
    let open = all.iter().position(|one| *one == props.open).unwrap_or_default();
    let on_panel = props.on_panel.clone();
    let on_open = Callback::from(move |at: usize| {
        if let Some(one) = all.get(at) {
            on_panel.emit(*one);
        }
    });
    let each = |one: Panel| {
        let is_open = one == props.open;
        let content = if is_open {
            props.content.clone()
        } else {
            html! {}
        };
        panel(panel_id(one), tab_id(one), is_open, content)
    };
    html! {
        <div class={classes!("card", "panels", props.is_stale.then_some("lagging"))}>
            <div class="tabs">{ tablist("Answers", &buttons, open, &on_open) }</div>
            { all.iter().copied().map(each).collect::<Html>() }
        </div>
    }
}

/// The id of a panel's tab.
pub const fn tab_id(panel: Panel) -> &'static str {
    match panel {
        Panel::Why => "tab-why",
        Panel::Problems => "tab-problems",
        Panel::Neighbours => "tab-neighbours",
    }
}

const fn panel_id(panel: Panel) -> &'static str {
    match panel {
        Panel::Why => "panel-why",
        Panel::Problems => "panel-problems",
        Panel::Neighbours => "panel-neighbours",
    }
}
