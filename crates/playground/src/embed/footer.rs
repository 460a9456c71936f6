//! The way out of the frame, the way back to the beginning, and the link to the text as it is.

use protocol::Notice;
use yew::{AttrValue, Callback, Html, MouseEvent, html};

use crate::{
    choices::Share,
    components::share::{refused, shared},
};

/// The id of the way out.
pub(super) const OPEN: &str = "open";

/// What the footer shows, and whom it tells.
pub(super) struct Footer<'f> {
    /// The link to the text as it is, from the `#` on.
    pub(super) link: &'f Result<AttrValue, Notice>,
    /// How far copying it has come.
    pub(super) share: &'f Share,
    /// Whether the text is another than that of the address.
    pub(super) is_changed: bool,
    /// What else there is to say.
    pub(super) remarks: Html,
    /// The text of the address is wanted.
    pub(super) on_reset: Callback<()>,
    /// The link is wanted.
    pub(super) on_copy: Callback<()>,
    /// The way out is about to be taken.
    pub(super) on_near: Callback<()>,
    /// The way out is taken.
    pub(super) on_out: Callback<MouseEvent>,
}

/// The footer.
pub(super) fn footer(props: &Footer<'_>) -> Html {
    let copied = matches!(props.share, Share::Link(_, Some(true)));
    html! {
        <footer class="actions">
            { way_out(props.link.as_ref().ok(), &props.on_near, &props.on_out) }
            <button type="button" disabled={!props.is_changed} onclick={props.on_reset.reform(|_| ())}>{ "Reset" }</button>
            if props.link.is_ok() {
                <button type="button" onclick={props.on_copy.reform(|_| ())}>
                    { if copied { "Link copied" } else { "Copy link" } }
                </button>
            }
            <div class="remarks">{ props.remarks.clone() }</div>
            { match (props.link, props.share) {
                (Err(notice), _) => html! { <div class="told">{ refused(notice) }</div> },
                (Ok(_), Share::Link(link, is_copied @ Some(false))) => {
                    html! { <div class="told">{ shared(link, *is_copied) }</div> }
                }
                _ => html! {},
            } }
        </footer>
    }
}

/// A real link, so that it can be opened and copied as any other.
pub(super) fn way_out(
    fragment: Option<&AttrValue>,
    on_near: &Callback<()>,
    on_out: &Callback<MouseEvent>,
) -> Html {
    let words = html! {
        <>{ "Open" }<span class="unseen">{ " in the playground, in a new tab" }</span><span aria-hidden="true">{ " ↗" }</span></>
    };
    match fragment {
        Some(fragment) => {
            let href = format!("./{fragment}");
            // a press comes before the click that follows it, and before a menu is open; a key brings the click alone
            let onpointerdown = on_near.reform(|_| ());
            let onclick = on_out.clone();
            html! { <a class="primary" id={OPEN} {href} {onpointerdown} {onclick} target="_blank" rel="noopener noreferrer">{ words }</a> }
        }
        None => html! {},
    }
}
