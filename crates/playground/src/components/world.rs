//! The assumed cluster in one line, below the text whose answers hang on it.

use yew::{Callback, Html, classes, html};

use crate::world::{World, WorldNamespace};

/// The line, and the way to the cluster's tab.
pub fn world(world: &World, on_open: &Callback<()>) -> Html {
    let has_added = world.namespaces.iter().any(|namespace| {
        namespace.is_added || namespace.pods.iter().any(|(_, is_added)| *is_added)
    });
    html! {
        <div class="world">
            <p>
                <span>{ "World: " }</span>
                { world.namespaces.iter().enumerate().map(namespace).collect::<Html>() }
                if world.more > 0 {
                    { format!(" · {} more", world.more) }
                }
                if has_added {
                    <span class="added-key">{ " · " }<span class="added">{ "dotted" }</span>{ ": added for your policies" }</span>
                }
            </p>
            <button type="button" class="line-link" onclick={on_open.reform(|_| ())}>{ "Edit the cluster" }</button>
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
