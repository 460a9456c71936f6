//! Session → what the page shows. Everything here is computed from the session, at most once for each change of what
//! it depends on; only the last table of a text that could be read is remembered beside it.

use std::{ops::Deref, rc::Rc};

use netpol::{Analysis, Column, Direction, Inputs, Scoreboard, Source, Why, Witnesses, explain};
use yew::{hook, use_memo, use_mut_ref};

use crate::{
    advice::Advice,
    place::Place,
    problem::{Problem, is_in_the_way},
    session::Session,
    table::{Position, Table},
};

/// A derived value, compared by its address: it is only made anew when something it depends on has changed.
#[derive(Debug)]
pub struct Derived<T>(Rc<T>);

impl<T> Derived<T> {
    /// Takes the value.
    pub fn new(value: T) -> Self {
        Self(Rc::new(value))
    }
}

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Derived<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Derived<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

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

/// A text with its tables.
#[derive(Debug)]
pub struct Shown {
    /// What the table was read from.
    pub analysis: Derived<Analysis>,
    /// The answers.
    pub scoreboard: Scoreboard,
    /// The answers in words.
    pub table: Rc<Table>,
}

/// The explanation of the open cell, with lines for places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The answer in a sentence.
    pub headline: String,
    /// Whom it is about.
    pub subline: String,
    /// How it comes about.
    pub steps: Vec<(String, Vec<Place>)>,
}

impl Told {
    fn of(analysis: &Analysis, why: Why) -> Self {
        let steps = why.steps.into_iter().map(|step| {
            let places = step.places.iter();
            let places = places.filter_map(|origin| Place::of_origin(analysis, origin)).collect();
            (step.text, places)
        });
        Self { headline: why.headline, subline: why.subline, steps: steps.collect() }
    }

    /// The lines behind the answer: those of the rules where there are any, else those of what comes before.
    pub fn lines(&self) -> Vec<Place> {
        let of = |steps: &[(String, Vec<Place>)]| -> Vec<Place> {
            steps.iter().flat_map(|(_, places)| places.clone()).collect()
        };
        let rules = of(self.steps.get(2..).unwrap_or_default());
        if rules.is_empty() { of(&self.steps) } else { rules }
    }
}

/// Reads the texts of a session.
pub fn analyse(policies: &str, cluster: &str, witnesses: bool) -> Analysis {
    Analysis::of(Inputs {
        text: vec![Source::new("policies", policies)],
        fallback: vec![Source::new("cluster", cluster)],
        witnesses: if witnesses { Witnesses::Add } else { Witnesses::Off },
        ..Inputs::default()
    })
}

/// The one analysis of the session's texts.
#[hook]
pub fn use_analysis(session: &Session) -> Derived<Analysis> {
    let inputs = (session.policies.clone(), session.cluster.clone(), session.witnesses);
    let analysis = use_memo(inputs, |(policies, cluster, witnesses)| {
        Derived::new(analyse(policies, cluster, *witnesses))
    });
    (*analysis).clone()
}

/// The analysis that the table is read from: the current one, or, while the text has errors, the last without.
#[hook]
pub fn use_last_good(
    current: &Derived<Analysis>,
    text_number: u32,
) -> (Derived<Analysis>, Standing) {
    let last = use_mut_ref(|| None::<(u32, Derived<Analysis>)>);
    let mut last = last.borrow_mut();
    if !current.diagnostics.iter().any(is_in_the_way) {
        if current.cluster.policies().next().is_some() {
            *last = Some((text_number, current.clone()));
        }
        return (current.clone(), Standing::Current);
    }
    match &*last {
        Some((number, good)) if *number == text_number => (good.clone(), Standing::Stale),
        _ => (current.clone(), Standing::Incomplete),
    }
}

/// The table of an analysis.
#[hook]
pub fn use_shown(analysis: Derived<Analysis>, direction: Direction) -> Derived<Shown> {
    let shown = use_memo((analysis, direction), |(analysis, direction)| {
        let scoreboard = analysis.scoreboard(*direction);
        let table = Rc::new(Table::of(analysis, &scoreboard));
        Derived::new(Shown { analysis: analysis.clone(), scoreboard, table })
    });
    (*shown).clone()
}

/// The explanation of one cell.
#[hook]
pub fn use_told(shown: Derived<Shown>, cell: Option<(Position, Column)>) -> Rc<Option<Told>> {
    use_memo((shown, cell), |(shown, cell)| {
        let (position, column) = (*cell)?;
        let subject = position.subject(&shown.scoreboard)?;
        let why = explain::why(&shown.analysis.cluster, &shown.scoreboard, subject, column)?;
        Some(Told::of(&shown.analysis, why))
    })
}

/// What was said while the texts were read, with its remedies as soon as they are known.
#[hook]
pub fn use_problems(
    current: Derived<Analysis>,
    advice: Option<Derived<Advice>>,
) -> Derived<Vec<Problem>> {
    let problems = use_memo((current, advice), |(current, advice)| {
        Derived::new(Problem::all(current, advice.as_deref()))
    });
    (*problems).clone()
}
