//! Who is assumed is told from the texts, and not from how they got there.

use engine::analyse;
use playground::session::{Action, Session};
use protocol::Table;

mod sessions;
use sessions::{after, at, link};

fn paste(text: &str) -> Action {
    Action::TextEdited(text.to_owned().into(), None)
}

fn table(session: &Session) -> (Table, usize) {
    let analysis = analyse(&session.policies, &session.cluster, session.witnesses);
    (sessions::table(session), analysis.added.pods.len())
}

const POLICY: &str = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: allow-prometheus, namespace: shop}\nspec: {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {name: monitoring}}}]}]}\n";
const OWN: &str = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: prometheus, namespace: monitoring}\n";

/// A policy for Prometheus, and then the pods, whose namespace lacks the label: the policy admits nobody.
#[test]
fn typed_pasted_appended_or_out_of_a_link_a_text_is_the_same() {
    let whole = format!("{POLICY}{OWN}");
    let pasted = after(&at(""), [paste(&whole)]);
    let appended = after(&at("#/s/blank"), [paste(POLICY), paste(&whole)]);
    let typed = after(
        &at("#/s/blank"),
        (1..=whole.len())
            .step_by(7)
            .chain([whole.len()])
            .map(|end| paste(whole.get(..end).unwrap())),
    );
    let opened = at(&link(&pasted).unwrap());
    let expected = table(&pasted);
    let [_, cross, _] = &expected.0.rows[0].entries;
    assert_eq!(
        (cross.state.word(), cross.reason.as_str()),
        ("Denied", "no pod here has name=monitoring")
    );
    for session in [appended, typed, opened] {
        assert_eq!(table(&session), expected);
        assert!(session.witnesses);
    }
}

/// Whoever takes a label away in the Cluster tab sees the door close.
#[test]
fn nobody_is_assumed_for_a_label_that_was_taken_away() {
    let session = at("#/s/specific-ns");
    let without = session.cluster.replace("purpose: ml-ops, name: ml-ops", "purpose: other");
    assert_ne!(without, session.cluster.as_str());
    let edited = after(&session, [Action::ClusterEdited(without.into())]);
    let (table, assumed) = table(&edited);
    assert_eq!(table.rows[0].entries[1].state.word(), "Denied");
    assert_eq!(assumed, 0);
    assert_eq!(self::table(&at(&link(&edited).unwrap())), (table, assumed));
}

#[test]
fn the_switch_is_the_readers_and_a_link_keeps_it() {
    let off = after(&at(""), [paste(POLICY), Action::WitnessesSwitched(false)]);
    assert_eq!(table(&off).1, 0);
    let typed_on = after(&off, [paste(&format!("{POLICY}# more\n"))]);
    assert!(!typed_on.witnesses && !at(&link(&typed_on).unwrap()).witnesses);
    assert!(after(&typed_on, [Action::ClusterReset]).policies.ends_with("# more\n"));
    assert_eq!(table(&at(&link(&off).unwrap())), table(&off));
}

/// Emptying the tab takes the example away.
#[test]
fn an_empty_cluster_has_nobody_around() {
    let empty = after(&at("#/s/deny-all"), [Action::ClusterEdited("".into())]);
    let analysis = analyse(&empty.policies, &empty.cluster, false);
    assert!(analysis.cluster.pods().is_empty() && !analysis.uses_fallback);
}
