//! Pages to be read beside the playground: what they share around their `<main>`. They run no script.

use std::fs;
use std::path::Path;

use crate::project::{Outcome, Project};

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const STYLES: &str = "reading.css";
/// All of them, for the header.
const PAGES: [(&str, &str); 2] =
    [("codes.html", "What the problems mean"), ("cheatsheet.html", "Cheat sheet")];

/// One page.
pub(crate) struct Reading<'a> {
    pub(crate) file: &'a str,
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    /// The class of its body.
    pub(crate) kind: &'a str,
    /// The element `main`.
    pub(crate) main: &'a str,
}

impl Reading<'_> {
    /// Writes the page into a site that has its `index.html` already.
    pub(crate) fn write(&self, project: &Project, site: &Path) -> Outcome {
        let links = head_links(&read(&site.join("index.html"))?);
        fs::copy(project.at("web").join(STYLES), site.join(STYLES))
            .map_err(|error| format!("cannot copy web/{STYLES}: {error}"))?;
        fs::write(site.join(self.file), self.html(&links))
            .map_err(|error| format!("cannot write {}: {error}", self.file))
    }

    fn html(&self, links: &str) -> String {
        let Self { file, title, description, kind, main } = self;
        let others: String = PAGES.iter().map(|page| entry(file, page)).collect();
        format!(
            r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="referrer" content="no-referrer">
<title>{title} · NetworkPolicy Playground</title>
<meta name="description" content="{description}">
{links}<link rel="stylesheet" href="./{STYLES}">
</head>
<body class="reading {kind}">
<header class="top"><p class="mark"><span class="tile" aria-hidden="true">-</span><a href="./">NetworkPolicy Playground</a></p><nav aria-label="Reading"><ul>
{others}</ul></nav></header>
{main}</body>
</html>
"#
        )
    }
}

fn entry(open: &str, (file, title): &(&str, &str)) -> String {
    let current = if *file == open { " aria-current=\"page\"" } else { "" };
    format!("<li><a href=\"./{file}\"{current}>{title}</a></li>\n")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_is_the_one_of_this_build() {
        let index = "<link rel=\"icon\" href=\"./i.svg\"><link rel=\"preload\" href=\"x\">\n<link rel=\"stylesheet\" href=\"./s-1.css\"/>";
        assert_eq!(
            head_links(index),
            "<link rel=\"icon\" href=\"./i.svg\">\n<link rel=\"stylesheet\" href=\"./s-1.css\"/>\n"
        );
    }
}
