//! Rows of tabs, as the keyboard knows them: arrows, Home and End move between them, Tab goes on into the panel.

use std::rc::Rc;

use yew::{Callback, Html, KeyboardEvent, html};

use crate::browser;

/// One tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TabButton {
    /// Its id.
    pub id: &'static str,
    /// The id of its panel.
    pub panel: &'static str,
    /// The words on it.
    pub name: &'static str,
    /// A number beside them, and whether it is about errors.
    pub count: Option<(usize, bool)>,
}

/// A row of tabs.
pub fn tablist(
    label: &'static str,
    tabs: &[TabButton],
    open: usize,
    on_open: &Callback<usize>,
) -> Html {
    let ids: Rc<[&'static str]> = tabs.iter().map(|tab| tab.id).collect();
    let button = |(at, tab): (usize, &TabButton)| {
        let is_open = at == open;
        let (ids, told) = (Rc::clone(&ids), on_open.clone());
        let onkeydown = Callback::from(move |event: KeyboardEvent| {
            if let Some(next) = neighbour(at, ids.len(), &event.key()) {
                event.prevent_default();
                told.emit(next);
                ids.get(next).copied().into_iter().for_each(browser::focus);
            }
        });
        html! {
            <button
                type="button"
                role="tab"
                id={tab.id}
                aria-selected={is_open.to_string()}
                aria-controls={tab.panel}
                tabindex={if is_open { "0" } else { "-1" }}
                onclick={on_open.reform(move |_| at)}
                {onkeydown}
            >
                { tab.name }
                if let Some((count, is_error)) = tab.count {
                    { " " }<span class={if is_error { "count error" } else { "count" }}>{ count }</span>
                }
            </button>
        }
    };
    html! {
        <div role="tablist" aria-label={label}>
            { tabs.iter().enumerate().map(button).collect::<Html>() }
        </div>
    }
}

/// What a tab opens.
pub fn panel(id: &'static str, tab: &'static str, is_open: bool, content: Html) -> Html {
    html! {
        <div {id} class="panel" role="tabpanel" aria-labelledby={tab} hidden={!is_open}>
            { content }
        </div>
    }
}

fn neighbour(at: usize, count: usize, key: &str) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowRight" => Some(if at == last { 0 } else { at + 1 }),
        "ArrowLeft" => Some(at.checked_sub(1).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrows_go_round() {
        assert_eq!(neighbour(2, 3, "ArrowRight"), Some(0));
        assert_eq!(neighbour(0, 3, "ArrowLeft"), Some(2));
        assert_eq!(neighbour(1, 3, "End"), Some(2));
        assert_eq!(neighbour(1, 3, "Tab"), None);
        assert_eq!(neighbour(0, 0, "Home"), None);
    }
}
