//! Edits that the page makes on somebody's behalf: a fix, a neighbour tried out. Each is for one text and no other, and
//! can be taken back until something else is typed.

use protocol::Tab;
use yew::AttrValue;

use crate::{
    choices::{Mend, Mended},
    session::Session,
};

impl Session {
    /// Makes an edit, if the text is still the one that it was made for.
    pub(crate) fn mend(&mut self, mend: Mend) {
        let Mend { title, rewrite, texts } = mend;
        let tab = rewrite.tab;
        let before = self.text_of(tab).clone();
        let meant = match tab {
            Tab::Policies => texts.policies,
            Tab::Cluster => texts.cluster,
        };
        let edited = rewrite.apply(&before).filter(|_| *before == *meant);
        let Some(text) = edited else { return };
        let line = rewrite.first_line(&before);
        let number = self.mended.as_ref().map_or(0, |mended| mended.number + 1);
        let (edited, filled) = (self.edited, self.witnesses);
        self.put(tab, text.into());
        self.tab = tab;
        let witnesses = [filled, self.witnesses];
        self.mended = Some(Mended { title, tab, line, before, edited, witnesses, number });
    }

    /// Takes the last edit back.
    pub(crate) fn undo_mend(&mut self) {
        if let Some(Mended { tab, before, edited, witnesses, .. }) = self.mended.take() {
            let [filled, since] = witnesses;
            // unless somebody has switched them meanwhile
            let filled = if self.witnesses == since { filled } else { self.witnesses };
            self.put(tab, before);
            self.edited = edited;
            self.witnesses = filled;
        }
    }

    const fn text_of(&self, tab: Tab) -> &AttrValue {
        match tab {
            Tab::Policies => &self.policies,
            Tab::Cluster => &self.cluster,
        }
    }

    fn put(&mut self, tab: Tab, text: AttrValue) {
        match tab {
            Tab::Policies => {
                self.policies = text;
                self.touch();
            }
            Tab::Cluster => self.edit_cluster(text),
        }
    }
}
