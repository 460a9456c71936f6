//! The parts of the widget, each from its share of what was derived.

use std::rc::Rc;

use protocol::{Column, Direction, Expectation, Heading, Notice, Place, Position, Press, Tab};
use yew::{AttrValue, Callback, Html, MouseEvent, NodeRef, UseReducerHandle, html};

use super::{
    board::{Board, board, cells},
    effects::{self, SCORE},
    footer::{Footer, OPEN, footer, way_out},
    guess::Guesses,
    state::{Event, Widget},
    wishes::View,
};
use crate::{
    answered::Answered,
    answers::Sheeted,
    browser,
    components::{
        direction::{DirectionSwitch, direction_switch},
        elements::{Drawing, drawn},
        expectations::tally,
        message,
        verdict::{Verdict, verdict},
    },
    session::Action,
    views::Standing,
};

/// All that the parts are made from.
pub(super) struct Parts {
    pub(super) widget: UseReducerHandle<Widget>,
    pub(super) happened: Callback<Event>,
    /// The cluster that a text meets which is no built-in one.
    pub(super) example_cluster: AttrValue,
    pub(super) current: Rc<Answered>,
    pub(super) shown: Rc<Answered>,
    pub(super) standing: Standing,
    /// Whether the answers are about the text of now.
    pub(super) is_answered: bool,
    pub(super) open: Option<(Position, Column)>,
    pub(super) panel: Option<Sheeted>,
    pub(super) link: Result<AttrValue, Notice>,
    /// Whether that is the link to the text of now.
    pub(super) is_link_of_now: bool,
    pub(super) area: NodeRef,
}

