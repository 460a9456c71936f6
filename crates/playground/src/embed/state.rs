//! What a reader, and the page around the frame, have put into the widget. A fact goes in, the next widget comes out.

use std::rc::Rc;

use protocol::{CellKey, Opened, Start, Tab};
use yew::Reducible;

use super::{
    guess::{Guess, Guesses},
    wishes::{View, Wishes},
};
use crate::{
    choices::Theme,
    draft::Drafts,
    session::{Action, Session},
};

/// Everything that the widget is derived from.
#[derive(Debug, Clone, PartialEq)]
pub struct Widget {
    /// The text and what was chosen about it.
    pub session: Session,
    /// What the address asks for beside the text.
    pub wishes: Wishes,
    /// Whether the open cell is explained; before somebody asks, it is only outlined.
    pub is_why_open: bool,
    /// Whether the YAML is to be seen.
    pub is_yaml_open: bool,
    /// Whether all its lines are.
    pub is_unfolded: bool,
    /// What the reader expects, while that is asked.
    pub guesses: Option<Guesses>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Something that the session knows about.
    OfSession(Action),
    /// The address leads here: it has changed, or the reader wants to begin anew.
    Opened(Box<Opened>),
    /// The page around the frame has put a text in.
    Put(Box<Opened>),
    /// A cell was pressed, and whether it was the open one.
    CellPressed(CellKey, bool),
    /// A cell was guessed.
    Guessed(CellKey, Guess),
    /// The table is to be uncovered.
    Revealed,
    /// The YAML was asked for, or put away.
    YamlSwitched,
    /// All lines of the YAML were asked for, or only some.
    LinesSwitched,
}

impl Widget {
    /// The widget as its address asks for it.
    pub fn begin(start: &Start, wishes: Wishes) -> Self {
        let Start { contents, opened } = start.clone();
        let mut widget = Self {
            session: Session::begin(opened, &contents.example_cluster, Theme::System, None),
            wishes,
            is_why_open: false,
            is_yaml_open: wishes.view != View::Table,
            is_unfolded: false,
            guesses: None,
        };
        widget.begin_text();
        widget
    }

    /// Whether the answers are not to be seen yet.
    pub fn is_covered(&self) -> bool {
        self.guesses.as_ref().is_some_and(|guesses| !guesses.is_revealed)
    }

    /// Whether the text was changed by the reader.
    pub fn is_edited(&self) -> bool {
        self.session.is_edited()
    }

    /// Another text: nothing has been asked about it.
    fn begin_text(&mut self) {
        if let Some(direction) = self.wishes.direction {
            self.session.direction = Some(direction);
        }
        // nothing is kept here for later
        self.session.drafts = Drafts::default();
        self.is_why_open = false;
        self.guesses = self.wishes.predict.then(Guesses::default);
    }

    fn press(&mut self, cell: CellKey, is_open: bool) {
        if is_open && self.is_why_open {
            self.is_why_open = false;
        } else {
            self.is_why_open = true;
            self.told(Action::CellOpened(cell, false));
        }
    }

    fn told(&mut self, action: Action) {
        match &action {
            Action::TextEdited(..) => {
                // a guess that was compared is done with once the text is another
                self.guesses = self.guesses.take().filter(|guesses| !guesses.is_revealed);
            }
            Action::LinesChosen(place, _) if place.tab == Tab::Policies => {
                self.is_yaml_open = true;
                self.is_unfolded = true;
            }
            _ => {}
        }
        // a link that is made here is no address of this frame
        let is_in_address = self.session.is_in_address;
        let is_asked = matches!(action, Action::LinkAsked(_));
        let session = Rc::new(self.session.clone());
        self.session = Rc::unwrap_or_clone(session.reduce(action));
        self.session.is_in_address &= is_in_address || !is_asked;
    }
}

impl Reducible for Widget {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let mut widget = Rc::unwrap_or_clone(self);
        match event {
            Event::OfSession(action) => widget.told(action),
            Event::Opened(opened) => {
                widget.session.follow(*opened);
                widget.begin_text();
            }
            Event::Put(opened) => {
                widget.session.show(*opened);
                widget.session.is_in_address = false;
                widget.begin_text();
            }
            Event::CellPressed(cell, is_open) => widget.press(cell, is_open),
            Event::Guessed(cell, guess) => {
                if let Some(guesses) = &mut widget.guesses {
                    guesses.make(cell, guess);
                }
            }
            Event::Revealed => {
                if let Some(guesses) = &mut widget.guesses {
                    guesses.is_revealed = true;
                }
            }
            Event::YamlSwitched => widget.is_yaml_open = !widget.is_yaml_open,
            Event::LinesSwitched => widget.is_unfolded = !widget.is_unfolded,
        }
        Rc::new(widget)
    }
}
