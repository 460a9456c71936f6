//! Which of some names was most likely meant.

/// How alike two names are where the one was probably meant for the other; from 0 to 1.
const LIKELY: f64 = 0.8;

/// What is most like a text, if anything is.
pub(crate) fn nearest<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let likeness = |name: &&str| strsim::jaro_winkler(text, name);
    let likely = names.filter(|name| likeness(name) > LIKELY);
    likely.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
}
