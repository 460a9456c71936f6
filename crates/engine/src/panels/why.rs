//! Why the open cell says what it says, step by step, each step with its lines; and what becomes of one connection.

use netpol::{
    Analysis, Column, Connection, Scoreboard, Sentence, State, Subject,
    explain::{self, Arrival, Funnel},
    resolve::did_you_mean,
};
use protocol::{Element, FIELD, PanelQuestion, Place, Press, Sheet, column_name};

use super::{funnel, message, nothing, said};
use crate::{convert, reading::policy_of};

/// Pods behind a Service that are told of one by one.
const MOST_ARRIVALS: usize = 3;
/// What is wrong with it.
const FAULT: &str = "connection-fault";

type Cell = Option<(Subject, Column)>;

/// The panel.
pub(super) fn why(analysis: &Analysis, scoreboard: &Scoreboard, asked: &PanelQuestion) -> Sheet {
    let cell = cell(analysis, asked);
    let steps = steps(analysis, scoreboard, cell);
    let mut told = Element::tag("div").put(heading(scoreboard, cell));
    if !steps.is_empty() {
        told = told.put(steps_of(analysis, &steps));
    }
    let mut teller =
        Teller { analysis, scoreboard, cell, elements: Vec::new(), answer: None, is_faulty: false };
    let connection = asked.connection.as_deref().filter(|text| !text.trim().is_empty());
    let follow = teller.connections(connection);
    // always four, so that the field stays the same and keeps the focus; the answer is said aloud
    let answer = Element::tag("div").attr("aria-live", "polite").each(teller.answer);
    let parts = [told, follow, answer, Element::tag("div").each(teller.elements)];
    let section = Element::classed("section", "why").attr("id", "why").attr("aria-label", "Why");
    Sheet { behind: behind(analysis, &steps), elements: vec![section.each(parts)] }
}

/// The lines behind the open cell.
pub(super) fn behind_cell(
    analysis: &Analysis,
    scoreboard: &Scoreboard,
    asked: &PanelQuestion,
) -> Vec<Place> {
    behind(analysis, &steps(analysis, scoreboard, cell(analysis, asked)))
}

fn cell(analysis: &Analysis, asked: &PanelQuestion) -> Cell {
    let (policy, column) = asked.cell.as_ref()?;
    let subject = match policy {
        Some(policy) => Subject::Policy(policy_of(analysis, policy)?),
        None => Subject::Together,
    };
    Some((subject, convert::to_column(*column)))
}

fn steps(analysis: &Analysis, scoreboard: &Scoreboard, cell: Cell) -> Vec<Sentence> {
    let why = cell
        .and_then(|(subject, column)| explain::why(&analysis.cluster, scoreboard, subject, column));
    why.map(|why| why.steps).unwrap_or_default()
}

fn heading(scoreboard: &Scoreboard, cell: Cell) -> Element {
    let Some((subject, column)) = cell else {
        return nothing("Choose a cell of the table to see why it says what it says.");
    };
    let cells = subject.cells(scoreboard);
    let cell = cells.map(|cells| cells.get(column));
    let ending = match cell.map(|cell| cell.state) {
        Some(State::Depends) if cell.is_some_and(|cell| cell.asks_unknown_value) => "left open",
        Some(State::Allowed) => "allowed",
        Some(State::Denied) | None => "denied",
        Some(State::Partly) => "partly allowed",
        Some(State::Unrestricted) => "not restricted",
        Some(State::Depends) => "left to the network plugin",
    };
    let (word, rest) = column_name(convert::column(column));
    let name = Element::classed("span", "column").text(format!("{word}{rest}"));
    Element::tag("h2").text("Why is ").put(name).text(format!(" {ending}?"))
}

/// The lines behind an answer: those of the rules where there are any, else those of what comes before.
fn behind(analysis: &Analysis, steps: &[Sentence]) -> Vec<Place> {
    let of = |steps: &[Sentence]| -> Vec<Place> {
        let origins = steps.iter().flat_map(Sentence::all_places);
        origins.filter_map(|origin| convert::place(analysis, origin)).collect()
    };
    let rules = of(steps.get(2..).unwrap_or_default());
    if rules.is_empty() { of(steps) } else { rules }
}

fn steps_of(analysis: &Analysis, steps: &[Sentence]) -> Element {
    let step = |(at, step): (usize, &Sentence)| {
        let number = Element::classed("span", "step").unheard().text((at + 1).to_string());
        let mut told = Element::tag("div").put(said(analysis, Element::tag("p"), step));
        if !step.details.is_empty() {
            let details = step.details.iter().map(|one| said(analysis, Element::tag("li"), one));
            told = told.put(Element::classed("ul", "details").each(details));
        }
        Element::tag("li").put(number).put(told)
    };
    Element::classed("ol", "steps").each(steps.iter().enumerate().map(step))
}

struct Teller<'a> {
    analysis: &'a Analysis,
    scoreboard: &'a Scoreboard,
    cell: Cell,
    elements: Vec<Element>,
    /// What a connection that was asked for comes to.
    answer: Option<Element>,
    is_faulty: bool,
}

