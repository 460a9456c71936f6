//! Session → what the page shows. Everything here is computed from the session, at most once for each change of what
//! it depends on; only the last table of a text that could be read is remembered beside it.

use std::{any::Any, ops::Deref, rc::Rc};

use netpol::{
    Analysis, Column, Diagnostic, Direction, Heading, Inputs, Scoreboard, Source, Witnesses,
    explain,
};
use yew::{hook, use_memo, use_mut_ref};

use crate::{
    problem::Problem,
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

    /// The value, if it is of this kind.
    pub fn of(value: Rc<dyn Any>) -> Option<Self>
    where
        T: 'static,
    {
        value.downcast().ok().map(Self)
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

/// Reads the texts of a session.
pub fn analyse(policies: &str, cluster: &str, witnesses: bool) -> Analysis {
    let text = vec![Source::new("policies", policies)];
    // an example stands around a text without pods; what somebody wrote belongs to the cluster
    let written = vec![Source::new("cluster", cluster)];
    let (cluster, fallback) = if lessons::is_example(cluster) {
        (Vec::new(), written)
    } else if cluster.trim().is_empty() {
        // whoever empties it wants nobody around
        (written, Vec::new())
    } else {
        (written, vec![Source::new("example", lessons::CLUSTER)])
    };
    let witnesses = if witnesses { Witnesses::Add } else { Witnesses::Off };
    Analysis::of(Inputs { text, cluster, fallback, witnesses, ..Inputs::default() })
}

/// The one analysis of the session's texts, and what was said while they were read.
#[hook]
pub fn use_analysis(session: &Session) -> (Derived<Analysis>, Derived<Vec<Problem>>) {
    let inputs = (session.policies.clone(), session.cluster.clone(), session.witnesses);
    let read = use_memo(inputs, |(policies, cluster, witnesses)| {
        let analysis = analyse(policies, cluster, *witnesses);
        let problems = Problem::all(&analysis);
        (Derived::new(analysis), Derived::new(problems))
    });
    (*read).clone()
}

/// The analysis that the table is read from: the current one, or, while the text has errors, the last without.
#[hook]
pub fn use_last_good(
    current: &Derived<Analysis>,
    text_number: u32,
) -> (Derived<Analysis>, Standing) {
    let last = use_mut_ref(|| None::<(u32, Derived<Analysis>)>);
    let mut last = last.borrow_mut();
    if !current.diagnostics.iter().any(Diagnostic::leaves_out) {
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

/// The table of an analysis, in the direction that was chosen or in its own.
#[hook]
pub fn use_shown(analysis: Derived<Analysis>, chosen: Option<Direction>) -> Derived<Shown> {
    let shown = use_memo((analysis, chosen), |(analysis, chosen)| {
        let direction = chosen.unwrap_or_else(|| analysis.own_direction());
        let scoreboard = analysis.scoreboard(direction);
        let table = Rc::new(Table::of(analysis, &scoreboard));
        Derived::new(Shown { analysis: analysis.clone(), scoreboard, table })
    });
    (*shown).clone()
}

impl Shown {
    /// What one cell says, in words.
    pub fn heading(&self, cell: Option<(Position, Column)>) -> Option<Heading> {
        let (position, column) = cell?;
        let subject = position.subject(&self.scoreboard)?;
        explain::heading(&self.analysis.cluster, &self.scoreboard, subject, column)
    }
}
