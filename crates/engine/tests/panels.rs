//! What the engine says of texts: whys, problems, what is one edit away.
#![expect(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

use engine::{Engine, analyse};
use netpol::explain;
use protocol::{
    Advice, AdviceQuestion, Ask, Column, Direction, Element, InfluenceQuestion, Open, Panel,
    PanelQuestion, Severity, Sheet, Texts, View, ViewQuestion, decode, encode,
};

const SURPRISING: &str = "apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: ai-platform}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{from: [{podSelector: {}}]}]
  egress: [{to: [{podSelector: {}}]}]
";

fn texts(policies: &str) -> Texts {
    Texts { policies: policies.into(), cluster: lessons::CLUSTER.into(), witnesses: true }
}

/// The landing page's texts.
fn eight() -> Texts {
    let eight = lessons::scenario(lessons::LANDING).unwrap();
    Texts { cluster: eight.cluster_text().into(), ..texts(eight.policies) }
}

fn analysis_of(texts: &Texts) -> netpol::Analysis {
    analyse(&texts.policies, &texts.cluster, texts.witnesses)
}

fn panel(texts: &Texts, panel: Panel) -> PanelQuestion {
    PanelQuestion {
        texts: texts.clone(),
        panel,
        direction: Direction::Ingress,
        cell: None,
        connection: None,
        policy: None,
        hidden: Vec::new(),
    }
}

fn why(policy: &str, column: Column, connection: Option<&str>) -> PanelQuestion {
    let cell = Some((Some(format!("ai-platform/{policy}")), column));
    PanelQuestion { cell, connection: connection.map(str::to_owned), ..panel(&eight(), Panel::Why) }
}

fn tell(question: &PanelQuestion) -> Sheet {
    Engine::default().panel(question)
}

fn read(sheet: &Sheet) -> String {
    sheet.elements.iter().map(Element::read).collect()
}

fn advice(policies: &str) -> Advice {
    Engine::default().advice(&AdviceQuestion { texts: texts(policies), recorded: None })
}

fn view(policies: &str) -> View {
    let question = ViewQuestion { texts: texts(policies), direction: None, open: Open::Unchosen };
    Engine::default().view(&question)
}

#[test]
fn a_why_tells_the_evaluators_steps_and_draws_its_first_example() {
    let told = tell(&why("specific-pod-ns", Column::Cross, None));
    let text = read(&told);
    assert!(text.starts_with("Why is Cross namespace partly allowed?"), "{text}");
    assert!(text.contains("judged by specific-pod-ns alone"), "{text}");
    assert!(text.contains("allowed"), "{text}");
    // namespaceSelector and podSelector of the last of the eight policies
    let texts = eight();
    let lines: Vec<&str> = texts.policies.lines().collect();
    let behind = told.behind.first().unwrap();
    let item = lines.get(behind.first - 1..behind.last).unwrap().join("\n");
    assert!(item.contains("namespaceSelector") && item.contains("model-monitor"), "{item}");
}

#[test]
fn a_connection_is_told_for_all_policies() {
    let asked = why("deny-all", Column::Same, Some("default/web -> ai-platform/rag-api:8000"));
    let text = read(&tell(&asked));
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
        let told = tell(&asked);
        let faults: Vec<String> =
            told.elements.iter().flat_map(|element| element.of_class("fault")).collect();
        assert!(faults.len() == 1 && faults.concat().contains(words), "{connection}: {faults:?}");
    }
}

#[test]
fn the_examples_of_a_cell_agree_with_the_cell() {
    let analysis = analysis_of(&eight());
    let scoreboard = analysis.scoreboard(netpol::Direction::Ingress);
    for row in &scoreboard.rows {
        let policy = analysis.cluster.policy(row.policy).unwrap();
        for (column, core) in Column::ALL.into_iter().zip(netpol::Column::ALL) {
            let subject = netpol::Subject::Policy(row.policy);
            let examples = explain::examples(&analysis.cluster, &scoreboard, subject, core);
            let told = tell(&why(&policy.meta.name.name, column, None));
            let chips: Vec<String> =
                told.elements.iter().flat_map(|element| element.of_class("example")).collect();
            assert_eq!(chips.len(), examples.len());
            let all = row.cells.get(core).state;
            let is_open = chips.iter().any(|chip| chip.contains("allowed"));
            assert_eq!(is_open, all != netpol::State::Denied, "{} {column:?}", policy.meta.name);
        }
    }
}

#[test]
fn every_panel_has_something_to_show() {
    let texts = texts(SURPRISING);
    let of = |question: &PanelQuestion| tell(question).elements.len();
    let cell = Some((Some("ai-platform/web".to_owned()), Column::Same));
    assert_eq!(of(&PanelQuestion { cell, ..panel(&texts, Panel::Why) }), 1);
    assert!(of(&panel(&texts, Panel::Problems)) >= 2);
    let policy = Some("ai-platform/web".to_owned());
    assert_eq!(of(&PanelQuestion { policy, ..panel(&texts, Panel::Neighbours) }), 2);
}

