//! The assumed cluster: editable, and what was added to it.

use std::rc::Rc;

use protocol::Tab;
use yew::{AttrValue, Callback, Html, html};

use crate::{
    answers::Told,
    components::editor::{Editor, LineMarks},
};

/// The cluster, and whom to tell when it changes.
pub struct Cluster {
    /// The text.
    pub text: AttrValue,
    /// What can be undone goes by this key.
    pub history: AttrValue,
    /// What is said about its lines.
    pub marks: Rc<LineMarks>,
    /// What is said about both texts.
    pub told: Told,
    /// Whether the policies bring a cluster of their own.
    pub is_resting: bool,
    /// Whether it differs from the built-in one.
    pub is_changed: bool,
    /// As YAML, once there was time to write it.
    pub added: String,
    /// Whether anybody is to be assumed.
    pub is_filled: bool,
    /// It was changed.
    pub on_text: Callback<(AttrValue, Option<usize>)>,
    /// It is to be the built-in one again.
    pub on_reset: Callback<()>,
    /// What was added is to stay.
    pub on_keep: Callback<()>,
    /// Adding is switched on or off.
    pub on_switch: Callback<bool>,
}

/// The panel.
pub fn cluster(props: &Cluster) -> Html {
    html! {
        <>
            <div class="aside">
                if props.is_resting {
                    <p>{ "Your text holds pods of its own, so this example does not stand around it." }</p>
                } else {
                    <p>{ "The cluster that the table is computed for, as Kubernetes YAML. Change a label, and the answer may change." }</p>
                }
                if props.is_changed {
                    <button type="button" onclick={props.on_reset.reform(|_| ())}>{ "Reset to the example cluster" }</button>
                }
            </div>
            <Editor
                tab={Tab::Cluster}
                id="cluster"
                label="Cluster YAML"
                text={props.text.clone()}
                history={props.history.clone()}
                marks={props.marks.clone()}
                told={props.told.clone()}
                is_resting={props.is_resting}
                on_text={props.on_text.clone()}
            />
            { added(props) }
        </>
    }
}

fn added(props: &Cluster) -> Html {
    let (is_on, has_added) = (props.is_filled, props.told.current.view.has_added);
    let words = if !is_on {
        "Switched off: whom your policies name and nobody answers to is missing from the table."
    } else if !has_added {
        "Nobody: all whom your policies name are there, or one of them was evidently meant."
    } else {
        "In nobody's files, but your policies name them: for each selector one that matches and, among strangers, one that just misses. Cells that rest on them alone are marked."
    };
    html! {
        <section class="added-part" aria-labelledby="added-title">
            <div class="added-head">
                <h2 id="added-title">{ "Assumed, because your policies name them" }</h2>
                <button
                    type="button"
                    role="switch"
                    class="switch"
                    aria-checked={is_on.to_string()}
                    aria-labelledby="added-title"
                    onclick={props.on_switch.reform(move |_| !is_on)}
                >
                    <span aria-hidden="true">{ if is_on { "On" } else { "Off" } }</span>
                </button>
            </div>
            <p>{ words }</p>
            if has_added && !props.added.is_empty() {
                <pre tabindex="0" aria-label="Assumed objects">{ &props.added }</pre>
                <button type="button" onclick={props.on_keep.reform(|_| ())}>{ "Keep in the cluster" }</button>
            }
        </section>
    }
}
