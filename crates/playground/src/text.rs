//! What can be said of a text without asking what it means: whether it is still the one before.

/// Whether a text is another one altogether, as after pasting over all of it: it neither shares its beginning and its
/// end with the old one, nor holds most of the old one's lines.
pub fn is_replacement(old: &str, new: &str) -> bool {
    let same = |(one, other): &(u8, u8)| one == other;
    let start = old.bytes().zip(new.bytes()).take_while(same).count();
    let end = old.bytes().rev().zip(new.bytes().rev()).take_while(same).count();
    let kept = (start + end).min(old.len()).min(new.len());
    if kept * 2 >= old.len().max(new.len()) {
        return false;
    }
    // comparing lines costs their number squared
    if old.len().max(new.len()) > 16_384 {
        return true;
    }
    let all = old.lines().count();
    let kept = old.lines().filter(|line| new.lines().any(|other| other == *line)).count();
    kept * 10 < all * 7 || all == 0
}

/// With a capital at the beginning. ASCII is enough, and the tables for all other scripts would be part of the page.
pub fn capitalised(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// Messages are written to stand behind a name; here they stand alone.
pub fn sentence(text: &str) -> String {
    // a field's name stays as it is written
    let first = text.split(' ').next().unwrap_or_default();
    let is_word = first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut sentence = if is_word { capitalised(text) } else { text.to_owned() };
    if !sentence.ends_with(['.', '?', '!', '…']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(sentence("did you mean `from`?"), "Did you mean `from`?");
        assert_eq!(sentence("the link is damaged"), "The link is damaged.");
        assert_eq!(sentence(""), ".");
    }
}
