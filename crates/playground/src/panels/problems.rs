//! Everything that is said about the texts, by severity, each with its line, its page and its remedy.

use netpol::{
    Analysis, Diagnostic, Severity,
    lint::{Finding, Fix, Linted},
    repair,
};

use super::{message, nothing};
use crate::{
    advice,
    problem::{Problem, SEVERITIES},
    sketch::{Press, Sketch, button, classed, tag},
};

/// Problems shown; nobody reads more, and a hostile text has thousands.
const MOST: usize = 200;

/// What is said, and the edit that mends it.
pub(super) type Said = (Diagnostic, Option<Fix>);

/// What was said while the texts were read.
pub(super) fn read(analysis: &Analysis) -> Vec<Said> {
    let fix = |one: &Diagnostic| repair::fix(&analysis.manifest, one);
    analysis.diagnostics.iter().map(|one| (one.clone(), fix(one))).collect()
}

/// What is legal but surprising.
pub(super) fn lints(analysis: &Analysis) -> Vec<Said> {
    said(advice::linted(analysis).found)
}

fn said(found: Vec<Finding>) -> Vec<Said> {
    found.into_iter().map(|found| (found.diagnostic, found.fix)).collect()
}

/// The list, without the severities that are switched off.
pub(super) fn problems(analysis: &Analysis, hidden: &[Severity]) -> Vec<Sketch> {
    let Linted { found, allowed } = advice::linted(analysis);
    let all: Vec<Said> = read(analysis).into_iter().chain(said(found)).collect();
    let allowed = allowed_by_comments(analysis.allowed.len() + allowed.len());
    if all.is_empty() && allowed.is_some() {
        return allowed.into_iter().collect();
    }
    if all.is_empty() {
        return vec![nothing(
            "Nothing to complain about: the API server takes all of this, and it says what it seems to say.",
        )];
    }
    let of = |severity| all.iter().filter(move |(one, _)| one.severity() == severity);
    let switches = SEVERITIES.map(|one| switch(one, of(one).count(), !hidden.contains(&one)));
    let shown = SEVERITIES.into_iter().filter(|severity| !hidden.contains(severity));
    let shown: Vec<&Said> = shown.flat_map(of).collect();
    let group = classed("div", "severities").attr("role", "group");
    let mut sketches = vec![group.attr("aria-label", "Shown problems").each(switches)];
    // always as many, so that the switches stay the same and keep the focus
    let is_empty = shown.is_empty().then(|| nothing("Nothing of the kinds that are switched on."));
    sketches.push(tag("div").each(is_empty));
    let items = shown.iter().take(MOST).map(|problem| item(analysis, problem));
    sketches.push(classed("ul", "problems").each(items));
    if shown.len() > MOST {
        sketches.push(nothing(&format!("And {} more.", shown.len() - MOST)));
    }
    if analysis.diagnostics.iter().any(Diagnostic::leaves_out) {
        sketches
            .push(nothing("What is legal but surprising is looked for once the errors are gone."));
    }
    sketches.extend(allowed);
    sketches
}

/// What is not listed because the texts themselves say that it is well.
fn allowed_by_comments(number: usize) -> Option<Sketch> {
    match number {
        0 => None,
        1 => Some(nothing("1 problem is allowed by a comment.")),
        more => Some(nothing(&format!("{more} problems are allowed by comments."))),
    }
}

fn switch(severity: Severity, count: usize, is_shown: bool) -> Sketch {
    let plural = if count == 1 { "" } else { "s" };
    let class = if count > 0 {
        format!("switch-severity {severity}")
    } else {
        "switch-severity".to_owned()
    };
    button(Press::Severity(severity))
        .attr("class", class)
        .attr("aria-pressed", is_shown.to_string())
        .put(tag("b").text(count.to_string()))
        .text(format!(" {severity}{plural}"))
}

fn item(analysis: &Analysis, (diagnostic, fix): &Said) -> Sketch {
    let severity = diagnostic.severity().to_string();
    let text = message(tag("p"), &diagnostic.to_string(), diagnostic.help.as_deref());
    let problem = Problem::of(analysis, diagnostic);
    let place = problem.iter().map(|problem| problem.place);
    let column = problem.iter().map(|problem| format!(", column {}", problem.start.column));
    let column = classed("span", "column-number").text(column.collect::<String>());
    let text = text.lines(place).put(column);
    let mut remedy = classed("p", "remedy");
    if let Some(fix) = fix {
        remedy = remedy.put(mend_button(fix)).text(" ");
    }
    let remedy = remedy.put(page_link(diagnostic.code.as_str()));
    let tag_of_severity = classed("span", format!("severity {severity}")).text(severity);
    tag("li").put(tag_of_severity).put(tag("div").put(text).put(remedy))
}

/// The button that mends something.
pub(super) fn mend_button(Fix { title, rewrite }: &Fix) -> Sketch {
    let mend = button(Press::Mend(title.clone(), rewrite.clone()));
    mend.attr("class", "mend").marked(title)
}

/// The way to the page of a problem's code.
fn page_link(code: &str) -> Sketch {
    classed("a", "code-link")
        .attr("href", format!("codes.html#{code}"))
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .attr("title", "What it means (another tab)")
        .text(code)
}
