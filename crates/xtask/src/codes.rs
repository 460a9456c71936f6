//! The page of the codes: what each problem means, why, and what to write instead, from the Markdown beside the core.

use std::fs;
use std::path::Path;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd, html};

use crate::project::{Outcome, Project};

/// Where the core keeps its pages, one a code.
const PAGES: &str = "crates/netpol/pages";
/// The page in the site; problems link to its anchors.
const FILE: &str = "codes.html";
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Writes the page into a site that has its `index.html` already.
pub(crate) fn write(project: &Project, site: &Path) -> Outcome {
    let index = read(&site.join("index.html"))?;
    let mut pages = Vec::new();
    let files =
        fs::read_dir(project.at(PAGES)).map_err(|error| format!("cannot list {PAGES}: {error}"))?;
    for file in files.flatten().map(|entry| entry.path()) {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some(code) = name.strip_suffix(".md") {
            pages.push((code.to_owned(), read(&file)?));
        }
    }
    pages.sort();
    fs::write(site.join(FILE), page(&pages, &head_links(&index)))
        .map_err(|error| format!("cannot write {FILE}: {error}"))
}

pub(crate) fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("cannot read {}: {error}", file.display()))
}

/// The links to style sheet and icon, under the names that this build gave them.
pub(crate) fn head_links(index: &str) -> String {
    let is_wanted =
        |link: &&str| link.contains("rel=\"stylesheet\"") || link.contains("rel=\"icon\"");
    let links = index.split('<').filter(|tag| tag.starts_with("link ")).filter(is_wanted);
    let links = links.filter_map(|tag| tag.split_once('>'));
    links.flat_map(|(link, _)| ["<", link, ">\n"]).collect()
}

fn page(pages: &[(String, String)], links: &str) -> String {
    let entry = |(code, _): &(String, String)| format!("<li><a href=\"#{code}\">{code}</a></li>\n");
    let entries: String = pages.iter().map(entry).collect();
    let sections: String = pages.iter().map(|(code, text)| section(code, text)).collect();
    format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="referrer" content="no-referrer">
<title>What the problems mean · NetworkPolicy Playground</title>
<meta name="description" content="Each error, warning and note about a Kubernetes NetworkPolicy: what it means, why, and what to write instead.">
{links}<link rel="stylesheet" href="./pages.css">
</head>
<body class="codes">
<header class="top"><p class="mark"><span class="tile" aria-hidden="true">-</span><a href="./">NetworkPolicy Playground</a></p></header>
<main>
<h1>What the problems mean</h1>
<nav aria-label="Codes"><ul>
{entries}</ul></nav>
{sections}</main>
</body>
</html>
"#
    )
}

/// One code with its anchor. The heading of the Markdown is the code itself and gives way to a link to it.
fn section(code: &str, text: &str) -> String {
    let mut events = Vec::new();
    let mut is_heading = false;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => is_heading = true,
            Event::End(TagEnd::Heading(_)) => is_heading = false,
            _ if is_heading => {}
            // scrolled sideways by whoever has only a keyboard, too
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented)) => {
                events.push(Event::Html("<pre tabindex=\"0\"><code>".into()));
            }
            Event::End(TagEnd::CodeBlock) => events.push(Event::Html("</code></pre>\n".into())),
            Event::Text(text) => events.extend(linked(&text)),
            other => events.push(other),
        }
    }
    let mut body = String::new();
    html::push_html(&mut body, events.into_iter());
    format!(
        "<section id=\"{code}\" aria-labelledby=\"of-{code}\">\n<h2 id=\"of-{code}\"><a href=\"#{code}\">{code}</a></h2>\n{body}</section>\n"
    )
}

/// A text with its bare addresses made into links, as the pages give their sources.
fn linked(text: &str) -> Vec<Event<'static>> {
    let Some(at) = text.find("https://") else { return vec![Event::Text(text.to_owned().into())] };
    let (before, rest) = text.split_at(at);
    let word = rest.split_whitespace().next().unwrap_or_default();
    let address = word.trim_end_matches([',', '.', ';', ')']);
    let escaped = address.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let link = format!("<a href=\"{escaped}\">{escaped}</a>");
    let mut events = vec![Event::Text(before.to_owned().into()), Event::InlineHtml(link.into())];
    events.extend(linked(rest.strip_prefix(address).unwrap_or_default()));
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_a_section_with_the_code_as_its_anchor() {
        let text = "# a-b\n\nWhy `x < y`.\n\nSource: https://example.org/a?b=1&c=2, \"so\".\n\n```yaml\na: <b>\n```\n";
        let section = section("a-b", text);
        assert!(section.starts_with("<section id=\"a-b\""));
        assert!(section.contains("<code>x &lt; y</code>"));
        assert!(section.contains("<a href=\"https://example.org/a?b=1&amp;c=2\">"));
        assert!(section.contains("<pre tabindex=\"0\"><code>a: &lt;b&gt;\n</code></pre>"));
        assert_eq!(section.matches("a-b</a></h2>").count(), 1);
    }

    #[test]
    fn the_style_sheet_is_the_one_of_this_build() {
        let index = "<link rel=\"icon\" href=\"./i.svg\"><link rel=\"preload\" href=\"x\">\n<link rel=\"stylesheet\" href=\"./s-1.css\"/>";
        assert_eq!(
            head_links(index),
            "<link rel=\"icon\" href=\"./i.svg\">\n<link rel=\"stylesheet\" href=\"./s-1.css\"/>\n"
        );
    }
}
