//! What the parts of the page get: their share of what was derived, and how to tell what happened.

mod answers;
mod texts;

use std::rc::Rc;

use protocol::{Advice, Column, Panel, Place, Position, Press, Start, Tab, Texts};
use yew::{AttrValue, Callback, Html, UseReducerHandle, html};

use crate::{
    answered::Answered,
    answers::{Advised, Sheeted},
    browser,
    choices::Mend,
    components::{
        bars::{Bars, bars},
        direction::{DirectionSwitch, direction_switch},
        elements::{Drawing, drawn},
        header::{Header, header},
        rail::rail,
        share::Sharing,
        undo::undo,
    },
    session::{Action, Session},
    views::Standing,
};

/// All that the parts of the page are made from.
pub(crate) struct Page {
    /// What the page began with.
    pub(crate) start: Rc<Start>,
    pub(crate) session: UseReducerHandle<Session>,
    pub(crate) happened: Callback<Action>,
    pub(crate) current: Rc<Answered>,
    pub(crate) shown: Rc<Answered>,
    pub(crate) standing: Standing,
    /// Whether the answers are about the text of now.
    pub(crate) is_answered: bool,
    pub(crate) open: Option<(Position, Column)>,
    pub(crate) panel_kind: Panel,
    pub(crate) panel: Option<Sheeted>,
    pub(crate) influenced: Vec<(Position, Column)>,
    pub(crate) advised: Option<Advised>,
    pub(crate) behind: Vec<Place>,
    /// Whether the panel, and the lines behind the open cell with it, are what was asked for, and not of a moment ago.
    pub(crate) is_behind_known: bool,
    /// What can be done with a link beside copying it.
    pub(crate) sharing: Option<Sheeted>,
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
            direction: self.shown.table().direction,
            on_direction: self.tell(Action::DirectionChosen),
        })
    }

    /// The clipboard opens to a press of a button only: it is given the promise of a link.
    fn on_share(&self) -> Callback<()> {
        let happened = self.happened.clone();
        let direction = self.shown.table().direction;
        let recorded = (self.standing == Standing::Current).then_some(direction);
        let question = self.session.link_question(self.open, recorded);
        Callback::from(move |()| {
            let happened = happened.clone();
            let (text, give) = browser::promised_text();
            browser::copy(text, happened.reform(Action::LinkCopied));
            browser::ask(question.clone(), None, move |link| {
                let link = link.unwrap_or_else(|failure| Err(failure.notice()));
                let address = link.map(|link| {
                    browser::set_fragment(Some(&link));
                    AttrValue::from(browser::full_address(&link))
                });
                happened.emit(Action::LinkAsked(address.clone()));
                if let Ok(address) = address {
                    give(&address);
                }
            });
        })
    }

    /// What can be done with the link beside copying it.
    fn more_to_share(&self) -> Html {
        let Some(sharing) = &self.sharing else { return html! {} };
        let elements = sharing.sheet.as_ref().map(|sheet| sheet.elements.as_slice());
        self.drawn(elements.unwrap_or_default(), sharing.texts())
    }

    /// What the engine says of these texts.
    fn drawn(&self, elements: &[protocol::Element], texts: &Texts) -> Html {
        let texts = texts.clone();
        let pressed = self.tell(move |press| match press {
            Press::Lines(place) => Action::LinesChosen(place, true),
            Press::Severity(severity) => Action::SeveritySwitched(severity),
            Press::Mend(title, rewrite) => {
                Action::MendChosen(Mend { title, rewrite, texts: texts.clone() })
            }
            Press::Connection(text) => Action::ConnectionAsked(text.into()),
            Press::Cluster => Action::TabChosen(Tab::Cluster),
            Press::Field => Action::ConnectionAsked(AttrValue::default()),
        });
        let on_typed = self.tell(Action::ConnectionTyped);
        let drawing = Drawing { pressed, on_typed, typed: self.session.typed.clone() };
        elements.iter().map(|element| drawn(element, &drawing)).collect()
    }

    /// Something of the advice.
    fn advised(&self, part: impl FnOnce(&Advice) -> &[protocol::Element]) -> Html {
        let Some(advised) = &self.advised else { return html! {} };
        let elements = advised.advice().map(part).unwrap_or_default();
        self.drawn(elements, advised.texts())
    }

    pub(crate) fn rail(&self) -> Html {
        rail(
            &self.start.contents,
            self.session.scenario.as_deref().map(|scenario| scenario.slug.as_str()),
        )
    }

    pub(crate) fn undo(&self) -> Html {
        undo(
            self.session.mended.as_ref(),
            &self.tell(|()| Action::MendUndone),
            &self.tell(|()| Action::MendKept),
        )
    }

    pub(crate) fn bars(&self) -> Html {
        let has_record = self.session.recorded.is_some();
        let changed = if has_record {
            self.advised(|advice| &advice.changed)
        } else {
            html! {}
        };
        bars(&Bars {
            changed,
            notice: self.session.notice.clone(),
            has_draft: self.session.drafts.last().is_some(),
            on_dismiss: self.tell(|()| Action::NoticeDismissed),
            on_remains: self.tell(|()| Action::RemainsOpened),
            on_restore: self.tell(|()| Action::DraftRestored),
            on_forget: self.tell(|()| Action::DraftDismissed),
        })
    }
}
