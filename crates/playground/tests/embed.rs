//! What happens to the widget when something happens: its reducer, and what it tells the page around it.

use std::rc::Rc;

use engine::Engine;
use playground::{
    embed::{
        guess::Guess,
        report::Report,
        state::{Event, Widget},
        wishes::Wishes,
    },
    session::Action,
};
use protocol::{
    CellKey, Column, Direction, Open, OpenQuestion, Place, RowKey, Tab, Texts, ViewQuestion,
};
use yew::Reducible;

mod sessions;

fn at(address: &str, query: &str) -> Rc<Widget> {
    Rc::new(Widget::begin(&sessions::start(address), Wishes::of(query)))
}

fn after(widget: &Rc<Widget>, events: impl IntoIterator<Item = Event>) -> Rc<Widget> {
    events.into_iter().fold(Rc::clone(widget), Widget::reduce)
}

fn typed(text: &str) -> Event {
    Event::OfSession(Action::TextEdited(text.to_owned().into(), None))
}

fn opened(address: &str) -> Event {
    Event::Opened(sessions::open(address))
}

fn cell() -> CellKey {
    CellKey { row: RowKey::Together, column: Column::Same }
}

#[test]
fn the_first_press_of_the_outlined_cell_explains_it_and_the_second_puts_that_away() {
    let widget = at("#/s/and-trap", "");
    assert!(!widget.is_why_open);
    let pressed = after(&widget, [Event::CellPressed(cell(), true)]);
    assert!(pressed.is_why_open);
    let again = after(&pressed, [Event::CellPressed(cell(), true)]);
    assert!(!again.is_why_open);
    assert_eq!(again.session.open, pressed.session.open);
    let another = CellKey { column: Column::Cross, ..cell() };
    assert!(after(&pressed, [Event::CellPressed(another, false)]).is_why_open);
}

#[test]
fn what_the_query_asks_for_is_there_again_after_a_reset() {
    let query = "?predict=1&direction=egress";
    let widget = at("#/s/and-trap", query);
    assert_eq!(widget.session.direction, Some(Direction::Egress));
    assert!(widget.is_covered());
    let revealed = after(&widget, [Event::Guessed(cell(), Guess::Denied), Event::Revealed]);
    assert!(!revealed.is_covered());
    let edited = after(&revealed, [typed("# mine")]);
    assert!(edited.is_edited());
    assert_eq!(edited.guesses, None);
    let reset = after(&edited, [opened("#/s/and-trap")]);
    let mut begun = Rc::unwrap_or_clone(at("#/s/and-trap", query));
    // texts are counted, whatever is in them
    begun.session.text_number = reset.session.text_number;
    assert_eq!(*reset, begun);
}

#[test]
fn guesses_outlive_an_edit_until_they_are_compared() {
    let widget = at("#/s/and-trap", "predict");
    let text = format!("{}# more", widget.session.policies);
    let edited = after(&widget, [Event::Guessed(cell(), Guess::Partly), typed(&text)]);
    assert_eq!(edited.guesses.as_ref().unwrap().of(&cell()), Some(Guess::Partly));
}

#[test]
fn a_text_that_was_put_in_takes_the_place_of_a_broken_link_and_is_no_edit_of_the_readers() {
    let widget = at("#/p/1.AwA.AAAAAB", "");
    assert!(widget.session.notice.is_some());
    let texts = OpenQuestion::Texts {
        policies: "# put in".to_owned(),
        cluster: Some("# a cluster".to_owned()),
    };
    let put = after(&widget, [Event::Put(Box::new(Engine::default().open(&texts)))]);
    assert_eq!(put.session.notice, None);
    assert_eq!((&*put.session.policies, &*put.session.cluster), ("# put in", "# a cluster"));
    assert!(!put.is_edited());
    assert!(!put.session.is_in_address);
}

#[test]
fn lines_that_are_asked_for_are_unfolded() {
    let widget = at("#/s/eight", "view=table");
    assert!(!widget.is_yaml_open);
    let place = Place::line(Tab::Policies, 90);
    let shown = after(&widget, [Event::OfSession(Action::LinesChosen(place, true))]);
    assert!(shown.is_yaml_open && shown.is_unfolded);
}

#[test]
fn the_page_around_hears_each_row_and_what_holds() {
    let text = lessons::scenario("and-labels").unwrap();
    let report = |policies: &str| {
        let texts = Texts {
            policies: policies.into(),
            cluster: text.cluster_text().into(),
            witnesses: true,
        };
        let direction = Some(Direction::Ingress);
        let question = ViewQuestion { texts, direction, open: Open::Unchosen };
        let view = Engine::default().view(&question);
        let report =
            Report { table: &view.table, current: &view, expectations: &view.expectations };
        (report.words(), report.is_solved())
    };
    let (words, is_solved) = report(text.policies);
    let row = ["ai-platform/and-labels", "denied", "partly", "denied"];
    let all = [["result", "ingress", "0", "4", "0"].as_slice(), &row[1..], &row].concat();
    assert_eq!(words, all);
    assert!(is_solved);
    let (words, is_solved) = report(&text.policies.replacen("allowed", "denied", 1));
    assert_eq!(words[3..5], ["3", "1"]);
    assert!(!is_solved);
    let (_, is_solved) = report("# nothing is expected");
    assert!(!is_solved);
}
