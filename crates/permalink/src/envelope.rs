//! Content ⇄ `1.<payload>.<check>`. Knows versions, the checksum and what chat programs do to links; not what the
//! content says.

use crate::deflate::{InflateError, deflate, inflate};
use crate::{MAX_TEXT, base64url, check, dictionary};

/// What is wrong with an envelope.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The end is missing. Holds the content up to there, as far as whole lines go: half a word looks like a value.
    CutOff(Vec<u8>),
    /// Some character is not the one that was written.
    Damaged,
    /// A version that this decoder does not know.
    Newer(u32),
    /// The content is longer than allowed.
    TooLarge,
}

/// The envelope around this content.
pub(crate) fn seal(content: &[u8]) -> String {
    let payload = base64url::encode(&deflate(dictionary::VERSION_1, content));
    format!("1.{payload}.{}", check::of(content))
}

/// The content of this envelope, with or without something else behind it.
pub(crate) fn open(envelope: &str) -> Result<Vec<u8>, Fault> {
    match open_exactly(envelope) {
        // Long addresses are shown as `1.abc…xyz` or `1.abc...`, and then copied from what is shown.
        Err(Fault::Damaged) => {
            let shown = envelope.split_once('…').or_else(|| envelope.split_once("..."));
            shown.map_or(Err(Fault::Damaged), |(beginning, _)| open_exactly(beginning))
        }
        result => result,
    }
}

fn open_exactly(envelope: &str) -> Result<Vec<u8>, Fault> {
    let Some((version, rest)) = envelope.split_once('.') else {
        return Err(if envelope.is_empty() || envelope == "1" {
            Fault::CutOff(Vec::new())
        } else {
            strange(envelope)
        });
    };
    if version != "1" {
        return Err(strange(version));
    }
    let Some((payload, after)) = rest.split_once('.') else {
        return Err(cut_off(rest));
    };
    let Some(check) = leading_check(after) else {
        return Err(if after.chars().count() < check::LENGTH {
            cut_off(payload)
        } else {
            Fault::Damaged
        });
    };
    let deflated = base64url::decode(payload).ok_or(Fault::Damaged)?;
    let content =
        inflate(dictionary::VERSION_1, &deflated, MAX_TEXT).map_err(|error| match error {
            InflateError::TooLarge => Fault::TooLarge,
            // The check is there, so it is not the end that is missing.
            InflateError::CutOff(_) | InflateError::Broken => Fault::Damaged,
        })?;
    if check == check::of(&content) { Ok(content) } else { Err(Fault::Damaged) }
}

/// A version other than 1: either one that is still to come, or no number at all.
fn strange(version: &str) -> Fault {
    let number = version.bytes().all(|byte| byte.is_ascii_digit()) && !version.starts_with('0');
    version.parse().ok().filter(|_| number).map_or(Fault::Damaged, Fault::Newer)
}

/// The check at the beginning of this text. Anything may follow it but more letters or digits.
fn leading_check(text: &str) -> Option<&str> {
    let (check, after) = text.split_at_checked(check::LENGTH)?;
    let ends = !after.starts_with(|next: char| next.is_ascii_alphanumeric());
    (ends && check.chars().all(base64url::is_digit)).then_some(check)
}

/// What a payload without its check still says.
fn cut_off(payload: &str) -> Fault {
    match inflate(dictionary::VERSION_1, &base64url::decode_beginning(payload), MAX_TEXT) {
        Ok(content) => Fault::CutOff(content),
        Err(InflateError::CutOff(mut content)) => {
            let lines =
                content.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
            content.truncate(lines);
            Fault::CutOff(content)
        }
        Err(InflateError::TooLarge) => Fault::TooLarge,
        Err(InflateError::Broken) => Fault::CutOff(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8] = b"kind: NetworkPolicy\nmetadata:\n  name: some name of my own\n";

    #[test]
    fn an_envelope_opens_to_what_was_sealed() {
        assert_eq!(open(&seal(TEXT)), Ok(TEXT.to_vec()));
        assert_eq!(open(&seal(b"")), Ok(Vec::new()));
    }

    #[test]
    fn what_chat_programs_add_does_no_harm() {
        for junk in [
            ".",
            ")",
            ">",
            ">.",
            "...",
            "…",
            "*",
            "_",
            "\"",
            " and more",
            "?utm=1",
            "&a=b",
            "/",
            "\u{200b}",
        ] {
            assert_eq!(open(&format!("{}{junk}", seal(TEXT))), Ok(TEXT.to_vec()), "{junk}");
        }
    }

    #[test]
    fn letters_behind_the_check_are_damage() {
        for junk in ["A", "0", "and", "AAAAAA"] {
            assert_eq!(open(&format!("{}{junk}", seal(TEXT))), Err(Fault::Damaged), "{junk}");
        }
    }

    #[test]
    fn a_shortened_address_is_cut_off_and_keeps_whole_lines() {
        let envelope = seal(TEXT);
        let (start, end) = envelope.split_at(envelope.len() - 24);
        for middle in ["…", "..."] {
            let Err(Fault::CutOff(kept)) = open(&format!("{start}{middle}{end}")) else {
                panic!("{middle}")
            };
            assert!(TEXT.starts_with(&kept) && kept.ends_with(b"\n"), "{kept:?}");
        }
    }

    #[test]
    fn versions_are_numbers() {
        assert_eq!(open("2.anything"), Err(Fault::Newer(2)));
        assert_eq!(open("12"), Err(Fault::Newer(12)));
        assert_eq!(open(""), Err(Fault::CutOff(Vec::new())));
        assert_eq!(open("1"), Err(Fault::CutOff(Vec::new())));
        for version in ["0", "01", "+2", "-1", "x", "99999999999", " 1", ""] {
            assert_eq!(open(&format!("{version}.AwA.AAAAAA")), Err(Fault::Damaged), "{version}");
        }
    }

    #[test]
    fn the_right_text_with_the_wrong_check_is_damaged() {
        assert_eq!(open("1.AwA.AAAAAA"), Ok(Vec::new()));
        assert_eq!(open("1.AwA.AAAAAQ"), Err(Fault::Damaged));
        assert_eq!(open("1..AAAAAA"), Err(Fault::Damaged));
    }
}
