//! One hook for each thing that the page does beside showing itself.

use yew::{Callback, hook, use_effect_with, use_mut_ref, use_state_eq};

use crate::{
    announce::{Heard, changes},
    browser,
    components::{panes::tab_id, undo::UNDO},
    derived::{Derived, Shown},
    draft::Draft,
    mend::Mended,
    place::{Place, Tab},
    session::{Action, Open, Session, Share},
};

/// Typing pauses when nothing has happened for so long.
const PAUSE: u32 = 900;
/// A draft is stored when nothing has been typed for so long.
const DRAFT_PAUSE: u32 = 300;

/// Follows links and the Back button.
#[hook]
pub fn use_links(happened: Callback<Action>) {
    use_effect_with((), move |()| {
        let listener = browser::on_route(happened.reform(Action::LinkOpened));
        move || drop(listener)
    });
}

/// Takes the link out of the address bar once the text is another.
#[hook]
pub fn use_address(is_in_address: bool) {
    use_effect_with(is_in_address, |is_in_address| {
        if !is_in_address {
            browser::set_fragment(None);
        }
    });
}

/// Shows the chosen theme. The first one was there before the page was.
#[hook]
pub fn use_theme(session: &Session) {
    let is_first = use_mut_ref(|| true);
    use_effect_with(session.theme, move |theme| {
        if !is_first.replace(false) {
            browser::set_theme(*theme);
        }
    });
}

/// Keeps the edited text, or the one that made way, for the next visit: after a pause, and at once when the page is left.
#[hook]
pub fn use_draft(session: &Session) {
    let draft = session.unsaved().or_else(|| session.draft.clone());
    let is_first = use_mut_ref(|| true);
    let unstored = use_mut_ref(|| None::<Option<Draft>>);
    let keep = {
        let unstored = unstored.clone();
        move || {
            if let Some(draft) = unstored.take() {
                browser::store_draft(draft.as_ref());
            }
        }
    };
    let keep_at_once = keep.clone();
    use_effect_with((), move |()| {
        let leaving = browser::on_leave(keep_at_once);
        move || drop(leaving)
    });
    use_effect_with(draft, move |draft| {
        let later = (!is_first.replace(false)).then(|| {
            unstored.replace(Some(draft.clone()));
            browser::later(DRAFT_PAUSE, keep)
        });
        move || drop(later)
    });
}

/// Brings lines into sight that were asked for, and those behind a cell that was opened.
#[hook]
pub fn use_sight(session: &Session, lines: &[Place]) {
    use_effect_with(session.jump.clone(), |jump| {
        if let Some(jump) = jump {
            browser::show(editor_of(jump.place.tab), jump.place, jump.with_cursor);
        }
    });
    let first = lines.iter().find(|place| place.tab == Tab::Policies).copied();
    let opened: (Open, u32) = (session.open.clone(), session.text_number);
    use_effect_with(opened, move |_| {
        if let Some(first) = first {
            browser::show_inside(editor_of(Tab::Policies), first);
        }
    });
}

/// The id of the editor on a tab.
pub const fn editor_of(tab: Tab) -> &'static str {
    match tab {
        Tab::Cluster => "cluster",
        Tab::Policies => "policies",
    }
}

/// Brings an edit into sight that was not typed, and the focus to where it can be taken back: the button that made it
/// goes as soon as there is nothing to mend.
#[hook]
pub fn use_mended(mended: Option<Mended>, tab: Tab) {
    let was_there = use_mut_ref(|| false);
    use_effect_with(mended, move |mended| {
        if let Some(mended) = mended {
            browser::show_inside(editor_of(mended.tab), Place::line(mended.tab, mended.line));
            browser::focus(UNDO);
        } else if was_there.replace(false) && browser::has_lost_focus() {
            browser::focus(tab_id(tab));
        }
        was_there.replace(mended.is_some());
    });
}

/// What to say aloud: what has changed, after a pause.
#[hook]
pub fn use_announcement(
    shown: Derived<Shown>,
    trouble: Option<String>,
    share: Share,
    mended: Option<Mended>,
) -> String {
    let words = use_state_eq(String::new);
    let at_once = words.setter();
    use_effect_with(mended, move |mended| {
        if let Some(mended) = mended {
            at_once.set(format!("Done: {}.", mended.title.replace('`', "")));
        }
    });
    let heard = use_mut_ref(|| None::<Heard>);
    let setter = words.setter();
    use_effect_with((shown, trouble), move |(shown, trouble)| {
        let now = Heard { table: Some((*shown.table).clone()), trouble: trouble.clone() };
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
        Share::Copied => "Link copied.".to_owned(),
        Share::NotCopied => "The link is ready to be copied.".to_owned(),
        Share::Asked | Share::Closed => (*words).clone(),
    }
}

/// Gives the focus to a field that has to be copied by hand.
#[hook]
pub fn use_link_field(share: Share) {
    use_effect_with(share, |share| {
        if *share == Share::NotCopied {
            browser::select_all("link");
        }
    });
}

/// Measures the start of the page.
#[hook]
pub fn use_first_table() {
    use_effect_with((), |()| browser::measure_first_table());
}
