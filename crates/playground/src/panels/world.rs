//! The assumed cluster in one line, below the text whose answers hang on it.

use crate::{
    sketch::{Press, Sketch, button, classed, tag},
    world::{World, WorldNamespace},
};

/// The line, and the way to the cluster's tab.
pub(super) fn world(world: &World) -> Sketch {
    let has_added = world.namespaces.iter().any(|namespace| {
        namespace.is_added || namespace.pods.iter().any(|(_, is_added)| *is_added)
    });
    let mut line = tag("p").put(tag("span").text("Cluster: "));
    for (at, one) in world.namespaces.iter().enumerate() {
        line = namespace(if at > 0 { line.text(" · ") } else { line }, one);
    }
    if world.more > 0 {
        line = line.text(format!(" · {} more", world.more));
    }
    if has_added {
        let dotted = classed("span", "added").text("dotted");
        let key = classed("span", "added-key").text(" · ").put(dotted);
        line = line.put(key.text(": assumed; not in your files"));
    }
    let edit = button(Press::Cluster).attr("class", "line-link").text("Edit the cluster");
    classed("div", "world").put(line).put(edit)
}

fn namespace(line: Sketch, namespace: &WorldNamespace) -> Sketch {
    let WorldNamespace { name, labels, is_added, pods, more } = namespace;
    let mut line = line.put(tag("b").put(named(name, *is_added)));
    if !labels.is_empty() {
        line = line.text(" ").put(tag("code").text(labels.join(" ")));
    }
    if pods.is_empty() {
        return line;
    }
    line = line.text(" (");
    for (at, (pod, is_added)) in pods.iter().enumerate() {
        line = if at > 0 { line.text(", ") } else { line }.put(named(pod, *is_added));
    }
    if *more > 0 {
        line = line.text(format!(" and {more} more"));
    }
    line.text(")")
}

fn named(name: &str, is_added: bool) -> Sketch {
    let span = tag("span").text(name);
    if is_added { span.attr("class", "added") } else { span }
}
