//! What a link to a session says, and what becomes of it when it is opened: the reducer, without a browser.

use permalink::Shared;
use playground::session::{Action, Share};
use protocol::{CellKey, Column, Direction, Open, Panel, Position, RowKey, Tab};

mod sessions;
use sessions::{after, at, link, link_with, opened, typed};

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
    assert_eq!(other.direction, Some(Direction::Egress));
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
    assert_eq!(at(&link).scenario.as_ref().unwrap().slug, "and-trap");
}

#[test]
fn what_a_link_remembers_of_the_table_holds_until_the_text_is_another() {
    let start = at("");
    let edited = after(&start, [typed(&start, "# mine")]);
    let link = link_with(&edited, None, Some(Direction::Ingress)).unwrap();
    let other = at(&link);
    assert!(other.recorded.as_deref().is_some_and(|recorded| recorded.starts_with("iaaaddd")));
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
    assert!(link(&in_policies).is_err_and(|notice| notice.message.contains("`Secret`")));
    let in_cluster = after(&start, [Action::ClusterEdited("kind: \"Secret\"".into())]);
    assert!(link(&in_cluster).is_err_and(|notice| notice.message.contains("`Secret`")));
}

#[test]
fn a_text_too_large_for_a_link_is_refused_with_a_reason() {
    let text = "# x\n".repeat(20_000);
    let session = after(&at(""), [Action::TextEdited(text.into(), None)]);
    assert!(link(&session).is_err_and(|notice| notice.message.contains("too large")));
}
