//! Any text that a link can carry comes back byte for byte; what it cannot carry is refused while making the link.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::panic, clippy::string_slice, reason = "links are ASCII, and a test may panic")]

use permalink::{Direction, EncodeError, Fields, MAX_LINK, MAX_TEXT, Route, Shared};
use proptest::prelude::*;

fn opened(link: &str) -> Shared {
    match link.parse() {
        Ok(Route::Shared(shared)) => shared,
        other => panic!("{other:?}"),
    }
}

fn direction() -> impl Strategy<Value = Option<Direction>> {
    prop_oneof![Just(None), Just(Some(Direction::Ingress)), Just(Some(Direction::Egress))]
}

/// Anything: letters of any script, control characters, NUL, line ends of each kind, and words that policies are made of.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[\0-\u{7f}]{0,40}",
        Just("\r\n".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("  - namespaceSelector:\n        matchLabels:\n".to_owned()),
        Just("---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n".to_owned()),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Every field, each there or not.
fn fields() -> impl Strategy<Value = Fields> {
    let word = || proptest::option::of("[a-zA-Z0-9_-]{1,16}");
    let result = proptest::option::of("[a-zA-Z0-9_-]{1,512}");
    (direction(), any::<bool>(), word(), word(), result).prop_map(
        |(direction, without_witnesses, open, view, result)| Fields {
            direction,
            without_witnesses,
            open,
            view,
            result,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_goes_in_comes_out(policies in text(), cluster in proptest::option::of(text()), fields in fields()) {
        let shared = Shared { policies, cluster, fields };
        let link = shared.encode().expect("it is small");
        prop_assert!(link.strip_prefix("#/p/1.").is_some_and(|rest| {
            rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        }), "{link}");
        prop_assert_eq!(opened(&link), shared);
    }

    #[test]
    fn a_link_survives_what_programs_do_to_addresses(policies in text(), junk in "[.,;:!?)>\\]}'\"*_ …]{0,4}") {
        let shared = Shared { policies, ..Shared::default() };
        let link = shared.encode().expect("it is small");
        for variant in [
            format!("https://example.org/play/{link}"),
            link.trim_start_matches('#').to_owned(),
            format!("{link}{junk}"),
            format!("#{}", link[1..].replace('.', "%2E").replace('-', "%2d").replace('_', "%5F")),
            format!("{link}%20"),
        ] {
            prop_assert_eq!(opened(&variant), shared.clone(), "{}", variant);
        }
    }
}

/// Text that hardly compresses, the same in every run.
fn noise(length: usize) -> String {
    let mut state = 1_u32;
    let letters = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b' ' + (state >> 24) as u8 % 94)
    });
    letters.take(length).collect()
}

#[test]
fn the_most_text_fits_and_one_byte_more_does_not() {
    let mut shared = Shared { policies: "a".repeat(MAX_TEXT), ..Shared::default() };
    let link = shared.encode().expect("exactly the bound");
    assert_eq!(opened(&link), shared);
    shared.policies.push('a');
    assert_eq!(shared.encode(), Err(EncodeError::TextTooLarge { size: MAX_TEXT + 1 }));
}

#[test]
fn cluster_and_fields_count_towards_the_bound() {
    let shared = Shared {
        policies: "a".repeat(MAX_TEXT / 2),
        cluster: Some("a".repeat(MAX_TEXT / 2)),
        fields: Fields { direction: Some(Direction::Egress), ..Fields::default() },
    };
    assert_eq!(shared.encode(), Err(EncodeError::TextTooLarge { size: MAX_TEXT + 5 }));
}

#[test]
fn a_link_that_would_be_too_long_is_not_made() {
    let length = |size| Shared { policies: noise(size), ..Shared::default() }.encode();
    let longest = (20_000..40_000)
        .rev()
        .step_by(500)
        .find_map(|size| length(size).ok())
        .expect("some length fits");
    assert!(longest.len() <= MAX_LINK && longest.len() > MAX_LINK - 1_000, "{}", longest.len());
    assert!(longest.parse::<Route>().is_ok());
    let Err(error @ EncodeError::LinkTooLong { size }) = length(40_000) else {
        panic!("it was made")
    };
    assert!(size > MAX_LINK);
    assert!(error.to_string().contains(&size.to_string()) && error.to_string().contains("32768"));
}
