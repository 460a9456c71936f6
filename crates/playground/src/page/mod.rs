//! What the parts of the page get: their share of what was derived, and how to tell what happened.

mod answers;
mod texts;

use std::rc::Rc;

use netpol::{Analysis, Column};
use yew::{Callback, Html, UseReducerHandle, html};

use crate::{
    address,
    afterwards::Neighbours,
    app::Link,
    browser,
    components::{
        bars::{Bars, bars},
        direction::{DirectionSwitch, direction_switch},
        expectations::Expectation,
        header::{Header, header},
        rail::Rail,
        share::Sharing,
        undo::undo,
    },
    derived::{Derived, Shown, Standing, Told},
    place::Place,
    problem::{Problem, Problems},
    session::{Action, Session},
    table::Position,
};

/// All that the parts of the page are made from.
pub(crate) struct Page {
    pub(crate) session: UseReducerHandle<Session>,
    pub(crate) happened: Callback<Action>,
    pub(crate) current: Derived<Analysis>,
    pub(crate) shown: Derived<Shown>,
    pub(crate) standing: Standing,
    pub(crate) open: Option<(Position, Column)>,
    pub(crate) told: Rc<Option<Told>>,
    pub(crate) problems: Problems,
    pub(crate) neighbours: Option<Derived<Neighbours>>,
    pub(crate) expectations: Vec<Expectation>,
    pub(crate) faults: Vec<Problem>,
    pub(crate) behind: Vec<Place>,
    pub(crate) link: Link,
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
                share: self.session.share,
                link: self.link.clone(),
                on_share: self.on_share(),
                on_close: self.tell(|()| Action::LinkClosed),
            },
            on_theme: self.tell(Action::ThemeChosen),
        })
    }

    /// It stands in the header, and on a narrow screen above the table instead.
    fn direction_switch(&self) -> Html {
        direction_switch(&DirectionSwitch {
            direction: self.session.direction,
            on_direction: self.tell(Action::DirectionChosen),
        })
    }

    /// The clipboard opens to a press of a button only, so the link is made here and not in an effect.
    fn on_share(&self) -> Callback<()> {
        let (session, happened) = (self.session.clone(), self.happened.clone());
        Callback::from(move |()| {
            let (session, happened) = (session.clone(), happened.clone());
            browser::when_codec_is_here(move || {
                let link = address::link(&session, browser::link_to);
                happened.emit(Action::LinkAsked(link.is_ok()));
                if let Ok(link) = link {
                    browser::set_fragment(Some(&link));
                    let copied = happened.reform(Action::LinkCopied);
                    browser::copy(browser::full_address(&link), copied);
                }
            });
        })
    }

    pub(crate) fn rail(&self) -> Html {
        let current = self.session.scenario.map(|scenario| scenario.slug);
        html! { <Rail {current} /> }
    }

    pub(crate) fn undo(&self) -> Html {
        undo(
            self.session.mended.as_ref(),
            &self.tell(|()| Action::MendUndone),
            &self.tell(|()| Action::MendKept),
        )
    }

    pub(crate) fn bars(&self) -> Html {
        bars(&Bars {
            notice: self.session.notice.clone(),
            has_draft: self.session.draft.is_some(),
            on_dismiss: self.tell(|()| Action::NoticeDismissed),
            on_remains: self.tell(|()| Action::RemainsOpened),
            on_restore: self.tell(|()| Action::DraftRestored),
            on_forget: self.tell(|()| Action::DraftDismissed),
        })
    }
}
