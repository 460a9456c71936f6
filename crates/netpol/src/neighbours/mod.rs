//! One edit away: the small edits that people make by mistake (a dash more or less, a key dropped, `{}`
//! for a selector, another `policyTypes`), and which cells of the policy's row each of them flips.

mod edits;

use crate::{
    analysis::Analysis,
    cluster::{Cluster, PolicyId},
    diagnostic::Diagnostic,
    explain,
    field::Origin,
    manifest::Manifest,
    policy::{Direction, NetworkPolicy, Peer},
    rewrite::{Change, Edit, Rewrite},
    scoreboard::{Column, Scoreboard, State},
    source::{Source, Span},
    yaml::Node,
};

/// Bytes read in all: each edit is read anew, so of a policy of many thousands of bytes not all are
/// tried.
const MOST_BYTES: usize = 384 * 1024;
/// A policy of more bytes is too long to try any on.
const LONGEST: usize = 64 * 1024;

/// An edit that changes what a policy means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// What it does: "take the dash before `namespaceSelector` away".
    pub title: String,
    /// The edit.
    pub rewrite: Rewrite,
    /// The lines that it changes.
    pub lines: Vec<Change>,
    /// The cells of the policy's row that it changes; never empty.
    pub flips: Vec<Flip>,
}

/// A cell that says something else afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// Which table.
    pub direction: Direction,
    /// Which column.
    pub column: Column,
    /// What the cell says now.
    pub before: Answer,
    /// What it would say.
    pub after: Answer,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The short answer.
    pub state: State,
    /// The few words beside it; empty where the state says it all.
    pub reason: String,
}

/// The edits of a policy that flip a cell: dashes first, then keys, then the rest. What the API server
/// would refuse is left out, and of edits with one meaning all but the first.
///
/// The policy is judged alone, and every edit of it on the cluster as it is now, witnesses included: so
/// what flips is the edit's doing, not that of other witnesses. Empty for a policy of no text.
pub fn neighbours(analysis: &Analysis, policy: PolicyId) -> Vec<Neighbour> {
    let Some(now) = analysis.cluster.policy(policy) else { return Vec::new() };
    let Some(written) = Written::of(&analysis.manifest, now) else { return Vec::new() };
    let (mut edits, mut policies) = (Vec::new(), vec![meaning(now.clone())]);
    let most = MOST_BYTES / written.length().max(1);
    if written.length() > LONGEST {
        return Vec::new();
    }
    let all = edits::of(&analysis.manifest, written.root, written.origin, now);
    for (title, rewrite) in all.into_iter().take(most) {
        let Some(edited) = written.read(&rewrite) else { continue };
        let edited = meaning(NetworkPolicy { meta: now.meta.clone(), ..edited });
        if !policies.contains(&edited) {
            policies.push(edited);
            edits.push((title, rewrite));
        }
    }
    let mut rows = rows(&analysis.cluster, policies).into_iter();
    let before = rows.next().unwrap_or_default();
    let neighbour = |((title, rewrite), after): ((String, Rewrite), Vec<Answer>)| {
        let flips = flips(&before, after);
        let lines = if flips.is_empty() { Vec::new() } else { rewrite.lines(written.source) };
        Neighbour { title, rewrite, lines, flips }
    };
    let found = edits.into_iter().zip(rows).map(neighbour);
    found.filter(|neighbour| !neighbour.flips.is_empty()).collect()
}

/// Whether a policy is so long that no edit of it is tried.
pub fn is_too_long(analysis: &Analysis, policy: PolicyId) -> bool {
    let policy = analysis.cluster.policy(policy);
    let written = policy.and_then(|policy| Written::of(&analysis.manifest, policy));
    written.is_some_and(|written| written.length() > LONGEST)
}

/// Where a policy stands.
struct Written<'m> {
    source: &'m Source,
    origin: &'m Origin,
    root: &'m Node,
    /// Its lines.
    span: Span,
    /// What makes its lines a document: the indentation of the first one, and before that the kind that
    /// an item of a `NetworkPolicyList` need not say.
    before: String,
}

