//! Where an address leads, what a link says, and the built-in texts.

use serde::{Deserialize, Serialize};

use crate::{
    table::{Column, Direction, Open, Position},
    text::Tab,
    view::{Panel, Texts, View},
};

/// A built-in text, without the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// The name in links: `#/s/<slug>`.
    pub slug: String,
    /// The name that people read.
    pub name: String,
    /// A few words beside the name.
    pub caption: String,
    /// One or two sentences beside the text, with `` `code` `` marks.
    pub note: String,
}

/// Built-in texts that tell a story together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The name that people read.
    pub name: String,
    /// A few words below the name.
    pub caption: String,
    /// The slug of what the group opens.
    pub first: String,
    /// All of them, in order, the first included.
    pub members: Vec<Scenario>,
}

/// What the page offers to begin with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contents {
    /// The built-in texts, in order.
    pub groups: Vec<Group>,
    /// The cluster that a policy meets unless somebody says otherwise, as Kubernetes YAML.
    pub example_cluster: String,
}

/// Asks for what there is to begin with: where an address leads, from its `#` on, and what else there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartQuestion {
    /// The address.
    pub address: String,
}

/// What the page begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// What there is to choose from.
    pub contents: Contents,
    /// The texts that the address asks for.
    pub opened: Opened,
}

/// Something to say about the address that led here, or about a link that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What happened, beginning in lower case.
    pub message: String,
    /// What the person can do now.
    pub help: String,
    /// Whether that is to choose a built-in text, which only the page has.
    pub is_about_choice: bool,
    /// What could be read of the policies nevertheless.
    pub kept: Option<String>,
}

/// Asks where something leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OpenQuestion {
    /// What follows the `#` of an address, with it.
    Address(String),
    /// Texts from elsewhere; the cluster is the example where there is none.
    Texts {
        /// The policies.
        policies: String,
        /// The cluster.
        cluster: Option<String>,
    },
}

/// Two texts, and what is to be seen of them first. Where an address leads nowhere, these are those of the first visit, with
/// a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The texts.
    pub texts: Texts,
    /// The built-in text that these are.
    pub scenario: Option<Scenario>,
    /// The cluster that "the built-in one" means for them.
    pub built_in_cluster: String,
    /// The direction of the table; else it is the text's own.
    pub direction: Option<Direction>,
    /// The cell that is explained.
    pub open: Open,
    /// The panel below the table.
    pub panel: Panel,
    /// The tab beside it.
    pub tab: Tab,
    /// What the table said when the link was made.
    pub recorded: Option<String>,
    /// What to say about the address.
    pub notice: Option<Notice>,
    /// The table.
    pub view: View,
}

/// Asks for a link to texts, from `#` on: the short one where they are built-in ones, seen as they are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkQuestion {
    /// The texts.
    pub texts: Texts,
    /// The direction that somebody chose.
    pub direction: Option<Direction>,
    /// The cell that somebody chose.
    pub open: Open,
    /// The cell that is open.
    pub position: Option<(Position, Column)>,
    /// The panel below the table.
    pub panel: Panel,
    /// The tab beside it.
    pub tab: Tab,
    /// The direction in which the link is to remember what the table says; none where it is not to.
    pub recorded: Option<Direction>,
}
