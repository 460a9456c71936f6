//! One hook for each thing that the widget does beside showing itself.

use std::iter;

use protocol::{Column, LinkQuestion, Notice, OpenQuestion, Opened, Position};
use yew::{AttrValue, Callback, hook, use_effect_with, use_mut_ref, use_state_eq};

use super::{
    footer::OPEN,
    state::{Event, Widget},
};
use crate::{
    browser,
    choices::{Jump, Share},
    session::{Action, Session},
};

/// Typing pauses when nothing was typed for so many milliseconds.
const PAUSE: u32 = 250;
/// The id of the words that tell how many guesses were right.
pub(super) const SCORE: &str = "score";

/// Follows the address and the page around the frame.
#[hook]
pub(super) fn use_company(happened: Callback<Event>) {
    use_effect_with((), move |()| {
        browser::measure_first_table();
        let to_address = happened.clone();
        let routes = browser::on_address(move |address| {
            open(OpenQuestion::Address(address), to_address.reform(Event::Opened));
        });
        let host = browser::on_host(move |wish| match wish {
            browser::Wish::Put { policies, cluster } => {
                let texts = OpenQuestion::Texts { policies, cluster };
                open(texts, happened.reform(Event::Put));
            }
            browser::Wish::Reset => reset(&happened),
        });
        browser::say(vec!["ready".to_owned()]);
        move || drop((routes, host))
    });
}

/// Tells the page around the frame of an address that did not open.
#[hook]
pub(super) fn use_complaint(notice: Option<&Notice>) {
    use_effect_with(notice.cloned(), |notice| {
        if let Some(Notice { message, .. }) = notice {
            browser::say(vec!["error".to_owned(), message.clone()]);
        }
    });
}

/// Brings the text of the address back.
pub(super) fn reset(happened: &Callback<Event>) {
    open(OpenQuestion::Address(browser::fragment()), happened.reform(Event::Opened));
}

fn open(question: OpenQuestion, told: Callback<Box<Opened>>) {
    browser::ask(question, None, move |opened| {
        if let Ok(opened) = opened {
            told.emit(Box::new(opened));
        }
    });
}

/// Asks for the link to a text.
fn ask_for_link(question: LinkQuestion, told: impl FnOnce(Result<String, Notice>) + 'static) {
    browser::ask(question, None, move |link| {
        told(link.unwrap_or_else(|failure| Err(failure.notice())));
    });
}

/// Tells the page around the frame what the table says, when typing pauses, and once that all expectations hold.
#[hook]
pub(super) fn use_report(words: Vec<String>, is_edited: bool, is_solved: bool) {
    let was_told = use_mut_ref(|| (true, false));
    use_effect_with((words, is_edited, is_solved), move |(words, is_edited, is_solved)| {
        let (words, is_edited, is_solved) = (words.clone(), *is_edited, *is_solved);
        let is_first = std::mem::take(&mut was_told.borrow_mut().0);
        let tell = move || {
            if !words.is_empty() {
                browser::say(words);
            }
            let mut told = was_told.borrow_mut();
            if is_edited && is_solved && !told.1 {
                browser::say(vec!["solved".to_owned()]);
            }
            told.1 = is_edited && (told.1 || is_solved);
        };
        let later = if is_first {
            tell();
            None
        } else {
            Some(browser::later(PAUSE, tell))
        };
        move || drop(later)
    });
}

/// The open cell.
type Opening = Option<(Position, Column)>;

/// The link to a text.
#[derive(Clone, PartialEq)]
pub(super) struct TextLink {
    /// From the `#` on, or why there is none.
    pub(super) link: Result<AttrValue, Notice>,
    /// Of which text it is; of the address's own at first.
    question: Option<LinkQuestion>,
}

/// The link to the text as it is, and whether it is that of the text of now; the address's own, until something is typed. The
/// page around the frame hears of it.
#[hook]
pub(super) fn use_link(session: &Session, open: Opening) -> (TextLink, bool) {
    let link = use_state_eq(|| TextLink {
        link: Ok(AttrValue::from(browser::fragment())),
        question: None,
    });
    let is_first = use_mut_ref(|| true);
    let setter = link.setter();
    let (policies, has_scenario) = (session.policies.clone(), session.scenario.is_some());
    let question = session.link_question(open, None);
    use_effect_with(question.clone(), move |question| {
        let is_first = is_first.replace(false);
        let question = question.clone();
        // a built-in text is what the address names
        let later = (!is_first || !has_scenario).then(|| {
            let make = move || {
                ask_for_link(question.clone(), move |link| {
                    let link = link.map(AttrValue::from);
                    // what no link may hold is not handed to somebody else's page either
                    if let (false, Ok(fragment)) = (is_first, &link) {
                        let words = [fragment.to_string(), policies.to_string()];
                        browser::say(iter::once("text".to_owned()).chain(words).collect());
                    }
                    setter.set(TextLink { link, question: Some(question) });
                });
            };
            browser::later(if is_first { 0 } else { PAUSE }, make)
        });
        move || drop(later)
    });
    let is_of_now = link.question.as_ref().map_or(session.is_in_address, |of| *of == question);
    ((*link).clone(), is_of_now)
}

/// Takes the way out with the text of now, in a tab that is told where it leads as soon as that is known.
pub(super) fn leave(session: &Session, open: Opening) {
    let tab = browser::new_tab();
    ask_for_link(session.link_question(open, None), move |link| {
        if let (Some(tab), Ok(link)) = (tab, link) {
            tab.lead_to(&browser::whole_link(&link));
        }
    });
}

/// Brings the way out up to date, for whoever takes it faster than typing pauses.
pub(super) fn refresh(session: &Session, open: Opening) {
    ask_for_link(session.link_question(open, None), |link| {
        if let Ok(link) = link {
            browser::lead_to(OPEN, &format!("./{link}"));
        }
    });
}

/// Copies the link to the text as it is.
pub(super) fn copy(session: &Session, open: Opening, happened: Callback<Event>) {
    let (text, give) = browser::promised_text();
    browser::copy(text, happened.reform(|copied| Event::OfSession(Action::LinkCopied(copied))));
    ask_for_link(session.link_question(open, None), move |link| {
        let link = link.map(|link| AttrValue::from(browser::whole_link(&link)));
        happened.emit(Event::OfSession(Action::LinkAsked(link.clone())));
        if let Ok(link) = link {
            give(&link);
        }
    });
}

/// What is brought into sight, or gets the focus, once it has changed; never what the frame begins with.
#[hook]
pub(super) fn use_sight(widget: &Widget) {
    let before = use_mut_ref(|| None::<(Option<Jump>, bool, bool)>);
    let is_revealed = widget.guesses.as_ref().is_some_and(|guesses| guesses.is_revealed);
    let is_to_copy = matches!(widget.session.share, Share::Link(_, Some(false)));
    let now = (widget.session.jump.clone(), is_to_copy, is_revealed);
    use_effect_with(now, move |now| {
        let Some((jump, was_to_copy, was_revealed)) = before.replace(Some(now.clone())) else {
            return;
        };
        if now.2 && !was_revealed {
            browser::focus(SCORE);
        }
        if now.1 && !was_to_copy {
            browser::select_all("link");
        }
        if let Some(now) = now.0.as_ref().filter(|now| jump.as_ref() != Some(*now)) {
            browser::show("policies", now.place, now.with_cursor);
        }
    });
}
