//! A cell's why in four questions: is a pod selected, is the direction restricted, what do the rules let through, and
//! how does the row stand to the others? Each answer has the place in the YAML that it speaks of.

use super::{
    Sentence, few,
    heading::{Heading, MOST_NAMES, Subject, heading, selected},
    place,
    rules::Rules,
    together,
    verdict::depends,
};
use crate::{
    cluster::{Cluster, PolicyId},
    field::Origin,
    policy::{Direction, NetworkPolicy},
    scoreboard::{Cells, Column, Row, Scoreboard, State},
};

/// The explanation of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The answer.
    pub heading: Heading,
    /// How the answer comes about, step by step.
    pub steps: Vec<Sentence>,
}

/// Explains a cell. `None` when the policy is not of this cluster.
pub fn why(
    cluster: &Cluster,
    scoreboard: &Scoreboard,
    subject: Subject,
    column: Column,
) -> Option<Why> {
    let direction = scoreboard.direction;
    let heading = heading(cluster, scoreboard, subject, column)?;
    let steps = match subject {
        Subject::Together => together::together(cluster, scoreboard, column),
        Subject::Policy(id) => {
            let policy = cluster.policy(id)?;
            let cells = subject.cells(scoreboard)?;
            let cell = cells.get(column);
            let teller = Teller::new(cluster, id, policy, direction, column);
            let mut steps = vec![teller.selected(), teller.restricted()];
            if cell.state != State::Unrestricted {
                let inside = cluster.pod_addresses();
                steps.extend(Rules { cluster, policy, direction, column, inside }.tell());
            }
            steps.extend(depends(cell, policy.blocks(direction).next().is_some()));
            steps.push(teller.alone(scoreboard, cells));
            steps
        }
    };
    Some(Why { heading, steps })
}

/// Tells of one policy in one column.
struct Teller<'c> {
    cluster: &'c Cluster,
    id: PolicyId,
    policy: &'c NetworkPolicy,
    direction: Direction,
    column: Column,
    /// The names of the selected pods.
    selected: Vec<String>,
}

impl<'c> Teller<'c> {
    fn new(
        cluster: &'c Cluster,
        id: PolicyId,
        policy: &'c NetworkPolicy,
        direction: Direction,
        column: Column,
    ) -> Self {
        let selected = selected(cluster, policy);
        Self { cluster, id, policy, direction, column, selected }
    }

    fn place(&self, field: &str) -> Vec<Origin> {
        place::field(self.policy, field).into_iter().collect()
    }

    fn selected(&self) -> Sentence {
        let namespace = &self.policy.meta.name.namespace;
        let selector = &self.policy.pod_selector;
        let text = match (self.selected.is_empty(), selector.is_empty()) {
            (true, true) => {
                format!(
                    "Is a pod selected? **No.** `{namespace}` has no pod, so this policy does nothing."
                )
            }
            (true, false) => format!(
                "Is a pod selected? **No.** No pod of `{namespace}` has `{selector}`, so this policy does nothing."
            ),
            (false, true) => format!(
                "Is the pod selected? **Yes.** `podSelector: {{}}` selects every pod of `{namespace}`."
            ),
            (false, false) => format!(
                "Is the pod selected? `podSelector` asks for `{selector}` in `{namespace}`: **{}**.",
                few(&self.selected, MOST_NAMES)
            ),
        };
        Sentence::new(text, self.place("spec.podSelector"))
    }

    fn restricted(&self) -> Sentence {
        let direction = self.direction;
        let (verb, title) = match direction {
            Direction::Ingress => ("gets in", "Ingress"),
            Direction::Egress => ("gets out", "Egress"),
        };
        let is_written = !self.policy.policy_types.is_empty();
        let text = match (self.policy.affects(direction), is_written) {
            (true, true) => {
                format!(
                    "Is {direction} restricted? **Yes**, `policyTypes` lists {title}. From here on only what a rule names {verb}."
                )
            }
            (true, false) => {
                let why = match direction {
                    Direction::Ingress => "without `policyTypes` every policy restricts ingress",
                    Direction::Egress => {
                        "without `policyTypes` a policy with egress rules restricts egress too"
                    }
                };
                format!(
                    "Is {direction} restricted? **Yes**: {why}. From here on only what a rule names {verb}."
                )
            }
            (false, true) => format!(
                "Is {direction} restricted? **No**: `policyTypes` does not list {title}. Isolation is per direction, so everything stays allowed."
            ),
            (false, false) => {
                format!(
                    "Is {direction} restricted? **No**: there is no `policyTypes` and no {direction} rule. Everything stays allowed."
                )
            }
        };
        let place = place::types(self.policy, direction);
        Sentence::new(text, place.into_iter().collect())
    }

    /// How the row stands to the others.
    fn alone(&self, scoreboard: &Scoreboard, cells: &Cells) -> Sentence {
        let (own, together) = (cells.get(self.column), scoreboard.together.get(self.column));
        let other_end = match self.direction {
            Direction::Ingress => "the caller's own egress policies",
            Direction::Egress => "the called pod's own ingress policies",
        };
        let others = scoreboard.rows.len().saturating_sub(1);
        if others == 0 {
            return Sentence::plain(format!(
                "Policies only add: another one could open more, never less. And {other_end} must agree as well."
            ));
        }
        if together.state == own.state || own.state == State::Unrestricted {
            return Sentence::plain(format!(
                "This row shows the policy alone. Policies only add; {other_end} must agree as well."
            ));
        }
        let openers = self.openers(scoreboard, own.state, together.state);
        let others = match others {
            1 => "the other one".to_owned(),
            others => format!("the other {others}"),
        };
        let because = if own.state == State::Allowed || openers.is_empty() {
            ", because they select other pods as well".to_owned()
        } else {
            format!(", because of {}", few(&openers, MOST_NAMES))
        };
        Sentence::plain(format!(
            "This row shows the policy alone. Policies only add: together with {others} this is **{}**{because} (last row).",
            together.state.as_str()
        ))
    }

    /// The other policies that open more than this one, as far as their cells tell.
    fn openers(&self, scoreboard: &Scoreboard, own: State, together: State) -> Vec<String> {
        let opens = |row: &&Row| {
            let state = row.cells.get(self.column).state;
            let is_open = !matches!(state, State::Denied | State::Unrestricted);
            row.policy != self.id
                && is_open
                && state != own
                && (together != State::Allowed || state == together)
        };
        let rows = scoreboard.rows.iter().filter(opens);
        let policies = rows.filter_map(|row| self.cluster.policy(row.policy));
        policies.map(|policy| format!("**{}**", policy.meta.name.name)).collect()
    }
}
