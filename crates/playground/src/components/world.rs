//! The assumed cluster in one line, below the text whose answers hang on it.

use yew::{Callback, Html, Properties, classes, component, html};

use crate::world::{World as Line, WorldNamespace};

/// The cluster.
#[derive(Properties, PartialEq)]
pub struct WorldProps {
    /// The line.
    pub world: Line,
    /// The cluster's tab is asked for.
    pub on_open: Callback<()>,
}

/// The line.
#[component]
pub fn World(props: &WorldProps) -> Html {
    let has_added = props.world.namespaces.iter().any(|namespace| {
        namespace.is_added || namespace.pods.iter().any(|(_, is_added)| *is_added)
    });
    html! {
        <div class="world">
            <p>
                <span>{ "World: " }</span>
                { props.world.namespaces.iter().enumerate().map(namespace).collect::<Html>() }
                if props.world.more > 0 {
                    { format!(" · {} more", props.world.more) }
                }
                if has_added {
                    <span class="added-key">{ " " }<span class="added">{ "added for your policies" }</span></span>
                }
            </p>
            <button type="button" class="line-link" onclick={props.on_open.reform(|_| ())}>{ "Edit the cluster" }</button>
        </div>
    }
}

fn namespace((at, namespace): (usize, &WorldNamespace)) -> Html {
    let name = |name: &str, is_added: bool| html! { <span class={classes!(is_added.then_some("added"))}>{ name.to_owned() }</span> };
    let pods = namespace.pods.iter().enumerate().map(|(at, (pod, is_added))| {
        html! { <>if at > 0 { { ", " } }{ name(pod, *is_added) }</> }
    });
    html! {
        <>
            if at > 0 { { " · " } }
            <b>{ name(&namespace.name, namespace.is_added) }</b>
            if !namespace.labels.is_empty() { { " " }<code>{ namespace.labels.join(" ") }</code> }
            if !namespace.pods.is_empty() {
                { " (" }{ pods.collect::<Html>() }
                if namespace.more > 0 { { format!(" and {} more", namespace.more) } }
                { ")" }
            }
        </>
    }
}
