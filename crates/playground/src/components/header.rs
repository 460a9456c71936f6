//! The name, the direction, the link and the colours.

use yew::{Callback, Html, html};

use crate::{
    components::share::{Sharing, share_button},
    session::Theme,
};

/// What the header shows, and whom it tells.
pub struct Header {
    /// The colours.
    pub theme: Theme,
    /// The switch between the directions.
    pub direction: Html,
    /// The button for the link, and the link.
    pub sharing: Sharing,
    /// A theme was chosen.
    pub on_theme: Callback<Theme>,
}

/// The top of the page.
pub fn header(props: &Header) -> Html {
    html! {
        <header class="top">
            <h1 class="mark">
                <span class="tile" aria-hidden="true">{ "-" }</span>
                <span>{ "NetworkPolicy " }<span>{ "Playground" }</span></span>
            </h1>
            <div class="wide-only">{ props.direction.clone() }</div>
            { share_button(&props.sharing) }
            { theme_button(props) }
        </header>
    }
}

fn theme_button(props: &Header) -> Html {
    let (label, next) = match props.theme {
        Theme::System => ("Theme: as the system has it", Theme::Light),
        Theme::Light => ("Theme: light", Theme::Dark),
        Theme::Dark => ("Theme: dark", Theme::System),
    };
    let onclick = props.on_theme.reform(move |_| next);
    html! {
        <button type="button" class="icon theme" aria-label={label} title={label} {onclick}>
            <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">{ drawing(props.theme) }</svg>
        </button>
    }
}

fn drawing(theme: Theme) -> Html {
    match theme {
        Theme::System => html! {
            <>
                <circle cx="10" cy="10" r="7" class="stroke" />
                <path d="M10 3a7 7 0 0 1 0 14z" class="fill" />
            </>
        },
        Theme::Light => html! {
            <>
                <circle cx="10" cy="10" r="3.6" class="fill" />
                <path
                    class="stroke"
                    d="M10 1.8v2M10 16.2v2M1.8 10h2M16.2 10h2M4.2 4.2l1.4 1.4M14.4 14.4l1.4 1.4M4.2 15.8l1.4-1.4M14.4 5.6l1.4-1.4"
                />
            </>
        },
        Theme::Dark => {
            html! { <path class="fill" d="M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7z" /> }
        }
    }
}
