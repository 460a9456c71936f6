//! What an allow comment says: codes, and the reason why what they say is well here.

use crate::{diagnostic::Code, source::Span};

/// The word that every such comment starts with.
const ALLOW: &str = "allow";
/// The word before the reason.
const BECAUSE: &str = "because";
/// Words of a comment with another verb that are looked at.
const MOST_WORDS: usize = 8;

/// A comment, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said<'t> {
    /// `allow CODE, CODE because REASON`
    Allow {
        /// What stands where codes belong, each with its place.
        codes: Vec<(&'t str, Span)>,
        /// Never empty.
        reason: Option<&'t str>,
        /// Whether words stand there that `because` should come before.
        has_more: bool,
    },
    /// `ignore CODE` and the like: the verb.
    Other(&'t str, Span),
}

/// Reads what stands behind the mark. `None` for a sentence that is meant for people.
pub(super) fn read(text: &str, at: usize) -> Option<Said<'_>> {
    let (verb, rest) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    let behind = at + verb.len();
    if verb != ALLOW {
        let mut words = rest.split(is_border).filter(|word| !word.is_empty()).take(MOST_WORDS);
        let span = Span::new(at, behind);
        return words.any(|word| Code::named(word).is_some()).then_some(Said::Other(verb, span));
    }
    let (list, reason) = parted(rest);
    let (mut codes, mut has_more, mut offset) = (Vec::new(), false, behind);
    for piece in list.split(',') {
        let written = piece.trim_start();
        let start = offset + piece.len() - written.len();
        let word = written.split(char::is_whitespace).next().unwrap_or("");
        has_more |= word.len() < written.trim_end().len();
        if !word.is_empty() {
            codes.push((word, Span::new(start, start + word.len())));
        }
        offset += piece.len() + 1;
    }
    let is_sentence = has_more && codes.iter().all(|(word, _)| Code::named(word).is_none());
    (!is_sentence).then_some(Said::Allow { codes, reason, has_more })
}

fn is_border(c: char) -> bool {
    c == ',' || c.is_whitespace()
}

/// The codes and the reason.
fn parted(text: &str) -> (&str, Option<&str>) {
    let is_word = |at: &usize| {
        let before = text.get(..*at).is_some_and(|before| before.ends_with(is_border));
        let behind = text.get(*at + BECAUSE.len()..).unwrap_or("");
        before && (behind.is_empty() || behind.starts_with(char::is_whitespace))
    };
    let Some(at) = text.match_indices(BECAUSE).map(|(at, _)| at).find(is_word) else {
        return (text, None);
    };
    let (list, rest) = text.split_at(at);
    let reason = rest.get(BECAUSE.len()..).unwrap_or("").trim();
    (list, (!reason.is_empty()).then_some(reason))
}
