//! HTML → its tagged blocks: elements with `data-netpol`, and `<netpol-play>`, each with the table inside it or in the figure
//! around it.

use std::{ops::Range, rc::Rc};

use html5gum::StartTag;
use netpol::Span;

use super::{
    blocks::{Block, Found, Policies, direction},
    grid::{Grid, Words},
    named::{by_link, by_slug},
    tags::{Piece, attribute, is, pieces},
    transcript::{Transcript, decoded},
};

/// The blocks of an HTML text.
pub(crate) fn html(text: &str) -> Found {
    Reading { html: text, beneath: None, pieces: pieces(text) }.found()
}

/// The blocks of HTML that stands in an article of another kind.
pub(crate) fn html_in(html: &Rc<Transcript>) -> Found {
    Reading { html: &html.text, beneath: Some(html), pieces: pieces(&html.text) }.found()
}

struct Reading<'h> {
    html: &'h str,
    beneath: Option<&'h Rc<Transcript>>,
    pieces: Vec<Piece>,
}

impl Reading<'_> {
    fn found(&self) -> Found {
        let mut found = Found::default();
        // where the figures around it begin and end
        let mut figures: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while let Some(piece) = self.pieces.get(at) {
            let Piece::Start(tag, end) = piece else {
                at += 1;
                continue;
            };
            // figures lie within one another
            while figures.last().is_some_and(|figure| figure.end <= at) {
                figures.pop();
            }
            if !is_tagged(tag) {
                if is(tag, "figure") {
                    figures.push(at..end.unwrap_or(at));
                }
                at += 1;
                continue;
            }
            if found.is_full(self.span(tag.span.start, tag.span.end).start) {
                break;
            }
            let inside = at + 1..end.unwrap_or(self.pieces.len());
            at = inside.end;
            if end.is_none() {
                self.fault_unclosed(tag, &mut found);
            } else {
                self.block(tag, &inside, figures.last(), &mut found);
            }
        }
        found
    }

    fn block(
        &self,
        tag: &StartTag<usize>,
        inside: &Range<usize>,
        figure: Option<&Range<usize>>,
        found: &mut Found,
    ) {
        let span = self.span(tag.span.start, tag.span.end);
        let Some(policies) = self.policies(tag, inside, found) else { return };
        let cluster = self.cluster(tag, inside, found);
        let word = option(tag, "direction");
        let way = word.as_deref().and_then(direction);
        if let (Some(word), None) = (&word, way) {
            found.fault(span, format!("`{word}` is no direction"), "write `ingress` or `egress`");
        }
        let is_table = |tag: &StartTag<usize>| is(tag, "table");
        let beside = figure.and_then(|figure| {
            let after = self.first(&(inside.end..figure.end), is_table);
            after.or_else(|| self.first(&(figure.start..inside.start), is_table))
        });
        let table = self.first(inside, is_table).or(beside);
        let grid = table.map(|table| self.grid(table));
        found.add(Block { at: span.start, policies, cluster, direction: way, grid });
    }

    fn policies(
        &self,
        tag: &StartTag<usize>,
        inside: &Range<usize>,
        found: &mut Found,
    ) -> Option<Policies> {
        let span = self.span(tag.span.start, tag.span.end);
        let by_link = option(tag, "link").map(|link| by_link(&link));
        let named = by_link.or_else(|| option(tag, "scenario").map(|slug| by_slug(&slug)));
        match named {
            Some(Ok(policies)) => return Some(policies),
            Some(Err((message, help))) => {
                found.fault(span, message, help);
                return None;
            }
            None => {}
        }
        let is_text = |tag: &StartTag<usize>| holds_text(tag) && !is_cluster(tag);
        let text = match self.first(inside, is_text) {
            Some(part) => self.text(part, |_| false),
            None => self.text(inside.clone(), |tag| is_cluster(tag) || is_beside_text(tag)),
        };
        if text.text.trim().is_empty() {
            found.fault(
                span,
                "the block has no text",
                "put the policies into `<pre><code>`, escaped as HTML",
            );
            return None;
        }
        Some(Policies::Written(text))
    }

    fn cluster(
        &self,
        tag: &StartTag<usize>,
        inside: &Range<usize>,
        found: &mut Found,
    ) -> Option<Transcript> {
        let selector = option(tag, "cluster").filter(|selector| !selector.is_empty());
        let part = if let Some(selector) = &selector {
            let id = selector.strip_prefix('#');
            let is_meant =
                |tag: &StartTag<usize>| id.is_some() && attribute(tag, "id").as_deref() == id;
            let part = self.first(&(0..self.pieces.len()), is_meant);
            if part.is_none() {
                let span = self.span(tag.span.start, tag.span.end);
                let help = "give the element with the cluster an `id`, and name it as `#id`";
                found.fault(span, format!("`{selector}` leads to no cluster here"), help);
            }
            part
        } else {
            self.first(inside, is_cluster)
        };
        part.map(|part| self.text(part, |_| false))
    }

    /// What is inside the first such element of a part.
    fn first(
        &self,
        part: &Range<usize>,
        is_meant: impl Fn(&StartTag<usize>) -> bool,
    ) -> Option<Range<usize>> {
        let pieces = self.pieces.get(part.clone())?;
        let found = pieces.iter().enumerate().find_map(|(at, piece)| match piece {
            Piece::Start(tag, end) if is_meant(tag) => Some((part.start + at, *end)),
            _ => None,
        });
        found.map(|(start, end)| start + 1..end.unwrap_or(part.end).min(part.end))
    }

    /// The text of a part, without such elements.
    fn text(
        &self,
        part: Range<usize>,
        is_left_out: impl Fn(&StartTag<usize>) -> bool,
    ) -> Transcript {
        let mut text = Transcript::taken_from(self.beneath);
        // there are no tags and no names of characters in it
        let is_script = matches!(self.around(&part), Some(tag) if is(tag, "script"));
        let mut at = part.start;
        while at < part.end {
            match self.pieces.get(at) {
                Some(Piece::Start(tag, Some(end))) if is_left_out(tag) => at = *end,
                Some(Piece::Text(start, end)) => {
                    let piece = self.html.get(*start..*end).unwrap_or_default();
                    if is_script {
                        text.push_outdented(piece, *start);
                    } else {
                        text.push_html(piece, *start);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        text
    }

    /// A table, from what is inside it; tables in its cells are no part of it.
    fn grid(&self, part: Range<usize>) -> Grid {
        let mut grid = Grid::default();
        let (mut row, mut is_in_cell) = (Vec::new(), false);
        let mut at = part.start;
        while at < part.end {
            match self.pieces.get(at) {
                Some(Piece::Start(tag, end)) => {
                    let is_cell = is(tag, "td") || is(tag, "th");
                    if is(tag, "tr") {
                        grid.add(std::mem::take(&mut row));
                    } else if is_cell {
                        row.push(Words::at(self.span(tag.span.end, tag.span.end).start));
                    } else if ["table", "caption", "script", "style"]
                        .iter()
                        .any(|name| is(tag, name))
                    {
                        at = end.unwrap_or(at);
                    }
                    is_in_cell = is_cell || is_in_cell && !is(tag, "tr");
                }
                Some(Piece::Text(start, end)) => {
                    let cell = row.last_mut().filter(|_| is_in_cell);
                    if let (Some(cell), Some(html)) = (cell, self.html.get(*start..*end)) {
                        cell.push(&decoded(html), self.words_span(*start, html));
                    }
                }
                _ => {}
            }
            at += 1;
        }
        grid.add(row);
        if let Some(tag) = self.around(&part) {
            grid.at = self.span(tag.span.start, tag.span.end).start;
        }
        grid
    }

    /// The element that a part is the inside of.
    fn around(&self, part: &Range<usize>) -> Option<&StartTag<usize>> {
        match self.pieces.get(part.start.checked_sub(1)?)? {
            Piece::Start(tag, _) => Some(tag),
            _ => None,
        }
    }

    fn fault_unclosed(&self, tag: &StartTag<usize>, found: &mut Found) {
        let name = String::from_utf8_lossy(&tag.name);
        let span = self.span(tag.span.start, tag.span.end);
        if self.beneath.is_some() {
            let help = "write an empty line of the text as `&#10;`, or tag a block of code with `yaml netpol`";
            found.fault(span, format!("an empty line ends the HTML before `</{name}>`"), help);
        } else {
            found.fault(
                span,
                format!("`<{name}>` has no end"),
                format!("write `</{name}>` after it"),
            );
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let span = Span::new(start, end);
        let Some(beneath) = self.beneath else { return span };
        beneath.span(span)
    }

    /// Where the words of a text stand, white space around them left out.
    fn words_span(&self, start: usize, html: &str) -> Span {
        let before = html.len() - html.trim_start().len();
        self.span(start + before, start + before + html.trim().len())
    }
}

fn is_tagged(tag: &StartTag<usize>) -> bool {
    is(tag, "netpol-play") || attribute(tag, "data-netpol").is_some()
}

/// An option of a block, or of the element, where it has none that begins with `data-`.
fn option(tag: &StartTag<usize>, name: &str) -> Option<String> {
    attribute(tag, &format!("data-{name}")).or_else(|| attribute(tag, name))
}

fn is_cluster(tag: &StartTag<usize>) -> bool {
    attribute(tag, "data-cluster").is_some()
}

/// Whether an element is there for the text of a block.
fn holds_text(tag: &StartTag<usize>) -> bool {
    let kind = attribute(tag, "type").unwrap_or_default().to_ascii_lowercase();
    is(tag, "pre") || is(tag, "script") && matches!(kind.as_str(), "text/yaml" | "application/yaml")
}

fn is_beside_text(tag: &StartTag<usize>) -> bool {
    ["table", "figcaption", "script", "style"].iter().any(|name| is(tag, name))
}