impl Teller<'_> {
    /// Some connections to choose from, a field for any other, and below them the one that is followed.
    fn connections(&mut self, asked: Option<&str>) -> Element {
        let examples = self.cell.map(|(subject, column)| {
            explain::examples(&self.analysis.cluster, self.scoreboard, subject, column)
        });
        let examples = examples.unwrap_or_default();
        let parsed = asked.map(str::parse::<Connection>);
        let chosen = match &parsed {
            Some(parsed) => parsed.clone().ok(),
            None => examples.first().cloned(),
        };
        let chips = examples.iter().map(|one| self.example(one, chosen.as_ref() == Some(one)));
        let follow =
            Element::classed("div", "follow").put(Element::tag("h3").text("Follow one connection"));
        let follow = if examples.is_empty() {
            follow
        } else {
            follow.put(Element::classed("ul", "examples").each(chips))
        };
        let label = if examples.is_empty() { "From and to" } else { "Any other connection" };
        match (&parsed, chosen) {
            (Some(Err(error)), _) => self.fault(&error.to_string(), None),
            (_, Some(chosen)) => self.follow(&chosen, examples.contains(&chosen), parsed.is_some()),
            (_, None) => {}
        }
        follow.put(form(label, asked.unwrap_or_default(), self.is_faulty))
    }

    /// A connection, through the cell's policy alone where it is one of the cell's, and, where somebody asked for it,
    /// through all.
    fn follow(&mut self, chosen: &Connection, is_of_cell: bool, is_asked: bool) {
        if is_of_cell && let Some(funnel) = self.through_cell(chosen) {
            let title = match self.policy() {
                Some(name) => format!("`{chosen}`, judged by **{name}** alone"),
                None => format!("What becomes of `{chosen}`"),
            };
            self.title(&title);
            self.draw(&funnel);
        }
        if is_asked {
            self.explained(chosen, is_of_cell && self.policy().is_none());
        }
    }

    /// The name of the cell's policy.
    fn policy(&self) -> Option<&str> {
        match self.cell?.0 {
            Subject::Policy(id) => Some(&self.analysis.cluster.policy(id)?.meta.name.name),
            Subject::Together => None,
        }
    }

    /// What the cell's policy, or all of them, make of a connection.
    fn through_cell(&self, connection: &Connection) -> Option<Funnel> {
        let policy = self.cell.and_then(|(subject, _)| match subject {
            Subject::Policy(id) => Some(id),
            Subject::Together => None,
        });
        let direction = self.scoreboard.direction;
        explain::funnel(&self.analysis.cluster, connection, direction, policy)
    }

    fn example(&self, connection: &Connection, is_chosen: bool) -> Element {
        let funnel = self.through_cell(connection);
        let (glyph, word) = match funnel {
            Some(funnel) if funnel.is_unknown => ("?", "depends"),
            Some(funnel) if funnel.is_allowed => ("✓", "allowed"),
            _ => ("✕", "denied"),
        };
        let chip = Element::button(Press::Connection(connection.to_string()))
            .attr("class", format!("example {word}"))
            .attr("aria-pressed", is_chosen.to_string())
            .put(Element::tag("span").unheard().text(glyph))
            .put(Element::classed("span", "unseen").text(word))
            .text(format!(" {connection}"));
        Element::tag("li").put(chip)
    }

    /// A connection with all policies and both ends.
    fn explained(&mut self, asked: &Connection, is_drawn: bool) {
        let explained = match explain::connection(&self.analysis.cluster, asked) {
            Ok(explained) => explained,
            Err(unresolved) => {
                let help = did_you_mean(&self.analysis.cluster, &unresolved);
                return self.fault(&unresolved.to_string(), help.as_deref());
            }
        };
        let answer = format!("With all policies, {}", explained.headline);
        self.answer = Some(Element::classed("p", "comes-to").marked(&answer));
        if let Some(service) = &explained.service {
            self.say(service);
        }
        for arrival in explained.arrivals.iter().take(MOST_ARRIVALS) {
            if explained.service.is_some() {
                self.title(&format!("At `{}`", arrival.connection.destination));
            }
            self.arrival(arrival, is_drawn);
        }
        let left_out = explained.left_out + explained.arrivals.len().saturating_sub(MOST_ARRIVALS);
        if left_out > 0 {
            let more = format!("And {left_out} more pods.");
            self.elements.push(nothing(&more));
        }
    }

    fn arrival(&mut self, arrival: &Arrival, is_drawn: bool) {
        for side in &arrival.sides {
            self.title(&format!("{} of `{}`", side.direction.as_str(), side.subject));
            let cluster = &self.analysis.cluster;
            let funnel = explain::funnel(cluster, &arrival.connection, side.direction, None);
            if let Some(funnel) = funnel.filter(|_| side.is_restricted && !is_drawn) {
                self.draw(&funnel);
            }
            self.elements.push(steps_of(self.analysis, &side.steps));
        }
        self.say(&arrival.closing);
        arrival.notes.iter().for_each(|note| self.say(note));
    }

    fn draw(&mut self, funnel: &Funnel) {
        self.elements.push(funnel::funnel(self.analysis, funnel));
    }

    fn say(&mut self, sentence: &Sentence) {
        self.elements.push(said(self.analysis, Element::classed("p", "said"), sentence));
    }

    fn title(&mut self, text: &str) {
        self.elements.push(Element::tag("h3").marked(text));
    }

    fn fault(&mut self, text: &str, help: Option<&str>) {
        self.is_faulty = true;
        let fault = Element::classed("p", "said fault").attr("id", FAULT).attr("role", "alert");
        self.elements.push(message(fault, text, help));
    }
}

fn form(label: &str, connection: &str, is_faulty: bool) -> Element {
    let field = Element::tag("input")
        .attr("id", FIELD)
        .attr("value", connection)
        .attr("aria-invalid", is_faulty.to_string())
        .attr("aria-describedby", FAULT)
        .attr("placeholder", "shop/web -> svc:shop/db:5432")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off");
    Element::tag("form")
        .press(Press::Field)
        .put(Element::tag("label").attr("for", FIELD).text(label))
        .put(field)
        .put(Element::tag("button").text("Follow"))
}
