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
