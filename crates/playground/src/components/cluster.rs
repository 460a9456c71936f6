//! The assumed cluster: editable, and what was added to it.

use std::rc::Rc;

use netpol::Analysis;
use yew::{AttrValue, Callback, Html, html};

use crate::{
    advice::Advice,
    components::editor::{Editor, LineMarks},
    derived::Derived,
    place::Tab,
    problem::Problem,
};

/// Whether the cluster is filled up with what the policies name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    /// It is.
    On,
    /// It is not.
    Off,
    /// It is not, because it is somebody's own: changed here, or brought along by the policies.
    OffBesideOwn,
}

/// The cluster, and whom to tell when it changes.
pub struct Cluster {
    /// The text.
    pub text: AttrValue,
    /// What can be undone goes by this key.
    pub history: &'static str,
    /// What is said about its lines.
    pub marks: Rc<LineMarks>,
    /// What is said about both texts.
    pub read: Derived<Vec<Problem>>,
    /// And what there was time to find in them.
    pub advice: Option<Derived<Advice>>,
    /// Where words to complete come from.
    pub analysis: Derived<Analysis>,
    /// Whether the policies bring a cluster of their own.
    pub is_resting: bool,
    /// Whether it differs from the built-in one.
    pub is_changed: bool,
    /// Whether anything was added for the policies.
    pub has_added: bool,
    /// As YAML, once there was time to write it.
    pub added: String,
    /// Whether anything is to be added.
    pub filling: Filling,
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
                    <p>{ "Your policies bring a cluster of their own, so this one rests." }</p>
                } else {
                    <p>{ "The cluster that the table is computed for, as Kubernetes YAML. Change a label, and the answer may change." }</p>
                }
                if props.is_changed {
                    <button type="button" onclick={props.on_reset.reform(|_| ())}>{ "Reset to the built-in cluster" }</button>
                }
            </div>
            <Editor
                tab={Tab::Cluster}
                id="cluster"
                label="Cluster YAML"
                text={props.text.clone()}
                history={props.history}
                marks={props.marks.clone()}
                read={props.read.clone()}
                advice={props.advice.clone()}
                analysis={props.analysis.clone()}
                is_resting={props.is_resting}
                on_text={props.on_text.clone()}
            />
            { added(props) }
        </>
    }
}

fn added(props: &Cluster) -> Html {
    let is_on = props.filling == Filling::On;
    let words = if props.filling == Filling::OffBesideOwn {
        "Off, because this cluster is your own: it counts as it stands, and nothing is invented beside it. Switch it on to fill up what your policies name and the cluster lacks."
    } else if !is_on {
        "Switched off: what your policies name and the cluster lacks is missing from the table."
    } else if !props.has_added {
        "Nothing: the cluster has all that your policies name."
    } else {
        "Your policies name what the cluster lacks, so that it would tell nothing. For each selector there is one that matches and one that just misses."
    };
    html! {
        <section class="added-part" aria-labelledby="added-title">
            <div class="added-head">
                <h2 id="added-title">{ "Added for your policies" }</h2>
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
            if props.has_added && !props.added.is_empty() {
                <pre tabindex="0" aria-label="Added objects">{ &props.added }</pre>
                <button type="button" onclick={props.on_keep.reform(|_| ())}>{ "Keep in the cluster" }</button>
            }
        </section>
    }
}
