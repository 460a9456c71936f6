//! One hook for each thing that the page does beside showing itself.

use yew::{Callback, hook, use_effect_with, use_mut_ref, use_state_eq};

use crate::{
    announce::{Heard, changes},
    browser,
    derived::{Derived, Shown},
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

/// Keeps the edited text, or the one that made way, for the next visit.
#[hook]
pub fn use_draft(session: &Session) {
    let draft = session.unsaved().or_else(|| session.draft.clone());
    let is_first = use_mut_ref(|| true);
    use_effect_with(draft, move |draft| {
        let draft = draft.clone();
        let is_first = is_first.replace(false);
        let later = (!is_first)
            .then(|| browser::later(DRAFT_PAUSE, move || browser::store_draft(draft.as_ref())));
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
        Tab::Policies | Tab::Problems => "policies",
    }
}

/// What to say aloud: what has changed, after a pause.
#[hook]
pub fn use_announcement(shown: Derived<Shown>, trouble: Option<String>, share: Share) -> String {
    let words = use_state_eq(String::new);
    let heard = use_mut_ref(|| None::<Heard>);
    let setter = words.setter();
    use_effect_with((shown, trouble), move |(shown, trouble)| {
        let (shown, trouble) = (shown.clone(), trouble.clone());
        let later = browser::later(PAUSE, move || {
            let now = Heard { table: Some((*shown.table).clone()), trouble };
            let before = heard.replace(Some(now.clone()));
            let said = before.map_or_else(String::new, |before| changes(&before, &now));
            if !said.is_empty() {
                setter.set(said);
            }
        });
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
