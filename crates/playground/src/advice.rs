//! Remedies, lints and neighbours are found by a module of its own, which nobody has to wait for: it is fetched after the
//! first table. Between the two there are only lists of texts: this file knows both ends of them.

use netpol::{
    Analysis, Code, Column, Direction, LineColumn, State,
    diagnostic::Diagnostic,
    lint::{self, Finding, Fix},
    neighbours::{Answer, Flip, neighbours as neighbours_of},
    repair,
    rewrite::Change,
};

use crate::{
    derived::{Derived, analyse},
    mend::Mend,
    place::{Place, Tab},
    problem::Problem,
    wire::{Words, put_rewrite},
};

const WITH_WITNESSES: &str = "with witnesses";
const FIX: &str = "fix";

/// What the module has to say of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// The text.
    pub analysis: Derived<Analysis>,
    /// Remedies for what was said while it was read, by the number of the diagnostic.
    pub remedies: Vec<(usize, Mend)>,
    /// What is legal but surprising.
    pub lints: Vec<Problem>,
}

/// A small edit that would change a policy's row.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbour {
    /// The lines that it changes.
    pub lines: Vec<Change>,
    /// The cells that it changes.
    pub flips: Vec<Flip>,
    /// The edit itself.
    pub mend: Mend,
}

/// The page's end: the texts to ask about.
pub fn texts(analysis: &Analysis, witnesses: bool) -> Vec<String> {
    let text = |at: usize| {
        analysis.manifest.sources.get(at).map(|source| source.text().to_owned()).unwrap_or_default()
    };
    vec![text(0), text(1), if witnesses { WITH_WITNESSES } else { "" }.to_owned()]
}

/// The module's end: remedies and lints.
pub fn problems(texts: Vec<String>) -> Vec<String> {
    let analysis = read(texts);
    let mut list = Vec::new();
    let fix_of = |diagnostic| repair::fix(&analysis.manifest, diagnostic);
    let all = analysis.diagnostics.iter().enumerate();
    let fixes: Vec<(usize, Fix)> =
        all.filter_map(|(at, diagnostic)| Some((at, fix_of(diagnostic)?))).collect();
    list.push(fixes.len().to_string());
    for (at, fix) in fixes {
        list.push(at.to_string());
        put_fix(&mut list, fix);
    }
    for finding in lint::lints(&analysis) {
        put_finding(&mut list, &analysis, finding);
    }
    list
}

/// The page's end of [`problems`].
pub fn advice(analysis: &Derived<Analysis>, answer: Vec<String>) -> Advice {
    let mut words = Words::of(answer);
    let remedy = |words: &mut Words| Some((words.number()?, take_mend(words, analysis)?));
    let remedies = words.many(remedy).unwrap_or_default();
    let lints = words.rest(|words| take_finding(words, analysis));
    Advice { analysis: analysis.clone(), remedies, lints }
}

/// The module's end: the neighbours of a policy, named as in `namespace/name`.
pub fn neighbours(texts: Vec<String>, policy: &str) -> Vec<String> {
    let analysis = read(texts);
    let mut list = Vec::new();
    let mut policies = analysis.cluster.policies();
    let found = policies.find(|(_, known)| known.meta.name.to_string() == policy);
    let neighbours = found.map(|(id, _)| neighbours_of(&analysis, id)).unwrap_or_default();
    for neighbour in neighbours {
        list.push(neighbour.title);
        put_rewrite(&mut list, neighbour.rewrite);
        list.push(neighbour.lines.len().to_string());
        for Change { line, is_added, text } in neighbour.lines {
            list.extend([line.to_string(), if is_added { "+" } else { "-" }.to_owned(), text]);
        }
        list.push(neighbour.flips.len().to_string());
        for flip in neighbour.flips {
            put_flip(&mut list, flip);
        }
    }
    list
}

/// The page's end of [`neighbours`].
pub fn neighbour_list(analysis: &Derived<Analysis>, answer: Vec<String>) -> Vec<Neighbour> {
    let line = |words: &mut Words| {
        let line = words.number()?;
        Some(Change { line, is_added: words.text()? == "+", text: words.text()? })
    };
    Words::of(answer).rest(|words| {
        let mend = take_mend(words, analysis)?;
        Some(Neighbour { mend, lines: words.many(line)?, flips: words.many(take_flip)? })
    })
}

fn read(texts: Vec<String>) -> Analysis {
    let mut texts = texts.into_iter();
    let (policies, cluster) = (texts.next(), texts.next());
    let witnesses = texts.next().as_deref() == Some(WITH_WITNESSES);
    analyse(&policies.unwrap_or_default(), &cluster.unwrap_or_default(), witnesses)
}

fn put_fix(list: &mut Vec<String>, Fix { title, rewrite }: Fix) {
    list.push(title);
    put_rewrite(list, rewrite);
}

fn take_mend(words: &mut Words, analysis: &Derived<Analysis>) -> Option<Mend> {
    let title = words.text()?;
    Some(Mend { title, rewrite: words.rewrite()?, analysis: analysis.clone() })
}

fn put_finding(list: &mut Vec<String>, analysis: &Analysis, finding: Finding) {
    let Finding { diagnostic, fix } = finding;
    let Some(source) = analysis.manifest.sources.get(diagnostic.source) else { return };
    let start = source.line_column(diagnostic.span.start);
    let end = source.line_column(diagnostic.span.end);
    let Diagnostic { code, source, ref help, .. } = diagnostic;
    list.extend([
        code.to_string(),
        diagnostic.to_string(),
        help.clone().unwrap_or_default(),
        source.to_string(),
        start.line.to_string(),
        start.column.to_string(),
        end.line.to_string(),
        end.column.to_string(),
        fix.as_ref().map_or("", |_| FIX).to_owned(),
    ]);
    if let Some(fix) = fix {
        put_fix(list, fix);
    }
}

fn take_finding(words: &mut Words, analysis: &Derived<Analysis>) -> Option<Problem> {
    let code = words.text()?;
    let (message, help) = (words.text()?, words.text()?);
    let tab = Tab::of_source(words.number()?);
    let position =
        |words: &mut Words| Some(LineColumn { line: words.number()?, column: words.number()? });
    let start = position(words)?;
    Some(Problem {
        code: *Code::ALL.iter().find(|known| known.as_str() == code)?,
        message,
        help: Some(help).filter(|help| !help.is_empty()),
        place: Place::line(tab, start.line),
        start,
        end: position(words)?,
        mend: if words.text()? == FIX { Some(take_mend(words, analysis)?) } else { None },
    })
}

fn put_flip(list: &mut Vec<String>, flip: Flip) {
    list.push(flip.direction.to_string());
    let column = Column::ALL.iter().position(|column| *column == flip.column);
    list.push(column.unwrap_or_default().to_string());
    for Answer { state, reason } in [flip.before, flip.after] {
        list.extend([state.as_str().to_owned(), reason]);
    }
}

fn take_flip(words: &mut Words) -> Option<Flip> {
    let direction = words.text()?;
    let direction = Direction::ALL.into_iter().find(|known| known.to_string() == direction)?;
    let column = *Column::ALL.get(words.number()?)?;
    let answer =
        |words: &mut Words| Some(Answer { state: state(&words.text()?)?, reason: words.text()? });
    Some(Flip { direction, column, before: answer(words)?, after: answer(words)? })
}

fn state(word: &str) -> Option<State> {
    let all = [State::Allowed, State::Denied, State::Partly, State::Unrestricted, State::Depends];
    all.into_iter().find(|state| state.as_str() == word)
}
