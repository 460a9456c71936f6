//! What happens to the session when something happens: the reducer, without a browser.

use std::rc::Rc;

use permalink::Shared;
use playground::{
    draft::{Draft, Drafts},
    session::{Action, Theme},
};
use protocol::{CellKey, Column, Direction, Open, Place, RowKey, Tab};

mod sessions;
use sessions::{after, at, begin, link_to, opened, typed};

#[test]
fn the_start_page_is_the_eight_with_a_cell_explained() {
    let session = at("");
    assert_eq!(session.scenario.as_ref().unwrap().slug, "eight");
    assert_eq!(session.cluster, lessons::CLUSTER);
    assert!(matches!(&session.open, Open::Cell(CellKey { column: Column::Cross, .. })));
    assert!(session.notice.is_none() && session.drafts.last().is_none() && !session.is_edited());
}

#[test]
fn a_scenario_brings_its_own_cluster_and_no_wish_for_a_direction() {
    let session = after(&at(""), [opened("#/s/egress-dns")]);
    assert_eq!(session.direction, None, "it is shown in the direction that it is about");
    let chosen = after(&session, [Action::DirectionChosen(Direction::Ingress)]);
    assert_eq!(chosen.direction, Some(Direction::Ingress));
    let session = after(&chosen, [opened("#/s/and-labels")]);
    assert_eq!(session.direction, None, "another text is about something else");
    assert_ne!(session.cluster, lessons::CLUSTER);
    assert_eq!(session.cluster, *session.built_in_cluster());
}

#[test]
fn an_edit_takes_the_link_out_of_the_address_and_keeps_the_lesson() {
    let start = at("#/s/and-trap");
    let session = after(&start, [typed(&start, "# mine")]);
    assert!(!session.is_in_address && session.is_edited());
    assert_eq!(session.scenario.as_ref().unwrap().slug, "and-trap");
    assert_eq!(session.text_number, start.text_number);
}

#[test]
fn pasting_over_everything_is_another_text() {
    let start = at("#/s/eight");
    let pasted = Action::TextEdited("kind: NetworkPolicy\nspec: {}\n".into(), None);
    let session = after(&start, [pasted]);
    assert_eq!(session.scenario, None);
    assert_eq!(session.open, Open::Unchosen);
    assert_ne!(session.text_number, start.text_number);
}

#[test]
fn changes_in_two_places_at_once_are_still_the_same_text() {
    let start = at("#/s/eight");
    let text = format!("# top\n{}# bottom\n", start.policies);
    let session = after(&start, [Action::TextEdited(text.into(), None)]);
    assert_eq!(session.text_number, start.text_number);
}

#[test]
fn a_draft_survives_that_a_link_is_opened() {
    let start = at("");
    let edited = after(&start, [typed(&start, "# mine")]);
    let session = after(&edited, [opened("#/s/or-logic")]);
    assert_eq!(session.scenario.as_ref().unwrap().slug, "or-logic");
    assert_eq!(session.drafts.last().unwrap().policies, edited.policies);
    let restored = after(&session, [Action::DraftRestored]);
    assert_eq!(restored.policies, edited.policies);
    assert!(restored.drafts.last().is_none());
}

#[test]
fn the_start_page_offers_the_draft_whether_it_is_gone_back_to_or_loaded() {
    let start = at("");
    let edited = after(&start, [typed(&start, "# mine")]);
    let back = after(&edited, [opened("#/s/or-logic"), opened("")]);
    let loaded = begin("", Theme::System, edited.unsaved());
    for session in [&*back, &loaded] {
        assert_eq!(session.scenario.as_ref().unwrap().slug, "eight");
        assert_eq!(session.drafts.last(), edited.unsaved().as_ref());
        assert!(session.is_in_address && !session.is_edited());
    }
    let restored = after(&back, [Action::DraftRestored]);
    assert_eq!(restored.policies, edited.policies);
    assert!(!restored.is_in_address);
}

