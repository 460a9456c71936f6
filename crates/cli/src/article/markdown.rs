//! Markdown → its tagged blocks: fences whose info string is `yaml netpol …`, each with the next table before the next heading
//! or block of code, and tagged HTML.

use std::{ops::Range, rc::Rc};

use netpol::Span;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::{
    blocks::{Block, Found, Policies, direction},
    grid::{Grid, Words},
    html,
    transcript::Transcript,
};

/// The blocks of a Markdown text.
pub(crate) fn markdown(text: &str) -> Found {
    let mut reading = Reading::default();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        reading.take(event, range);
    }
    reading.settle();
    reading.found
}

#[derive(Default)]
struct Reading {
    found: Found,
    /// What the next block is to be judged in.
    cluster: Option<Transcript>,
    /// The block that a table would belong to.
    waiting: Option<Block>,
    inside: Inside,
    row: Vec<Words>,
}

/// What the next text belongs to.
#[derive(Default)]
enum Inside {
    #[default]
    Prose,
    Code(Code),
    /// A block of HTML, or the HTML in a paragraph.
    Html(Transcript),
    Table(Grid),
}

/// A tagged fence.
struct Code {
    at: usize,
    info: String,
    text: Transcript,
}

impl Reading {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.settle(),
            Event::Start(Tag::CodeBlock(kind)) => self.begin_code(&kind, range.start),
            Event::End(TagEnd::CodeBlock) => self.end_code(),
            Event::Start(Tag::HtmlBlock | Tag::Paragraph) => {
                self.inside = Inside::Html(Transcript::default());
            }
            Event::End(TagEnd::HtmlBlock | TagEnd::Paragraph) => self.end_html(),
            Event::Start(Tag::Table(_)) => self.inside = Inside::Table(Grid::at(range.start)),
            Event::End(TagEnd::Table) => self.end_table(),
            Event::Start(Tag::TableCell) => self.row.push(Words::at(range.start)),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                let row = std::mem::take(&mut self.row);
                if let Inside::Table(grid) = &mut self.inside {
                    grid.add(row);
                }
            }
            Event::Text(piece) | Event::Code(piece) => self.text(&piece, &range),
            Event::Html(piece) | Event::InlineHtml(piece) => {
                if let Inside::Html(html) = &mut self.inside {
                    html.push(&piece, range.start);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.text(" ", &range),
            _ => {}
        }
    }

    fn text(&mut self, piece: &str, range: &Range<usize>) {
        match &mut self.inside {
            Inside::Code(Code { text, .. }) => text.push(piece, range.start),
            Inside::Table(_) => {
                if let Some(cell) = self.row.last_mut() {
                    cell.push(piece, Span::new(range.start, range.end));
                }
            }
            Inside::Html(_) | Inside::Prose => {}
        }
    }

    fn begin_code(&mut self, kind: &CodeBlockKind<'_>, at: usize) {
        self.settle();
        if let CodeBlockKind::Fenced(info) = kind
            && is_tagged(info)
        {
            let (info, text) = (info.to_string(), Transcript::default());
            self.inside = Inside::Code(Code { at, info, text });
        }
    }

    fn end_code(&mut self) {
        let Inside::Code(Code { at, info, text }) = std::mem::take(&mut self.inside) else {
            return;
        };
        let mut way = None;
        for word in options(&info) {
            let word = word.strip_prefix("direction=").unwrap_or(word);
            match direction(word) {
                Some(direction) => way = Some(direction),
                None if word == "cluster" => {
                    self.cluster = Some(text);
                    return;
                }
                // other tools have words of their own
                None => {}
            }
        }
        let (policies, cluster) = (Policies::Written(text), self.cluster.take());
        self.waiting = Some(Block { at, policies, cluster, direction: way, grid: None });
    }

    fn end_html(&mut self) {
        if let Inside::Html(html) = std::mem::take(&mut self.inside) {
            let found = html::html_in(&Rc::new(html));
            if !found.is_empty() {
                self.settle();
                self.found.extend(found);
            }
        }
    }

    fn end_table(&mut self) {
        if let Inside::Table(grid) = std::mem::take(&mut self.inside)
            && let Some(block) = &mut self.waiting
        {
            block.grid = Some(grid);
            self.settle();
        }
    }

    /// No table belongs to what came before.
    fn settle(&mut self) {
        if let Some(block) = self.waiting.take() {
            self.found.add(block);
        }
    }
}

/// Whether an info string says `yaml` and `netpol`.
fn is_tagged(info: &str) -> bool {
    let mut words = words(info);
    let is_yaml = words
        .next()
        .is_some_and(|word| matches!(word.to_ascii_lowercase().as_str(), "yaml" | "yml"));
    is_yaml && words.any(|word| word == "netpol")
}

/// What is said after the tag.
fn options(info: &str) -> impl Iterator<Item = &str> {
    words(info).skip_while(|word| *word != "netpol").skip(1)
}

fn words(info: &str) -> impl Iterator<Item = &str> {
    info.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty())
}
