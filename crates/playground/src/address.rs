//! Session ⇄ link: what a link to this session says, when there is none, and what to tell about one that did not open.

use lessons::{Opening, Scenario};
use netpol::{Column, Direction, secret::holds_secret};
use yew::AttrValue;

use crate::{
    choices::{CellKey, Open, Panel, RowKey},
    codec,
    place::Tab,
    session::Session,
    table::Position,
};

/// How the link to a built-in text begins.
const BUILT_IN: &str = "#/s/";

/// Something to say about the address that led here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What happened, beginning in lower case.
    pub message: String,
    /// What the person can do now.
    pub help: AttrValue,
    /// Whether that is to choose a built-in text, which only the page has.
    pub is_about_choice: bool,
    /// What could be read of the policies nevertheless.
    pub kept: Option<String>,
}

impl Notice {
    /// For a link that cannot be read or written, because what does that could not be fetched.
    pub fn no_codec() -> Self {
        Self {
            message: "the part of this page that reads and writes links could not be fetched"
                .to_owned(),
            help: "reload the page when there is a connection; what you have typed is kept".into(),
            is_about_choice: false,
            kept: None,
        }
    }

    /// For a built-in text that there is not.
    pub fn unknown_scenario(slug: &str) -> Self {
        Self {
            message: format!("there is no built-in text called `{slug}`"),
            help: "choose one of the built-in texts".into(),
            is_about_choice: true,
            kept: None,
        }
    }

    /// For a text that is put into no link.
    pub fn secret() -> Self {
        Self {
            message: "this text holds a `Secret` or a kubeconfig's credentials, and anyone with the link could read it"
                .to_owned(),
            help: "take it out of the text first; no policy needs it".into(),
            is_about_choice: false,
            kept: None,
        }
    }

    /// For an address of a part of the playground that is still to come.
    pub fn not_yet() -> Self {
        Self {
            message: "this playground has no exercises and no comparison yet".to_owned(),
            help: "choose one of the built-in texts".into(),
            is_about_choice: true,
            kept: None,
        }
    }
}

/// In a link: the problems are in sight.
pub const PROBLEMS: char = 'p';
/// In a link: what is one edit away is in sight.
pub const NEIGHBOURS: char = 'n';
/// In a link: the cluster is in sight.
pub const CLUSTER: char = 'c';
/// In a link: no cell is open.
const NONE_OPEN: &str = "-";

/// The link to a session, from `#` on: the short one where the text is a built-in one, seen as it is there, else the one
/// that is written. `open` is the cell that is open, `result` what the table says, if that is known.
pub fn link(
    session: &Session,
    open: Option<(Position, Column)>,
    result: Option<String>,
    write: impl FnOnce(Vec<String>) -> Result<String, Notice>,
) -> Result<String, Notice> {
    let view = view(session);
    if let Some(scenario) = built_in(&session.policies, &session.cluster)
        && view.is_empty()
        && is_as_opened(session, scenario)
    {
        return Ok(format!("{BUILT_IN}{}", scenario.slug));
    }
    if holds_secret(&session.policies) || holds_secret(&session.cluster) {
        return Err(Notice::secret());
    }
    let open = if session.open == Open::Unchosen { String::new() } else { open_to_link(open) };
    let mut words = vec![
        codec::direction(session.direction).to_owned(),
        codec::witnesses(session.witnesses).to_owned(),
        open,
        view,
        result.unwrap_or_default(),
        session.policies.to_string(),
    ];
    if session.cluster != lessons::CLUSTER {
        words.push(session.cluster.to_string());
    }
    write(words)
}

/// Whether a link only names a built-in text. What is inside a link holds no `#`.
pub fn is_short(link: &str) -> bool {
    link.contains(BUILT_IN)
}

/// The built-in text that these are.
pub fn built_in(policies: &str, cluster: &str) -> Option<&'static Scenario> {
    let is_it =
        |scenario: &&Scenario| policies == scenario.policies && cluster == scenario.cluster_text();
    lessons::scenarios().iter().find(is_it)
}

fn is_as_opened(session: &Session, scenario: &Scenario) -> bool {
    session.direction.is_none_or(|direction| direction == direction_of(scenario))
        && session.witnesses
        && (session.open == Open::Unchosen || session.open == first_open(scenario))
}

/// The cell that a scenario begins with.
pub fn first_open(scenario: &Scenario) -> Open {
    scenario.open.map_or(Open::Unchosen, |opening| {
        let row = RowKey::Policy { name: opening.policy.to_owned(), index: None };
        Open::Cell(CellKey { row, column: column_of(opening) })
    })
}

/// What a link says of the view, beside the open cell.
fn view(session: &Session) -> String {
    let panel = match session.panel {
        Panel::Why => None,
        Panel::Problems => Some(PROBLEMS),
        Panel::Neighbours => Some(NEIGHBOURS),
    };
    panel.into_iter().chain((session.tab == Tab::Cluster).then_some(CLUSTER)).collect()
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

/// The open cell, as a link says it; the page chooses where it says nothing that can be understood.
pub fn open_from_link(word: &str) -> Open {
    let cell = |column: Column| {
        let row: usize = word.strip_suffix(column.as_str().get(..1)?)?.parse().ok()?;
        let index = row.checked_sub(1);
        let row = match index {
            Some(_) => RowKey::Policy { name: String::new(), index },
            None => RowKey::Together,
        };
        Some(Open::Cell(CellKey { row, column }))
    };
    if word == NONE_OPEN {
        return Open::Closed;
    }
    Column::ALL.into_iter().find_map(cell).unwrap_or(Open::Unchosen)
}

/// The direction that a scenario begins with.
pub fn direction_of(scenario: &Scenario) -> Direction {
    match scenario.direction {
        lessons::Direction::Ingress => Direction::Ingress,
        lessons::Direction::Egress => Direction::Egress,
    }
}

/// The column that a scenario opens.
fn column_of(opening: Opening) -> Column {
    match opening.column {
        lessons::Column::Same => Column::Same,
        lessons::Column::Cross => Column::Cross,
        lessons::Column::External => Column::External,
    }
}

/// The direction that a link says.
pub fn from_link(direction: permalink::Direction) -> Direction {
    match direction {
        permalink::Direction::Ingress => Direction::Ingress,
        permalink::Direction::Egress => Direction::Egress,
    }
}
