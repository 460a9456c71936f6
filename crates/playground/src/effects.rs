//! One hook for each thing that the page does beside showing itself.

use std::rc::Rc;

use protocol::{Open, OpenQuestion, Place, Tab};
use yew::{Callback, hook, use_effect_with, use_mut_ref, use_state_eq};

use crate::{
    announce::{Heard, changes},
    answered::Answered,
    browser,
    choices::Mended,
    components::{panels::tab_id, undo::UNDO},
    draft::Drafts,
    session::{Action, Jump, Session, Share, Theme},
    start::leads_to_landing,
};

/// Typing pauses when nothing has happened for so long.
const PAUSE: u32 = 900;
/// A draft is stored when nothing has been typed for so long.
const DRAFT_PAUSE: u32 = 300;

/// Follows links and the Back button, and keeps the edited text, or the one that made way, for the next visit: after a
/// pause, and at once when the page is left.
#[hook]
pub fn use_visit(session: &Session, happened: Callback<Action>) {
    let mut drafts = session.drafts.clone();
    drafts.put(session.unsaved());
    let is_first = use_mut_ref(|| true);
    let unstored = use_mut_ref(|| None::<Drafts>);
    let keep = {
        let unstored = unstored.clone();
        move || {
            if let Some(drafts) = unstored.take() {
                browser::store_drafts(drafts.to_stored().as_deref());
            }
        }
    };
    let keep_at_once = keep.clone();
    use_effect_with((), move |()| {
        browser::measure_first_table();
        let routes = browser::on_address(move |address| {
            let happened = happened.clone();
            let is_back = leads_to_landing(&address) && browser::is_back_at_draft();
            browser::ask(OpenQuestion::Address(address), None, move |opened| {
                let Ok(opened) = opened.map(Box::new) else { return };
                happened.emit(if is_back {
                    Action::CameBack(opened)
                } else {
                    Action::LinkOpened(opened)
                });
            });
        });
        let leaving = browser::on_leave(keep_at_once);
        move || drop((routes, leaving))
    });
    use_effect_with(drafts, move |drafts| {
        let later = (!is_first.replace(false)).then(|| {
            unstored.replace(Some(drafts.clone()));
            browser::later(DRAFT_PAUSE, keep)
        });
        move || drop(later)
    });
}

/// What the page answers to as soon as it is another.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    is_in_address: bool,
    theme: Theme,
    is_to_copy: bool,
    jump: Option<Jump>,
    opened: (Open, u32),
    first_behind: Option<Place>,
    mended: Option<Mended>,
    panel_tab: &'static str,
}

impl Seen {
    /// What is seen of a session; `behind` are the lines behind the open cell, once they are known.
    pub fn of(session: &Session, behind: Option<&Vec<Place>>) -> Self {
        let first = behind.into_iter().flatten().find(|place| place.tab == Tab::Policies);
        Self {
            is_in_address: session.is_in_address,
            theme: session.theme,
            is_to_copy: matches!(session.share, Share::Link(_, Some(false))),
            jump: session.jump.clone(),
            opened: (session.open.clone(), session.text_number),
            first_behind: first.copied(),
            mended: session.mended.clone(),
            panel_tab: tab_id(session.panel),
        }
    }

    fn follow(&self, before: Option<&Self>) {
        let is_new =
            |is_other: fn(&Self, &Self) -> bool| before.is_none_or(|before| is_other(before, self));
        // the link leaves the address bar once the text is another
        if !self.is_in_address && is_new(|before, now| before.is_in_address != now.is_in_address) {
            browser::set_fragment(None);
        }
        // the first one was there before the page was
        if before.is_some() && is_new(|before, now| before.theme != now.theme) {
            browser::set_theme(self.theme);
        }
        // a field that has to be copied by hand
        if self.is_to_copy && is_new(|before, now| before.is_to_copy != now.is_to_copy) {
            browser::select_all("link");
        }
        if let Some(jump) =
            self.jump.as_ref().filter(|_| is_new(|before, now| before.jump != now.jump))
        {
            browser::show(editor_of(jump.place.tab), jump.place, jump.with_cursor);
        }
        if is_new(|before, now| before.mended != now.mended) {
            self.show_mended(before.is_some_and(|before| before.mended.is_some()));
        }
    }

    /// Brings an edit into sight that was not typed, and the focus to where it can be taken back: the button that made it
    /// goes as soon as there is nothing to mend.
    fn show_mended(&self, was_there: bool) {
        if let Some(mended) = &self.mended {
            browser::show_inside(editor_of(mended.tab), Place::line(mended.tab, mended.line));
            browser::focus(UNDO);
        } else if was_there && browser::has_lost_focus() {
            browser::focus(self.panel_tab);
        }
    }
}

/// Does what follows from a change of the session.
#[hook]
pub fn use_sight(now: Seen) {
    let seen = use_mut_ref(|| (None::<Seen>, false));
    use_effect_with(now, move |now| {
        let (before, was_waiting) = seen.take();
        now.follow(before.as_ref());
        // which lines are behind a cell is known a little later than which cell was opened
        let is_opened = before.is_none_or(|before| before.opened != now.opened);
        let first = now.first_behind.filter(|_| is_opened || was_waiting);
        if let Some(first) = first {
            browser::show_inside(editor_of(Tab::Policies), first);
        }
        seen.replace((Some(now.clone()), (is_opened || was_waiting) && first.is_none()));
    });
}

/// The id of the editor on a tab.
pub const fn editor_of(tab: Tab) -> &'static str {
    match tab {
        Tab::Cluster => "cluster",
        Tab::Policies => "policies",
    }
}

/// What to say aloud: what has changed, after a pause.
#[hook]
pub fn use_announcement(
    shown: Rc<Answered>,
    trouble: Option<String>,
    share: &Share,
    mended: Option<Mended>,
) -> String {
    let words = use_state_eq(String::new);
    let at_once = words.setter();
    let was_mended = use_mut_ref(|| false);
    use_effect_with(mended, move |mended| {
        let was_mended = was_mended.replace(mended.is_some());
        if let Some(mended) = mended {
            at_once.set(format!("Done: {}.", mended.title.replace('`', "")));
        } else if was_mended {
            at_once.set(String::new());
        }
    });
    let heard = use_mut_ref(|| None::<Heard>);
    let setter = words.setter();
    use_effect_with((shown, trouble), move |(shown, trouble)| {
        let now = Heard { table: Some(shown.table().clone()), trouble: trouble.clone() };
        let is_first = heard.borrow().is_none();
        // what the page begins with is not news, however soon something else is typed
        let later = if is_first {
            heard.replace(Some(now));
            None
        } else {
            Some(browser::later(PAUSE, move || {
                let before = heard.replace(Some(now.clone()));
                let said = before.map_or_else(String::new, |before| changes(&before, &now));
                if !said.is_empty() {
                    setter.set(said);
                }
            }))
        };
        move || drop(later)
    });
    match share {
        Share::Link(_, Some(true)) => "Link copied.".to_owned(),
        Share::Link(_, Some(false)) => "The link is ready to be copied.".to_owned(),
        _ => (*words).clone(),
    }
}
