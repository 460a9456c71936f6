//! Edits that the page makes on somebody's behalf, and what is chosen about its panels.
#![expect(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

use std::rc::Rc;

use engine::Engine;
use playground::{
    choices::Mend,
    session::{Action, Session},
};
use protocol::{
    CellKey, Column, Direction, Element, Open, Panel, PanelQuestion, Press, RowKey, Severity,
};
use yew::Reducible;

mod sessions;
use sessions::at;

const FRAGMENT: &str = "ingress:\n- from:\n  - podSelector: {}\n";
const SURPRISING: &str = "apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: ai-platform}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{from: [{podSelector: {}}]}]
  egress: [{to: [{podSelector: {}}]}]
";

fn session_of(text: &str) -> Rc<Session> {
    at("").reduce(Action::TextEdited(text.to_owned().into(), None))
}

fn panel(session: &Session, panel: Panel, policy: Option<&str>) -> Vec<Element> {
    let question = PanelQuestion {
        texts: session.texts(),
        panel,
        direction: Direction::Ingress,
        cell: None,
        connection: None,
        policy: policy.map(str::to_owned),
        hidden: Vec::new(),
    };
    Engine::default().panel(&question).elements
}

/// Every edit that is offered.
fn mends(session: &Session, which: Panel, policy: Option<&str>) -> Vec<Mend> {
    let presses: Vec<Press> =
        panel(session, which, policy).iter().flat_map(Element::presses).collect();
    let mend = |press: Press| match press {
        Press::Mend(title, rewrite) => Some(Mend { title, rewrite, texts: session.texts() }),
        _ => None,
    };
    presses.into_iter().filter_map(mend).collect()
}

fn mend(session: &Session, words: &str) -> Mend {
    let mends = mends(session, Panel::Problems, None);
    mends.into_iter().find(|mend| mend.title.contains(words)).unwrap()
}

#[test]
fn a_fragment_is_made_whole_and_parted_again() {
    let before = session_of(FRAGMENT);
    let after = Rc::clone(&before).reduce(Action::MendChosen(mend(&before, "")));
    assert!(after.policies.starts_with("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"));
    let text: String = panel(&after, Panel::Problems, None).iter().map(Element::read).collect();
    assert!(!text.contains("fragment"), "{text}");
    assert_eq!(after.text_number, before.text_number);
    let undone = after.reduce(Action::MendUndone);
    assert_eq!(undone.policies, FRAGMENT);
    assert!(undone.mended.is_none());
}

#[test]
fn a_remedy_is_for_its_own_text_only() {
    let before = session_of(FRAGMENT);
    let mend = mend(&before, "");
    let typed = before.reduce(Action::TextEdited(format!("{FRAGMENT}# more\n").into(), None));
    let after = Rc::clone(&typed).reduce(Action::MendChosen(mend));
    assert_eq!(after.policies, typed.policies);
    assert!(after.mended.is_none());
}

#[test]
fn typing_ends_what_can_be_taken_back() {
    let before = session_of(FRAGMENT);
    let mended = Rc::clone(&before).reduce(Action::MendChosen(mend(&before, "")));
    // an editor may tell the text that it was just given
    let same = Action::TextEdited(mended.policies.clone(), Some(1));
    let told = Rc::clone(&mended).reduce(same);
    assert!(told.mended.is_some());
    let typed = Action::TextEdited(format!("{}#", mended.policies).into(), None);
    assert!(told.reduce(typed).mended.is_none());
}

#[test]
fn a_neighbour_can_be_tried_and_changes_the_row() {
    let session = session_of(SURPRISING);
    let tried = mends(&session, Panel::Neighbours, Some("ai-platform/web"));
    assert!(tried.len() > 3, "{tried:?}");
    let after = session.reduce(Action::MendChosen(tried.first().unwrap().clone()));
    assert_ne!(after.policies, SURPRISING);
}

#[test]
fn a_cell_brings_the_why_back_and_is_closed_only_in_sight_of_it() {
    let key = CellKey { row: RowKey::Together, column: Column::Same };
    let session = session_of(SURPRISING).reduce(Action::PanelChosen(Panel::Problems));
    let looked = session.reduce(Action::CellOpened(key.clone(), true));
    assert_eq!((looked.panel, &looked.open), (Panel::Why, &Open::Cell(key.clone())));
    assert_eq!(looked.reduce(Action::CellOpened(key, true)).open, Open::Closed);
}

#[test]
fn a_connection_is_followed_until_another_cell_is_opened() {
    let asked = session_of(SURPRISING).reduce(Action::ConnectionAsked("a/b -> c/d:80".into()));
    assert_eq!(asked.connection.as_deref(), Some("a/b -> c/d:80"));
    let emptied = Rc::clone(&asked).reduce(Action::ConnectionAsked("  ".into()));
    assert_eq!(emptied.connection, None);
    let key = CellKey { row: RowKey::Together, column: Column::Same };
    assert_eq!(asked.reduce(Action::CellOpened(key, false)).connection, None);
}

#[test]
fn an_edit_that_is_taken_back_leaves_a_built_in_text_untouched() {
    let before = at("#/s/and-labels");
    let tried = mends(&before, Panel::Neighbours, Some("ai-platform/and-labels"));
    let after = Rc::clone(&before).reduce(Action::MendChosen(tried.first().unwrap().clone()));
    assert!(after.is_edited());
    let undone = after.reduce(Action::MendUndone);
    assert_eq!(undone.policies, before.policies);
    assert!(!undone.is_edited() && undone.unsaved().is_none());
}

#[test]
fn the_cursor_counts_more_than_a_pointer_that_rests() {
    let hovered = session_of(SURPRISING).reduce(Action::LineHovered(Some(3)));
    assert_eq!(hovered.hovered, Some(3));
    let moved = Rc::clone(&hovered).reduce(Action::CaretMoved(7));
    assert_eq!((moved.hovered, moved.caret), (None, Some(7)));
    let typed = Action::TextEdited(format!("{SURPRISING}#").into(), Some(8));
    assert_eq!(hovered.reduce(typed).hovered, None);
}

#[test]
fn what_is_typed_into_the_field_stays_until_it_is_asked_for() {
    let typed = session_of(SURPRISING).reduce(Action::ConnectionTyped("a/b -> ".into()));
    let hovered = typed.reduce(Action::LineHovered(Some(3)));
    assert_eq!(hovered.typed.as_deref(), Some("a/b -> "));
    let asked = hovered.reduce(Action::ConnectionAsked("a/b -> c/d:80".into()));
    assert_eq!(
        (asked.typed.as_deref(), asked.connection.as_deref()),
        (None, Some("a/b -> c/d:80"))
    );
}

#[test]
fn a_severity_is_switched_off_and_on_again() {
    let session = session_of(SURPRISING);
    let off = Rc::clone(&session).reduce(Action::SeveritySwitched(Severity::Note));
    assert_eq!(off.hidden, [Severity::Note]);
    assert!(off.reduce(Action::SeveritySwitched(Severity::Note)).hidden.is_empty());
}
