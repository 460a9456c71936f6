//! Everything that is said about the texts, by severity, each with its line, its page and its remedy.

use netpol::{
    Analysis, Diagnostic,
    lint::{Fix, Linted},
};
use protocol::{Element, Press, Severity};

use super::{message, nothing};
use crate::{
    convert,
    problems::{Said, read, said},
    reading::Reading,
};

/// Problems shown; nobody reads more, and a hostile text has thousands.
const MOST: usize = 200;

/// The list, without the severities that are switched off.
pub(super) fn problems(reading: &mut Reading, hidden: &[Severity]) -> Vec<Element> {
    let (analysis, Linted { found, allowed }) = reading.linted();
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
    let of =
        |severity| all.iter().filter(move |(one, _)| convert::severity(one.severity()) == severity);
    let switches = Severity::ALL.map(|one| switch(one, of(one).count(), !hidden.contains(&one)));
    let shown = Severity::ALL.into_iter().filter(|severity| !hidden.contains(severity));
    let shown: Vec<&Said> = shown.flat_map(of).collect();
    let group = Element::classed("div", "severities").attr("role", "group");
    let mut elements = vec![group.attr("aria-label", "Shown problems").each(switches)];
    // always as many, so that the switches stay the same and keep the focus
    let is_empty = shown.is_empty().then(|| nothing("Nothing of the kinds that are switched on."));
    elements.push(Element::tag("div").each(is_empty));
    let items = shown.iter().take(MOST).map(|problem| item(analysis, problem));
    elements.push(Element::classed("ul", "problems").each(items));
    if shown.len() > MOST {
        elements.push(nothing(&format!("And {} more.", shown.len() - MOST)));
    }
    if analysis.diagnostics.iter().any(Diagnostic::leaves_out) {
        elements
            .push(nothing("What is legal but surprising is looked for once the errors are gone."));
    }
    elements.extend(allowed);
    elements
}

/// What is not listed because the texts themselves say that it is well.
fn allowed_by_comments(number: usize) -> Option<Element> {
    match number {
        0 => None,
        1 => Some(nothing("1 problem is allowed by a comment.")),
        more => Some(nothing(&format!("{more} problems are allowed by comments."))),
    }
}

fn switch(severity: Severity, count: usize, is_shown: bool) -> Element {
    let plural = if count == 1 { "" } else { "s" };
    let class = if count > 0 {
        format!("switch-severity {severity}")
    } else {
        "switch-severity".to_owned()
    };
    Element::button(Press::Severity(severity))
        .attr("class", class)
        .attr("aria-pressed", is_shown.to_string())
        .put(Element::tag("b").text(count.to_string()))
        .text(format!(" {severity}{plural}"))
}

fn item(analysis: &Analysis, (diagnostic, fix): &Said) -> Element {
    let severity = diagnostic.severity().to_string();
    let text = message(Element::tag("p"), &diagnostic.to_string(), diagnostic.help.as_deref());
    let problem = convert::problem(analysis, diagnostic);
    let place = problem.iter().map(|problem| problem.place);
    let column = problem.iter().map(|problem| format!(", column {}", problem.start.column));
    let column = Element::classed("span", "column-number").text(column.collect::<String>());
    let text = text.lines(place).put(column);
    let mut remedy = Element::classed("p", "remedy");
    if let Some(button) = fix.as_ref().and_then(mend_button) {
        remedy = remedy.put(button).text(" ");
    }
    let remedy = remedy.put(page_link(diagnostic.code.as_str()));
    let tag_of_severity = Element::classed("span", format!("severity {severity}")).text(severity);
    Element::tag("li").put(tag_of_severity).put(Element::tag("div").put(text).put(remedy))
}

/// The button that mends something.
pub(crate) fn mend_button(fix: &Fix) -> Option<Element> {
    let (title, rewrite) = convert::fix(fix)?;
    let mend = Element::button(Press::Mend(title.clone(), rewrite));
    Some(mend.attr("class", "mend").marked(&title))
}

/// The way to the page of a problem's code.
fn page_link(code: &str) -> Element {
    Element::classed("a", "code-link")
        .attr("href", format!("codes.html#{code}"))
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .attr("title", "What it means (another tab)")
        .text(code)
}
