//! A link that is not what was made is refused, never read as other policies; and no input does any harm.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::indexing_slicing, clippy::string_slice, reason = "links are ASCII")]

#[path = "golden/mod.rs"]
mod golden;

use permalink::{Limit, LinkError, MAX_LINK, MAX_TEXT, Route};
use proptest::prelude::*;

/// A link around any bytes, made by the grammar in the crate's documentation and not by this crate.
fn forged(content: &[u8]) -> String {
    let payload = base64url(&miniz_oxide::deflate::compress_to_vec(content, 9));
    let crc = !content.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 }
        })
    });
    format!("#/p/1.{payload}.{}", base64url(&crc.to_be_bytes()))
}

fn base64url(bytes: &[u8]) -> String {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bit = |place: usize| bytes.get(place / 8).map_or(0, |byte| byte >> (7 - place % 8) & 1);
    let digit = |place: usize| (place..place + 6).fold(0, |digit, place| digit << 1 | bit(place));
    (0..bytes.len() * 8)
        .step_by(6)
        .map(|place| char::from(digits[usize::from(digit(place))]))
        .collect()
}

fn open(link: &str) -> Result<Route, LinkError> {
    link.parse()
}

/// Opening this must fail, or lead to the very same text.
fn is_harmless(link: &str, entry: &golden::Golden) -> bool {
    match open(link) {
        Err(_) => true,
        Ok(Route::Shared(shared)) => shared == entry.shared,
        Ok(_) => false,
    }
}

#[test]
fn no_single_changed_character_leads_to_another_text() {
    for entry in golden::entries() {
        let bytes = entry.link.as_bytes();
        for place in 0..bytes.len() {
            // Every bit flip that leaves a character; in short links every character at all.
            let all = (b' '..=b'~').filter(|_| bytes.len() < 100);
            for new in all
                .chain((0..7).map(|bit| bytes[place] ^ 1 << bit))
                .filter(|new| *new != bytes[place])
            {
                let mut changed = bytes.to_vec();
                changed[place] = new;
                let changed = String::from_utf8(changed).expect("ASCII");
                assert!(is_harmless(&changed, &entry), "{}: {changed}", entry.name);
            }
        }
    }
}

#[test]
fn no_lost_doubled_or_swapped_character_leads_to_another_text() {
    for entry in golden::entries() {
        let bytes = entry.link.as_bytes();
        for place in 1..bytes.len() {
            let (before, after) = entry.link.split_at(place);
            let last = &before[place - 1..];
            let without = format!("{}{after}", &before[..place - 1]);
            let doubled = format!("{before}{last}{after}");
            let swapped = format!("{}{}{last}{}", &before[..place - 1], &after[..1], &after[1..]);
            for changed in [without, doubled, swapped] {
                assert!(is_harmless(&changed, &entry), "{}: {changed}", entry.name);
            }
        }
    }
}

#[test]
fn every_truncated_link_says_so_and_keeps_a_true_beginning() {
    for entry in golden::entries() {
        for length in "#/p".len()..entry.link.len() {
            match open(&entry.link[..length]) {
                Err(LinkError::Truncated { kept }) => {
                    let kept = kept.unwrap_or_default();
                    assert!(entry.shared.policies.starts_with(&kept), "{}: {kept}", entry.name);
                }
                other => panic!("{}, {length} characters: {other:?}", entry.name),
            }
        }
    }
}

#[test]
fn a_truncated_link_keeps_most_of_a_long_text() {
    let entries = golden::entries();
    let entry =
        entries.iter().find(|entry| entry.name == "two dozen policies").expect("it is there");
    let error = open(&entry.link[..entry.link.len() / 2]).expect_err("half a link");
    let kept = error.kept().expect("several policies").len();
    assert!(
        kept > entry.shared.policies.len() / 3,
        "{kept} of {} bytes",
        entry.shared.policies.len()
    );
}

#[test]
fn the_link_of_another_program_is_read_as_well() {
    let Ok(Route::Shared(shared)) = open(&forged(b"kind: NetworkPolicy\n\xFFCkind: Pod\n\xFFde"))
    else {
        panic!()
    };
    assert_eq!(shared.policies, "kind: NetworkPolicy\n");
    assert_eq!(shared.cluster.as_deref(), Some("kind: Pod\n"));
}

#[test]
fn an_inflation_bomb_is_too_large() {
    let text_too_large = Err(LinkError::TooLarge(Limit::Text));
    assert!(open(&forged(&vec![b'a'; MAX_TEXT])).is_ok());
    assert_eq!(open(&forged(&vec![b'a'; MAX_TEXT + 1])), text_too_large);
    assert_eq!(open(&forged(&vec![b'a'; 1 << 20])), text_too_large);
    let without_check = forged(&vec![b'a'; 1 << 20]);
    assert_eq!(open(&without_check[..without_check.len() - 7]), text_too_large);
}

#[test]
fn a_link_beyond_the_bound_is_not_even_decoded() {
    let long = format!("#/p/1.{}.AAAAAA", "A".repeat(MAX_LINK));
    assert_eq!(open(&long), Err(LinkError::TooLarge(Limit::Link)));
    assert_eq!(open(&"x".repeat(MAX_LINK)), Err(LinkError::TooLarge(Limit::Link)));
}

#[test]
fn a_true_checksum_does_not_make_content_true() {
    for content in [&b"\xC3\x28"[..], b"\xFF", b"x\xFF", b"x\xFF\xFF", b"x\xFF1", b"x\xFFC\xF0"] {
        assert_eq!(open(&forged(content)), Err(LinkError::Damaged), "{content:?}");
    }
}

#[test]
fn every_message_is_a_sentence_with_a_way_on() {
    let errors = [
        "#/p/1.",
        "#/p/1.AwA.AAAAAQ",
        "#/p/2.x",
        "#/q",
        "#/s/A b",
        &format!("#{}", "x".repeat(MAX_LINK)),
    ];
    for error in errors.map(|link| open(link).expect_err("no link")).into_iter().chain([
        LinkError::TooLarge(Limit::Text),
        open(&forged(b"x\xFFX1")).expect_err("`X` is not known"),
    ]) {
        for words in [error.to_string(), error.help().to_owned()] {
            assert!(
                words.starts_with(|first: char| first.is_lowercase() || first == '`'),
                "{words}"
            );
            assert!(!words.ends_with('.'), "{words}");
        }
    }
}

proptest! {
    #[test]
    fn any_address_is_answered(address in any::<String>()) {
        let _ = open(&address);
    }

    #[test]
    fn any_path_is_answered(kind in "[spcxq]", rest in "\\PC{0,60}") {
        let _ = open(&format!("#/{kind}/{rest}"));
    }

    #[test]
    fn any_payload_is_refused(payload in "[A-Za-z0-9_-]{0,400}", check in "[A-Za-z0-9_-]{5}[AQgw]") {
        // One in four billion is not; the seed of this test would have to be very lucky.
        let link = format!("#/p/1.{payload}.{check}");
        prop_assert!(open(&link).is_err());
    }

    #[test]
    fn any_content_is_answered(content in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = open(&forged(&content));
    }
}
