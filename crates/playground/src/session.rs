//! What a person has put in, and nothing that can be computed from it. A fact goes in, the next session comes out:
//! no storage, no clock, no browser.

use std::rc::Rc;

use protocol::{
    Column, Direction, LinkQuestion, Notice, Open, Opened, Panel, Place, Position, Scenario,
    Severity, Tab, Texts, ViewQuestion,
};
use yew::{AttrValue, Reducible};

pub use crate::{
    action::Action,
    choices::{Edited, Jump, Share, Theme},
};
use crate::{
    answered::Answered,
    choices::Mended,
    draft::{Draft, Drafts},
    text::is_replacement,
};

/// Everything that the page is derived from.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// The policies, as they stand in the editor.
    pub policies: AttrValue,
    /// The cluster, as it stands in its tab.
    pub cluster: AttrValue,
    /// The built-in text that the policies are, or began as.
    pub scenario: Option<Rc<Scenario>>,
    /// The cluster of that text.
    pub(crate) scenario_cluster: AttrValue,
    /// The cluster that a text meets which is no built-in one.
    pub example_cluster: AttrValue,
    /// The table that came with the texts.
    pub opened: Rc<Answered>,
    /// What was changed since the text was opened.
    pub edited: Edited,
    /// Whether the address bar speaks of these texts.
    pub is_in_address: bool,
    /// Counts the texts: another one opened, or the old one replaced as a whole. A table outlives a typing error only
    /// within one text.
    pub text_number: u32,
    /// The direction of the table that somebody has chosen; else it is the text's own.
    pub direction: Option<Direction>,
    /// The cell that is explained.
    pub open: Open,
    /// The tab beside the table.
    pub tab: Tab,
    /// What is shown below the table.
    pub panel: Panel,
    /// Problems of these severities are not shown.
    pub hidden: Vec<Severity>,
    /// The last edit that was not typed, while it can still be taken back.
    pub mended: Option<Mended>,
    /// Whether the cluster is filled up with what the policies name.
    pub witnesses: bool,
    /// The colours.
    pub theme: Theme,
    /// The line of the policies that the cursor is in.
    pub caret: Option<usize>,
    /// The line of the policies that the pointer rests on.
    pub hovered: Option<usize>,
    /// The connection that was asked for, as it was typed; none while an example serves.
    pub connection: Option<AttrValue>,
    /// What stands in the field for another connection, while it differs from the one that was asked for.
    pub typed: Option<AttrValue>,
    /// The lines that the person asked to see last.
    pub jump: Option<Jump>,
    /// How far sharing has come.
    pub share: Share,
    /// What to say about the address that led here.
    pub notice: Option<Notice>,
    /// What the table said when the link was made that led here.
    pub recorded: Option<AttrValue>,
    /// Edited texts that had to make way for others.
    pub drafts: Drafts,
}

impl Session {
    /// The first session: what the address asks for, with the drafts of an earlier visit at hand.
    pub fn begin(
        opened: Opened,
        example_cluster: &str,
        theme: Theme,
        drafts: impl Into<Drafts>,
    ) -> Self {
        let mut session = Self {
            policies: AttrValue::default(),
            cluster: AttrValue::default(),
            scenario: None,
            scenario_cluster: AttrValue::default(),
            example_cluster: example_cluster.to_owned().into(),
            opened: Rc::new(Answered::of(&opened)),
            edited: Edited::Nothing,
            is_in_address: true,
            text_number: 0,
            direction: None,
            open: Open::Unchosen,
            tab: Tab::Policies,
            panel: Panel::Why,
            hidden: Vec::new(),
            mended: None,
            witnesses: true,
            theme,
            caret: None,
            hovered: None,
            connection: None,
            typed: None,
            jump: None,
            share: Share::Closed,
            notice: None,
            recorded: None,
            drafts: drafts.into(),
        };
        session.follow(opened);
        session
    }

    /// The texts.
    pub fn texts(&self) -> Texts {
        Texts {
            policies: shared(&self.policies),
            cluster: shared(&self.cluster),
            witnesses: self.witnesses,
        }
    }

    /// What is asked of the engine for the table.
    pub fn view_question(&self) -> ViewQuestion {
        ViewQuestion { texts: self.texts(), direction: self.direction, open: self.open.clone() }
    }

    /// What is asked of the engine for a link; it remembers the table in this direction.
    pub fn link_question(
        &self,
        position: Option<(Position, Column)>,
        recorded: Option<Direction>,
    ) -> LinkQuestion {
        LinkQuestion {
            texts: self.texts(),
            direction: self.direction,
            open: self.open.clone(),
            position,
            panel: self.panel,
            tab: self.tab,
            recorded,
        }
    }

    /// The cluster that "the built-in one" means here.
    pub const fn built_in_cluster(&self) -> &AttrValue {
        if self.scenario.is_some() { &self.scenario_cluster } else { &self.example_cluster }
    }

    /// Whether a text was changed since it was opened.
    pub fn is_edited(&self) -> bool {
        self.edited != Edited::Nothing
    }

    /// What would be lost if another text took this one's place.
    pub fn unsaved(&self) -> Option<Draft> {
        let has_text = !self.policies.trim().is_empty();
        (self.is_edited() && !self.is_in_address && has_text).then(|| Draft {
            policies: self.policies.clone(),
            cluster: self.cluster.clone(),
            witnesses: self.witnesses,
        })
    }

