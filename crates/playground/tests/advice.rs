//! Remedies, lints and neighbours: from the module apart to the page, and from the page into the text and back.
#![expect(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

use std::rc::Rc;

use netpol::{Code, Severity, neighbours::Neighbour};
use playground::{
    advice,
    derived::{Derived, analyse},
    problem::{Problem, Problems},
    session::{Action, CellKey, Open, Panel, RowKey, Session, Theme},
};
use yew::Reducible;

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
    let session = Session::begin(Ok(permalink::Route::Home), Theme::System, None);
    Rc::new(session).reduce(Action::TextEdited(text.to_owned().into(), None))
}

fn analysis_of(session: &Session) -> Derived<netpol::Analysis> {
    Derived::new(analyse(&session.policies, &session.cluster, session.witnesses))
}

fn problems_of(session: &Session) -> Problems {
    let analysis = analysis_of(session);
    let answer = advice::problems(advice::texts(&analysis, session.witnesses));
    let advice = advice::advice(&analysis, answer);
    let read = Derived::new(Problem::all(&analysis, Some(&advice)));
    Problems { read, advice: Some(Derived::new(advice)) }
}

fn find(problems: &Problems, code: Code) -> Problem {
    problems.all().find(|problem| problem.code == code).unwrap().clone()
}

#[test]
fn lints_come_to_the_page_as_they_were_found() {
    let session = session_of(SURPRISING);
    let problems = problems_of(&session);
    let found = netpol::lint::lints(&analysis_of(&session));
    let told = &problems.advice.as_ref().unwrap().lints;
    assert_eq!(told.len(), found.len());
    for (told, found) in told.iter().zip(&found) {
        assert_eq!(
            (told.code, &told.message),
            (found.diagnostic.code, &found.diagnostic.to_string())
        );
        assert_eq!(told.help, found.diagnostic.help);
        let fix = found.fix.as_ref().map(|fix| (&fix.title, &fix.rewrite));
        assert_eq!(told.mend.as_ref().map(|mend| (&mend.title, &mend.rewrite)), fix);
    }
    assert!(problems.of(Severity::Warning).any(|problem| problem.code == Code::RulesWithoutType));
}

#[test]
fn neighbours_come_to_the_page_as_they_were_found() {
    let analysis = analysis_of(&session_of(SURPRISING));
    let (id, policy) = analysis.cluster.policies().next().unwrap();
    let found = netpol::neighbours::neighbours(&analysis, id);
    let answer = advice::neighbours(advice::texts(&analysis, true), &policy.meta.name.to_string());
    let told = advice::neighbour_list(&analysis, answer).into_iter().map(|one| Neighbour {
        title: one.mend.title,
        rewrite: one.mend.rewrite,
        lines: one.lines,
        flips: one.flips,
    });
    assert!(!found.is_empty());
    assert_eq!(told.collect::<Vec<_>>(), found);
}

#[test]
fn an_answer_that_cannot_be_is_no_panic() {
    let analysis = analysis_of(&session_of(SURPRISING));
    for answer in [vec![], vec!["9".to_owned()], vec!["x".to_owned(); 40]] {
        let _ = advice::advice(&analysis, answer.clone());
        assert!(advice::neighbour_list(&analysis, answer).is_empty());
    }
    assert_eq!(advice::problems(Vec::new()), ["0"]);
}

#[test]
fn a_fragment_is_made_whole_and_parted_again() {
    let before = session_of(FRAGMENT);
    let mend = find(&problems_of(&before), Code::Fragment).mend.unwrap();
    let after = Rc::clone(&before).reduce(Action::MendChosen(mend));
    assert!(after.policies.starts_with("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"));
    assert!(problems_of(&after).all().all(|problem| problem.code != Code::Fragment));
    assert_eq!(after.text_number, before.text_number);
    let undone = after.reduce(Action::MendUndone);
    assert_eq!(undone.policies, FRAGMENT);
    assert!(undone.mended.is_none());
}

#[test]
fn a_remedy_is_for_its_own_text_only() {
    let before = session_of(FRAGMENT);
    let mend = find(&problems_of(&before), Code::Fragment).mend.unwrap();
    let typed = before.reduce(Action::TextEdited(format!("{FRAGMENT}# more\n").into(), None));
    let after = Rc::clone(&typed).reduce(Action::MendChosen(mend));
    assert_eq!(after.policies, typed.policies);
    assert!(after.mended.is_none());
}

#[test]
fn typing_ends_what_can_be_taken_back() {
    let before = session_of(FRAGMENT);
    let mend = find(&problems_of(&before), Code::Fragment).mend.unwrap();
    let mended = before.reduce(Action::MendChosen(mend));
    // an editor may tell the text that it was just given
    let same = Action::TextEdited(mended.policies.clone(), Some(1));
    let told = Rc::clone(&mended).reduce(same);
    assert!(told.mended.is_some());
    let typed = Action::TextEdited(format!("{}#", mended.policies).into(), None);
    assert!(told.reduce(typed).mended.is_none());
}

#[test]
fn a_cell_brings_the_why_back_and_is_closed_only_in_sight_of_it() {
    let key = CellKey { row: RowKey::Together, column: netpol::Column::Same };
    let session = session_of(SURPRISING).reduce(Action::PanelChosen(Panel::Problems));
    let looked = session.reduce(Action::CellOpened(key.clone(), true));
    assert_eq!((looked.panel, &looked.open), (Panel::Why, &Open::Cell(key.clone())));
    assert_eq!(looked.reduce(Action::CellOpened(key, true)).open, Open::Closed);
}

#[test]
fn a_severity_is_switched_off_and_on_again() {
    let session = session_of(SURPRISING);
    let off = Rc::clone(&session).reduce(Action::SeveritySwitched(Severity::Note));
    assert_eq!(off.hidden, [Severity::Note]);
    assert!(off.reduce(Action::SeveritySwitched(Severity::Note)).hidden.is_empty());
}
