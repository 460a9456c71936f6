//! What is offered beside a link, and what a link remembers of the table.
#![expect(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

use engine::Engine;
use protocol::{
    AdviceQuestion, Direction, Element, LinkQuestion, Node, Open, Panel, ShareQuestion, Tab, Texts,
};

/// The landing page's texts.
fn eight() -> Texts {
    let eight = lessons::scenario(lessons::LANDING).unwrap();
    Texts { policies: eight.policies.into(), cluster: eight.cluster_text().into(), witnesses: true }
}

/// All that can be read in what is offered, and all that its buttons hold.
fn sharing(link: &str) -> String {
    let link = Some(link.to_owned()).filter(|link| !link.is_empty());
    let question = ShareQuestion { texts: eight(), direction: Direction::Ingress, link };
    Engine::default().share(&question).elements.iter().map(all).collect()
}

fn all(element: &Element) -> String {
    let attributes = element.attributes.iter().map(|(_, value)| format!("{value}\n"));
    let children = element.children.iter().map(|child| match child {
        Node::Element(child) => all(child),
        Node::Text(text) => text.clone(),
    });
    format!("<{} {}>{}", element.name, attributes.collect::<String>(), children.collect::<String>())
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
    assert!(told.contains("networkpolicies.yaml") && told.contains(&*eight().policies));
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
    let link = LinkQuestion {
        texts: eight(),
        direction: Some(Direction::Ingress),
        open: Open::Closed,
        position: None,
        panel: Panel::Why,
        tab: Tab::Policies,
        recorded: Some(Direction::Ingress),
    };
    let link = Engine::default().link(&link).unwrap();
    let opened = Engine::default().open(&protocol::OpenQuestion::Address(link));
    let record = opened.recorded.as_deref().unwrap();
    let changed = |record: &str| {
        let question = AdviceQuestion { texts: eight(), recorded: Some(record.to_owned()) };
        let changed = Engine::default().advice(&question).changed;
        changed.iter().map(Element::read).collect::<String>()
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
