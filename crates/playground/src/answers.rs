//! What is asked of the engine while the page is shown: the last answer stays until the next one is there.

use std::{cell::Cell, rc::Rc};

use protocol::{Advice, AdviceQuestion, Ask, Place, Sheet, Texts};
use yew::{hook, use_effect_with, use_mut_ref, use_state};

use crate::{answered::Answered, browser, engine::Failure};

/// Typing pauses when no key was pressed for so many milliseconds.
const PAUSE: u32 = 180;

/// A question, and what became of it.
pub struct Reply<Q: Ask> {
    question: Q,
    /// The answer, or why there is none.
    pub answer: Result<Q::Answer, Failure>,
}

impl<Q: Ask> Reply<Q> {
    /// What was asked.
    pub const fn question(&self) -> &Q {
        &self.question
    }
}

/// Stays the same while somebody types in a text: then what is asked waits until typing pauses.
pub type TextNumber = (u32, Option<u32>);

/// The last answer to a question; nothing while nothing is asked. What is chosen is answered at once, and what is typed, where a
/// text's number is given, after a pause.
#[hook]
pub fn use_answer<Q>(question: Option<Q>, number: Option<TextNumber>) -> Option<Rc<Reply<Q>>>
where
    Q: Ask + HasTexts + Clone + PartialEq + 'static,
{
    let reply = use_state(|| None::<Rc<Reply<Q>>>);
    let setter = reply.setter();
    let last = use_mut_ref(|| None::<(Q, Option<TextNumber>)>);
    let is_asked = question.is_some();
    use_effect_with(question, move |question| {
        let is_wanted = Rc::new(Cell::new(true));
        let later = question.clone().and_then(|question| {
            let before = last.replace(Some((question.clone(), number)));
            let is_typed = before.is_some_and(|(before, same)| {
                number.is_some() && same == number && before.texts() != question.texts()
            });
            let asked = question.clone();
            let is_wanted = is_wanted.clone();
            let ask = move || {
                browser::ask(asked, Some(is_wanted), move |answer| {
                    setter.set(Some(Rc::new(Reply { question, answer })));
                });
            };
            if is_typed {
                return Some(browser::later(PAUSE, ask));
            }
            ask();
            None
        });
        move || {
            is_wanted.set(false);
            drop(later);
        }
    });
    (*reply).clone().filter(|_| is_asked)
}

/// A question about the texts of the page.
pub trait HasTexts {
    /// The texts.
    fn texts(&self) -> &Texts;
}

macro_rules! about_texts {
    ($($question:ty),*) => {
        $(impl HasTexts for $question {
            fn texts(&self) -> &Texts {
                &self.texts
            }
        })*
    };
}

about_texts!(
    protocol::ViewQuestion,
    protocol::PanelQuestion,
    protocol::InfluenceQuestion,
    protocol::AdviceQuestion,
    protocol::ShareQuestion,
    protocol::LinkQuestion
);

/// A panel, or what can be done with a link, with the texts that it is about.
pub struct Sheeted {
    texts: Texts,
    /// None where it cannot be had.
    pub sheet: Option<Sheet>,
}

impl Sheeted {
    /// What became of a question.
    pub fn of<Q>(reply: &Reply<Q>) -> Self
    where
        Q: Ask<Answer = Sheet> + HasTexts,
    {
        Self { texts: reply.question().texts().clone(), sheet: reply.answer.clone().ok() }
    }

    /// The texts that it is about.
    pub const fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The lines behind the open cell.
    pub fn behind(&self) -> &[Place] {
        self.sheet.as_ref().map(|sheet| sheet.behind.as_slice()).unwrap_or_default()
    }
}

/// What there was time to say of texts.
#[derive(Clone)]
pub struct Advised(Rc<Reply<AdviceQuestion>>);

impl Advised {
    /// What became of a question; none where there is no answer.
    pub fn of(reply: Rc<Reply<AdviceQuestion>>) -> Option<Self> {
        reply.answer.is_ok().then_some(Self(reply))
    }

    /// The texts that it is about.
    pub fn texts(&self) -> &Texts {
        self.0.question().texts()
    }

    /// What there is to say.
    pub fn advice(&self) -> Option<&Advice> {
        self.0.answer.as_ref().ok()
    }
}

/// What the editors are told of their texts.
#[derive(Clone, PartialEq)]
pub struct Told {
    /// The last answer about both texts.
    pub current: Rc<Answered>,
    /// Whether it is about the texts of now.
    pub is_of_now: bool,
    /// And what there was time to find in these, or in earlier ones.
    pub advised: Option<Advised>,
}

impl PartialEq for Advised {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
