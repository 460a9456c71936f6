//! What happens to the session when something happens: the reducer, without a browser.
#![expect(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

use std::rc::Rc;

use netpol::{Column, Direction};
use permalink::{Route, Shared};
use playground::{
    address::{self, Notice},
    codec,
    draft::{Draft, Drafts},
    place::{Place, Tab},
    session::{Action, CellKey, Open, Panel, RowKey, Session, Share, Theme},
    table::Position,
};
use yew::Reducible;

fn at(address: &str) -> Rc<Session> {
    Rc::new(Session::begin(route(address), Theme::System, None))
}

fn route(address: &str) -> Result<Route, Notice> {
    codec::route(codec::read(address))
}

fn link(session: &Session) -> Result<String, Notice> {
    link_with(session, None, None)
}

fn link_with(
    session: &Session,
    open: Option<(Position, Column)>,
    result: Option<&str>,
) -> Result<String, Notice> {
    let write = |words| codec::link(codec::write(words));
    address::link(session, open, result.map(str::to_owned), write)
}

fn after(session: &Rc<Session>, actions: impl IntoIterator<Item = Action>) -> Rc<Session> {
    actions.into_iter().fold(Rc::clone(session), Session::reduce)
}

fn typed(session: &Session, more: &str) -> Action {
    Action::TextEdited(format!("{}{more}", session.policies).into(), None)
}

fn opened(address: &str) -> Action {
    Action::LinkOpened(route(address))
}

fn link_to(policies: &str) -> String {
    Shared { policies: policies.to_owned(), ..Shared::default() }.encode().unwrap()
}

#[test]
fn the_start_page_is_the_eight_with_a_cell_explained() {
    let session = at("");
    assert_eq!(session.scenario.unwrap().slug, "eight");
    assert_eq!(session.cluster, lessons::CLUSTER);
    assert!(matches!(&session.open, Open::Cell(CellKey { column: Column::Cross, .. })));
    assert!(session.notice.is_none() && session.drafts.last().is_none() && !session.is_edited());
}

#[test]
fn a_scenario_brings_its_own_cluster_and_direction() {
    let session = after(&at(""), [opened("#/s/egress-dns")]);
    assert_eq!(session.direction, Direction::Egress);
    let session = after(&session, [opened("#/s/and-labels")]);
    assert_eq!(session.direction, Direction::Ingress);
    assert_ne!(session.cluster, lessons::CLUSTER);
    assert_eq!(session.cluster, session.built_in_cluster());
}

