//! What people take along of the table, as the module of advice makes it and the page receives it.
#![expect(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

use netpol::{Analysis, Direction};
use playground::{
    advice::{self, EXPORT},
    derived::analyse,
    exports::{self, Form},
};

fn exported(analysis: &Analysis, direction: Direction, form: Form, link: Option<&str>) -> String {
    let mut question = advice::question(EXPORT, analysis, true);
    question.extend(exports::wish(direction, form, link));
    exports::text(advice::answer(question)).unwrap()
}

fn eight() -> Analysis {
    analyse(lessons::scenario("eight").unwrap().policies, lessons::CLUSTER, true)
}

#[test]
fn each_form_is_what_the_terminal_prints() {
    let analysis = eight();
    for direction in Direction::ALL {
        let table = render::Table::of(&analysis, direction);
        let of = |form| exported(&analysis, direction, form, None);
        assert_eq!(of(Form::Markdown), render::markdown(&table));
        assert_eq!(of(Form::Ascii), render::ascii(&table));
        assert_eq!(of(Form::Svg), render::svg(&table));
        assert!(of(Form::Html).contains(&render::html(&table)));
    }
}

#[test]
fn a_figure_has_its_link_and_a_cluster_only_where_it_is_its_own() {
    let figure =
        exported(&eight(), Direction::Ingress, Form::Html, Some("https://example.org/#/s/eight"));
    assert!(figure.contains("<a href=\"https://example.org/#/s/eight\">"), "{figure}");
    assert!(!figure.contains("data-cluster"), "{figure}");
    let own = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
    let policies = lessons::scenario("same-ns").unwrap().policies;
    let figure = exported(&analyse(policies, own, true), Direction::Ingress, Form::Html, None);
    assert!(
        figure.contains("<pre hidden data-cluster><code>apiVersion: v1\nkind: Namespace"),
        "{figure}"
    );
    assert!(!figure.contains("<a "), "{figure}");
    let whole = format!("{own}---\n{policies}");
    let figure = exported(&analyse(&whole, own, true), Direction::Ingress, Form::Html, None);
    assert!(!figure.contains("data-cluster"), "the text is the whole cluster: {figure}");
}

#[test]
fn a_secret_is_never_put_into_a_figure() {
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: aGk=}\n";
    for (policies, cluster) in [(secret, ""), ("", secret)] {
        let mut question = advice::question(EXPORT, &analyse(policies, cluster, true), true);
        question.extend(exports::wish(Direction::Ingress, Form::Html, None));
        assert_eq!(exports::text(advice::answer(question)), None);
    }
}

#[test]
fn what_is_no_form_gets_no_answer() {
    let mut question = advice::question(EXPORT, &eight(), true);
    assert_eq!(advice::answer(question.clone()), Vec::<String>::new());
    question.extend(["ingress", "gif", ""].map(str::to_owned));
    assert_eq!(exports::text(advice::answer(question)), None);
}
