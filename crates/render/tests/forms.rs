//! The forms as they are printed: snapshots of the article's eight policies for review, and what hostile names come to when the
//! forms are read again by programs that were not written here.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use netpol::{Analysis, Direction, Inputs, Source, State};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use render::{Answer, Room, Row, Table, ascii, harmless, html, markdown, svg, text};

fn table(slug: &str, direction: Direction) -> Table {
    let scenario = lessons::scenario(slug).unwrap();
    let analysis = Analysis::of(Inputs {
        text: vec![Source::new(slug, scenario.policies)],
        fallback: vec![Source::new("cluster", scenario.cluster_text())],
        ..Inputs::default()
    });
    Table::of(&analysis, direction)
}

#[test]
fn the_eight_policies_in_each_form() {
    let table = table("eight", Direction::Ingress);
    insta::assert_snapshot!("eight.txt", ascii(&table));
    insta::assert_snapshot!("eight.md", markdown(&table));
    insta::assert_snapshot!("eight.html", html(&table));
    insta::assert_snapshot!("eight.svg", svg(&table));
}

#[test]
fn every_built_in_text_gives_a_picture_that_xml_readers_take() {
    for scenario in lessons::scenarios() {
        for direction in Direction::ALL {
            let table = table(scenario.slug, direction);
            let svg = svg(&table);
            let picture = roxmltree::Document::parse(&svg).unwrap();
            let texts: Vec<_> = picture.descendants().filter_map(|node| node.text()).collect();
            for row in &table.rows {
                let name = row.policy.as_str();
                assert!(texts.iter().any(|text| text.contains(name)), "{name} in {texts:?}");
            }
        }
    }
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let ports = (8_000..16_000).map(|port| port.to_string()).collect::<Vec<_>>().join(", ");
    let name = "a-name-as-long-as-kubernetes-lets-it-be".repeat(6);
    for table in [hostile("web"), hostile(&name), hostile(&format!("TCP {ports} only"))] {
        for room in [40, 80, 120] {
            let text = text(&table, Room::Within(room), &|_, words| words.into());
            let widest = text.lines().map(|line| line.chars().count()).max();
            assert!(widest <= Some(room), "{widest:?} of {room}:\n{text:.2000}");
        }
    }
}

fn answer(state: State, reason: &str) -> Answer {
    Answer { state, reason: reason.to_owned() }
}

/// A table whose every word is somebody else's.
fn hostile(text: &str) -> Table {
    let answers =
        || [State::Partly, State::Depends, State::Unrestricted].map(|state| answer(state, text));
    let row = Row { policy: text.to_owned(), spec: text.to_owned(), answers: answers() };
    Table { direction: Direction::Ingress, rows: vec![row], together: answers() }
}

/// The cells of a Markdown table as a reader gets them, and whether there is anything in them but text.
fn cells(markdown: &str) -> (Vec<String>, bool) {
    let (mut cells, mut is_text) = (Vec::new(), true);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::TableCell) => cells.push(String::new()),
            Event::Text(text) => cells.last_mut().unwrap().push_str(&text),
            // the name of the last row is bold
            Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::Strong)
            | Event::End(_) => {}
            other => {
                is_text = false;
                eprintln!("{other:?}");
            }
        }
    }
    (cells, is_text)
}

fn stays_text(text: &str) {
    let table = hostile(text);
    let plain = harmless(text);
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();

    let (cells, is_text) = cells(&markdown(&table));
    assert!(is_text, "{text:?} is more than text in Markdown");
    assert_eq!(cells.len(), 15, "{text:?} parts cells or rows");
    assert_eq!(squeezed(cells.get(5).unwrap()), squeezed(&plain));

    let html = html(&table);
    let page = roxmltree::Document::parse(&html).unwrap();
    let known = ["table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "code", "span"];
    assert!(
        page.descendants()
            .filter(roxmltree::Node::is_element)
            .all(|node| known.contains(&node.tag_name().name()))
    );
    let heading = page.descendants().find(|node| node.attribute("scope") == Some("row")).unwrap();
    assert_eq!(heading.text().unwrap_or_default(), plain);

    let svg = svg(&table);
    let picture = roxmltree::Document::parse(&svg).unwrap();
    let known = ["svg", "title", "desc", "defs", "pattern", "rect", "path", "g", "text"];
    assert!(
        picture
            .descendants()
            .filter(roxmltree::Node::is_element)
            .all(|node| known.contains(&node.tag_name().name()))
    );
    let all: String = picture.descendants().filter_map(|node| node.text()).collect();
    assert!(squeezed(&all).contains(&squeezed(&plain)));

    let lines = ascii(&table);
    assert!(lines.lines().all(|line| harmless(line) == line), "{text:?} is obeyed");
    assert!(squeezed(&lines).contains(&squeezed(plain.split(' ').next().unwrap())));
}

#[test]
fn hostile_names_stay_text_in_every_form() {
    let names = [
        "<script>alert(1)</script>",
        "a|b\\|c\\",
        "\"'><img src=x onerror=alert(1)>",
        "</text></svg><script/>",
        "]]>&lt;&#60;&amp;",
        "[a](javascript:alert(1)) ![b](c) [d][e]",
        "`code` **bold** _it_ ~~gone~~ $x$ <https://example.org>",
        "one\r\ntwo\n\n# three\u{2028}four",
        "\u{1b}[31m\u{7}\0\u{9b}",
        "\u{202e}desrever\u{2066}\u{61c}",
        "\u{ffff}\u{fffe}\u{feff}\u{10ffff}",
        "世界 e\u{301} 🦀",
    ];
    for name in names {
        stays_text(name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_a_form(text in "[-a-z<>&|\"'`*_~$!\\[\\](){}#:./\\\\ \n\t\u{202e}\u{0}é世]{0,24}") {
        stays_text(&text);
    }

    #[test]
    fn no_character_breaks_a_form(text in any::<String>()) {
        stays_text(&text);
    }
}

#[test]
fn a_cell_is_a_word_and_a_mark_and_a_frame_in_the_picture() {
    let states =
        [State::Allowed, State::Denied, State::Partly, State::Unrestricted, State::Depends];
    let mut frames = Vec::new();
    for state in states {
        let answers = || [answer(state, ""), answer(state, ""), answer(state, "")];
        let table = Table { direction: Direction::Egress, rows: Vec::new(), together: answers() };
        let picture = svg(&table);
        let word = answer(state, "").word();
        assert!(picture.contains(&format!(">{word}</text>")));
        assert!(picture.contains(&format!(">{}</text>", answer(state, "").glyph())));
        let document = roxmltree::Document::parse(&picture).unwrap();
        let frames_of_cells = document
            .descendants()
            .filter(|node| node.has_tag_name("rect") || node.tag_name().name() == "rect");
        let frame: Vec<_> = frames_of_cells
            .skip(3)
            .map(|node| {
                format!("{:?} {:?}", node.attribute("stroke-dasharray"), node.attribute("fill"))
            })
            .collect();
        assert!(!frames.contains(&frame), "{state:?} looks like another state");
        frames.push(frame);
    }
}
