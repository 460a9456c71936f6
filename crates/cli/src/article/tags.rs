//! HTML → tags and texts with their places, and which end belongs to which beginning. As lenient as browsers are.

use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// A tag or a text.
#[derive(Debug)]
pub(crate) enum Piece {
    /// `<name …>`, and the piece that ends it, where there is one.
    Start(StartTag<usize>, Option<usize>),
    End,
    /// From where to where, not decoded.
    Text(usize, usize),
}

/// The pieces of an HTML text.
pub(crate) fn pieces(html: &str) -> Vec<Piece> {
    let mut emitter = DefaultEmitter::new_with_span();
    // what is in a script is no tag
    emitter.naively_switch_states(true);
    let mut pieces = Vec::new();
    let mut open: BTreeMap<Vec<u8>, Vec<usize>> = BTreeMap::new();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                open.entry(tag.name.to_vec()).or_default().push(pieces.len());
                pieces.push(Piece::Start(tag, None));
            }
            Token::EndTag(tag) => {
                let end = pieces.len();
                let start = open.get_mut(tag.name.as_slice()).and_then(Vec::pop);
                if let Some(Piece::Start(_, its_end)) = start.and_then(|at| pieces.get_mut(at)) {
                    *its_end = Some(end);
                }
                pieces.push(Piece::End);
            }
            Token::String(text) => pieces.push(Piece::Text(text.span.start, text.span.end)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    pieces
}

/// The value of an attribute; empty where it has none.
pub(crate) fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}

/// Whether it is an element of that name.
pub(crate) fn is(tag: &StartTag<usize>, name: &str) -> bool {
    tag.name.as_slice() == name.as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stand_where_they_are_said_to_and_ends_find_their_beginnings() {
        let html = "<p>é &lt;b\r\n<!-- no --> c<br>d<script>'<p>'</script></p><p>世";
        let pieces = pieces(html);
        let texts: Vec<_> = pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Text(start, end) => html.get(*start..*end),
                _ => None,
            })
            .collect();
        assert_eq!(texts.concat(), "é &lt;b\r\n cd'<p>'世");
        let ends: Vec<_> = pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Start(tag, end) => {
                    Some((String::from_utf8_lossy(&tag.name).into_owned(), end.is_some()))
                }
                _ => None,
            })
            .collect();
        let ends: Vec<_> =
            ends.iter().map(|(name, is_closed)| (name.as_str(), *is_closed)).collect();
        assert_eq!(ends, [("p", true), ("br", false), ("script", true), ("p", false)]);
    }
}
