//! Two texts, and what is to be seen of them → a link.

use lessons::Scenario;
use netpol::{scoreboard::Record, secret::holds_secret};
use permalink::{Fields, Shared};
use protocol::{Column, LinkQuestion, Notice, Open, Panel, Position, Tab};

use crate::{
    built_in::{built_in, first_open},
    convert,
    reading::Reading,
};

/// How the link to a built-in text begins.
const BUILT_IN: &str = "#/s/";
/// In a link: the problems are in sight.
pub(crate) const PROBLEMS: char = 'p';
/// In a link: what is one edit away is in sight.
pub(crate) const NEIGHBOURS: char = 'n';
/// In a link: the cluster is in sight.
pub(crate) const CLUSTER: char = 'c';
/// In a link: no cell is open.
pub(crate) const NONE_OPEN: &str = "-";

/// The link, from `#` on: the short one where the texts are built-in ones, seen as they are there.
///
/// # Errors
///
/// Where the texts are too long for a link, or hold what must not be published.
pub(crate) fn link(question: &LinkQuestion, reading: &mut Reading) -> Result<String, Notice> {
    let texts = &question.texts;
    let view = view(question);
    if let Some(scenario) = built_in(&texts.policies, &texts.cluster)
        && view.is_empty()
        && is_as_opened(question, scenario)
    {
        return Ok(format!("{BUILT_IN}{}", scenario.slug));
    }
    if holds_secret(&texts.policies) || holds_secret(&texts.cluster) {
        return Err(secret());
    }
    let recorded = question.recorded.map(|direction| {
        let (analysis, scoreboard) = reading.scoreboard(convert::to_direction(direction));
        Record::of(scoreboard, &analysis.cluster).to_string()
    });
    let open = (question.open != Open::Unchosen).then(|| open_to_link(question.position));
    let fields = Fields {
        direction: question.direction.map(convert::to_direction_of_link),
        without_witnesses: !texts.witnesses,
        open,
        view: Some(view).filter(|view| !view.is_empty()),
        result: recorded,
    };
    let cluster = Some(&texts.cluster).filter(|cluster| ***cluster != *lessons::CLUSTER);
    let shared = Shared {
        fields,
        policies: texts.policies.to_string(),
        cluster: cluster.map(ToString::to_string),
    };
    shared.encode().map_err(|error| Notice {
        message: error.to_string(),
        help: error.help().to_owned(),
        is_about_choice: false,
        kept: None,
    })
}

/// Whether a link only names a built-in text. What is inside a link holds no `#`.
pub(crate) fn is_short(link: &str) -> bool {
    link.contains(BUILT_IN)
}

fn is_as_opened(question: &LinkQuestion, scenario: &Scenario) -> bool {
    let own = convert::direction_of_lesson(scenario.direction);
    question.direction.is_none_or(|direction| direction == own)
        && question.texts.witnesses
        && (question.open == Open::Unchosen || question.open == first_open(scenario))
}

/// What a link says of the view, beside the open cell.
fn view(question: &LinkQuestion) -> String {
    let panel = match question.panel {
        Panel::Why => None,
        Panel::Problems => Some(PROBLEMS),
        Panel::Neighbours => Some(NEIGHBOURS),
    };
    panel.into_iter().chain((question.tab == Tab::Cluster).then_some(CLUSTER)).collect()
}

/// The open cell in a link: `6c` is the cross-namespace cell of row 6, `0s` the first one of all policies together.
fn open_to_link(open: Option<(Position, Column)>) -> String {
    let Some((position, column)) = open else { return NONE_OPEN.to_owned() };
    let row = match position {
        Position::Row(at) => at + 1,
        Position::Together => 0,
    };
    format!("{row}{}", column.as_str().get(..1).unwrap_or_default())
}

fn secret() -> Notice {
    Notice {
        message: "this text holds a `Secret` or a kubeconfig's credentials, and anyone with the link could read it"
            .to_owned(),
        help: "take it out of the text first; no policy needs it".to_owned(),
        is_about_choice: false,
        kept: None,
    }
}
