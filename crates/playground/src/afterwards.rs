//! What is asked for once the table has been painted, so that no table waits for it: the panel below it, remedies and
//! lints, the cells that hang on a line. The last answer stays until the next one is there.

use std::{any::Any, cell::Cell, rc::Rc};

use netpol::{Analysis, Column, Direction};
use yew::{AttrValue, UseStateSetter, hook, use_effect_with, use_mut_ref, use_state};

use crate::{
    advice::{self, Advice},
    browser,
    derived::{Derived, Shown},
    panels::Asked,
    place::Place,
    session::Share,
    table::Position,
    wire::Words,
};

/// Typing pauses when no key was pressed for so many milliseconds.
const PAUSE: u32 = 180;

/// The texts that a question is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Texts {
    /// What was read of them.
    pub analysis: Derived<Analysis>,
    /// Whether the cluster is filled up.
    pub witnesses: bool,
    /// Stays the same while somebody types.
    pub number: (u32, Option<u32>),
}

/// A question about some texts.
#[derive(Debug, Clone, PartialEq)]
struct Question {
    /// What is asked: a verb of [`advice`].
    verb: &'static str,
    texts: Texts,
    /// And about what of them.
    about: Vec<String>,
}

/// The panel below the table.
pub struct Drawn {
    /// What was asked.
    about: Vec<String>,
    /// The texts that it was asked about.
    pub analysis: Derived<Analysis>,
    /// The lines behind the open cell.
    pub behind: Vec<Place>,
    /// The panel, as words to draw; `None` where it cannot be had.
    pub sketches: Option<Vec<String>>,
}

impl Drawn {
    #[expect(clippy::unnecessary_wraps, reason = "it is a `Reader`")]
    fn read(Question { about, texts, .. }: Question, answer: Option<Vec<String>>) -> Answer {
        let mut words = answer.map(Words::of);
        let behind = words.as_mut().and_then(|words| words.many(Words::place));
        let (behind, sketches) = (behind.unwrap_or_default(), words.map(Words::left));
        Some(Rc::new(Self { about, analysis: texts.analysis, behind, sketches }))
    }

    /// Whether this was asked, of these texts.
    pub fn is_about(&self, analysis: &Derived<Analysis>, asked: &Asked) -> bool {
        self.analysis == *analysis && self.about == asked.put()
    }
}

/// The cells that hang on a line of the policies.
#[derive(Debug)]
pub struct Hung {
    about: Vec<String>,
    cells: Vec<(Option<String>, Column)>,
}

/// What there is to say of the texts, and of what a link remembers of them.
#[hook]
pub fn use_advice(texts: Texts, recorded: Option<AttrValue>) -> Option<Derived<Advice>> {
    let about = recorded.iter().map(ToString::to_string).collect();
    let question = Question { verb: advice::PROBLEMS, texts, about };
    let answer = use_answer(Some(question), |Question { texts, .. }, answer| {
        Some(Rc::new(advice::advice(&texts.analysis, answer?)?))
    });
    answer.and_then(Derived::of)
}

/// The panel that was asked for last and answered; whether it is this one, [`Drawn::is_about`] says. Taking the panel away
/// until then would take the focus out of it.
#[hook]
pub fn use_panel(texts: Texts, asked: &Asked) -> Option<Derived<Drawn>> {
    use_panel_if(texts, Some(asked))
}

/// The same where there is time until somebody asks; nothing before that.
#[hook]
pub fn use_panel_if(texts: Texts, asked: Option<&Asked>) -> Option<Derived<Drawn>> {
    let question = asked.map(|asked| Question { verb: advice::PANEL, texts, about: asked.put() });
    use_answer(question, Drawn::read).and_then(Derived::of)
}

/// What can be done with a text that is to be shared, and with the link to it.
#[hook]
pub fn use_sharing(texts: Texts, direction: Direction, share: &Share) -> Option<Derived<Drawn>> {
    let link = match share {
        Share::Link(link, _) => link.to_string(),
        _ => String::new(),
    };
    let about = vec![direction.to_string(), link];
    let question =
        (*share != Share::Closed).then_some(Question { verb: advice::SHARING, texts, about });
    use_answer(question, Drawn::read).and_then(Derived::of)
}

/// The cells that hang on a line of the policies.
#[hook]
pub fn use_cells(
    shown: &Derived<Shown>,
    texts: Texts,
    line: Option<usize>,
) -> Vec<(Position, Column)> {
    let direction: Direction = shown.table.direction;
    let about = line.map(|line| vec![direction.to_string(), line.to_string()]);
    let question = about.clone().map(|about| Question { verb: advice::CELLS, texts, about });
    let hung = use_answer(question, |Question { about, .. }, answer| {
        Some(Rc::new(Hung { about, cells: advice::cells(answer?) }))
    });
    let hung =
        hung.and_then(Derived::<Hung>::of).filter(|hung| Some(&hung.about) == about.as_ref());
    let cells = hung.iter().flat_map(|hung| &hung.cells);
    let position = |policy: &Option<String>| match policy {
        None => Some(Position::Together),
        Some(key) => shown.table.rows.iter().position(|row| row.key == *key).map(Position::Row),
    };
    cells.filter_map(|(policy, column)| Some((position(policy)?, *column))).collect()
}

/// Reads an answer. One function for all kinds of answers, so that the hook is not compiled for each of them.
type Reader = fn(Question, Option<Vec<String>>) -> Answer;
type Answer = Option<Rc<dyn Any>>;

/// The last answer to a question; nothing while nothing is asked.
#[hook]
fn use_answer(question: Option<Question>, read: Reader) -> Option<Rc<dyn Any>> {
    let answer = use_state(|| None);
    let setter = answer.setter();
    let last = use_mut_ref(|| None::<Texts>);
    let is_asked = question.is_some();
    use_effect_with(question, move |question| {
        let is_wanted = Rc::new(Cell::new(true));
        let later = question.clone().and_then(|question| {
            let last = last.replace(Some(question.texts.clone()));
            let ask = {
                let is_wanted = is_wanted.clone();
                move |question| ask(question, read, setter, is_wanted)
            };
            // what is chosen is answered at once, what is typed after a pause
            if last.is_some_and(|last| last.is_typed_on(&question.texts)) {
                return Some(browser::later(PAUSE, move || ask(question)));
            }
            ask(question);
            None
        });
        move || {
            is_wanted.set(false);
            drop(later);
        }
    });
    (*answer).clone().filter(|_| is_asked)
}

impl Texts {
    /// Whether somebody has gone on typing in these, and made the others of them.
    fn is_typed_on(&self, others: &Self) -> bool {
        self.analysis != others.analysis && self.number == others.number
    }
}

fn ask(
    question: Question,
    read: Reader,
    setter: UseStateSetter<Option<Rc<dyn Any>>>,
    is_wanted: Rc<Cell<bool>>,
) {
    let Texts { analysis, witnesses, .. } = &question.texts;
    let mut words = advice::question(question.verb, analysis, *witnesses);
    words.extend_from_slice(&question.about);
    browser::ask(words, Some(is_wanted), move |answer| {
        if let Some(answer) = read(question, answer) {
            setter.set(Some(answer));
        }
    });
}
