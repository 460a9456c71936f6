//! What is offered beside a link, and what a link remembers of the table.
#![expect(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

use playground::{
    advice,
    derived::{Derived, analyse},
};

/// The landing page's texts.
fn eight() -> Derived<netpol::Analysis> {
    let eight = lessons::scenario(lessons::LANDING).unwrap();
    Derived::new(analyse(eight.policies, eight.cluster_text(), true))
}

/// What the module answers to a question about the landing page's texts.
fn answer(verb: &str, about: &[&str]) -> Vec<String> {
    let mut question = advice::question(verb, &eight(), true);
    question.extend(about.iter().map(|word| (*word).to_owned()));
    advice::answer(question)
}

fn sharing(link: &str) -> String {
    answer(advice::SHARING, &["ingress", link]).join("\n")
}

#[test]
fn the_share_dialog_offers_markdown_tables_pictures_and_the_yaml_itself() {
    let told = sharing("https://example.test/#/p/1.abc.defghi");
    assert!(
        told.contains(
            "[NetworkPolicies allow-all and 7 more](https://example.test/#/p/1.abc.defghi)"
        )
    );
    assert!(told.contains("| Policy | From spec |"), "the table as Markdown");
    assert!(told.contains("<svg") && told.contains("networkpolicies.png"));
    assert!(
        told.contains("networkpolicies.yaml") && told.contains(eight().manifest.sources[0].text())
    );
    assert!(told.contains("QR code of the link"));
}

#[test]
fn a_text_without_a_link_can_be_saved_all_the_same() {
    let told = sharing("");
    assert!(told.contains("networkpolicies.yaml"));
    assert!(!told.contains("QR code") && !told.contains("characters"));
}

#[test]
fn a_long_link_says_what_may_become_of_it_and_has_no_qr_code() {
    let link = |length: usize| format!("https://example.test/#/p/1.{}", "a".repeat(length));
    assert!(sharing(&link(10)).contains("short enough for chat and mail"));
    let told = sharing(&link(2_500));
    assert!(told.contains("cut links after 2,000") && told.contains("too long for a QR code"));
    assert!(sharing(&link(30_000)).contains("a file is better company"));
}

#[test]
fn a_link_that_remembers_another_table_is_told_from_one_that_remembers_this_one() {
    let [record] = &answer(advice::RECORD, &["ingress"])[..] else { panic!("no record") };
    let changed = |record: &str| {
        let answer = answer(advice::PROBLEMS, &[record]);
        drawn_text(&advice::advice(&eight(), answer).unwrap().changed)
    };
    assert_eq!(changed(record), "");
    // the first row, all of whose cells are allowed
    let other = record.replacen("iaaa", "iada", 1);
    assert_ne!(&other, record);
    let told = changed(&other);
    assert!(told.contains("Allow All, Cross namespace: Denied then, allowed today"), "{told}");
    for odd in ["", "x", "iaaa", "eaaaddd"] {
        assert_eq!(changed(odd), "", "{odd}");
    }
}

/// All texts of a sketch.
fn drawn_text(words: &[String]) -> String {
    let pairs = words.iter().zip(words.iter().skip(1));
    pairs.filter(|(kind, _)| *kind == "'").map(|(_, text)| text.as_str()).collect()
}
