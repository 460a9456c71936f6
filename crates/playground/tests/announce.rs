//! What is said aloud when the table changes.

use engine::Engine;
use playground::announce::{Heard, changes};
use protocol::{Direction, Open, Table, Texts, ViewQuestion};

fn table(policies: &str, direction: Direction) -> Table {
    let texts =
        Texts { policies: policies.into(), cluster: lessons::CLUSTER.into(), witnesses: true };
    let question = ViewQuestion { texts, direction: Some(direction), open: Open::Unchosen };
    Engine::default().view(&question).table
}

fn heard(policies: &str) -> Heard {
    Heard { table: Some(table(policies, Direction::Ingress)), trouble: None }
}

#[test]
fn only_what_has_changed_is_said_aloud() {
    let text = lessons::scenario("specific-pod-ns").unwrap().policies;
    let with_a_dash = text.replace("      podSelector:  #", "    - podSelector:  #");
    let with_a_dash = if with_a_dash == text {
        text.replace("        podSelector:", "      - podSelector:")
    } else {
        with_a_dash
    };
    assert_eq!(changes(&heard(text), &heard(text)), "");
    let said = changes(&heard(text), &heard(&with_a_dash));
    assert!(
        said.contains("specific-pod-ns: Cross namespace is now Partly, ml-ops only."),
        "{said}"
    );
    let two = format!("{text}---\n{}", lessons::scenario("deny-all").unwrap().policies);
    assert_eq!(changes(&heard(text), &heard(&two)), "2 policies now.");
}

#[test]
fn trouble_is_said_once_and_so_is_its_end() {
    let text = lessons::scenario("deny-all").unwrap().policies;
    let fine = heard(text);
    let trouble = Heard { trouble: Some("an error on line 3".to_owned()), ..fine.clone() };
    assert_eq!(changes(&fine, &trouble), "an error on line 3");
    assert_eq!(changes(&trouble, &trouble), "");
    assert_eq!(changes(&trouble, &fine), "No errors any more.");
}
