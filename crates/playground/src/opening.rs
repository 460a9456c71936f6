//! How a text comes into the session: by the address, by a link, or back from a draft.

use lessons::Scenario;
use netpol::scoreboard::Record;
use permalink::{Fields, Route, Shared};
use yew::AttrValue;

use crate::{
    address::{self, Notice},
    choices::{Edited, Open, Panel, Share},
    draft::Draft,
    place::Tab,
    session::Session,
};

impl Session {
    pub(crate) fn open_route(&mut self, route: Result<Route, Notice>) {
        self.drafts.put(self.unsaved());
        self.notice = None;
        self.is_in_address = true;
        match route {
            Ok(Route::Home) => self.open_landing(),
            Ok(Route::Scenario(slug)) => match lessons::scenario(slug.as_str()) {
                Some(scenario) => self.open_scenario(scenario),
                None => self.open_landing_with(Notice::unknown_scenario(slug.as_str())),
            },
            Ok(Route::Shared(shared)) => self.open_shared(&shared),
            Ok(Route::Exercise(_) | Route::Compare(..)) => {
                self.open_landing_with(Notice::not_yet());
            }
            Err(notice) => self.open_landing_with(notice),
        }
        self.drafts.forget(&self.policies, &self.cluster);
    }

    fn open_landing(&mut self) {
        if let Some(scenario) = lessons::scenario(lessons::LANDING) {
            self.open_scenario(scenario);
        }
    }

    fn open_landing_with(&mut self, notice: Notice) {
        self.open_landing();
        self.notice = Some(notice);
    }

    fn open_scenario(&mut self, scenario: &'static Scenario) {
        self.take_text(
            AttrValue::Static(scenario.policies),
            AttrValue::Static(scenario.cluster_text()),
        );
        self.scenario = Some(scenario);
        self.open = address::first_open(scenario);
    }

    pub(crate) fn open_shared(&mut self, shared: &Shared) {
        // a textarea has no other line end than this one
        let text = |text: &str| AttrValue::from(text.replace("\r\n", "\n").replace('\r', "\n"));
        let cluster =
            shared.cluster.as_deref().map_or(AttrValue::Static(lessons::CLUSTER), |cluster| {
                if cluster == lessons::CLUSTER {
                    AttrValue::Static(lessons::CLUSTER)
                } else {
                    text(cluster)
                }
            });
        self.take_text(text(&shared.policies), cluster);
        self.scenario = address::built_in(&self.policies, &self.cluster);
        let Fields { direction, without_witnesses, open, view, result } = &shared.fields;
        self.witnesses = !without_witnesses;
        // a link that remembers a table shows the same one again, whatever a text shows by itself today
        let remembered = result.as_deref().and_then(Record::read).map(|record| record.direction());
        self.direction = direction.map(address::from_link).or(remembered);
        if let Some(open) = open {
            self.open = address::open_from_link(open);
        }
        let shows = |letter| view.as_ref().is_some_and(|view| view.contains(letter));
        self.panel = match () {
            () if shows(address::PROBLEMS) => Panel::Problems,
            () if shows(address::NEIGHBOURS) => Panel::Neighbours,
            () => Panel::Why,
        };
        if shows(address::CLUSTER) {
            self.tab = Tab::Cluster;
        }
        self.recorded = result.clone().map(AttrValue::from);
    }

    pub(crate) fn restore(&mut self, draft: Draft) {
        self.take_text(draft.policies, draft.cluster);
        self.witnesses = draft.witnesses;
        let has_own = self.cluster != lessons::CLUSTER;
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
