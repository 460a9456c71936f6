//! What the module of advice answers, and what becomes of it on the page.
#![expect(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

use std::rc::Rc;

use netpol::{Column, Direction, Severity, explain};
use playground::{
    advice,
    components::editor::LineMarks,
    components::sketched::{Drawing, drawn},
    derived::{Derived, analyse},
    editor_marks,
    mend::Mend,
    panels::{self, Asked, Told},
    place::Tab,
    problem::Problem,
    session::{Action, CellKey, Open, Panel, RowKey, Session, Theme},
    sketch::Press,
    wire::Words,
};
use yew::{Callback, Reducible};

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

/// The landing page's texts.
fn eight() -> Derived<netpol::Analysis> {
    analysis_of(&Session::begin(Ok(permalink::Route::Home), Theme::System, None))
}

fn panel(panel: Panel) -> Asked {
    Asked {
        panel,
        direction: Direction::Ingress,
        cell: None,
        connection: None,
        policy: None,
        hidden: Vec::new(),
    }
}

fn why(policy: &str, column: Column, connection: Option<&str>) -> Asked {
    let cell = Some((Some(format!("ai-platform/{policy}")), column));
    Asked { cell, connection: connection.map(str::to_owned), ..panel(Panel::Why) }
}

fn read(told: &Told) -> String {
    told.sketches.iter().map(playground::sketch::Sketch::read).collect()
}

/// Every edit that is offered.
fn mends(analysis: &Derived<netpol::Analysis>, asked: &Asked) -> Vec<Mend> {
    let presses = panels::tell(analysis, asked).sketches;
    let presses = presses.iter().flat_map(playground::sketch::Sketch::presses);
    let mend = |press: Press| match press {
        Press::Mend(title, rewrite) => Some(Mend { title, rewrite, analysis: analysis.clone() }),
        _ => None,
    };
    presses.filter_map(mend).collect()
}

fn mend(session: &Session, words: &str) -> Mend {
    let mends = mends(&analysis_of(session), &panel(Panel::Problems));
    mends.into_iter().find(|mend| mend.title.contains(words)).unwrap()
}

fn drawing() -> Drawing {
    Drawing { pressed: Callback::noop(), on_typed: Callback::noop(), typed: None }
}

/// What an answer draws: everything in it is drawn, and how many elements stand side by side.
fn draws(asked: &Asked, analysis: &Derived<netpol::Analysis>) -> usize {
    let mut question = advice::question(advice::PANEL, analysis, true);
    question.extend(asked.put());
    let mut words = Words::of(advice::answer(question));
    words.many(Words::place).unwrap();
    let all = words.rest(|words| drawn(words, &drawing())).len();
    assert!(words.left().is_empty());
    all
}

#[test]
fn a_why_tells_the_evaluators_steps_and_draws_its_first_example() {
    let analysis = eight();
    let told = panels::tell(&analysis, &why("specific-pod-ns", Column::Cross, None));
    let text = read(&told);
    assert!(text.starts_with("Why is Cross namespace partly allowed?"), "{text}");
    assert!(text.contains("judged by specific-pod-ns alone"), "{text}");
    assert!(text.contains("allowed"), "{text}");
    // namespaceSelector and podSelector of the last of the eight policies
    let lines: Vec<&str> = analysis.manifest.sources.first().unwrap().text().lines().collect();
    let behind = told.behind.first().unwrap();
    let item = lines.get(behind.first - 1..behind.last).unwrap().join("\n");
    assert!(item.contains("namespaceSelector") && item.contains("model-monitor"), "{item}");
}

#[test]
fn a_connection_is_told_for_all_policies() {
    let asked = why("deny-all", Column::Same, Some("default/web -> ai-platform/rag-api:8000"));
    let text = read(&panels::tell(&eight(), &asked));
    assert!(
        text.contains(
            "With all policies, default/web to ai-platform/rag-api on TCP 8000 is allowed."
        ),
        "{text}"
    );
    assert!(text.contains("Ingress of ai-platform/rag-api"), "{text}");
}

#[test]
fn a_connection_that_cannot_be_says_why() {
    for (connection, words) in [
        ("shop/web", "->"),
        ("shop/web -> ai-platform/rag-api:8000", "shop/web"),
        ("default/web -> ai-platform/rag-api:99999", "99999"),
    ] {
        let asked = why("deny-all", Column::Same, Some(connection));
        let told = panels::tell(&eight(), &asked);
        let faults: Vec<String> =
            told.sketches.iter().flat_map(|sketch| sketch.of_class("fault")).collect();
        assert!(faults.len() == 1 && faults.concat().contains(words), "{connection}: {faults:?}");
    }
}