#[test]
fn a_text_that_was_only_looked_at_is_no_draft() {
    let session = after(&at("#/s/and-trap"), [opened("#/s/or-logic")]);
    assert_eq!(session.drafts.last(), None);
    let shared = at(&link_to("# nothing\n"));
    assert_eq!(after(&shared, [opened("#/s/or-logic")]).drafts.last(), None);
}

#[test]
fn the_draft_of_an_earlier_visit_is_offered_unless_it_is_what_was_opened() {
    let stored =
        Draft { policies: "# mine".into(), cluster: lessons::CLUSTER.into(), witnesses: true };
    let beginning = |address: &str| begin(address, Theme::Dark, Some(stored.clone()));
    assert_eq!(beginning("").drafts.last(), Some(&stored));
    assert_eq!(beginning(&link_to("# mine")).drafts.last(), None);
    let cluster = Draft { cluster: "# another".into(), ..stored.clone() };
    let beside = begin(&link_to("# mine"), Theme::Dark, Some(cluster.clone()));
    assert_eq!(beside.drafts.last(), Some(&cluster), "an edited cluster is a draft too");
    assert_eq!(Drafts::from_stored("# mine").last(), None);
}

#[test]
fn a_shared_text_opens_as_it_was_shared() {
    let shared = Shared {
        policies: "a\r\nb".to_owned(),
        cluster: Some("# empty".to_owned()),
        fields: permalink::Fields {
            direction: Some(permalink::Direction::Egress),
            ..permalink::Fields::default()
        },
    };
    let session = after(&at(""), [opened(&shared.encode().unwrap())]);
    assert_eq!((&*session.policies, &*session.cluster), ("a\nb", "# empty"));
    assert_eq!(session.direction, Some(Direction::Egress));
    assert!(session.is_in_address && session.scenario.is_none());
}

#[test]
fn a_kept_draft_stays_kept_while_another_text_is_edited_and_the_two_change_places() {
    let start = at("#/s/and-trap");
    let first = after(&start, [typed(&start, "# first")]);
    let opened_other = after(&first, [opened("#/s/or-logic")]);
    let second = after(&opened_other, [typed(&opened_other, "# second")]);
    assert_eq!(second.drafts.last(), first.unsaved().as_ref(), "still promised");

    let restored = after(&second, [Action::DraftRestored]);
    assert!(restored.policies.ends_with("# first"));
    assert_eq!(restored.drafts.last(), second.unsaved().as_ref());
    assert!(after(&restored, [Action::DraftRestored]).policies.ends_with("# second"));

    // the next visit has both
    let mut kept = second.drafts.clone();
    kept.put(second.unsaved());
    let kept = Drafts::from_stored(&kept.to_stored().unwrap());
    let later = Rc::new(begin("", Theme::System, kept));
    let later = after(&later, [Action::DraftRestored]);
    assert!(later.policies.ends_with("# second"));
    assert!(after(&later, [Action::DraftRestored]).policies.ends_with("# first"));
}

#[test]
fn no_more_drafts_are_kept_than_anybody_finds_his_way_back_to() {
    let mut session = at("");
    for number in 0..9 {
        session = after(&session, [opened("#/s/and-trap")]);
        session = after(&session, [typed(&session, &format!("# {number}"))]);
    }
    let mut drafts = after(&session, [opened("#/s/eight")]).drafts.clone();
    let left: Vec<_> = std::iter::from_fn(|| drafts.take()).collect();
    assert_eq!(left.len(), 4);
    assert!(left.iter().zip(["8", "7", "6", "5"]).all(|(one, end)| one.policies.ends_with(end)));
}

