//! The built-in scenarios and the example cluster, as data.
//!
//! The texts live in `scenarios/*.yaml`, `groups.yaml` and `cluster.yaml`; `build.rs` turns them into the tables that
//! this file includes. What a policy means is not known here.

/// The cluster that a policy meets unless the reader or the scenario says otherwise, as Kubernetes YAML.
pub const CLUSTER: &str = include_str!("../cluster.yaml");

/// The slug of the landing page: all eight policies of the article in one text.
pub const LANDING: &str = "eight";

/// One built-in text. Its slug is part of links and therefore never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scenario {
    /// The name in links: `#/s/<slug>`.
    pub slug: &'static str,
    /// The name that people read.
    pub name: &'static str,
    /// The name of the [`Group`] that it belongs to.
    pub group: &'static str,
    /// A few words beside the name.
    pub caption: &'static str,
    /// One or two sentences beside the text, on one line; backticks mark YAML.
    pub note: &'static str,
    /// The direction that the table shows first.
    pub direction: Direction,
    /// The cell that is explained first; `None` where there is no policy yet.
    pub open: Option<Opening>,
    /// The text for the editor: policies, comments and `#?` lines.
    pub policies: &'static str,
    /// The cluster as Kubernetes YAML where it differs from [`CLUSTER`].
    pub cluster: Option<&'static str>,
}

impl Scenario {
    /// The cluster that the scenario plays in: its own, else [`CLUSTER`].
    pub fn cluster_text(&self) -> &'static str {
        self.cluster.unwrap_or(CLUSTER)
    }
}

/// A direction of traffic, seen from the selected pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Who may connect to them.
    Ingress,
    /// Whom they may connect to.
    Egress,
}

/// A cell of the table, by the policy's `metadata.name` and the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The policy's name; it occurs once in the scenario's text.
    pub policy: &'static str,
    /// The column.
    pub column: Column,
}

/// Where the other end of a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// In the policy's namespace.
    Same,
    /// In another namespace.
    Cross,
    /// Outside the cluster.
    External,
}

/// One chip of the rail: scenarios that tell a story together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// The name that people read.
    pub name: &'static str,
    /// A few words below the name.
    pub caption: &'static str,
    /// What the chip opens.
    pub first: &'static Scenario,
    /// All scenarios of the group in order, the first included.
    pub members: &'static [&'static Scenario],
}

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// All scenarios, in the order of the rail.
pub fn scenarios() -> &'static [Scenario] {
    &SCENARIOS
}

/// The scenario of a link.
pub fn scenario(slug: &str) -> Option<&'static Scenario> {
    SCENARIOS.iter().find(|scenario| scenario.slug == slug)
}

/// Whether a cluster is one of those that stand around the built-in texts: an example, and nobody's own.
pub fn is_example(cluster: &str) -> bool {
    cluster == CLUSTER || SCENARIOS.iter().any(|scenario| scenario.cluster == Some(cluster))
}

/// The rail, in order.
pub fn groups() -> &'static [Group] {
    &GROUPS
}

/// Whether a text with these policies is one of the article's, so that they go by the article's names: a built-in one, or one
/// that still has all eight. Somebody's own `deny-all` is none of them.
pub fn is_of_the_article(text: &str, policy_names: &[&str]) -> bool {
    SCENARIOS.iter().any(|scenario| scenario.policies == text) || are_the_eight(policy_names)
}

fn are_the_eight(policy_names: &[&str]) -> bool {
    let mut all = scenarios().iter().map(|one| one.slug).filter(|slug| title(slug).is_some());
    policy_names.len() == all.clone().count() && all.all(|slug| policy_names.contains(&slug))
}

/// The name under which the article's scoreboard lists a policy, where it is one of the eight.
pub fn title(policy_name: &str) -> Option<&'static str> {
    let all_eight = scenario(LANDING)?;
    scenario(policy_name)
        .filter(|one| one.group == all_eight.group && one.slug != LANDING)
        .map(|one| one.name)
}
