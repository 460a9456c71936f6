//! What is asked for once the table has been painted, so that no table waits for it: the panel below it, remedies and
//! lints, the cells that hang on a line. The last answer stays until the next one is there.

use std::{any::Any, rc::Rc};

use netpol::{Analysis, Column, Direction};
use yew::{UseStateSetter, hook, use_effect_with, use_mut_ref, use_state};

use crate::{
    advice::{self, Advice},
    browser,
    derived::{Derived, Shown},
    panels::Asked,
    place::Place,
    table::Position,
    wire::Words,
};

/// Typing pauses when no key was pressed for so many milliseconds.
const PAUSE: u32 = 180;

/// A question about some texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What is asked: a verb of [`advice`].
    verb: &'static str,
    /// The texts.
    analysis: Derived<Analysis>,
    /// Whether the cluster is filled up.
    witnesses: bool,
    /// And about what of them.
    about: Vec<String>,
}

/// The panel below the table.
pub struct Told {
    /// What was asked.
    about: Vec<String>,
    /// The texts that it was asked about.
    pub analysis: Derived<Analysis>,
    /// The lines behind the open cell.
    pub behind: Vec<Place>,
    /// The panel, as words to draw; `None` where it cannot be had.
    pub sketches: Option<Vec<String>>,
}

impl Told {
    /// Whether this was asked.
    pub fn is_about(&self, asked: &Asked) -> bool {
        self.about == asked.put()
    }
}

/// The cells that hang on a line of the policies.
#[derive(Debug)]
pub struct Hung {
    about: Vec<String>,
    cells: Vec<(Option<String>, Column)>,
}

/// What there is to say of the texts behind the table.
#[hook]
pub fn use_advice(analysis: Derived<Analysis>, witnesses: bool) -> Option<Derived<Advice>> {
    let question = Question { verb: advice::PROBLEMS, analysis, witnesses, about: Vec::new() };
    let answer = use_answer(Some(question), |Question { analysis, .. }, answer| {
        Some(Rc::new(advice::advice(&analysis, answer?)?))
    });
    answer.and_then(Derived::of)
}

/// The panel that was asked for last and answered; whether it is this one, [`Told::is_about`] says. A module that is here
/// answers before the next frame, and taking the panel away until then would take the focus out of it.
#[hook]
pub fn use_panel(
    analysis: Derived<Analysis>,
    witnesses: bool,
    asked: &Asked,
) -> Option<Derived<Told>> {
    let about = asked.put();
    let question = Question { verb: advice::PANEL, analysis, witnesses, about };
    let told = use_answer(Some(question), |Question { about, analysis, .. }, answer| {
        let mut words = answer.map(Words::of);
        let behind = words.as_mut().and_then(|words| words.many(Words::place));
        let (behind, sketches) = (behind.unwrap_or_default(), words.map(Words::left));
        Some(Rc::new(Told { about, analysis, behind, sketches }))
    });
    told.and_then(Derived::of)
}

/// The cells that hang on a line of the policies.
#[hook]
pub fn use_cells(
    shown: Derived<Shown>,
    witnesses: bool,
    line: Option<usize>,
) -> Vec<(Position, Column)> {
    let direction: Direction = shown.table.direction;
    let about = line.map(|line| vec![direction.to_string(), line.to_string()]);
    let verb = advice::CELLS;
    let analysis = shown.analysis.clone();
    let question = about.clone().map(|about| Question { verb, analysis, witnesses, about });
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
type Reader = fn(Question, Option<Vec<String>>) -> Option<Rc<dyn Any>>;

/// The last answer to a question; nothing while nothing is asked.
#[hook]
fn use_answer(question: Option<Question>, read: Reader) -> Option<Rc<dyn Any>> {
    let answer = use_state(|| None);
    let setter = answer.setter();
    let last = use_mut_ref(|| None::<Derived<Analysis>>);
    let is_asked = question.is_some();
    use_effect_with(question, move |question| {
        let later = question.clone().and_then(|question| {
            let last = last.replace(Some(question.analysis.clone()));
            // what is chosen is answered at once, what is typed after a pause
            if last.is_some_and(|last| last != question.analysis) {
                return Some(browser::later(PAUSE, move || ask(question, read, setter)));
            }
            ask(question, read, setter);
            None
        });
        move || drop(later)
    });
    (*answer).clone().filter(|_| is_asked)
}

fn ask(question: Question, read: Reader, setter: UseStateSetter<Option<Rc<dyn Any>>>) {
    let mut words = advice::question(question.verb, &question.analysis, question.witnesses);
    words.extend_from_slice(&question.about);
    browser::ask(words, move |answer| {
        if let Some(answer) = read(question, answer) {
            setter.set(Some(answer));
        }
    });
}