#[test]
fn an_edit_takes_the_link_out_of_the_address_and_keeps_the_lesson() {
    let start = at("#/s/and-trap");
    let session = after(&start, [typed(&start, "# mine")]);
    assert!(!session.is_in_address && session.is_edited());
    assert_eq!(session.scenario.unwrap().slug, "and-trap");
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
    assert_eq!(session.scenario.unwrap().slug, "or-logic");
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
    let loaded = Session::begin(route(""), Theme::System, edited.unsaved());
    for session in [&*back, &loaded] {
        assert_eq!(session.scenario.unwrap().slug, "eight");
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
    let begin =
        |route: &str| Session::begin(crate::route(route), Theme::Dark, Some(stored.clone()));
    assert_eq!(begin("").drafts.last(), Some(&stored));
    assert_eq!(begin(&link_to("# mine")).drafts.last(), None);
    let cluster = Draft { cluster: "# another".into(), ..stored.clone() };
    let beside = Session::begin(route(&link_to("# mine")), Theme::Dark, Some(cluster.clone()));
    assert_eq!(beside.drafts.last(), Some(&cluster), "an edited cluster is a draft too");
    assert_eq!(Draft::from_stored(&stored.to_stored()), Some(stored));
    assert_eq!(Draft::from_stored("# mine"), None);
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
    let session = after(&at(""), [Action::LinkOpened(Ok(Route::Shared(shared)))]);
    assert_eq!((&*session.policies, &*session.cluster), ("a\nb", "# empty"));
    assert_eq!(session.direction, Direction::Egress);
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
    let later = Rc::new(Session::begin(route(""), Theme::System, kept));
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
    ] {
        let session = at(address);
        assert_eq!(session.scenario.unwrap().slug, "eight", "{address}");
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
fn a_link_is_put_away_when_its_text_changes() {
    let asked = after(&at(""), [asked(), Action::LinkCopied(true)]);
    assert_eq!(asked.share, Share::Link("link".into(), Some(true)));
    for change in [
        typed(&asked, "#"),
        Action::DirectionChosen(Direction::Egress),
        Action::CellOpened(CellKey { row: RowKey::Together, column: Column::Same }, false),
        Action::PanelChosen(Panel::Problems),
        Action::TabChosen(Tab::Cluster),
    ] {
        assert_eq!(after(&asked, [change.clone()]).share, Share::Closed, "{change:?}");
    }
}

fn asked() -> Action {
    Action::LinkAsked(Ok("link".into()))
}

#[test]
fn a_copy_that_ends_after_the_link_was_put_away_changes_nothing() {
    let session = after(&at(""), [asked(), Action::LinkClosed]);
    assert_eq!(after(&session, [Action::LinkCopied(true)]).share, Share::Closed);
}

#[test]
fn an_unchanged_scenario_has_the_short_link() {
    for scenario in lessons::scenarios() {
        let address = format!("#/s/{}", scenario.slug);
        assert_eq!(link(&at(&address)).unwrap(), address);
    }
}

#[test]
fn a_link_brings_back_text_cluster_and_direction() {
    let start = at("");
    let session = after(
        &start,
        [
            typed(&start, "# mine"),
            Action::ClusterEdited("# another".into()),
            Action::DirectionChosen(Direction::Egress),
        ],
    );
    let link = link(&session).unwrap();
    let other = at(&link);
    assert_eq!(other.policies, session.policies);
    assert_eq!(other.cluster, session.cluster);
    assert_eq!(other.direction, Direction::Egress);
}

#[test]
fn a_link_opens_the_cell_the_panel_and_the_tab_that_were_open() {
    let start = at("#/s/eight");
    for (position, word) in [(Position::Row(5), "6"), (Position::Together, "0")] {
        for column in Column::ALL {
            let row = match position {
                Position::Row(at) => RowKey::Policy { name: String::new(), index: Some(at) },
                Position::Together => RowKey::Together,
            };
            let key = CellKey { row, column };
            let session = after(&start, [Action::CellOpened(key.clone(), false)]);
            let link = link_with(&session, Some((position, column)), None).unwrap();
            assert_eq!(at(&link).open, Open::Cell(key), "{word}{column:?}");
        }
    }
    let closed =
        after(&start, [Action::CellOpened(cell(0), false), Action::CellOpened(cell(0), true)]);
    assert_eq!(at(&link(&closed).unwrap()).open, Open::Closed);
    for panel in Panel::ALL {
        let session = after(&start, [Action::PanelChosen(panel), Action::TabChosen(Tab::Cluster)]);
        let other = at(&link(&session).unwrap());
        assert_eq!((other.panel, other.tab), (panel, Tab::Cluster));
    }
}

fn cell(row: usize) -> CellKey {
    let row = RowKey::Policy { name: String::new(), index: Some(row) };
    CellKey { row, column: Column::Cross }
}

#[test]
fn a_word_about_the_view_that_no_page_writes_is_passed_over() {
    for word in ["6", "c", "-1c", "6z", "99999999999999999999c", "cc", "--", "_"] {
        let fields = permalink::Fields { open: Some(word.to_owned()), ..Default::default() };
        let shared = Shared { policies: "# x\n".to_owned(), fields, ..Shared::default() };
        assert_eq!(at(&shared.encode().unwrap()).open, Open::Unchosen, "{word}");
    }
}

#[test]
fn a_link_to_a_built_in_text_brings_its_lesson_with_it() {
    let start = at("#/s/and-trap");
    let session = after(&start, [Action::DirectionChosen(Direction::Egress)]);
    let link = link(&session).unwrap();
    assert!(link.starts_with("#/p/1."));
    assert_eq!(at(&link).scenario.unwrap().slug, "and-trap");
}

#[test]
fn what_a_link_remembers_of_the_table_holds_until_the_text_is_another() {
    let start = at("");
    let edited = after(&start, [typed(&start, "# mine")]);
    let link = link_with(&edited, None, Some("iaaa")).unwrap();
    let other = Rc::new(Session::begin(route(&link), Theme::System, None));
    assert_eq!(other.recorded.as_deref(), Some("iaaa"));
    for change in [typed(&other, "#"), opened("#/s/eight"), Action::WitnessesSwitched(false)] {
        assert_eq!(after(&other, [change.clone()]).recorded, None, "{change:?}");
    }
}

#[test]
fn an_edit_that_was_undone_has_the_short_link_again() {
    let start = at("#/s/and-trap");
    let edited = after(&start, [typed(&start, "#")]);
    assert!(link(&edited).unwrap().starts_with("#/p/1."));
    let undone = Action::TextEdited(start.policies.clone(), None);
    assert_eq!(link(&after(&edited, [undone])).unwrap(), "#/s/and-trap");
}

#[test]
fn a_secret_is_never_put_into_a_link() {
    let start = at("");
    let in_policies = after(&start, [typed(&start, "---\nkind: Secret\n")]);
    assert_eq!(link(&in_policies), Err(Notice::secret()));
    let in_cluster = after(&start, [Action::ClusterEdited("kind: \"Secret\"".into())]);
    assert_eq!(link(&in_cluster), Err(Notice::secret()));
}

#[test]
fn a_text_too_large_for_a_link_is_refused_with_a_reason() {
    let text = "# x\n".repeat(20_000);
    let session = after(&at(""), [Action::TextEdited(text.into(), None)]);
    assert!(link(&session).is_err_and(|notice| notice.message.contains("too large")));
}

#[test]
fn a_draft_remembers_that_the_cluster_is_to_stay_without_witnesses() {
    let start = at("");
    let edited = after(&start, [typed(&start, "# mine"), Action::WitnessesSwitched(false)]);
    let stored = edited.unsaved().unwrap().to_stored();
    let later = Session::begin(route(""), Theme::System, Draft::from_stored(&stored));
    assert!(!after(&Rc::new(later), [Action::DraftRestored]).witnesses);
    let before = Draft::from_stored("# an older draft\0# its cluster").unwrap();
    assert!(before.witnesses);
}

#[test]
fn a_link_that_names_a_built_in_text_is_told_from_one_that_holds_a_text() {
    assert!(address::is_short("https://example.test/#/s/eight"));
    assert!(!address::is_short(&link_to("# and #/s/ in it\n")));
}
