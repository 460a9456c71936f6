//! Links that are out in the world: each opens to the very same text, for ever.
//!
//! `golden/version-1.txt` is append-only. An entry is `= name`, the link, the policies (each line after `|`, or after
//! `/` where it does not end in a newline; `<CR>` and `<NUL>` stand for these), and where the link says so `cluster`
//! with its lines and `direction ingress` or `direction egress`,
//! `without witnesses`, and `open`, `view` or `result` with their word. When the compressor gets better and writes another
//! link, put `~` in place of `=`: the entry is decoded for ever all the same; and append the new link as another entry.
#![cfg(not(target_arch = "wasm32"))]

#[path = "golden/mod.rs"]
mod golden;

use permalink::{Route, Shared};

#[test]
fn every_link_ever_made_opens_to_the_same_text() {
    for entry in golden::entries() {
        assert_eq!(entry.link.parse(), Ok(Route::Shared(entry.shared)), "{}", entry.name);
    }
}

#[test]
fn the_encoder_of_today_writes_the_current_links() {
    for entry in golden::entries().iter().filter(|entry| entry.current) {
        assert_eq!(entry.shared.encode().as_deref(), Ok(entry.link), "{}", entry.name);
    }
}

/// How much of the golden file has been issued, and a hash (FNV-1a) of it. Both may be brought up to date by whoever appends.
const ISSUED: (usize, u64) = (18164, 0x344e_4d57_c120_aad2);

#[test]
fn nothing_that_was_ever_issued_is_taken_back_or_changed() {
    // what the encoder of today writes otherwise changes its mark, and nothing else
    let file = include_str!("golden/version-1.txt").replace("\n~ ", "\n= ");
    let (length, hash) = ISSUED;
    let issued = file.bytes().take(length).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    assert!(file.len() >= length && issued == hash, "the golden file is append-only");
}

#[test]
fn links_stay_short() {
    let length = |name: &str| {
        let entries = golden::entries();
        let entry = entries
            .iter()
            .find(|entry| entry.name == name)
            .unwrap_or_else(|| panic!("no entry {name}"));
        entry.shared.encode().expect("it is in the golden file").len()
    };
    assert!(length("the eight policies") <= 60);
    assert!(length("one dash more in the AND trap") <= 60);
    assert!(length("the eight policies, one label of the cluster edited, egress") <= 120);
    assert!(length("an unusual style, expectations and a cluster of its own") <= 450);
}

#[test]
fn the_golden_file_is_read_as_a_whole() {
    let entries = golden::entries();
    assert!(entries.len() >= 8);
    assert!(entries.iter().any(|entry| entry.shared.policies.contains("\r\n\tkind")));
    assert!(entries.iter().any(|entry| entry.shared == Shared::default()));
}
