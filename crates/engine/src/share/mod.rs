//! What can be done with a link beside copying it: how long it is and whether that is a matter, a QR code to hold before a
//! camera, Markdown, files and pictures. web/exports.js does what the `data-` attributes of a button say.

mod figure;
mod qr;

use netpol::Analysis;
use protocol::{Element, ShareQuestion, Sheet};

use crate::{convert, link::is_short};

/// Some mail and chat programs cut links that are longer.
const SHORT: usize = 2_000;
/// Longer ones are a burden for all of them.
const LONG: usize = 8_000;

/// What stands below the link; there may be none, and the rest is to be had all the same.
pub(crate) fn share(analysis: &Analysis, question: &ShareQuestion) -> Sheet {
    let direction = convert::to_direction(question.direction);
    let link = question.link.as_deref().unwrap_or_default();
    let mut elements = Vec::new();
    if !link.is_empty() {
        let words = if is_short(link) {
            "A short link to this example."
        } else {
            "The policy is inside the link; nothing is uploaded; anyone with the link can read it."
        };
        elements.push(Element::classed("p", "hint").text(words));
        elements.push(Element::classed("p", "hint").text(length(link.chars().count())));
        elements.push(qr::qr(link));
    }
    let markdown = (!link.is_empty())
        .then(|| copy("Markdown link", format!("[{}]({link})", escaped(&title(analysis)))));
    let table = has_rows(analysis).then(|| render::Table::of(analysis, direction));
    let tables = table.iter().flat_map(|table| {
        [copy("Markdown table", render::markdown(table)), copy("Plain table", render::ascii(table))]
    });
    let link = Some(link).filter(|link| !link.is_empty());
    let figure = table.as_ref().and_then(|table| figure::figure(analysis, table, link));
    let figure = figure.map(|figure| copy("HTML for an article", figure));
    elements.push(group("Copy", markdown.into_iter().chain(tables).chain(figure)));
    let pictures = table.iter().flat_map(|table| pictures(&stem(analysis), table));
    elements.push(group("Save", std::iter::once(yaml(analysis)).chain(pictures)));
    Sheet { behind: Vec::new(), elements }
}

fn length(count: usize) -> String {
    let hint = if count <= SHORT {
        "short enough for chat and mail"
    } else if count <= LONG {
        "some chat and mail programs cut links after 2,000; try it once"
    } else {
        "that is long for a link, a file is better company"
    };
    format!("{count} characters: {hint}.")
}

/// What the link is called in a text.
fn title(analysis: &Analysis) -> String {
    let mut names = analysis.cluster.policies().map(|(_, policy)| policy.meta.name.name.clone());
    match (names.next(), names.count()) {
        (None, _) => "NetworkPolicy Playground".to_owned(),
        (Some(only), 0) => format!("NetworkPolicy {only}"),
        (Some(first), more) => format!("NetworkPolicies {first} and {more} more"),
    }
}

/// In a link of Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '[' | ']' | '\\' | '<' | '*' | '_' | '`') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// The name of a file for these policies, without its ending.
fn stem(analysis: &Analysis) -> String {
    let mut names = analysis.cluster.policies().map(|(_, policy)| &policy.meta.name.name);
    match (names.next(), names.next()) {
        // the API server takes DNS names only, so this one can be part of a file's
        (Some(only), None) => only.clone(),
        _ => "networkpolicies".to_owned(),
    }
}

fn has_rows(analysis: &Analysis) -> bool {
    analysis.cluster.policies().next().is_some()
}

/// The table as a picture of lines and texts, which web/exports.js turns into one of dots where that is wanted.
fn pictures(stem: &str, table: &render::Table) -> [Element; 2] {
    let svg = render::svg(table);
    [
        save("SVG", &format!("{stem}.svg"), "image/svg+xml", svg.clone()),
        save("PNG", &format!("{stem}.png"), "image/png", svg),
    ]
}

fn yaml(analysis: &Analysis) -> Element {
    let text = analysis.manifest.sources.first().map(|source| source.text().to_owned());
    save("YAML", &format!("{}.yaml", stem(analysis)), "text/yaml", text.unwrap_or_default())
}

fn group(name: &'static str, buttons: impl IntoIterator<Item = Element>) -> Element {
    let buttons: Vec<Element> = buttons.into_iter().collect();
    let group = Element::classed("div", "exports").attr("role", "group").attr("aria-label", name);
    group.put(Element::tag("span").unheard().text(name)).each(buttons)
}

fn copy(name: &'static str, text: String) -> Element {
    let button = Element::tag("button").attr("type", "button").attr("data-copy", text);
    button.text(name)
}

fn save(name: &'static str, file: &str, kind: &'static str, text: String) -> Element {
    let button = Element::tag("button").attr("type", "button").attr("data-save", file);
    button.attr("data-type", kind).attr("data-text", text).text(name)
}
