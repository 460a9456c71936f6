//! How a text comes into the session: by the address, by a link, or back from a draft.

use std::rc::Rc;

use protocol::{Open, Opened, Panel, Tab, Texts};
use yew::AttrValue;

use crate::{
    answered::Answered,
    choices::{Edited, Share},
    draft::Draft,
    session::Session,
};

impl Session {
    /// Goes where an address leads.
    pub(crate) fn follow(&mut self, opened: Opened) {
        self.drafts.put(self.unsaved());
        self.is_in_address = true;
        self.show(opened);
        self.drafts.forget(&self.policies, &self.cluster);
    }

    /// Shows texts with what is to be seen of them first.
    pub(crate) fn show(&mut self, opened: Opened) {
        let answered = Answered::of(&opened);
        let Opened { texts, scenario, built_in_cluster, direction, open, .. } = opened;
        let Texts { policies, cluster, witnesses } = texts;
        self.take_text(policies.into(), cluster.into());
        self.opened = Rc::new(answered);
        self.scenario = scenario.map(Rc::new);
        self.scenario_cluster = built_in_cluster.into();
        self.witnesses = witnesses;
        self.direction = direction;
        self.open = open;
        self.panel = opened.panel;
        self.tab = opened.tab;
        self.recorded = opened.recorded.map(AttrValue::from);
        self.notice = opened.notice;
    }

    /// Shows what could be read of a broken link.
    pub(crate) fn take_remains(&mut self, kept: &str) {
        // a textarea has no other line end than this one
        let text = kept.replace("\r\n", "\n").replace('\r', "\n");
        self.take_text(text.into(), self.example_cluster.clone());
    }

    /// Brings the last draft back; the text that makes way for it changes places with it.
    pub(crate) fn restore_last(&mut self) {
        let unsaved = self.unsaved();
        if let Some(draft) = self.drafts.take() {
            self.restore(draft);
        }
        self.drafts.put(unsaved);
    }

    fn restore(&mut self, draft: Draft) {
        self.take_text(draft.policies, draft.cluster);
        self.witnesses = draft.witnesses;
        let has_own = self.cluster != self.example_cluster;
        self.edited = if has_own { Edited::Cluster } else { Edited::Text };
        self.is_in_address = false;
    }

    /// Another text in place of the one that is there.
    fn take_text(&mut self, policies: AttrValue, cluster: AttrValue) {
        self.policies = policies;
        self.cluster = cluster;
        self.scenario = None;
        self.edited = Edited::Nothing;
        self.witnesses = true;
        self.text_number += 1;
        self.direction = None;
        self.open = Open::Unchosen;
        self.panel = Panel::Why;
        self.tab = Tab::Policies;
        self.recorded = None;
        self.caret = None;
        self.hovered = None;
        self.connection = None;
        self.typed = None;
        self.jump = None;
        self.share = Share::Closed;
        self.mended = None;
    }
}
