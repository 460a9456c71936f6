//! Session ⇄ link: what a link to this session says, when there is none, and what to tell about one that did not open.

use lessons::{Opening, Scenario};
use netpol::{Column, Direction, secret::holds_secret};
use permalink::{Fields, Shared};
use yew::AttrValue;

use crate::session::Session;

/// How the link to a built-in text begins.
const BUILT_IN: &str = "#/s/";

/// Something to say about the address that led here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What happened, beginning in lower case.
    pub message: String,
    /// What the person can do now.
    pub help: AttrValue,
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
            kept: None,
        }
    }

    /// For a built-in text that there is not.
    pub fn unknown_scenario(slug: &str) -> Self {
        Self {
            message: format!("there is no built-in text called `{slug}`"),
            help: "choose one of those above".into(),
            kept: None,
        }
    }

    /// For an address of a part of the playground that is still to come.
    pub fn not_yet() -> Self {
        Self {
            message: "this playground has no exercises and no comparison yet".to_owned(),
            help: "choose one of the texts above".into(),
            kept: None,
        }
    }
}

/// Why there is no link to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It holds a Secret, and everyone with the link could read it.
    Secret,
    /// It cannot be written.
    Unwritten(Notice),
}

/// The link to a session, from `#` on: the short one where the text is a built-in one, else the one that is written.
pub fn link(
    session: &Session,
    write: impl FnOnce(Shared) -> Result<String, Notice>,
) -> Result<String, Refusal> {
    if let Some(scenario) = lessons::scenarios().iter().find(|scenario| is_just(session, scenario))
    {
        return Ok(format!("{BUILT_IN}{}", scenario.slug));
    }
    if holds_secret(&session.policies) || holds_secret(&session.cluster) {
        return Err(Refusal::Secret);
    }
    let cluster = (session.cluster != lessons::CLUSTER).then(|| session.cluster.to_string());
    let direction =
        (session.direction == Direction::Egress).then_some(permalink::Direction::Egress);
    let fields = Fields { direction, without_witnesses: !session.witnesses };
    write(Shared { policies: session.policies.to_string(), cluster, fields })
        .map_err(Refusal::Unwritten)
}

/// Whether a link only names a built-in text. What is inside a link holds no `#`.
pub fn is_short(link: &str) -> bool {
    link.contains(BUILT_IN)
}

fn is_just(session: &Session, scenario: &Scenario) -> bool {
    session.policies == scenario.policies
        && session.cluster == scenario.cluster_text()
        && session.direction == direction_of(scenario)
        && session.witnesses
}

/// The direction that a scenario begins with.
pub fn direction_of(scenario: &Scenario) -> Direction {
    match scenario.direction {
        lessons::Direction::Ingress => Direction::Ingress,
        lessons::Direction::Egress => Direction::Egress,
    }
}

/// The column that a scenario opens.
pub fn column_of(opening: Opening) -> Column {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_noticed_however_it_is_written() {
        for text in [
            "kind: Secret",
            "apiVersion: v1\nkind:   Secret  # really\n",
            "{\"kind\": \"Secret\"}",
            "# kind: Secret",
            "- kind: 'Secret'\n",
            "kind: SecretList",
            "kind:\n  Secret",
        ] {
            assert!(holds_secret(text), "{text}");
        }
        for text in
            ["kind: SecretStore", "kind: Pod\n# a Secret", "kinds Secret", "name: kind Secret"]
        {
            assert!(!holds_secret(text), "{text}");
        }
    }
}