#[test]
fn a_broken_link_shows_the_start_page_and_says_so_until_dismissed() {
    for (address, word) in [
        ("#/p/1.abc", "truncated"),
        ("#/p/1.AAAA.AAAAAA", "damaged"),
        ("#/p/9.AAAA.AAAAAA", "newer"),
        ("#/s/no-such-text", "no-such-text"),
        ("#/s/UPPER", "UPPER"),
        ("#elsewhere", "leads nowhere"),
        ("#/x/later", "exercises"),
        ("#/c/and-trap..or-logic", "comparison"),
    ] {
        let session = at(address);
        assert_eq!(session.scenario.as_ref().unwrap().slug, "eight", "{address}");
        assert!(session.notice.as_ref().unwrap().message.contains(word), "{address}");
        let edited = after(&session, [typed(&session, "#")]);
        assert!(edited.notice.is_some());
        assert!(after(&edited, [Action::NoticeDismissed]).notice.is_none());
    }
}

#[test]
fn what_is_left_of_a_truncated_link_can_be_opened() {
    let link = link_to(&"kind: NetworkPolicy\n".repeat(9));
    let cut_off = link.rsplit_once('.').unwrap().0;
    let session = after(&at(""), [opened(cut_off), Action::RemainsOpened]);
    assert!(session.policies.starts_with("kind: NetworkPolicy\n"));
    assert!(session.notice.is_none() && !session.is_in_address);
}

#[test]
fn pressing_the_open_cell_closes_it() {
    let key = CellKey { row: RowKey::Together, column: Column::Same };
    let session = after(&at(""), [Action::CellOpened(key.clone(), false)]);
    assert_eq!(session.open, Open::Cell(key.clone()));
    assert_eq!(after(&session, [Action::CellOpened(key, true)]).open, Open::Closed);
}

#[test]
fn asking_for_lines_of_the_cluster_opens_its_tab_and_can_be_repeated() {
    let place = Place::line(Tab::Cluster, 3);
    let once = after(&at(""), [Action::LinesChosen(place, true)]);
    assert_eq!(once.tab, Tab::Cluster);
    let twice = after(&once, [Action::LinesChosen(place, true)]);
    assert_ne!(once.jump, twice.jump);
}

#[test]
fn kept_witnesses_join_the_cluster_and_the_reset_takes_them_out() {
    let yaml = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n";
    let session = after(&at(""), [Action::WitnessesKept(yaml.to_owned())]);
    assert!(session.cluster.ends_with(yaml) && session.cluster.contains("\n---\n"));
    assert_eq!(after(&session, [Action::ClusterReset]).cluster, lessons::CLUSTER);
}

#[test]
fn a_draft_remembers_that_the_cluster_is_to_stay_without_witnesses() {
    let start = at("");
    let edited = after(&start, [typed(&start, "# mine"), Action::WitnessesSwitched(false)]);
    let stored = Drafts::from(edited.unsaved()).to_stored().unwrap();
    let later = begin("", Theme::System, Drafts::from_stored(&stored));
    assert!(!after(&Rc::new(later), [Action::DraftRestored]).witnesses);
}

#[test]
fn a_draft_keeps_every_character_and_those_of_earlier_versions_are_read() {
    for text in ["a: \u{1}\0\u{2}0", "\u{1}# begins so", "# ends so\0", "\u{2}2\u{2}\u{1e}\u{feff}"]
    {
        let draft = Draft { policies: text.into(), cluster: text.into(), witnesses: false };
        let mut drafts = Drafts::from(Some(Draft { witnesses: true, ..draft.clone() }));
        drafts.put(Some(Draft { policies: format!("{text}!").into(), ..draft.clone() }));
        let read = Drafts::from_stored(&drafts.to_stored().unwrap());
        assert_eq!(read, drafts, "{text:?}");
    }
    let before = "# one\0# its cluster\u{1}# \u{2}0\0\0without witnesses\u{1}";
    let mut before = Drafts::from_stored(before);
    let last = before.take().unwrap();
    assert_eq!((&*last.policies, &*last.cluster, last.witnesses), ("# \u{2}0", "", false));
    let first = before.take().unwrap();
    assert_eq!(
        (&*first.policies, &*first.cluster, first.witnesses),
        ("# one", "# its cluster", true)
    );
    let oldest = Drafts::from_stored("# an older draft\0# its cluster");
    assert!(oldest.last().unwrap().witnesses);
}
