//! What was done to the text without typing, and the way back.

use yew::{Callback, Html, html};

use crate::{choices::Mended, components::marked};

/// The id of the button.
pub const UNDO: &str = "undo";

/// The words and the buttons; they lie over the page, so that nothing moves.
pub fn undo(mended: Option<&Mended>, on_undo: &Callback<()>, on_keep: &Callback<()>) -> Html {
    let Some(mended) = mended else { return html! {} };
    html! {
        <section class="undo" aria-label="Last edit">
            <p>{ "Done: " }{ marked(&mended.title) }</p>
            <button type="button" id={UNDO} onclick={on_undo.reform(|_| ())}>{ "Undo" }</button>
            <button type="button" class="icon" aria-label="Keep it" onclick={on_keep.reform(|_| ())}>{ "✕" }</button>
        </section>
    }
}
