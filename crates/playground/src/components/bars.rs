//! What has to be said once, above everything else: a link that did not open, a draft that was kept.

use protocol::Notice;
use yew::{Callback, Html, html};

use crate::components::message;

/// What to say, and whom to tell the answer.
pub struct Bars {
    /// About a link that showed something else when it was made.
    pub changed: Html,
    /// About the address that led here.
    pub notice: Option<Notice>,
    /// Whether an edited text had to make way.
    pub has_draft: bool,
    /// The notice was read.
    pub on_dismiss: Callback<()>,
    /// What could be read of the link is wanted nevertheless.
    pub on_remains: Callback<()>,
    /// The draft is wanted.
    pub on_restore: Callback<()>,
    /// The draft is not wanted any more.
    pub on_forget: Callback<()>,
}

/// The bars.
pub fn bars(props: &Bars) -> Html {
    html! {
        <div class="bars">
            { props.changed.clone() }
            if let Some(notice) = &props.notice {
                <section class="bar notice" aria-label="Notice">
                    <p>{ message(&notice.message, Some(&notice.help)) }</p>
                    if notice.kept.is_some() {
                        { button("Show what is left of it", &props.on_remains) }
                    }
                    { button("Dismiss", &props.on_dismiss) }
                </section>
            }
            if props.has_draft {
                <section class="bar" aria-label="Draft">
                    <p>{ "The text that you were editing is kept." }</p>
                    { button("Restore my draft", &props.on_restore) }
                    { button("Forget it", &props.on_forget) }
                </section>
            }
        </div>
    }
}

fn button(name: &'static str, told: &Callback<()>) -> Html {
    html! { <button type="button" onclick={told.reform(|_| ())}>{ name }</button> }
}
