//! Two texts → what they say, kept for the next question. The one place that knows which cluster stands around which text.

use std::mem;

use netpol::{
    Analysis, Diagnostic, Direction, Inputs, PolicyId, Scoreboard, Source, Witnesses,
    explain::{self, Hanging},
    lint::{self, Linted},
};
use protocol::Texts;

/// What was read last: the texts of now, and, while there is an error in them, the last without.
#[derive(Default)]
pub(crate) struct Readings {
    latest: Option<Reading>,
    earlier: Option<Reading>,
}

/// Two texts, read, with what was asked about them before.
pub(crate) struct Reading {
    texts: Texts,
    pub(crate) analysis: Analysis,
    scoreboards: [Option<Scoreboard>; 2],
    hanging: Option<(Direction, Vec<Hanging>)>,
    linted: Option<Linted>,
}

impl Readings {
    /// The reading of these texts: one that is kept, or a new one.
    pub(crate) fn of(&mut self, texts: &Texts) -> &mut Reading {
        let is_of = |reading: &Reading| reading.texts == *texts;
        if !self.latest.as_ref().is_some_and(is_of) {
            mem::swap(&mut self.latest, &mut self.earlier);
            self.latest = self.latest.take().filter(is_of);
        }
        self.latest.get_or_insert_with(|| Reading::of(texts.clone()))
    }
}

impl Reading {
    fn of(texts: Texts) -> Self {
        let analysis = analyse(&texts.policies, &texts.cluster, texts.witnesses);
        Self { texts, analysis, scoreboards: [None, None], hanging: None, linted: None }
    }

    /// The table of a direction.
    pub(crate) fn scoreboard(&mut self, direction: Direction) -> (&Analysis, &Scoreboard) {
        let [ingress, egress] = &mut self.scoreboards;
        let slot = match direction {
            Direction::Ingress => ingress,
            Direction::Egress => egress,
        };
        (&self.analysis, slot.get_or_insert_with(|| self.analysis.scoreboard(direction)))
    }

    /// What is legal but surprising; not before what is wrong has been mended.
    pub(crate) fn linted(&mut self) -> (&Analysis, &Linted) {
        let analysis = &self.analysis;
        let linted = self.linted.get_or_insert_with(|| {
            if analysis.diagnostics.iter().any(Diagnostic::leaves_out) {
                Linted::default()
            } else {
                lint::linted(analysis)
            }
        });
        (analysis, linted)
    }

    /// What each field of the policies decides in the table of a direction.
    pub(crate) fn hanging(&mut self, direction: Direction) -> (&Analysis, &[Hanging]) {
        if self.hanging.as_ref().is_none_or(|(known, _)| *known != direction) {
            let (analysis, scoreboard) = self.scoreboard(direction);
            let all = explain::hanging(&analysis.cluster, &analysis.manifest, scoreboard);
            self.hanging = Some((direction, all));
        }
        let all = self.hanging.as_ref().map(|(_, all)| all.as_slice());
        (&self.analysis, all.unwrap_or_default())
    }
}

/// Reads the texts of the page.
pub fn analyse(policies: &str, cluster: &str, witnesses: bool) -> Analysis {
    let text = vec![Source::new("policies", policies)];
    // an example stands around a text without pods; what somebody wrote belongs to the cluster
    let written = vec![Source::new("cluster", cluster)];
    let (cluster, fallback) = if lessons::is_example(cluster) {
        (Vec::new(), written)
    } else if cluster.trim().is_empty() {
        // whoever empties it wants nobody around
        (written, Vec::new())
    } else {
        (written, vec![Source::new("example", lessons::CLUSTER)])
    };
    let witnesses = if witnesses { Witnesses::Add } else { Witnesses::Off };
    Analysis::of(Inputs { text, cluster, fallback, witnesses, ..Inputs::default() })
}

/// The policy that is named as in `namespace/name`.
pub(crate) fn policy_of(analysis: &Analysis, name: &str) -> Option<PolicyId> {
    let mut policies = analysis.cluster.policies();
    policies.find(|(_, policy)| policy.meta.name.to_string() == name).map(|(id, _)| id)
}
