//! Texts with marks → elements: `` `code` `` and `**strong**`. Text nodes only, whatever the text says.

use render::harmless;
use yew::{Html, html};

/// A piece of a marked text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Plain words.
    Text(&'t str),
    /// Words of the YAML.
    Code(&'t str),
    /// What matters most.
    Strong(&'t str),
}

/// Cuts a text at its marks. A mark that is never closed is just a character.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, piece, after)) = next_mark(rest) {
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(piece);
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

fn next_mark(text: &str) -> Option<(&str, Piece<'_>, &str)> {
    let marked = |mark: &str| {
        let (before, rest) = text.split_once(mark)?;
        let (inside, after) = rest.split_once(mark)?;
        Some((before, inside, after))
    };
    let code = marked("`").map(|(before, inside, after)| (before, Piece::Code(inside), after));
    let strong = marked("**").map(|(before, inside, after)| (before, Piece::Strong(inside), after));
    match (code, strong) {
        (Some(code), Some(strong)) => {
            Some(if code.0.len() < strong.0.len() { code } else { strong })
        }
        (code, strong) => code.or(strong),
    }
}

/// The elements of a marked text. What would hide in it, or turn the words around, is spelt out.
pub fn marked(text: &str) -> Html {
    let element = |piece: Piece<'_>| match piece {
        Piece::Text(text) => html! { { text.to_owned() } },
        Piece::Code(text) => html! { <code>{ text.to_owned() }</code> },
        Piece::Strong(text) => html! { <strong>{ text.replace('`', "") }</strong> },
    };
    pieces(&harmless(text)).into_iter().map(element).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_cut_out_in_order() {
        assert_eq!(
            pieces("Is it? **Yes.** `a: {}` selects."),
            [
                Piece::Text("Is it? "),
                Piece::Strong("Yes."),
                Piece::Text(" "),
                Piece::Code("a: {}"),
                Piece::Text(" selects.")
            ]
        );
    }

    #[test]
    fn a_mark_that_is_never_closed_is_a_character() {
        assert_eq!(pieces("2 ** 3 and `x"), [Piece::Text("2 ** 3 and `x")]);
        assert_eq!(pieces(""), []);
    }
}