#[test]
fn the_examples_of_a_cell_agree_with_the_cell() {
    let analysis = eight();
    let scoreboard = analysis.scoreboard(Direction::Ingress);
    for row in &scoreboard.rows {
        let policy = analysis.cluster.policy(row.policy).unwrap();
        for column in Column::ALL {
            let subject = netpol::Subject::Policy(row.policy);
            let examples = explain::examples(&analysis.cluster, &scoreboard, subject, column);
            let told = panels::tell(&analysis, &why(&policy.meta.name.name, column, None));
            let chips: Vec<String> =
                told.sketches.iter().flat_map(|sketch| sketch.of_class("example")).collect();
            assert_eq!(chips.len(), examples.len());
            let all = row.cells.get(column).state;
            let is_open = chips.iter().any(|chip| chip.contains("allowed"));
            assert_eq!(is_open, all != netpol::State::Denied, "{} {column:?}", policy.meta.name);
        }
    }
}

#[test]
fn every_panel_is_drawn_whole() {
    let analysis = analysis_of(&session_of(SURPRISING));
    assert_eq!(draws(&why("web", Column::Same, None), &analysis), 1);
    assert!(draws(&panel(Panel::Problems), &analysis) >= 2);
    let policy = Some("ai-platform/web".to_owned());
    assert_eq!(draws(&Asked { policy, ..panel(Panel::Neighbours) }, &analysis), 2);
}

#[test]
fn an_answer_that_cannot_be_is_no_panic() {
    let analysis = analysis_of(&session_of(SURPRISING));
    for answer in [vec![], vec!["9".to_owned()], vec!["<".to_owned(); 40], vec!["x".to_owned(); 40]]
    {
        let _ = advice::advice(&analysis, answer.clone());
        let _ = advice::cells(answer.clone());
        let mut words = Words::of(answer);
        let _ = words.rest(|words| drawn(words, &drawing()));
    }
    for question in
        [vec![], vec!["?".to_owned()], vec!["panel".to_owned(); 9], vec!["cells".to_owned(); 5]]
    {
        assert_eq!(advice::answer(question), Vec::<String>::new());
    }
}

#[test]
fn surprises_are_counted_listed_and_marked() {
    let analysis = analysis_of(&session_of(SURPRISING));
    let answer = advice::answer(advice::question(advice::PROBLEMS, &analysis, true));
    let advice = advice::advice(&analysis, answer).unwrap();
    assert_eq!(advice.count, netpol::lint::lints(&analysis).len() + analysis.diagnostics.len());
    let [policies, cluster] = &advice.marks;
    assert!(policies.contains("advice\x1e") && policies.contains("policyTypes"), "{policies}");
    assert_eq!(cluster, "advice\x1e");
    let text = read(&panels::tell(&analysis, &panel(Panel::Problems)));
    assert!(text.contains("rules-without-type"), "{text}");
    let hidden = vec![Severity::Warning];
    let without = Asked { hidden, ..panel(Panel::Problems) };
    let text = read(&panels::tell(&analysis, &without));
    assert!(!text.contains("rules-without-type"), "{text}");
}

#[test]
fn what_a_comment_allows_is_neither_listed_nor_marked() {
    let allowed =
        format!("# netpol: allow rules-without-type because it is an example\n{SURPRISING}");
    let analysis = analysis_of(&session_of(&allowed));
    let answer = advice::answer(advice::question(advice::PROBLEMS, &analysis, true));
    let [policies, _] = advice::advice(&analysis, answer).unwrap().marks;
    assert!(!policies.contains("policyTypes"), "{policies}");
    let text = read(&panels::tell(&analysis, &panel(Panel::Problems)));
    assert!(!text.contains("rules-without-type"), "{text}");
    assert!(text.contains("1 problem is allowed by a comment."), "{text}");
    // where the comment is about something else, it is listed, and the comment as well
    let other = allowed.replace("rules-without-type", "all-namespaces");
    let text = read(&panels::tell(&analysis_of(&session_of(&other)), &panel(Panel::Problems)));
    assert!(text.contains("rules-without-type") && text.contains("unused-allow"), "{text}");
}

#[test]
fn surprises_wait_until_errors_are_mended() {
    let session = session_of(&format!("{SURPRISING}---\nkind: NetworkPolicy\n"));
    let text = read(&panels::tell(&analysis_of(&session), &panel(Panel::Problems)));
    assert!(!text.contains("rules-without-type"), "{text}");
    assert!(text.contains("once the errors are gone"), "{text}");
}

