//! The tabs beside the table. All panels stay in the page, so that none forgets where it was scrolled to.

use yew::{Callback, Html, KeyboardEvent, html};

use crate::{browser, place::Tab};

/// The tabs and what is behind them.
pub struct Panes {
    /// The tab that is open.
    pub tab: Tab,
    /// How many problems there are.
    pub problems: usize,
    /// Whether one of them is an error.
    pub has_errors: bool,
    /// A few words at the end of the row.
    pub aside: String,
    /// Behind Policies.
    pub policies: Html,
    /// Behind Cluster.
    pub cluster: Html,
    /// Behind Problems.
    pub list: Html,
    /// A tab was chosen.
    pub on_tab: Callback<Tab>,
}

/// The tabs.
pub fn panes(props: &Panes) -> Html {
    let panel = |tab: Tab, content: &Html| {
        html! {
            <div
                id={panel_id(tab)}
                class="panel"
                role="tabpanel"
                aria-labelledby={tab_id(tab)}
                hidden={props.tab != tab}
            >
                { content.clone() }
            </div>
        }
    };
    html! {
        <div class="card panes">
            <div class="tabs">
                <div role="tablist" aria-label="Texts">
                    { Tab::ALL.map(|tab| tab_button(props, tab)).into_iter().collect::<Html>() }
                </div>
                <p class="tabs-aside">{ &props.aside }</p>
            </div>
            { panel(Tab::Policies, &props.policies) }
            { panel(Tab::Cluster, &props.cluster) }
            { panel(Tab::Problems, &props.list) }
        </div>
    }
}

fn tab_button(props: &Panes, tab: Tab) -> Html {
    let is_open = props.tab == tab;
    let on_tab = props.on_tab.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if let Some(next) = neighbour(tab, &event.key()) {
            event.prevent_default();
            on_tab.emit(next);
            browser::focus(tab_id(next));
        }
    });
    html! {
        <button
            type="button"
            role="tab"
            id={tab_id(tab)}
            aria-selected={is_open.to_string()}
            aria-controls={panel_id(tab)}
            tabindex={if is_open { "0" } else { "-1" }}
            onclick={props.on_tab.reform(move |_| tab)}
            {onkeydown}
        >
            { tab.name() }
            if tab == Tab::Problems && props.problems > 0 {
                { " " }<span class={if props.has_errors { "count error" } else { "count" }}>{ props.problems }</span>
            }
        </button>
    }
}

fn neighbour(tab: Tab, key: &str) -> Option<Tab> {
    let last = Tab::ALL.len() - 1;
    let at = Tab::ALL.iter().position(|one| *one == tab)?;
    let next = match key {
        "ArrowRight" => {
            if at == last {
                0
            } else {
                at + 1
            }
        }
        "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    Tab::ALL.get(next).copied()
}

const fn tab_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Policies => "tab-policies",
        Tab::Cluster => "tab-cluster",
        Tab::Problems => "tab-problems",
    }
}

const fn panel_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Policies => "panel-policies",
        Tab::Cluster => "panel-cluster",
        Tab::Problems => "panel-problems",
    }
}
