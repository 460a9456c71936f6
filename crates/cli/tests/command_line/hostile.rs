//! Texts that are made to hurt: always a diagnostic and exit code 2, and soon. The large ones were measured by hand.

use crate::netpol::{Place, documents, policy};

/// What `netpol check` makes of a file: the first line.
fn first_line(test: &str, bytes: impl AsRef<[u8]>) -> String {
    let place = Place::named(test).with("p.yaml", bytes);
    for command in ["table", "link"] {
        assert!((0..=2).contains(&place.netpol(&[command, "p.yaml"]).code), "{command}");
    }
    let run = place.netpol(&["check", "p.yaml"]);
    assert_eq!((run.code, run.err.as_str()), (2, ""), "{}", run.out);
    run.out.lines().next().unwrap().to_owned()
}

#[test]
fn bytes_that_are_no_text() {
    let line = first_line("hostile_utf8", b"kind: X\nname: \xc3\xa4\xff\n");
    assert_eq!(line, "error[yaml-syntax]: not UTF-8: these bytes are no character");
    let run = Place::named("hostile_utf8_json")
        .with("p.yaml", b"kind: X\nname: \xc3\xa4\xff\n")
        .netpol(&["check", "p.yaml", "-o", "json"]);
    assert!(run.out.contains("\"line\": 2,\n    \"column\": 8"), "{}", run.out);
    // half a character of what PowerShell writes
    let utf16 = b"\xff\xfek\0:\0 \0\x3d\xd8a\0\n";
    assert!(first_line("hostile_utf16", utf16).starts_with("error["));
}

#[test]
fn nul_characters() {
    assert!(first_line("hostile_nul", "kind: a\0b\n").starts_with("error["));
    assert!(first_line("hostile_nuls", "\0".repeat(10_000)).starts_with("error["));
}

#[test]
fn ten_thousand_levels() {
    for (test, open) in [("hostile_lists", "["), ("hostile_maps", "{a: "), ("hostile_dashes", "- ")]
    {
        let line = first_line(test, open.repeat(10_000));
        assert!(line.starts_with("error[too-large]") || line.starts_with("error[yaml-syntax]"));
    }
}

#[test]
fn an_alias_bomb() {
    let bomb: Vec<String> = (1..30)
        .map(|level| format!("a{level}: &a{level} [{}]\n", format!("*a{}, ", level - 1).repeat(10)))
        .collect();
    let line = first_line("hostile_bomb", format!("a0: &a0 [x]\n{}", bomb.concat()));
    assert_eq!(line, "error[too-large]: aliases repeat more than 10000 nodes");
}

#[test]
fn numbers_beyond_all_bounds() {
    // too large for any type, a word is text to kubectl: here, the name of a port
    for number in ["9".repeat(10_000), "1e30".to_owned(), format!("0x{}", "f".repeat(999))] {
        let text = policy("p", &format!("{{ingress: [{{ports: [{{port: {number}}}]}}]}}"));
        assert!(first_line("hostile_number", text).starts_with("error["));
    }
}

#[test]
fn a_single_line_of_many_errors_takes_no_ages() {
    let peers = "{}, ".repeat(3000);
    let text = policy("p", &format!("{{podSelector: {{}}, ingress: [{{from: [{peers}]}}]}}"));
    let run = Place::named("hostile_line").with("p.yaml", text).netpol(&["check", "p.yaml"]);
    assert_eq!((run.code, run.closing_line()), (2, "3000 errors in 1 file"));
}

#[test]
fn a_broken_document_spoils_no_other() {
    let text = documents(&["\0\n", &policy("p", "{podSelector: {}}"), "[[[\n"]);
    let run = Place::named("hostile_between").with("p.yaml", text).netpol(&["table", "p.yaml"]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("shop/p"), "{}", run.out);
}
