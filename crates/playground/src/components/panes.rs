//! The tabs beside the table. Both panels stay in the page, so that neither forgets where it was scrolled to.

use protocol::Tab;
use yew::{Callback, Html, html};

use crate::components::tabs::{TabButton, panel, tablist};

/// The tabs and what is behind them.
pub struct Panes {
    /// The tab that is open.
    pub tab: Tab,
    /// A few words at the end of the row.
    pub aside: String,
    /// Behind Policies.
    pub policies: Html,
    /// Behind Cluster.
    pub cluster: Html,
    /// A tab was chosen.
    pub on_tab: Callback<Tab>,
}

/// The tabs.
pub fn panes(props: &Panes) -> Html {
    let buttons = Tab::ALL.map(|tab| TabButton {
        id: tab_id(tab),
        panel: panel_id(tab),
        name: tab.name(),
        count: None,
    });
    let open = Tab::ALL.iter().position(|tab| *tab == props.tab).unwrap_or_default();
    let on_tab = props.on_tab.clone();
    let on_open = Callback::from(move |at: usize| {
        if let Some(tab) = Tab::ALL.get(at) {
            on_tab.emit(*tab);
        }
    });
    let panel = |tab: Tab, content: &Html| {
        panel(panel_id(tab), tab_id(tab), props.tab == tab, content.clone())
    };
    html! {
        <div class="card panes">
            <div class="tabs">
                { tablist("Texts", &buttons, open, &on_open) }
                <p class="tabs-aside">{ &props.aside }</p>
            </div>
            { panel(Tab::Policies, &props.policies) }
            { panel(Tab::Cluster, &props.cluster) }
        </div>
    }
}

/// The id of a tab's button.
pub const fn tab_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Policies => "tab-policies",
        Tab::Cluster => "tab-cluster",
    }
}

const fn panel_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Policies => "panel-policies",
        Tab::Cluster => "panel-cluster",
    }
}
