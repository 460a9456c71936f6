//! The page of the codes: what each problem means, why, and what to write instead, from the Markdown beside the core.

use std::fs;
use std::path::Path;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd, html};

use crate::project::{Outcome, Project};
use crate::reading::{Reading, read};

/// Where the core keeps its pages, one a code.
const PAGES: &str = "crates/netpol/pages";

/// Writes the page into a site that has its `index.html` already; problems link to its anchors.
pub(crate) fn write(project: &Project, site: &Path) -> Outcome {
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
    let page = Reading {
        file: "codes.html",
        title: "What the problems mean",
        description: "Each error, warning and note about a Kubernetes NetworkPolicy: what it means, why, and what to write instead.",
        kind: "codes",
        main: &main(&pages),
    };
    page.write(project, site)
}

fn main(pages: &[(String, String)]) -> String {
    let entry = |(code, _): &(String, String)| format!("<li><a href=\"#{code}\">{code}</a></li>\n");
    let entries: String = pages.iter().map(entry).collect();
    let sections: String = pages.iter().map(|(code, text)| section(code, text)).collect();
    format!(
        "<main>\n<h1>What the problems mean</h1>\n<nav aria-label=\"Codes\"><ul>\n{entries}</ul></nav>\n{sections}</main>\n"
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
}
