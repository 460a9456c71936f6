//! When the cluster is filled up with what the policies name, and when it counts as it stands.
#![expect(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

use std::rc::Rc;

use permalink::Shared;
use playground::{
    address, codec,
    session::{Action, Session, Theme},
};
use yew::Reducible;

fn at(address: &str) -> Rc<Session> {
    Rc::new(Session::begin(codec::route(codec::read(address)), Theme::System, None))
}

fn link(session: &Session) -> String {
    address::link(session, None, None, |words| codec::link(codec::write(words))).unwrap()
}

fn after(session: &Rc<Session>, actions: impl IntoIterator<Item = Action>) -> Rc<Session> {
    actions.into_iter().fold(Rc::clone(session), Session::reduce)
}

#[test]
fn an_edited_cluster_that_holds_pods_is_not_filled_up_unless_that_is_asked_for() {
    let start = at("");
    let edited = after(&start, [Action::ClusterEdited("# mine".into())]);
    assert!(!edited.witnesses);
    assert!(at(&link(&edited)).cluster == "# mine");
    assert!(!at(&link(&edited)).witnesses, "a link shows what was seen");
    assert!(after(&edited, [Action::ClusterReset]).witnesses);
    let asked_for = after(
        &edited,
        [Action::WitnessesSwitched(true), Action::ClusterEdited("# mine, too".into())],
    );
    assert!(asked_for.witnesses, "typing on does not take back what was chosen");
}

#[test]
fn a_cluster_without_pods_is_filled_up_while_it_is_written() {
    let shared =
        Shared { policies: "# p".to_owned(), cluster: Some("# c".to_owned()), ..Shared::default() };
    let written = after(&at(&shared.encode().unwrap()), [Action::ClusterEdited("# cl".into())]);
    assert!(written.witnesses);
}

#[test]
fn a_pasted_text_with_pods_of_its_own_is_not_filled_up() {
    let paste = |text: &str| Action::TextEdited(text.to_owned().into(), None);
    let deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c}]}}}\n";
    let own = after(&at(""), [paste(deployment)]);
    assert!(!own.witnesses);
    assert!(after(&own, [Action::WitnessesSwitched(true)]).witnesses);
    assert!(after(&own, [paste("kind: NetworkPolicy\n")]).witnesses, "a stranger's policy alone");
}
