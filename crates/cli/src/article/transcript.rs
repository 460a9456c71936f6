//! A text that stands in an article in pieces: indented, quoted, or with characters spelt as HTML spells them. Each of its
//! places is known in the article.

use std::rc::Rc;

use html5gum::{Token, Tokenizer};
use netpol::Span;

/// The text, and where each piece of it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Transcript {
    pub(crate) text: String,
    /// Where a piece begins in the text, and where in what is beneath.
    pieces: Vec<(usize, usize)>,
    /// What it was taken from, where that is no article but such a text itself.
    beneath: Option<Rc<Self>>,
}

impl Transcript {
    pub(crate) fn taken_from(beneath: Option<&Rc<Self>>) -> Self {
        Self { beneath: beneath.cloned(), ..Self::default() }
    }

    /// Adds a piece that stands at `at` as it is.
    pub(crate) fn push(&mut self, piece: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(piece);
    }

    /// Adds a piece that stands at `at` as it is, but without the blanks that all of its lines begin with.
    pub(crate) fn push_outdented(&mut self, piece: &str, at: usize) {
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        let lines = piece.lines().filter(|line| !line.trim().is_empty());
        let least = lines.map(indent).min().unwrap_or(0);
        let mut at = at;
        for line in piece.split_inclusive('\n') {
            let cut = indent(line).min(least);
            self.push(line.get(cut..).unwrap_or_default(), at + cut);
            at += line.len();
        }
    }

    /// Adds a piece that stands at `at` as HTML.
    pub(crate) fn push_html(&mut self, html: &str, at: usize) {
        let (mut rest, mut at) = (html, at);
        while let Some((plain, named)) = rest.find('&').and_then(|and| rest.split_at_checked(and)) {
            self.push(plain, at);
            let is_of_name = |c: &char| *c == '#' || c.is_ascii_alphanumeric();
            let end = 1 + named.chars().skip(1).take_while(is_of_name).count();
            let end = if named.get(end..).is_some_and(|rest| rest.starts_with(';')) {
                end + 1
            } else {
                end
            };
            let (named, after) = named.split_at_checked(end).unwrap_or((named, ""));
            at += plain.len();
            self.push_named(named, at);
            at += named.len();
            rest = after;
        }
        self.push(rest, at);
    }

    /// Adds `&name;`, or what looks like it.
    fn push_named(&mut self, named: &str, at: usize) {
        let read = decoded(named);
        // what follows the name of the character stands as it is
        let same = named.bytes().rev().zip(read.bytes().rev()).take_while(|(a, b)| a == b).count();
        match read.split_at_checked(read.len() - same) {
            Some((character, rest)) => {
                self.push(character, at);
                self.push(rest, at + named.len() - same);
            }
            None => self.push(&read, at),
        }
    }

    /// Where a byte of the text stands in the article.
    pub(crate) fn place(&self, offset: usize) -> usize {
        let next = self.pieces.partition_point(|(start, _)| *start <= offset);
        let piece = next.checked_sub(1).and_then(|piece| self.pieces.get(piece));
        let at = piece.map_or(offset, |(start, at)| at + (offset - start));
        self.beneath.as_ref().map_or(at, |beneath| beneath.place(at))
    }

    /// Where a part of the text stands in the article.
    pub(crate) fn span(&self, span: Span) -> Span {
        let end = if span.end > span.start { self.place(span.end - 1) + 1 } else { 0 };
        Span::new(self.place(span.start), end)
    }
}

/// The characters that a text of HTML stands for.
pub(crate) fn decoded(html: &str) -> String {
    let mut text = Vec::new();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        if let Token::String(piece) = token {
            text.extend_from_slice(&piece);
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_found_where_it_stands() {
        let html = "a &lt;b&gt; &amp;lt; c&#10;&eacute;x &nix; &";
        let mut transcript = Transcript::default();
        transcript.push_html(html, 100);
        assert_eq!(transcript.text, "a <b> &lt; c\néx &nix; &");
        let place = |what: &str| transcript.place(transcript.text.find(what).unwrap()) - 100;
        for (what, there) in [
            ("<b", "&lt;"),
            ("b>", "b&gt;"),
            ("lt;", "lt; c"),
            ("\n", "&#10;"),
            ("é", "&eac"),
            ("x ", "x &ni"),
        ] {
            assert_eq!(place(what), html.find(there).unwrap(), "{what}");
        }
    }

    #[test]
    fn a_text_without_its_indentation_is_found_where_it_stands() {
        let mut transcript = Transcript::default();
        transcript.push_outdented("\n  a:\n\n    b: 1\n ", 10);
        assert_eq!(transcript.text, "\na:\n\n  b: 1\n");
        assert_eq!(transcript.place(transcript.text.find('b').unwrap()), 10 + 11);
    }

    #[test]
    fn a_text_taken_from_another_leads_to_the_article() {
        let mut quoted = Transcript::default();
        quoted.push("<b>one\n", 2);
        quoted.push("two</b>\n", 12);
        let quoted = Rc::new(quoted);
        let mut inner = Transcript::taken_from(Some(&quoted));
        inner.push_html("one\ntwo", 3);
        assert_eq!((inner.place(0), inner.place(4)), (5, 12));
        assert_eq!(inner.span(Span::new(4, 7)), Span::new(12, 15));
    }
}
