//! The switch between the two directions of the table.

use protocol::Direction;
use yew::{Callback, Html, html};

/// Which direction is shown, and whom to tell when the other is wanted.
pub struct DirectionSwitch {
    /// The direction of the table.
    pub direction: Direction,
    /// A direction was chosen.
    pub on_direction: Callback<Direction>,
}

/// The switch.
pub fn direction_switch(props: &DirectionSwitch) -> Html {
    let button = |direction: Direction| {
        let onclick = props.on_direction.reform(move |_| direction);
        let pressed = (props.direction == direction).to_string();
        html! { <button type="button" aria-pressed={pressed} {onclick}>{ direction.as_str() }</button> }
    };
    html! {
        <div class="seg" role="group" aria-label="Direction">
            { button(Direction::Ingress) }
            { button(Direction::Egress) }
        </div>
    }
}