    fn edit_policies(&mut self, text: AttrValue, caret: Option<usize>) {
        if text != self.policies {
            self.mended = None;
        }
        if is_replacement(&self.policies, &text) {
            self.text_number += 1;
            self.connection = None;
            self.scenario = None;
            self.open = Open::Unchosen;
            self.direction = None;
        }
        self.policies = text;
        self.caret = caret;
        self.hovered = None;
        self.touch();
    }

    pub(crate) fn edit_cluster(&mut self, text: AttrValue) {
        self.edited = Edited::Cluster;
        self.set_cluster(text);
    }

    fn reset_cluster(&mut self) {
        self.edited = Edited::Text;
        self.set_cluster(self.built_in_cluster().clone());
    }

    fn set_cluster(&mut self, text: AttrValue) {
        if text != self.cluster {
            self.mended = None;
        }
        self.cluster = text;
        self.touch();
    }

    pub(crate) fn touch(&mut self) {
        self.edited = self.edited.and_text();
        self.is_in_address = false;
        self.recorded = None;
        self.look_elsewhere();
    }

    /// A link that was made shows something else than the page does now.
    fn look_elsewhere(&mut self) {
        self.share = Share::Closed;
    }

    fn keep_witnesses(&mut self, yaml: &str) {
        let mut text = self.cluster.trim_end().to_owned();
        if !text.is_empty() {
            text.push_str("\n---\n");
        }
        text.push_str(yaml);
        self.set_cluster(text.into());
    }

    fn switch(&mut self, severity: Severity) {
        match self.hidden.iter().position(|hidden| *hidden == severity) {
            Some(at) => drop(self.hidden.swap_remove(at)),
            None => self.hidden.push(severity),
        }
    }

    fn jump_to(&mut self, place: Place, with_cursor: bool) {
        let number = self.jump.as_ref().map_or(0, |jump| jump.number + 1);
        self.tab = place.tab;
        self.jump = Some(Jump { place, with_cursor, number });
    }
}

impl Reducible for Session {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut session = Rc::unwrap_or_clone(self);
        match action {
            Action::TextEdited(text, caret) => session.edit_policies(text, caret),
            Action::ClusterEdited(text) => session.edit_cluster(text),
            Action::ClusterReset => session.reset_cluster(),
            Action::WitnessesKept(yaml) => session.keep_witnesses(&yaml),
            Action::WitnessesSwitched(is_on) => {
                session.witnesses = is_on;
                session.look_elsewhere();
                session.recorded = None;
            }
            Action::LinkOpened(opened) => session.follow(*opened),
            Action::CameBack(opened) => {
                if session.drafts.last().is_some() {
                    session.restore_last();
                } else {
                    session.follow(*opened);
                }
            }
            Action::RemainsOpened => {
                if let Some(kept) = session.notice.take().and_then(|notice| notice.kept) {
                    session.take_remains(&kept);
                    session.touch();
                }
            }
            Action::DirectionChosen(direction) => {
                session.direction = Some(direction);
                session.look_elsewhere();
            }
            Action::CellOpened(key, was_open) => {
                // the cell of a why that is out of sight is not closed but looked at
                let is_seen = was_open && session.panel == Panel::Why;
                session.open = if is_seen { Open::Closed } else { Open::Cell(key) };
                session.panel = Panel::Why;
                session.connection = None;
                session.typed = None;
                session.look_elsewhere();
            }
            Action::TabChosen(tab) => {
                session.tab = tab;
                session.look_elsewhere();
            }
            Action::PanelChosen(panel) => {
                session.panel = panel;
                session.look_elsewhere();
            }
            Action::SeveritySwitched(severity) => session.switch(severity),
            Action::MendChosen(mend) => session.mend(mend),
            Action::MendUndone => session.undo_mend(),
            Action::MendKept => session.mended = None,
            Action::CaretMoved(line) => {
                session.caret = Some(line);
                session.hovered = None;
            }
            Action::LineHovered(line) => session.hovered = line,
            Action::ConnectionTyped(text) => session.typed = Some(text),
            Action::ConnectionAsked(text) => {
                session.typed = None;
                session.connection = (!text.trim().is_empty()).then_some(text);
            }
            Action::LinesChosen(place, with_cursor) => session.jump_to(place, with_cursor),
            Action::ThemeChosen(theme) => session.theme = theme,
            Action::LinkAsked(link) => {
                session.is_in_address |= link.is_ok();
                session.share = link.map_or_else(Share::Refused, |link| Share::Link(link, None));
            }
            Action::LinkCopied(copied) => {
                if let Share::Link(_, is_copied @ None) = &mut session.share {
                    *is_copied = Some(copied);
                }
            }
            Action::LinkClosed => session.share = Share::Closed,
            Action::NoticeDismissed => session.notice = None,
            Action::DraftRestored => session.restore_last(),
            Action::DraftDismissed => drop(session.drafts.take()),
        }
        Rc::new(session)
    }
}

/// The text, without a copy of it.
fn shared(text: &AttrValue) -> Rc<str> {
    match text {
        AttrValue::Static(text) => Rc::from(*text),
        AttrValue::Rc(text) => Rc::clone(text),
    }
}
