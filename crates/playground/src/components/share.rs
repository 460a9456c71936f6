//! The button that makes a link, and the link.

use yew::{AttrValue, Callback, Html, KeyboardEvent, html};

use crate::{
    address::{self, Refusal},
    components::message,
    session::Share,
};

/// What there is to share.
pub struct Sharing {
    /// How far sharing has come.
    pub share: Share,
    /// The whole link, once it was asked for.
    pub link: Option<Result<AttrValue, Refusal>>,
    /// A link is asked for.
    pub on_share: Callback<()>,
    /// The link can be put away.
    pub on_close: Callback<()>,
}

/// The button, and below it the link once it was asked for.
pub fn share_button(props: &Sharing) -> Html {
    let onclick = props.on_share.reform(|_| ());
    let close = props.on_close.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close.emit(());
        }
    });
    let is_open = props.link.is_some();
    html! {
        <div class="share" {onkeydown}>
            <button type="button" class="primary" aria-expanded={is_open.to_string()} {onclick}>{ "Share" }</button>
            if let Some(link) = &props.link {
                <div class="popover" role="group" aria-label="Link">
                    <button
                        type="button"
                        class="icon close"
                        aria-label="Close"
                        onclick={props.on_close.reform(|_| ())}
                    >
                        { "✕" }
                    </button>
                    { match link {
                        Ok(link) => shared(props.share, link),
                        Err(refusal) => refused(refusal),
                    } }
                </div>
            }
        </div>
    }
}

/// The link, and what there is to know about it.
pub fn shared(share: Share, link: &AttrValue) -> Html {
    let title = match share {
        Share::Copied => "Link copied",
        Share::NotCopied => "Copy this link",
        Share::Asked | Share::Closed => "Link",
    };
    let length = link.chars().count();
    let words = if address::is_short(link) {
        "The link names this built-in text and holds nothing else; anyone with the link can read it."
    } else {
        "The policy is inside the link; nothing is uploaded; anyone with the link can read it."
    };
    html! {
        <>
            <p class="popover-title">{ title }</p>
            <input id="link" readonly=true aria-label="Link to this text" value={link} />
            <p>
                { format!("{length} characters. ") }
                { words }
            </p>
        </>
    }
}

/// Why there is no link.
pub fn refused(refusal: &Refusal) -> Html {
    let words = match refusal {
        Refusal::Secret => html! {
            <p>
                { "This text holds a " }
                <code>{ "Secret" }</code>
                { ". Anyone with the link could read it, so it is not put into one. Take it out of the text first; no policy needs it." }
            </p>
        },
        Refusal::Unwritten(notice) => {
            html! { <p>{ message(&notice.message, Some(&notice.help)) }</p> }
        }
    };
    html! { <><p class="popover-title">{ "No link for this text" }</p>{ words }</> }
}
