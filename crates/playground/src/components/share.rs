//! The button that makes a link, and the link.

use protocol::Notice;
use yew::{AttrValue, Callback, Html, KeyboardEvent, html};

use crate::{components::message, session::Share};

/// What there is to share.
pub struct Sharing {
    /// How far sharing has come.
    pub share: Share,
    /// What else can be done with the link: pictures, files and the like.
    pub more: Html,
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
    let is_open = props.share != Share::Closed;
    html! {
        <div class="share" {onkeydown}>
            <button type="button" class="primary" aria-expanded={is_open.to_string()} {onclick}>{ "Share" }</button>
            if is_open {
                <div class="popover" role="group" aria-label="Link">
                    <button
                        type="button"
                        class="icon close"
                        aria-label="Close"
                        onclick={props.on_close.reform(|_| ())}
                    >
                        { "✕" }
                    </button>
                    { match &props.share {
                        Share::Closed => html! {},
                        Share::Link(link, is_copied) => shared(link, *is_copied),
                        Share::Refused(notice) => refused(notice),
                    } }
                    { props.more.clone() }
                </div>
            }
        </div>
    }
}

/// The link.
pub fn shared(link: &AttrValue, is_copied: Option<bool>) -> Html {
    let title = match is_copied {
        Some(true) => "Link copied",
        Some(false) => "Copy this link",
        None => "Link",
    };
    html! {
        <>
            <p class="popover-title">{ title }</p>
            <input id="link" readonly=true aria-label="Link to this text" value={link} />
        </>
    }
}

/// Why there is no link.
pub fn refused(notice: &Notice) -> Html {
    html! {
        <>
            <p class="popover-title">{ "No link for this text" }</p>
            <p>{ message(&notice.message, Some(&notice.help)) }</p>
        </>
    }
}
