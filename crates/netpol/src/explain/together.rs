//! The why of the last row: all policies together.

use std::fmt::Write as _;

use super::{
    MOST_NAMES, Sentence, few, heading::pod_names, place, reason, rules::Rules, side::policy_names,
    verdict::depends,
};
use crate::{
    addresses::IpSet,
    cluster::{Cluster, PodId, PolicyId},
    field::Origin,
    objects::Pod,
    policy::{Direction, NetworkPolicy, Peer},
    scoreboard::{Column, Row, Scoreboard, State},
};

/// Policies told one by one before the rest is counted.
const MOST_POLICIES: usize = 12;

/// Explains a cell of the last row.
pub(super) fn together(
    cluster: &Cluster,
    scoreboard: &Scoreboard,
    column: Column,
) -> Vec<Sentence> {
    let cell = scoreboard.together.get(column);
    let teller = Teller { cluster, scoreboard, column, inside: cluster.pod_addresses() };
    let mut steps = vec![teller.isolated()];
    if cell.state != State::Unrestricted {
        steps.push(teller.openers());
        if cell.state != State::Denied {
            steps.extend(teller.deniers());
        }
    }
    steps.extend(teller.idle());
    let mut policies = cluster.policies().map(|(_, policy)| policy);
    let has_blocks = policies.any(|policy| policy.blocks(scoreboard.direction).next().is_some());
    steps.extend(depends(cell, has_blocks));
    if scoreboard.rows.len() > 1 && cell.state != State::Unrestricted {
        let text = "Their order means nothing, and none takes away what another gives: \"Network policies do not conflict; they are additive.\"";
        steps.push(Sentence::plain(text.to_owned()));
    }
    steps
}

struct Teller<'c> {
    cluster: &'c Cluster,
    scoreboard: &'c Scoreboard,
    column: Column,
    /// The addresses that are no outside ones.
    inside: &'c IpSet,
}

impl<'c> Teller<'c> {
    /// Who is isolated at all, and who beside them is not.
    fn isolated(&self) -> Sentence {
        let direction = self.scoreboard.direction;
        let shares = &self.scoreboard.together.get(self.column).shares;
        let isolated: Vec<PodId> = shares.iter().flat_map(|share| share.subjects.ids()).collect();
        let places = self.rows(|row| row != State::Unrestricted).0;
        let places = place::pod_selectors(self.cluster, &places);
        if isolated.is_empty() {
            let text = format!(
                "Which pods are restricted for {direction}? **None**, so everything is open."
            );
            return Sentence::plain(text);
        }
        let namespaces = |id: &PodId| self.cluster.pod(*id).map(Pod::namespace);
        let is_open = |id: &PodId, pod: &Pod| {
            !pod.host_network
                && !isolated.contains(id)
                && isolated.iter().any(|other| namespaces(other) == Some(pod.namespace()))
        };
        let open: Vec<PodId> = self
            .cluster
            .subjects()
            .filter(|(id, pod)| is_open(id, pod))
            .map(|(id, _)| id)
            .collect();
        let names = |pods: &[PodId]| few(&pod_names(self.cluster, pods), MOST_NAMES);
        let mut text =
            format!("Which pods are restricted for {direction}? **{}**.", names(&isolated));
        if !open.is_empty() {
            let they = if open.len() == 1 { "it" } else { "they" };
            let may = match direction {
                Direction::Ingress => "may be called by anyone",
                Direction::Egress => "may call anyone",
            };
            let _ = write!(text, " No policy restricts {}, so {they} {may}.", names(&open));
        }
        Sentence::new(text, places)
    }

    /// The policies whose cell is such, and how many there are.
    fn rows(&self, is_meant: impl Fn(State) -> bool) -> (Vec<PolicyId>, usize) {
        let is_meant = |row: &&Row| is_meant(row.cells.get(self.column).state);
        let ids: Vec<PolicyId> =
            self.scoreboard.rows.iter().filter(is_meant).map(|row| row.policy).collect();
        let count = ids.len();
        (ids, count)
    }

