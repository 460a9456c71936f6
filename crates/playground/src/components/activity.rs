//! What the engine is at, where that takes long, and what happened where it has failed. It lies over the page, so that nothing
//! moves.

use yew::{Html, component, html, use_effect_with, use_state_eq};

use crate::{browser, engine::Activity};

/// The line, with the button that ends it.
#[component]
pub fn EngineActivity() -> Html {
    let activity = use_state_eq(Activity::default);
    let setter = activity.setter();
    use_effect_with((), move |()| {
        let watch = browser::watch_engine(move |activity| setter.set(activity));
        move || drop(watch)
    });
    let dismissed = activity.setter();
    match *activity {
        Activity::Quiet => html! { <div class="activity" aria-live="polite" /> },
        Activity::Working => html! {
            <div class="activity" aria-live="polite">
                <p>{ "Working…" }</p>
                <button type="button" onclick={|_| browser::stop()}>{ "Stop" }</button>
            </div>
        },
        Activity::Failed(failure) => html! {
            <div class="activity" aria-live="polite">
                <p>{ failure.to_string() }</p>
                <button
                    type="button"
                    class="icon"
                    aria-label="Dismiss"
                    onclick={move |_| dismissed.set(Activity::Quiet)}
                >
                    { "✕" }
                </button>
            </div>
        },
    }
}
