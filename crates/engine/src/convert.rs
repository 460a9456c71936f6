//! The core's terms ⇄ the protocol's, and those of lessons and links: all of them in one place.

use netpol::{Analysis, Diagnostic, Origin, Source, Span, lint::Fix};
use protocol::{
    Column, Direction, Edit, LineColumn, Place, Problem, Rewrite, Severity, State, Tab,
};

pub(crate) const fn direction(direction: netpol::Direction) -> Direction {
    match direction {
        netpol::Direction::Ingress => Direction::Ingress,
        netpol::Direction::Egress => Direction::Egress,
    }
}

pub(crate) const fn to_direction(direction: Direction) -> netpol::Direction {
    match direction {
        Direction::Ingress => netpol::Direction::Ingress,
        Direction::Egress => netpol::Direction::Egress,
    }
}

pub(crate) const fn direction_of_link(direction: permalink::Direction) -> Direction {
    match direction {
        permalink::Direction::Ingress => Direction::Ingress,
        permalink::Direction::Egress => Direction::Egress,
    }
}

pub(crate) const fn to_direction_of_link(direction: Direction) -> permalink::Direction {
    match direction {
        Direction::Ingress => permalink::Direction::Ingress,
        Direction::Egress => permalink::Direction::Egress,
    }
}

pub(crate) const fn direction_of_lesson(direction: lessons::Direction) -> Direction {
    match direction {
        lessons::Direction::Ingress => Direction::Ingress,
        lessons::Direction::Egress => Direction::Egress,
    }
}

pub(crate) const fn column_of_lesson(column: lessons::Column) -> Column {
    match column {
        lessons::Column::Same => Column::Same,
        lessons::Column::Cross => Column::Cross,
        lessons::Column::External => Column::External,
    }
}

pub(crate) const fn column(column: netpol::Column) -> Column {
    match column {
        netpol::Column::Same => Column::Same,
        netpol::Column::Cross => Column::Cross,
        netpol::Column::External => Column::External,
    }
}

pub(crate) const fn to_column(column: Column) -> netpol::Column {
    match column {
        Column::Same => netpol::Column::Same,
        Column::Cross => netpol::Column::Cross,
        Column::External => netpol::Column::External,
    }
}

pub(crate) const fn state(state: netpol::State) -> State {
    match state {
        netpol::State::Allowed => State::Allowed,
        netpol::State::Denied => State::Denied,
        netpol::State::Partly => State::Partly,
        netpol::State::Unrestricted => State::Unrestricted,
        netpol::State::Depends => State::Depends,
    }
}

pub(crate) const fn severity(severity: netpol::Severity) -> Severity {
    match severity {
        netpol::Severity::Error => Severity::Error,
        netpol::Severity::Warning => Severity::Warning,
        netpol::Severity::Note => Severity::Note,
    }
}

/// The text of a source of an analysis; the example around somebody's own cluster stands in no tab.
pub(crate) const fn tab(source: usize) -> Option<Tab> {
    match source {
        0 => Some(Tab::Policies),
        1 => Some(Tab::Cluster),
        _ => None,
    }
}

fn line_column(source: &Source, at: usize) -> LineColumn {
    let netpol::LineColumn { line, column } = source.line_column(at);
    LineColumn { line, column }
}

/// From where to before where a span of a source is.
pub(crate) fn line_columns(source: &Source, span: Span) -> (LineColumn, LineColumn) {
    (line_column(source, span.start), line_column(source, span.end))
}

/// The lines of a field.
pub(crate) fn place(analysis: &Analysis, origin: &Origin) -> Option<Place> {
    let (source, (first, last)) = analysis.manifest.lines(origin)?;
    Some(Place { tab: tab(source)?, first, last })
}

/// A diagnostic or a lint of these texts.
pub(crate) fn problem(analysis: &Analysis, diagnostic: &Diagnostic) -> Option<Problem> {
    let source = analysis.manifest.sources.get(diagnostic.source)?;
    let (start, end) = line_columns(source, diagnostic.span);
    Some(Problem {
        code: diagnostic.code.as_str().to_owned(),
        severity: severity(diagnostic.severity()),
        message: diagnostic.to_string(),
        help: diagnostic.help.clone(),
        place: Place::line(tab(diagnostic.source)?, start.line),
        start,
        end,
    })
}

/// An edit; none of a text that stands in no tab.
pub(crate) fn rewrite(rewrite: &netpol::rewrite::Rewrite) -> Option<Rewrite> {
    let edit = |edit: &netpol::rewrite::Edit| Edit {
        start: edit.span.start,
        end: edit.span.end,
        text: edit.text.clone(),
    };
    Some(Rewrite { tab: tab(rewrite.source)?, edits: rewrite.edits.iter().map(edit).collect() })
}

/// A fix: what it does, and the edit.
pub(crate) fn fix(fix: &Fix) -> Option<(String, Rewrite)> {
    Some((fix.title.clone(), rewrite(&fix.rewrite)?))
}
