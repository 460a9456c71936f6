//! What is asked about the two texts of the page, and what is to be seen of them.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::{
    element::Element,
    problem::{Expectation, Problem, Severity},
    table::{Column, Direction, Heading, Open, Position, Table},
    text::Place,
};

/// The two texts of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// The policies.
    pub policies: Rc<str>,
    /// The cluster.
    pub cluster: Rc<str>,
    /// Whether the cluster is filled up with whom the policies name.
    pub witnesses: bool,
}

/// Asks for the table of texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewQuestion {
    /// The texts.
    pub texts: Texts,
    /// The direction that somebody chose; else it is the text's own.
    pub direction: Option<Direction>,
    /// The cell that somebody chose.
    pub open: Open,
}

/// What is to be seen at once of texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The table; of what can be read, where there are errors.
    pub table: Table,
    /// The cell that is open, as [`Table::resolve`] finds it, and what it says.
    pub heading: Option<((Position, Column), Heading)>,
    /// Everything that was said while the texts were read, by place.
    pub problems: Vec<Problem>,
    /// What the editors are told of them, by [`Tab`](crate::Tab).
    pub marks: [String; 2],
    /// The errors that keep the table from telling all: the policies and the cluster as far as they cannot be read.
    pub faults: Vec<Problem>,
    /// The `#?` lines, and whether they hold.
    pub expectations: Vec<Expectation>,
    /// Whether some policy says anything about whom its pods may connect to.
    pub has_egress: bool,
    /// Whether somebody was added to the cluster.
    pub has_added: bool,
    /// Where the example cluster is.
    pub example: Example,
}

/// Where the example cluster is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Example {
    /// Around the texts: they hold no pod.
    Around,
    /// In its tab, and not around the texts: they hold pods of their own.
    Resting,
    /// Nowhere: somebody has written another cluster.
    Gone,
}

impl View {
    /// Whether the table tells less than the texts, or something else.
    pub fn is_broken(&self) -> bool {
        !self.faults.is_empty()
    }

    /// Whether the API server would refuse anything.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }
}

/// What can be shown below the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Panel {
    /// Why the open cell says what it says.
    #[default]
    Why,
    /// What is wrong with the texts, or surprising in them.
    Problems,
    /// The small edits that would change a policy's row.
    Neighbours,
}

impl Panel {
    /// All of them, from left to right.
    pub const ALL: [Self; 3] = [Self::Why, Self::Problems, Self::Neighbours];

    /// The words on its tab.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Why => "Why",
            Self::Problems => "Problems",
            Self::Neighbours => "One edit away",
        }
    }
}

/// Asks for what is open below the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelQuestion {
    /// The texts.
    pub texts: Texts,
    /// The panel.
    pub panel: Panel,
    /// The direction of the table.
    pub direction: Direction,
    /// The open cell: its policy as `namespace/name`, or none for all of them together.
    pub cell: Option<(Option<String>, Column)>,
    /// The connection, as it was typed or chosen.
    pub connection: Option<String>,
    /// The policy whose neighbours are wanted.
    pub policy: Option<String>,
    /// Problems that are not to be shown.
    pub hidden: Vec<Severity>,
}

/// What is open below the table, or in a dialog.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// The lines behind the open cell.
    pub behind: Vec<Place>,
    /// The elements.
    pub elements: Vec<Element>,
}

/// Asks for the cells that hang on a line of the policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InfluenceQuestion {
    /// The texts.
    pub texts: Texts,
    /// The direction of the table.
    pub direction: Direction,
    /// The line, from 1.
    pub line: usize,
}

/// Cells: the policy as `namespace/name`, or none for all of them together, and the column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Influenced(pub Vec<(Option<String>, Column)>);

/// Asks for what there is to say of the texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdviceQuestion {
    /// The texts.
    pub texts: Texts,
    /// What a link remembers of their table.
    pub recorded: Option<String>,
}

/// Asks for what can be done with texts that are to be shared, and with the link to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareQuestion {
    /// The texts.
    pub texts: Texts,
    /// The direction of the table.
    pub direction: Direction,
    /// The whole address, where there is a link.
    pub link: Option<String>,
}

/// What there is to say of two texts, once there was time to look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// How many problems there are, lints among them.
    pub count: usize,
    /// What the editors are told of them, by [`Tab`](crate::Tab).
    pub marks: [String; 2],
    /// What the editor offers while somebody types.
    pub vocabulary: String,
    /// What was added to the cluster for the policies, as YAML.
    pub added: String,
    /// The assumed cluster in one line.
    pub world: Vec<Element>,
    /// Where a link remembers another table.
    pub changed: Vec<Element>,
    /// What the policies were taken for where they are only part of one.
    pub fragments: Vec<Element>,
}