    /// Who opens what.
    fn openers(&self) -> Sentence {
        let is_opener = |state| !matches!(state, State::Denied | State::Unrestricted);
        let (openers, count) = self.rows(is_opener);
        if openers.is_empty() {
            let (ids, count) = self.rows(|state| state == State::Denied);
            let admits = if count == 1 { "admits" } else { "admit" };
            let names = policy_names(self.cluster, &ids);
            let text = format!("Which policy opens? **None**: {names} {admits} nobody here.");
            return Sentence::new(text, self.rules_of(&ids));
        }
        let rows =
            self.scoreboard.rows.iter().filter(|row| is_opener(row.cells.get(self.column).state));
        let mut details: Vec<Sentence> =
            rows.take(MOST_POLICIES).filter_map(|row| self.opener(row)).collect();
        if count > MOST_POLICIES {
            details.push(Sentence::plain(format!("And {} more.", count - MOST_POLICIES)));
        }
        let text = "Which policy opens? What **any** of them admits gets through:".to_owned();
        Sentence { text, places: Vec::new(), details }
    }

    fn opener(&self, row: &Row) -> Option<Sentence> {
        let policy = self.cluster.policy(row.policy)?;
        let cell = row.cells.get(self.column);
        let words = match cell.state {
            State::Allowed => "everyone".to_owned(),
            _ => reason(self.cluster, cell, self.column, self.scoreboard.direction),
        };
        let text = format!("**{}**: {words}.", policy.meta.name.name);
        Some(Sentence::new(text, self.open_items(policy)))
    }

    /// The items of a policy's rules that match someone of the column.
    fn open_items(&self, policy: &'c NetworkPolicy) -> Vec<Origin> {
        let (cluster, column) = (self.cluster, self.column);
        let direction = self.scoreboard.direction;
        let rules = Rules { cluster, policy, direction, column, inside: self.inside };
        let mut places = Vec::new();
        for (at, rule) in policy.rules(direction).iter().enumerate() {
            let item = |item| place::item(policy, direction, at, item);
            if rule.peers.is_empty() {
                places.extend(item(None));
            }
            let matching = |(_, peer): &(usize, &Peer)| rules.matches_any(peer);
            let peers = rule.peers.iter().enumerate().filter(matching);
            places.extend(peers.filter_map(|(at, _)| item(Some(at))));
        }
        places
    }

    /// The policies that open nothing, beside others that do.
    fn deniers(&self) -> Option<Sentence> {
        let (ids, count) = self.rows(|state| state == State::Denied);
        let admits = match count {
            0 => return None,
            1 => "admits",
            _ => "admit",
        };
        let names = policy_names(self.cluster, &ids);
        let text = format!("{names} {admits} nobody here, and that takes nothing away.");
        Some(Sentence::new(text, self.rules_of(&ids)))
    }

    fn rules_of(&self, policies: &[PolicyId]) -> Vec<Origin> {
        let policies = policies.iter().filter_map(|id| self.cluster.policy(*id));
        let direction = self.scoreboard.direction;
        policies.filter_map(|policy| place::rules(policy, direction)).collect()
    }

    /// The policies that restrict nothing in this direction.
    fn idle(&self) -> Option<Sentence> {
        let direction = self.scoreboard.direction;
        let (ids, count) = self.rows(|state| state == State::Unrestricted);
        if count == 0 {
            return None;
        }
        let affects = |id: &PolicyId| {
            self.cluster.policy(*id).is_some_and(|policy| policy.affects(direction))
        };
        let (nobody, silent): (Vec<PolicyId>, Vec<PolicyId>) =
            ids.iter().copied().partition(affects);
        let mut parts = Vec::new();
        let mut say = |ids: &[PolicyId], one: &str, many: &str| {
            if !ids.is_empty() {
                let words = if ids.len() == 1 { one } else { many };
                parts.push(format!("{} {words}", policy_names(self.cluster, ids)));
            }
        };
        say(&nobody, "selects no pod", "select no pod");
        let (one, many) =
            (format!("says nothing about {direction}"), format!("say nothing about {direction}"));
        say(&silent, &one, &many);
        let mut places = place::pod_selectors(self.cluster, &nobody);
        let silent = silent.iter().filter_map(|id| self.cluster.policy(*id));
        places.extend(silent.filter_map(|policy| place::types(policy, direction)));
        Some(Sentence::new(format!("{}.", parts.join("; ")), places))
    }
}
