//! What a cell of an article says, by the meaning of its mark or word, and whether that is so.

use netpol::State;
use render::Answer;

/// What a cell says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    state: State,
    /// What it says besides, in small letters and plain words.
    reason: String,
}

/// What keeps a cell from being a claim.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoClaim {
    /// It is empty.
    Nothing,
    /// It begins with neither a mark nor a word.
    Unknown,
    /// Its mark and its word say different things.
    Contradiction,
}

/// Marks as articles print them.
const MARKS: [(&str, State); 5] = [
    ("✅✓✔☑🟢", State::Allowed),
    ("❌✕✗✖✘×🚫⛔🔴", State::Denied),
    ("◐🟡⚠", State::Partly),
    ("–—-", State::Unrestricted),
    ("?❔❓", State::Depends),
];

/// Words that say the same.
const WORDS: [(&str, State); 5] = [
    ("allowed", State::Allowed),
    ("denied", State::Denied),
    ("partly", State::Partly),
    ("not restricted", State::Unrestricted),
    ("depends", State::Depends),
];

/// Words that do so only where there is no mark.
const SHORT_WORDS: [(&str, State); 6] = [
    ("allow", State::Allowed),
    ("yes", State::Allowed),
    ("deny", State::Denied),
    ("no", State::Denied),
    ("partial", State::Partly),
    ("unrestricted", State::Unrestricted),
];

/// Reasons that add nothing to the word.
const EVERYONE_OR_NOBODY: [&str; 6] = ["everyone", "everybody", "all", "nobody", "no one", "none"];

impl Claim {
    /// Reads a cell.
    pub(crate) fn of(text: &str) -> Result<Self, NoClaim> {
        let plain = plain(text);
        let mark = plain.chars().next().ok_or(NoClaim::Nothing)?;
        let by_mark = MARKS.iter().find(|(marks, _)| marks.contains(mark)).map(|(_, state)| *state);
        let rest = if by_mark.is_some() { plain.trim_start_matches(mark).trim() } else { &plain };
        let short = if by_mark.is_none() { &SHORT_WORDS[..] } else { &[] };
        let by_word = WORDS.iter().chain(short).find_map(|(word, state)| {
            let rest = rest.strip_prefix(word)?;
            let is_word = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
            is_word.then_some((*state, rest))
        });
        let (state, rest) = match (by_mark, by_word) {
            (Some(mark), Some((word, _))) if mark != word => return Err(NoClaim::Contradiction),
            (Some(state), None) => (state, rest),
            (_, Some(by_word)) => by_word,
            (None, None) => return Err(NoClaim::Unknown),
        };
        Ok(Self { state, reason: reason(rest) })
    }

    /// Whether it is so. Articles print a door that is open to some as allowed, with whom it is open to.
    pub(crate) fn agrees(&self, answer: &Answer) -> bool {
        let truth = reason(&plain(&answer.reason));
        let says_nothing = self.reason.is_empty()
            || truth.is_empty() && EVERYONE_OR_NOBODY.contains(&self.reason.as_str());
        match (self.state, answer.state) {
            (State::Allowed, State::Partly) => self.reason == truth,
            (claimed, state) => claimed == state && (says_nothing || self.reason == truth),
        }
    }
}

/// Small letters, plain blanks, and no selectors of how a mark is drawn.
fn plain(text: &str) -> String {
    let text = text.replace(['\u{fe0f}', '\u{fe0e}'], "").to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A reason without what parts it from the word, and without what goes without saying: `only`, and that a pod is
/// assumed.
fn reason(rest: &str) -> String {
    let is_around =
        |c: char| matches!(c, ':' | '—' | '–' | '-' | ',' | ';' | '(' | ')' | '.' | ' ');
    let words = rest.trim_matches(is_around).split_whitespace().filter_map(|word| {
        let bare = word.trim_matches([',', ';']);
        let is_said = !matches!(bare, "" | "only" | "(assumed)" | "(assumed" | "assumed)");
        is_said.then_some(bare)
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agrees(text: &str, state: State, reason: &str) -> bool {
        Claim::of(text).unwrap().agrees(&Answer { state, reason: reason.to_owned() })
    }

    #[test]
    fn marks_and_words_are_read_by_their_meaning() {
        for text in ["✅", "✓ Allowed", "✔\u{fe0f}", "allowed", "Yes", "✅ everyone", "ALLOWED."]
        {
            assert!(agrees(text, State::Allowed, ""), "{text}");
            assert!(!agrees(text, State::Denied, ""), "{text}");
            assert!(!agrees(text, State::Partly, "ml-ops only"), "{text}");
        }
        for text in ["❌", "✕ Denied", "no", "✗ nobody", "deny"] {
            assert!(agrees(text, State::Denied, ""), "{text}");
            assert!(!agrees(text, State::Unrestricted, ""), "{text}");
        }
        assert!(agrees("–", State::Unrestricted, ""));
        assert!(agrees("– Not restricted", State::Unrestricted, "the policy selects no pod"));
        assert!(agrees("❔ Depends", State::Depends, "on x"));
    }

    #[test]
    fn a_door_open_to_some_needs_the_right_ones() {
        for text in [
            "✅ ml-ops only",
            "◐ Partly: ml-ops only",
            "◐",
            "Partly (ML-Ops  only)",
            "✅ ml-ops",
            "◐ — ml-ops only.",
        ] {
            assert!(agrees(text, State::Partly, "ml-ops only"), "{text}");
        }
        for text in
            ["✅", "✅ model-monitor only", "◐ Partly: ml-ops only, TCP 80", "❌ ml-ops only"]
        {
            assert!(!agrees(text, State::Partly, "ml-ops only"), "{text}");
        }
        assert!(agrees("◐ rag-api only, TCP 80, 81", State::Partly, "rag-api only, TCP 80, 81"));
        assert!(!agrees("✅ ml-ops only", State::Allowed, ""));
        assert!(agrees("✅ ml-ops only", State::Partly, "ml-ops (assumed) only"));
        assert!(!agrees("✅ ml-ops (assumed)", State::Partly, "ml-ops (assumed) only, TCP 80"));
    }

    #[test]
    fn what_says_nothing_or_two_things_is_told_apart() {
        assert_eq!(Claim::of(" \u{fe0f} "), Err(NoClaim::Nothing));
        assert_eq!(Claim::of("see below"), Err(NoClaim::Unknown));
        assert_eq!(Claim::of("north"), Err(NoClaim::Unknown));
        assert_eq!(Claim::of("✅ Denied"), Err(NoClaim::Contradiction));
    }
}