impl Parts {
    pub(super) fn tell<T: 'static>(&self, event: impl Fn(T) -> Event + 'static) -> Callback<T> {
        self.happened.reform(event)
    }

    /// Lines were asked for. Those of the cluster are in the playground only: the way there gets the focus.
    pub(super) fn on_place(&self) -> Callback<Place> {
        let happened = self.happened.clone();
        Callback::from(move |place: Place| match place.tab {
            Tab::Policies => happened.emit(Event::OfSession(Action::LinesChosen(place, true))),
            Tab::Cluster => browser::focus(OPEN),
        })
    }

    /// Everything, in the order that the address asks for.
    pub(super) fn all(&self) -> Html {
        if let Some(notice) = &self.widget.session.notice {
            return self.notice(notice);
        }
        let yaml_first = self.widget.wishes.view == View::Yaml;
        html! {
            <>
                if yaml_first { { self.yaml() } }
                { self.answers() }
                if !yaml_first { { self.yaml() } }
                { self.footer() }
            </>
        }
    }

    /// An address that leads nowhere: no other text stands in for it, which the article did not mean.
    fn notice(&self, notice: &Notice) -> Html {
        let on_remains = self.tell(|_| Event::OfSession(Action::RemainsOpened));
        // there is nothing above or below to choose from
        let help = (!notice.is_about_choice).then_some(notice.help.as_str());
        html! {
            <section class="bar notice" aria-label="Notice">
                <p>{ message(&notice.message, help) }</p>
                if notice.kept.is_some() {
                    <button type="button" onclick={on_remains}>{ "Show what is left of it" }</button>
                }
                { way_out(Some(&AttrValue::Static("")), &Callback::noop(), &Callback::noop()) }
            </section>
        }
    }

    fn answers(&self) -> Html {
        let table = self.shown.table();
        let is_covered = self.widget.is_covered() && self.standing == Standing::Current;
        let verdict = verdict(&Verdict {
            heading: self.heading(),
            standing: self.standing,
            faults: &self.current.view.faults,
            is_empty: table.rows.is_empty(),
            on_place: self.on_place(),
        });
        html! {
            <div class="answers">
                <div class="top-line">
                    if is_covered { { question() } } else { { verdict } }
                    if self.has_egress() { { self.direction() } }
                </div>
                if table.rows.is_empty() {
                    <p class="nothing">{ "The table comes with the first NetworkPolicy in the YAML." }</p>
                } else {
                    { self.board() }
                    { self.reveal() }
                }
                { self.why() }
            </div>
        }
    }

    /// Whether there is something to see in the other direction.
    fn has_egress(&self) -> bool {
        self.shown.table().direction == Direction::Egress || self.shown.view.has_egress
    }

    /// What the open cell says; a moment after it was opened.
    fn heading(&self) -> Option<&Heading> {
        self.open?;
        self.shown.view.heading.as_ref().map(|(_, heading)| heading)
    }

    /// The `#?` lines. A broken text makes no promises: what is shown is that of the table.
    pub(super) fn expectations(&self) -> &[Expectation] {
        let of = if self.standing == Standing::Stale { &self.shown } else { &self.current };
        &of.view.expectations
    }

    fn direction(&self) -> Html {
        direction_switch(&DirectionSwitch {
            direction: self.shown.table().direction,
            on_direction: self
                .tell(|direction| Event::OfSession(Action::DirectionChosen(direction))),
        })
    }

    fn board(&self) -> Html {
        board(&Board {
            table: self.shown.table(),
            open: self.open,
            is_why_open: self.widget.is_why_open,
            is_stale: self.standing == Standing::Stale,
            guesses: self.widget.guesses.as_ref(),
            on_cell: self.tell(|(key, is_open)| Event::CellPressed(key, is_open)),
            on_guess: self.tell(|(key, guess)| Event::Guessed(key, guess)),
        })
    }

    /// The button below the covered table; below the uncovered one, how many guesses were right.
    fn reveal(&self) -> Html {
        let Some(guesses) = &self.widget.guesses else { return html! {} };
        let Guesses { is_revealed, .. } = guesses;
        let cells = cells(self.shown.table());
        if *is_revealed {
            let (right, all) = guesses.score(&cells);
            let words = format!("{right} of {all} right. Every cell tells why.");
            return html! { <p id={SCORE} class="score" tabindex="-1">{ words }</p> };
        }
        let (made, all) = (guesses.made(&cells), cells.len());
        let onclick = self.tell(|_| Event::Revealed);
        html! {
            <div class="reveal">
                <button type="button" class="primary" {onclick}>{ "Reveal" }</button>
                <p>{ format!("{made} of {all} guessed") }</p>
            </div>
        }
    }

    /// Why the open cell says what it says, once somebody has asked.
    fn why(&self) -> Html {
        if !self.widget.is_why_open || self.widget.is_covered() {
            return html! {};
        }
        let quiet = |text: &'static str| html! { <p class="nothing">{ text }</p> };
        let content = match self.panel.as_ref().map(|panel| &panel.sheet) {
            None => quiet("One moment…"),
            Some(None) => quiet("This part could not be had. Open the playground to see it."),
            Some(Some(sheet)) => self.drawn(&sheet.elements),
        };
        html! { <div id="explained" class="card panels">{ content }</div> }
    }

    fn drawn(&self, elements: &[protocol::Element]) -> Html {
        let on_place = self.on_place();
        let pressed = Callback::from(move |press| match press {
            Press::Lines(place) => on_place.emit(place),
            Press::Cluster => browser::focus(OPEN),
            // not to be seen here
            Press::Connection(_) | Press::Field | Press::Severity(_) | Press::Mend(..) => {}
        });
        let drawing = Drawing { pressed, on_typed: Callback::noop(), typed: None };
        elements.iter().map(|element| drawn(element, &drawing)).collect()
    }

    /// How the expectations fare, and in which world.
    fn remarks(&self) -> Html {
        let has_own_cluster = self.current.view.example == protocol::Example::Around
            && self.widget.session.cluster != self.example_cluster;
        let is_told = !self.expectations().is_empty() && !self.widget.is_covered();
        let told = is_told.then(|| tally(self.expectations()));
        html! {
            <>
                if let Some((words, class)) = told {
                    <p {class}>{ " " }{ words }</p>
                }
                if has_own_cluster {
                    <p title="Open shows it">{ "Own cluster" }</p>
                }
            </>
        }
    }

    fn footer(&self) -> Html {
        let (session, happened) = (self.widget.session.clone(), self.happened.clone());
        let (share, open) = (&self.widget.session.share, self.open);
        let again = self.happened.clone();
        let (near, leaving) = (self.widget.session.clone(), self.widget.session.clone());
        let is_link_of_now = self.is_link_of_now;
        let is_touched = !session.is_in_address || self.widget.guesses.is_some();
        footer(&Footer {
            link: &self.link,
            share,
            is_changed: is_touched,
            remarks: self.remarks(),
            on_reset: Callback::from(move |()| effects::reset(&again)),
            on_near: Callback::from(move |()| effects::refresh(&near, open)),
            on_out: Callback::from(move |event: MouseEvent| {
                if !is_link_of_now {
                    event.prevent_default();
                    effects::leave(&leaving, open);
                }
            }),
            on_copy: Callback::from(move |()| {
                effects::copy(&session, open, happened.clone());
            }),
        })
    }
}

/// In place of the verdict, which would give an answer away.
fn question() -> Html {
    html! { <div class="verdict"><p class="headline">{ "What will the table say? Guess each cell." }</p></div> }
}
