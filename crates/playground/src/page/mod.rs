//! What the parts of the page get: their share of what was derived, and how to tell what happened.

mod answers;
mod texts;

use netpol::{Analysis, Column, Heading};
use yew::{AttrValue, Callback, Html, UseReducerHandle, html};

use crate::{
    address,
    advice::{self, Advice},
    afterwards::Drawn,
    browser,
    choices::Panel,
    components::{
        bars::{Bars, bars},
        direction::{DirectionSwitch, direction_switch},
        expectations::Expectation,
        header::{Header, header},
        rail::rail,
        share::Sharing,
        sketched::{Drawing, drawn},
        undo::undo,
    },
    derived::{Derived, Shown, Standing},
    mend::Mend,
    place::{Place, Tab},
    problem::Problem,
    session::{Action, Session},
    sketch::Press,
    table::Position,
    wire::Words,
};

/// All that the parts of the page are made from.
pub(crate) struct Page {
    pub(crate) session: UseReducerHandle<Session>,
    pub(crate) happened: Callback<Action>,
    pub(crate) current: Derived<Analysis>,
    pub(crate) shown: Derived<Shown>,
    pub(crate) standing: Standing,
    pub(crate) open: Option<(Position, Column)>,
    pub(crate) heading: Option<Heading>,
    pub(crate) told: Option<Derived<Drawn>>,
    pub(crate) panel: Panel,
    pub(crate) hanging: Vec<(Position, Column)>,
    pub(crate) read: Derived<Vec<Problem>>,
    pub(crate) advice: Option<Derived<Advice>>,
    pub(crate) expectations: Vec<Expectation>,
    pub(crate) faults: Vec<Problem>,
    pub(crate) behind: Vec<Place>,
    /// Whether the panel, and the lines behind the open cell with it, are what was asked for, and not of a moment ago.
    pub(crate) is_behind_known: bool,
    /// What can be done with a link beside copying it.
    pub(crate) sharing: Option<Derived<Drawn>>,
}

impl Page {
    /// Tells the reducer what an event means.
    fn tell<T: 'static>(&self, action: impl Fn(T) -> Action + 'static) -> Callback<T> {
        self.happened.reform(action)
    }

    /// Lines were asked for, with the cursor on them.
    fn on_place(&self) -> Callback<Place> {
        self.tell(|place| Action::LinesChosen(place, true))
    }

    pub(crate) fn header(&self) -> Html {
        header(&Header {
            theme: self.session.theme,
            direction: self.direction_switch(),
            sharing: Sharing {
                share: self.session.share.clone(),
                more: self.more_to_share(),
                on_share: self.on_share(),
                on_close: self.tell(|()| Action::LinkClosed),
            },
            on_theme: self.tell(Action::ThemeChosen),
        })
    }

    /// It stands in the header, and on a narrow screen above the table instead.
    fn direction_switch(&self) -> Html {
        direction_switch(&DirectionSwitch {
            direction: self.shown.table.direction,
            on_direction: self.tell(Action::DirectionChosen),
        })
    }

    /// The clipboard opens to a press of a button only, so the link is made here and not in an effect.
    fn on_share(&self) -> Callback<()> {
        let (session, happened, open) = (self.session.clone(), self.happened.clone(), self.open);
        let direction = self.shown.table.direction;
        let (analysis, is_sound) = (self.current.clone(), self.standing == Standing::Current);
        Callback::from(move |()| {
            let (session, happened) = (session.clone(), happened.clone());
            let mut question = advice::question(advice::RECORD, &analysis, session.witnesses);
            question.push(direction.to_string());
            browser::ask(question, None, move |record| {
                browser::when_codec_is_here(move || {
                    let record = record.into_iter().flatten().next().filter(|_| is_sound);
                    let link = address::link(&session, open, record, browser::link_to);
                    let address = link.map(|link| {
                        browser::set_fragment(Some(&link));
                        AttrValue::from(browser::full_address(&link))
                    });
                    happened.emit(Action::LinkAsked(address.clone()));
                    if let Ok(address) = address {
                        browser::copy(address.to_string(), happened.reform(Action::LinkCopied));
                    }
                });
            });
        })
    }

    /// What can be done with the link beside copying it.
    fn more_to_share(&self) -> Html {
        let Some(drawn) = &self.sharing else { return html! {} };
        self.drawn(drawn.sketches.clone().unwrap_or_default(), &drawn.analysis)
    }

    /// What the module of advice has sketched of these texts.
    fn drawn(&self, words: Vec<String>, analysis: &Derived<Analysis>) -> Html {
        let analysis = analysis.clone();
        let pressed = self.tell(move |press| match press {
            Press::Lines(place) => Action::LinesChosen(place, true),
            Press::Severity(severity) => Action::SeveritySwitched(severity),
            Press::Mend(title, rewrite) => {
                Action::MendChosen(Mend { title, rewrite, analysis: analysis.clone() })
            }
            Press::Connection(text) => Action::ConnectionAsked(text.into()),
            Press::Cluster => Action::TabChosen(Tab::Cluster),
            Press::Field => Action::ConnectionAsked(AttrValue::default()),
        });
        let on_typed = self.tell(Action::ConnectionTyped);
        let drawing = Drawing { pressed, on_typed, typed: self.session.typed.clone() };
        Words::of(words).rest(|words| drawn(words, &drawing)).into_iter().collect()
    }

    pub(crate) fn rail(&self) -> Html {
        rail(self.session.scenario.map(|scenario| scenario.slug))
    }

    pub(crate) fn undo(&self) -> Html {
        undo(
            self.session.mended.as_ref(),
            &self.tell(|()| Action::MendUndone),
            &self.tell(|()| Action::MendKept),
        )
    }

    pub(crate) fn bars(&self) -> Html {
        let told = self.advice.as_ref().filter(|_| self.session.recorded.is_some());
        let changed = told.map(|told| self.drawn(told.changed.clone(), &told.analysis));
        bars(&Bars {
            changed: changed.unwrap_or_default(),
            notice: self.session.notice.clone(),
            has_draft: self.session.drafts.last().is_some(),
            on_dismiss: self.tell(|()| Action::NoticeDismissed),
            on_remains: self.tell(|()| Action::RemainsOpened),
            on_restore: self.tell(|()| Action::DraftRestored),
            on_forget: self.tell(|()| Action::DraftDismissed),
        })
    }
}
