//! The table to take along: as Markdown, as plain text, as a picture, or as a figure for an article. The module of advice makes
//! it from the texts; this file knows both ends.

use netpol::{Analysis, Direction, secret::holds_secret};
use render::{Passage, Table};

use crate::{advice::direction, wire::Words};

/// What the table is made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A table of GitHub's Markdown.
    Markdown,
    /// Aligned columns, for where there is nothing but text.
    Ascii,
    /// A picture that stands alone.
    Svg,
    /// An HTML figure with the policies beside it.
    Html,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Markdown, Self::Ascii, Self::Svg, Self::Html];

    /// The word for it between the modules.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Ascii => "ascii",
            Self::Svg => "svg",
            Self::Html => "html",
        }
    }
}

/// The page's end: what is asked after the texts. A link is what a figure leads to.
pub fn wish(direction: Direction, form: Form, link: Option<&str>) -> Vec<String> {
    [&direction.to_string(), form.as_str(), link.unwrap_or_default()].map(str::to_owned).into()
}

/// The page's end: the text, where there is one.
pub fn text(answer: Vec<String>) -> Option<String> {
    answer.into_iter().next()
}

/// The module's end.
pub(crate) fn answer(analysis: &Analysis, words: &mut Words) -> Option<Vec<String>> {
    let table = &Table::of(analysis, direction(words)?);
    let form = words.text()?;
    let form = Form::ALL.into_iter().find(|known| known.as_str() == form)?;
    Some(vec![match form {
        Form::Markdown => render::markdown(table),
        Form::Ascii => render::ascii(table),
        Form::Svg => render::svg(table),
        Form::Html => {
            let link = words.text().filter(|link| !link.is_empty());
            figure(analysis, table, link.as_deref())?
        }
    }])
}

/// None where the texts hold what must not be published.
fn figure(analysis: &Analysis, table: &Table, link: Option<&str>) -> Option<String> {
    let text = |at: usize| analysis.manifest.sources.get(at).map(netpol::Source::text);
    let cluster = text(1).filter(|cluster| analysis.uses_fallback && *cluster != lessons::CLUSTER);
    let policies = text(0).unwrap_or_default();
    if holds_secret(policies) || cluster.is_some_and(holds_secret) {
        return None;
    }
    Some(Passage { policies, cluster, table, link }.html())
}