#[test]
fn the_cells_of_a_line_are_those_that_hang_on_it() {
    let analysis = analysis_of(&session_of(SURPRISING));
    let cells = |line: &str| {
        let mut question = advice::question(advice::CELLS, &analysis, true);
        question.extend(["ingress".to_owned(), line.to_owned()]);
        advice::cells(advice::answer(question))
    };
    let row = Some("ai-platform/web".to_owned());
    let ingress = cells("7");
    assert!(ingress.contains(&(row.clone(), Column::Same)), "{ingress:?}");
    assert!(ingress.contains(&(None, Column::Same)), "{ingress:?}");
    // the egress rule decides about nothing in this direction
    assert_eq!(cells("8"), []);
    assert_eq!(cells("1"), []);
}

#[test]
fn a_fragment_is_made_whole_and_parted_again() {
    let before = session_of(FRAGMENT);
    let after = Rc::clone(&before).reduce(Action::MendChosen(mend(&before, "")));
    assert!(after.policies.starts_with("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"));
    let text = read(&panels::tell(&analysis_of(&after), &panel(Panel::Problems)));
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
    let policy = Some("ai-platform/web".to_owned());
    let analysis = analysis_of(&session);
    let tried = mends(&analysis, &Asked { policy, ..panel(Panel::Neighbours) });
    let (id, _) = analysis.cluster.policies().next().unwrap();
    assert_eq!(tried.len(), netpol::neighbours::neighbours(&analysis, id).len());
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
fn a_policy_with_host_bits_is_refused_and_stands_in_the_table_all_the_same() {
    let text = SURPRISING
        .replace("{podSelector: {}}]}]\n  egress", "{ipBlock: {cidr: 10.0.0.1/8}}]}]\n  egress");
    let analysis = analysis_of(&session_of(&text));
    let errors: Vec<Problem> = Problem::all(&analysis);
    assert!(errors.iter().any(|problem| problem.severity() == Severity::Error), "{errors:?}");
    // so it is neither greyed nor called incomplete
    assert_eq!(Problem::in_the_way(&analysis), []);
    assert_eq!(analysis.cluster.policies().count(), 1);
}

#[test]
fn what_is_quoted_from_a_text_cannot_pass_for_a_mark() {
    let text = SURPRISING.replace(
        "podSelector: {}\n  policyTypes",
        "podSelector: {}\n  \"x\\x1eerror\\x1f1:1:1:5\\x1fplanted\\x1fhelp\\x1fFix me\\x1f1:1:1:5\\x1fPWNED\": 1\n  policyTypes",
    );
    let analysis = analysis_of(&session_of(&text));
    assert!(analysis.has_errors());
    let answer = advice::answer(advice::question(advice::PROBLEMS, &analysis, true));
    let [marks, _] = advice::advice(&analysis, answer).unwrap().marks;
    let at_once =
        editor_marks::marks(&LineMarks::default(), &Problem::all(&analysis), None, Tab::Policies);
    for marks in [marks, at_once] {
        let records = marks.split('\x1e').filter(|record| record.starts_with("error\x1f"));
        assert_eq!(records.clone().count(), 1, "{marks:?}");
        assert!(records.clone().all(|record| record.split('\x1f').count() == 4), "{marks:?}");
    }
}

#[test]
fn an_edit_that_is_taken_back_leaves_a_built_in_text_untouched() {
    let before = Rc::new(Session::begin(
        Ok(permalink::Route::Scenario("and-labels".parse().unwrap())),
        Theme::System,
        None,
    ));
    let policy = Some("ai-platform/and-labels".to_owned());
    let analysis = analysis_of(&before);
    let tried = mends(&analysis, &Asked { policy, ..panel(Panel::Neighbours) });
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

#[test]
fn what_a_message_quotes_neither_hides_nor_turns_the_words_around() {
    let session = session_of(&SURPRISING.replace("podSelector", "\"\u{202e}pod\u{200b}Selector\""));
    let analysis = analysis_of(&session);
    let words = read(&panels::tell(&analysis, &panel(Panel::Problems)));
    assert!(words.contains("\\u{202e}pod\\u{200b}Selector"), "{words}");
    let problems = Problem::all(&analysis);
    let marks = editor_marks::marks(&LineMarks::default(), &problems, None, Tab::Policies);
    for text in [words, marks] {
        assert!(!text.contains(['\u{202e}', '\u{200b}']), "{text}");
    }
}
