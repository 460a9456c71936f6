//! The name, the direction, the link and the colours.

use netpol::Direction;
use yew::{Callback, Html, Properties, component, html};

use crate::{
    components::share::{ShareButton, ShareButtonProps},
    session::Theme,
};

/// What the header shows, and whom it tells.
#[derive(Properties, PartialEq)]
pub struct HeaderProps {
    /// The direction of the table.
    pub direction: Direction,
    /// The colours.
    pub theme: Theme,
    /// The button for the link, and the link.
    pub share: ShareButtonProps,
    /// A direction was chosen.
    pub on_direction: Callback<Direction>,
    /// A theme was chosen.
    pub on_theme: Callback<Theme>,
}

/// The top of the page.
#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let direction = |direction: Direction| {
        let onclick = props.on_direction.reform(move |_| direction);
        let pressed = (props.direction == direction).to_string();
        html! { <button type="button" aria-pressed={pressed} {onclick}>{ direction.as_str() }</button> }
    };
    html! {
        <header class="top">
            <h1 class="mark">
                <span class="tile" aria-hidden="true">{ "-" }</span>
                <span>{ "NetworkPolicy " }<span>{ "Playground" }</span></span>
            </h1>
            <div class="seg" role="group" aria-label="Direction">
                { Direction::ALL.map(direction).into_iter().collect::<Html>() }
            </div>
            <ShareButton ..props.share.clone() />
            { theme_button(props) }
        </header>
    }
}

fn theme_button(props: &HeaderProps) -> Html {
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