impl<'m> Written<'m> {
    fn of(manifest: &'m Manifest, policy: &'m NetworkPolicy) -> Option<Self> {
        let origin = policy.meta.origin.as_ref()?;
        let document = manifest.document(origin)?;
        let source = manifest.sources.get(document.source)?;
        let root = document.yaml.root.as_ref()?;
        let object = root.at(&origin.path)?;
        let start = source.line_column(object.span.start);
        let rest = source.text().get(object.span.end..)?;
        let end = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
        let indent = " ".repeat(start.column - 1);
        let before = match object.get("kind") {
            Some(_) => indent,
            None => {
                format!(
                    "{indent}apiVersion: networking.k8s.io/v1\n{indent}kind: NetworkPolicy\n{indent}"
                )
            }
        };
        let span = Span::new(object.span.start, object.span.end + end);
        Some(Self { source, origin, root, span, before })
    }

    /// In bytes.
    const fn length(&self) -> usize {
        self.span.end - self.span.start
    }

    /// The policy that an edit leaves, read alone; `None` where it would be refused.
    fn read(&self, rewrite: &Rewrite) -> Option<NetworkPolicy> {
        let Span { start, end } = self.span;
        let inside = |edit: &Edit| {
            let span = Span::new(edit.span.start.checked_sub(start)?, edit.span.end - start);
            Some(Edit { span, text: edit.text.clone() })
        };
        let edits = rewrite.edits.iter().map(inside).collect::<Option<Vec<_>>>()?;
        let text = Rewrite { source: 0, edits }.apply(self.source.text().get(start..end)?);
        let manifest = Manifest::read(vec![Source::new("", self.before.clone() + &text)]);
        let is_refused = manifest.diagnostics.iter().any(Diagnostic::leaves_out);
        let mut policies = manifest.objects.into_iter().flat_map(|objects| objects.policies);
        policies.next().filter(|_| !is_refused)
    }
}

/// The policy with one spelling for everything that means the same.
fn meaning(mut policy: NetworkPolicy) -> NetworkPolicy {
    let affected = Direction::ALL.into_iter().filter(|direction| policy.affects(*direction));
    let affected: Vec<Direction> = affected.collect();
    for (direction, rules) in
        Direction::ALL.into_iter().zip([&mut policy.ingress, &mut policy.egress])
    {
        let mut living = rules.take().unwrap_or_default();
        for peer in living.iter_mut().flat_map(|rule| &mut rule.peers) {
            if let Peer::Pods { namespaces: Some(_), pods } = peer {
                *pods = pods.take().filter(|pods| !pods.is_empty());
            }
        }
        *rules = affected.contains(&direction).then_some(living);
    }
    policy.policy_types = affected;
    policy
}

/// What each cell says, table by table, of each of some policies of one name.
fn rows(around: &Cluster, policies: Vec<NetworkPolicy>) -> Vec<Vec<Answer>> {
    let mut rows: Vec<Vec<Answer>> = vec![Vec::new(); policies.len()];
    let named = |(at, mut policy): (usize, NetworkPolicy)| {
        policy.meta.name.name = at.to_string();
        policy
    };
    let cluster = around.with_policies(policies.into_iter().enumerate().map(named).collect());
    for direction in Direction::ALL {
        let table = Scoreboard::of(&cluster, direction);
        for (row, answers) in table.rows.iter().zip(&mut rows) {
            answers.extend(Column::ALL.map(|column| {
                let cell = row.cells.get(column);
                let reason = explain::reason(&cluster, cell, column, direction);
                // nobody gets in: that the rule would ask for something else is no other answer
                let reason = if cell.state == State::Denied { String::new() } else { reason };
                Answer { state: cell.state, reason }
            }));
        }
    }
    rows
}

fn flips(before: &[Answer], after: Vec<Answer>) -> Vec<Flip> {
    let cells = Direction::ALL
        .into_iter()
        .flat_map(|direction| Column::ALL.map(|column| (direction, column)));
    let pairs = cells.zip(before.iter().cloned().zip(after));
    let flip = |((direction, column), (before, after)): (_, (Answer, Answer))| {
        (before != after).then_some(Flip { direction, column, before, after })
    };
    pairs.filter_map(flip).collect()
}
