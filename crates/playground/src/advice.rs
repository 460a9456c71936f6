//! Whys, remedies, lints and neighbours are found by a module of its own, which no table has to wait for: it is fetched
//! after the first. Between the two there are only lists of texts: this file knows both ends of them.

use std::cell::RefCell;

use netpol::{
    Analysis, Column, Diagnostic, Direction, PolicyId, Subject,
    explain::{self, Hanging},
    lint::{self, Linted},
    scoreboard::Record,
};

use crate::{
    derived::{Derived, analyse},
    panels,
    wire::Words,
};

/// Asks for remedies and lints.
pub const PROBLEMS: &str = "problems";
/// Asks for the panel below the table: see [`panels`].
pub const PANEL: &str = "panel";
/// Asks, for a direction and a line of the policies, for the cells that hang on it.
pub const CELLS: &str = "cells";

/// Asks, for a direction, how a link is to remember the table.
pub const RECORD: &str = "record";
/// Asks, for a direction and a link, for what can be done with it.
pub const SHARING: &str = "sharing";

/// How many texts a question begins with.
const TEXTS: usize = 3;
const WITH_WITNESSES: &str = "with witnesses";

/// What the module has to say of the texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// The texts.
    pub analysis: Derived<Analysis>,
    /// How many problems there are, lints among them.
    pub count: usize,
    /// What the editors are told of them, by [`Tab`](crate::place::Tab).
    pub marks: [String; 2],
    /// What the editor offers while somebody types.
    pub vocabulary: String,
    /// What was added to the cluster for the policies, as YAML.
    pub added: String,
    /// The assumed cluster, as words to draw.
    pub world: Vec<String>,
    /// Where a link remembers another table, as words to draw.
    pub changed: Vec<String>,
    /// What the policies were taken for where they are only part of one, as words to draw.
    pub fragments: Vec<String>,
}

/// The page's end: a question about texts.
pub fn question(verb: &str, analysis: &Analysis, witnesses: bool) -> Vec<String> {
    let text = |at: usize| {
        analysis.manifest.sources.get(at).map(|source| source.text().to_owned()).unwrap_or_default()
    };
    let witnesses = if witnesses { WITH_WITNESSES } else { "" };
    vec![verb.to_owned(), text(0), text(1), witnesses.to_owned()]
}

/// The module's end: whatever it is asked. The first word says what, three texts say of which texts.
pub fn answer(mut question: Vec<String>) -> Vec<String> {
    let rest = question.split_off(question.len().min(1 + TEXTS)).into_iter();
    let mut question = question.into_iter();
    let verb = question.next().unwrap_or_default();
    reading(question.collect(), |reading| match verb.as_str() {
        PROBLEMS => panels::advice(&reading.analysis, rest.as_slice().first().map(String::as_str)),
        RECORD => reading.record(&mut Words::of(rest.collect())).into_iter().collect(),
        SHARING => panels::sharing(&reading.analysis, rest.collect()),
        PANEL => panels::answer(&reading.analysis, rest.collect()),
        CELLS => reading.cells(&mut Words::of(rest.collect())).unwrap_or_default(),
        _ => Vec::new(),
    })
}

/// What is legal but surprising; not before what is wrong has been mended.
pub(crate) fn linted(analysis: &Analysis) -> Linted {
    if analysis.diagnostics.iter().any(Diagnostic::leaves_out) {
        Linted::default()
    } else {
        lint::linted(analysis)
    }
}

/// The page's end of [`PROBLEMS`].
pub fn advice(analysis: &Derived<Analysis>, answer: Vec<String>) -> Option<Advice> {
    let mut words = Words::of(answer);
    let count = words.number()?;
    let marks = [words.text()?, words.text()?];
    let (vocabulary, added) = (words.text()?, words.text()?);
    let (world, changed) = (words.many(Words::text)?, words.many(Words::text)?);
    let analysis = analysis.clone();
    let fragments = words.left();
    Some(Advice { analysis, count, marks, vocabulary, added, world, changed, fragments })
}

/// The page's end of [`CELLS`].
pub fn cells(answer: Vec<String>) -> Vec<(Option<String>, Column)> {
    Words::of(answer).rest(|words| {
        let policy = words.text()?;
        let column = *Column::ALL.get(words.number()?)?;
        Some(((!policy.is_empty()).then_some(policy), column))
    })
}

/// The policy that is named as in `namespace/name`.
pub(crate) fn policy_of(analysis: &Analysis, name: &str) -> Option<PolicyId> {
    let mut policies = analysis.cluster.policies();
    policies.find(|(_, policy)| policy.meta.name.to_string() == name).map(|(id, _)| id)
}

/// Texts as they were read last, so that one question after the other costs one reading.
struct Reading {
    texts: Vec<String>,
    analysis: Analysis,
    hanging: Option<(Direction, Vec<Hanging>)>,
}

impl Reading {
    fn of(texts: Vec<String>) -> Self {
        let text = |at: usize| texts.get(at).map(String::as_str).unwrap_or_default();
        let analysis = analyse(text(0), text(1), text(2) == WITH_WITNESSES);
        Self { texts, analysis, hanging: None }
    }

    /// The table, as a link remembers it.
    fn record(&self, words: &mut Words) -> Option<String> {
        let scoreboard = self.analysis.scoreboard(direction(words)?);
        Some(Record::of(&scoreboard, &self.analysis.cluster).to_string())
    }

    /// The cells that hang on a line of the policies.
    fn cells(&mut self, words: &mut Words) -> Option<Vec<String>> {
        let direction = direction(words)?;
        let line = words.number()?;
        let Analysis { cluster, manifest, .. } = &self.analysis;
        let known = self.hanging.take().filter(|(known, _)| *known == direction);
        let all = known.map_or_else(
            || explain::hanging(cluster, manifest, &self.analysis.scoreboard(direction)),
            |(_, all)| all,
        );
        let mut list = Vec::new();
        for Hanging { subject, column, .. } in explain::hanging_at(&all, 0, line) {
            list.push(match subject {
                Subject::Policy(id) => cluster.policy(*id)?.meta.name.to_string(),
                Subject::Together => String::new(),
            });
            list.push(number_of(*column));
        }
        self.hanging = Some((direction, all));
        Some(list)
    }
}

fn reading<T>(texts: Vec<String>, tell: impl FnOnce(&mut Reading) -> T) -> T {
    thread_local!(static LAST: RefCell<Option<Reading>> = const { RefCell::new(None) });
    let last = LAST.take().filter(|last| last.texts == texts);
    let mut reading = last.unwrap_or_else(|| Reading::of(texts));
    let told = tell(&mut reading);
    LAST.set(Some(reading));
    told
}

/// A column as a word on the wire.
pub(crate) fn number_of(column: Column) -> String {
    Column::ALL.iter().position(|one| *one == column).unwrap_or(Column::ALL.len()).to_string()
}

/// A direction, as its [`Display`](std::fmt::Display) writes it.
pub(crate) fn direction(words: &mut Words) -> Option<Direction> {
    let direction = words.text()?;
    Direction::ALL.into_iter().find(|known| known.to_string() == direction)
}
