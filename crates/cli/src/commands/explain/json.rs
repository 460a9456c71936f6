//! An explanation for programs. Keys keep their names and order; texts are Markdown. A connection to a Service has an
//! answer for each pod behind it, any other one has one.

use netpol::{
    Analysis,
    explain::{Arrival, Explanation, Sentence, Side},
    plugin::OpenQuestion,
};
use serde::Serialize;

use super::place::Place;
use crate::spelt;

#[derive(Serialize)]
struct Answer<'a> {
    connection: String,
    /// `allowed` or `denied`; `depends` where it takes a value that is not in the files.
    verdict: &'static str,
    /// Whether another network plugin than the usual one may decide otherwise.
    depends_on_plugin: bool,
    headline: &'a str,
    service: Option<Step<'a>>,
    answers: Vec<Arrived<'a>>,
    /// How many pods behind the Service are not told of.
    left_out: usize,
}

#[derive(Serialize)]
struct Arrived<'a> {
    connection: String,
    verdict: &'static str,
    /// `blocks-on-pods`, `host-network`, `unknown-value`
    open_questions: Vec<&'static str>,
    sides: Vec<Told<'a>>,
    closing: Step<'a>,
    notes: Vec<Step<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    direction: &'static str,
    subject: String,
    verdict: &'static str,
    restricted: bool,
    steps: Vec<Step<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    text: &'a str,
    places: Vec<Place<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<Self>,
}

/// The explanation as JSON.
pub(super) fn json(analysis: &Analysis, explained: &Explanation) -> String {
    let answer = Answer {
        connection: explained.connection.to_string(),
        verdict: verdict(explained.is_allowed, explained.is_unknown),
        depends_on_plugin: explained
            .arrivals
            .iter()
            .flat_map(|one| &one.open_questions)
            .any(|question| question.is_left_to_plugin()),
        headline: &explained.headline,
        service: explained.service.as_ref().map(|service| step(analysis, service)),
        answers: explained.arrivals.iter().map(|one| arrived(analysis, one)).collect(),
        left_out: explained.left_out,
    };
    spelt::pretty(&answer)
}

const fn verdict(is_allowed: bool, is_unknown: bool) -> &'static str {
    match (is_unknown, is_allowed) {
        (true, _) => "depends",
        (false, true) => "allowed",
        (false, false) => "denied",
    }
}

fn arrived<'a>(analysis: &'a Analysis, arrival: &'a Arrival) -> Arrived<'a> {
    let question = |question: &OpenQuestion| match question {
        OpenQuestion::BlocksOnPods => "blocks-on-pods",
        OpenQuestion::HostNetwork => "host-network",
        OpenQuestion::UnknownValue => "unknown-value",
    };
    let side = |side: &'a Side| Told {
        direction: side.direction.field(),
        subject: side.subject.to_string(),
        verdict: verdict(side.is_allowed, side.is_unknown),
        restricted: side.is_restricted,
        steps: steps(analysis, &side.steps),
    };
    Arrived {
        connection: arrival.connection.to_string(),
        verdict: verdict(arrival.is_allowed, arrival.is_unknown),
        open_questions: arrival.open_questions.iter().map(question).collect(),
        sides: arrival.sides.iter().map(side).collect(),
        closing: step(analysis, &arrival.closing),
        notes: steps(analysis, &arrival.notes),
    }
}

fn steps<'a>(analysis: &'a Analysis, sentences: &'a [Sentence]) -> Vec<Step<'a>> {
    sentences.iter().map(|sentence| step(analysis, sentence)).collect()
}

fn step<'a>(analysis: &'a Analysis, sentence: &'a Sentence) -> Step<'a> {
    Step {
        text: &sentence.text,
        places: Place::all(analysis, &sentence.places),
        details: steps(analysis, &sentence.details),
    }
}
