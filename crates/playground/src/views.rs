//! The engine's answers as the page holds them: the table of now, the last one of a text without errors, and how the two
//! stand to what is in the editor.

use std::rc::Rc;

use protocol::ViewQuestion;
use yew::{hook, use_effect_with, use_mut_ref};

use crate::{answered::Answered, answers::use_answer, browser, session::Session};

/// How the table stands to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is the text's.
    Current,
    /// It is the one before an error was typed.
    Stale,
    /// The text never was without an error: it is of what can be read.
    Incomplete,
}

/// What there is to show.
#[derive(Debug, Clone, PartialEq)]
pub struct Views {
    /// The last answer, about the text of now or of a moment ago.
    pub current: Rc<Answered>,
    /// The one whose table is shown: the same, or, while the text has errors, the last without.
    pub shown: Rc<Answered>,
    /// How the table stands to the text.
    pub standing: Standing,
    /// Whether the last answer is about the text of now.
    pub is_answered: bool,
}

/// The last text without errors, while it is the one that is typed on.
struct Good {
    text_number: u32,
    answered: Rc<Answered>,
}

/// The tables of a session.
#[hook]
pub fn use_views(session: &Session) -> Views {
    let question = session.view_question();
    let opened = Rc::clone(&session.opened);
    let is_asked = opened.question != question;
    let reply = use_answer(is_asked.then(|| question.clone()), None);
    let last = use_mut_ref(|| Rc::clone(&opened));
    let is_shown = last.borrow().question == question;
    let reply = reply.filter(|reply| !is_shown && *reply.question() == question);
    if !is_asked {
        last.replace(opened);
    } else if let Some(Ok(view)) = reply.map(|reply| reply.answer.clone()) {
        last.replace(Rc::new(Answered { question: question.clone(), view }));
    }
    let current = Rc::clone(&last.borrow());
    let (shown, standing) = use_last_good(&current, session);
    let is_answered = *current.texts() == question.texts;
    use_effect_with((Rc::clone(&current), is_answered), |(_, is_answered)| {
        if *is_answered {
            browser::measure_answer();
        }
    });
    Views { current, shown, standing, is_answered }
}

#[hook]
fn use_last_good(current: &Rc<Answered>, session: &Session) -> (Rc<Answered>, Standing) {
    let last = use_mut_ref(|| None::<Good>);
    let mut last = last.borrow_mut();
    let is_broken = current.view.is_broken();
    // an answer of a moment ago may be about the text before this one
    let is_of_now = *current.texts() == session.texts();
    if is_of_now && !is_broken && !current.table().rows.is_empty() {
        let answered = Rc::clone(current);
        *last = Some(Good { text_number: session.text_number, answered });
    }
    let good = last.as_mut().filter(|good| is_broken && good.text_number == session.text_number);
    let question = good.as_ref().map(|good| ViewQuestion {
        texts: good.answered.texts().clone(),
        ..session.view_question()
    });
    let is_known = |good: &Good| Some(&good.answered.question) == question.as_ref();
    let is_asked = good.as_ref().is_some_and(|good| !is_known(good));
    let reply = use_answer(question.clone().filter(|_| is_asked), None);
    let Some(good) = good else {
        let standing = if is_broken { Standing::Incomplete } else { Standing::Current };
        return (Rc::clone(current), standing);
    };
    let reply = reply.filter(|reply| Some(reply.question()) == question.as_ref());
    if let (Some(question), Some(Ok(view))) = (question, reply.map(|reply| reply.answer.clone()))
        && is_asked
    {
        good.answered = Rc::new(Answered { question, view });
    }
    (Rc::clone(&good.answered), Standing::Stale)
}