#[test]
fn bytes_that_are_no_question_are_refused() {
    for bytes in [&[][..], &[255], &[2, 7, 9], b"panel", &[0; 40]] {
        let answer = Engine::default().answer(bytes);
        assert!(answer.is_err() || bytes.iter().all(|byte| *byte == 0), "{bytes:?}");
    }
}

#[test]
fn an_answer_in_bytes_is_the_answer() {
    let question = ViewQuestion { texts: eight(), direction: None, open: Open::Unchosen };
    let mut engine = Engine::default();
    let bytes = engine.answer(&encode(&question.clone().question())).unwrap();
    assert_eq!(decode::<View>(&bytes), Ok(engine.view(&question)));
}

#[test]
fn surprises_are_counted_listed_and_marked() {
    let analysis = analysis_of(&texts(SURPRISING));
    let advice = advice(SURPRISING);
    assert_eq!(advice.count, netpol::lint::lints(&analysis).len() + analysis.diagnostics.len());
    let [policies, cluster] = &advice.marks;
    assert!(policies.contains("advice\x1e") && policies.contains("policyTypes"), "{policies}");
    assert_eq!(cluster, "advice\x1e");
    let problems = panel(&texts(SURPRISING), Panel::Problems);
    let text = read(&tell(&problems));
    assert!(text.contains("rules-without-type"), "{text}");
    let hidden = vec![Severity::Warning];
    let text = read(&tell(&PanelQuestion { hidden, ..problems }));
    assert!(!text.contains("rules-without-type"), "{text}");
}

#[test]
fn what_a_comment_allows_is_neither_listed_nor_marked() {
    let allowed =
        format!("# netpol: allow rules-without-type because it is an example\n{SURPRISING}");
    let [policies, _] = advice(&allowed).marks;
    assert!(!policies.contains("policyTypes"), "{policies}");
    let text = read(&tell(&panel(&texts(&allowed), Panel::Problems)));
    assert!(!text.contains("rules-without-type"), "{text}");
    assert!(text.contains("1 problem is allowed by a comment."), "{text}");
    // where the comment is about something else, it is listed, and the comment as well
    let other = allowed.replace("rules-without-type", "all-namespaces");
    let text = read(&tell(&panel(&texts(&other), Panel::Problems)));
    assert!(text.contains("rules-without-type") && text.contains("unused-allow"), "{text}");
}

#[test]
fn surprises_wait_until_errors_are_mended() {
    let texts = texts(&format!("{SURPRISING}---\nkind: NetworkPolicy\n"));
    let text = read(&tell(&panel(&texts, Panel::Problems)));
    assert!(!text.contains("rules-without-type"), "{text}");
    assert!(text.contains("once the errors are gone"), "{text}");
}

#[test]
fn the_cells_of_a_line_are_those_that_hang_on_it() {
    let cells = |line| {
        let (texts, direction) = (texts(SURPRISING), Direction::Ingress);
        Engine::default().influence(&InfluenceQuestion { texts, direction, line }).0
    };
    let row = Some("ai-platform/web".to_owned());
    let ingress = cells(7);
    assert!(ingress.contains(&(row.clone(), Column::Same)), "{ingress:?}");
    assert!(ingress.contains(&(None, Column::Same)), "{ingress:?}");
    // the egress rule decides about nothing in this direction
    assert_eq!(cells(8), []);
    assert_eq!(cells(1), []);
}

#[test]
fn a_policy_with_host_bits_is_refused_and_stands_in_the_table_all_the_same() {
    let text = SURPRISING
        .replace("{podSelector: {}}]}]\n  egress", "{ipBlock: {cidr: 10.0.0.1/8}}]}]\n  egress");
    let view = view(&text);
    assert!(view.has_errors(), "{:?}", view.problems);
    // so it is neither greyed nor called incomplete
    assert!(!view.is_broken(), "{:?}", view.faults);
    assert_eq!(view.table.rows.len(), 1);
}

#[test]
fn what_is_quoted_from_a_text_cannot_pass_for_a_mark() {
    let text = SURPRISING.replace(
        "podSelector: {}\n  policyTypes",
        "podSelector: {}\n  \"x\\x1eerror\\x1f1:1:1:5\\x1fplanted\\x1fhelp\\x1fFix me\\x1f1:1:1:5\\x1fPWNED\": 1\n  policyTypes",
    );
    let view = view(&text);
    assert!(view.has_errors());
    let ([marks, _], [at_once, _]) = (advice(&text).marks, view.marks);
    for marks in [marks, at_once] {
        let records = marks.split('\x1e').filter(|record| record.starts_with("error\x1f"));
        assert_eq!(records.clone().count(), 1, "{marks:?}");
        assert!(records.clone().all(|record| record.split('\x1f').count() == 4), "{marks:?}");
    }
}

#[test]
fn what_a_message_quotes_neither_hides_nor_turns_the_words_around() {
    let text = SURPRISING.replace("podSelector", "\"\u{202e}pod\u{200b}Selector\"");
    let words = read(&tell(&panel(&texts(&text), Panel::Problems)));
    assert!(words.contains("\\u{202e}pod\\u{200b}Selector"), "{words}");
    let [marks, _] = view(&text).marks;
    for text in [words, marks] {
        assert!(!text.contains(['\u{202e}', '\u{200b}']), "{text}");
    }
}
