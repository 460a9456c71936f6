//! Texts → what is to be seen at once: the table in words, what its open cell says, and what is in the way.

use netpol::{
    Analysis, Cell, Cells, Diagnostic, NetworkPolicy, Scoreboard, Source, Subject, explain,
};
use protocol::{
    Column, Entry, Example, Expectation, Heading, Place, Position, Row, Table, View, ViewQuestion,
    sentence,
};

use crate::{convert, marks::problem_marks, reading::Reading};

/// The answer to a question.
pub(crate) fn view(reading: &mut Reading, question: &ViewQuestion) -> View {
    let chosen = question.direction.map(convert::to_direction);
    let direction = chosen.unwrap_or_else(|| reading.analysis.own_direction());
    let is_example = lessons::is_example(&question.texts.cluster);
    let (analysis, scoreboard) = reading.scoreboard(direction);
    let table = table(analysis, scoreboard);
    let open = table.resolve(&question.open);
    let heading = open.and_then(|open| Some((open, heading(analysis, scoreboard, open)?)));
    let problem = |diagnostic: &Diagnostic| convert::problem(analysis, diagnostic);
    let faults = analysis.diagnostics.iter().filter(|one| one.leaves_out());
    let mut policies = analysis.cluster.policies();
    View {
        heading,
        problems: analysis.diagnostics.iter().filter_map(problem).collect(),
        marks: problem_marks(analysis),
        faults: faults.filter_map(problem).collect(),
        expectations: expectations(analysis),
        has_egress: policies.any(|(_, policy)| policy.affects(netpol::Direction::Egress)),
        has_added: analysis.added.has_cluster(),
        example: match (analysis.uses_fallback, is_example) {
            (true, _) => Example::Around,
            (false, true) => Example::Resting,
            (false, false) => Example::Gone,
        },
        table,
    }
}

/// Which row of the evaluator's table this is.
pub(crate) fn subject(scoreboard: &Scoreboard, position: Position) -> Option<Subject> {
    match position {
        Position::Together => Some(Subject::Together),
        Position::Row(at) => scoreboard.rows.get(at).map(|row| Subject::Policy(row.policy)),
    }
}

fn heading(
    analysis: &Analysis,
    scoreboard: &Scoreboard,
    (position, column): (Position, Column),
) -> Option<Heading> {
    let subject = subject(scoreboard, position)?;
    let column = convert::to_column(column);
    let netpol::Heading { headline, subline } =
        explain::heading(&analysis.cluster, scoreboard, subject, column)?;
    Some(Heading { headline, subline })
}

/// Puts a scoreboard into words.
pub(crate) fn table(analysis: &Analysis, scoreboard: &Scoreboard) -> Table {
    let cluster = &analysis.cluster;
    let direction = scoreboard.direction;
    let entry = |cell: &Cell, column| Entry {
        state: convert::state(cell.state),
        reason: explain::reason(cluster, cell, column, direction),
        is_assumed: cell.rests_on_assumed(cluster),
    };
    let entries =
        |cells: &Cells| netpol::Column::ALL.map(|column| entry(cells.get(column), column));
    let titles = Titles::of(analysis);
    let row = |row: &netpol::Row| {
        let policy = cluster.policy(row.policy)?;
        let origin = policy.meta.origin.as_ref();
        Some(Row {
            key: policy.meta.name.to_string(),
            title: titles.title(policy),
            spec: explain::spec_line(policy, direction),
            elsewhere: policy.elsewhere(direction).map(convert::direction),
            entries: entries(&row.cells),
            place: origin.and_then(|origin| convert::place(analysis, origin)),
        })
    };
    let mut rows: Vec<Row> = scoreboard.rows.iter().filter_map(row).collect();
    // what is true of all is said once
    let elsewhere = rows.first().and_then(|row| row.elsewhere);
    let elsewhere = elsewhere.filter(|_| rows.iter().all(|row| row.elsewhere.is_some()));
    if elsewhere.is_some() {
        for row in &mut rows {
            row.elsewhere = None;
        }
    }
    Table {
        direction: convert::direction(direction),
        rows,
        elsewhere,
        together: entries(&scoreboard.together),
        not_evaluated: explain::not_evaluated(&analysis.manifest).map(|text| sentence(&text)),
    }
}

/// By which names the rows go.
struct Titles {
    has_several_namespaces: bool,
    is_of_the_article: bool,
}

impl Titles {
    fn of(analysis: &Analysis) -> Self {
        let policies = || analysis.cluster.policies().map(|(_, policy)| &policy.meta.name);
        let mut namespaces: Vec<_> = policies().map(|name| &name.namespace).collect();
        namespaces.dedup();
        let names: Vec<_> = policies().map(|name| name.name.as_str()).take(9).collect();
        let text = analysis.manifest.sources.first().map_or("", Source::text);
        Self {
            has_several_namespaces: namespaces.len() > 1,
            is_of_the_article: lessons::is_of_the_article(text, &names),
        }
    }

    fn title(&self, policy: &NetworkPolicy) -> String {
        let name = &policy.meta.name;
        if self.has_several_namespaces {
            return name.to_string();
        }
        let title = lessons::title(&name.name).filter(|_| self.is_of_the_article);
        title.map_or_else(|| name.name.clone(), str::to_owned)
    }
}

fn expectations(analysis: &Analysis) -> Vec<Expectation> {
    let one = |checked: &netpol::expect::Checked| {
        let verdict = checked.verdict(&analysis.cluster);
        Some(Expectation {
            text: checked.expectation.to_string(),
            place: Place::line(convert::tab(checked.expectation.source)?, checked.expectation.line),
            contradiction: verdict
                .map(|verdict| explain::verdict_line(&analysis.cluster, &verdict)),
            is_of_assumed: checked.is_of_assumed,
        })
    };
    analysis.expectations.iter().filter_map(one).collect()
}
