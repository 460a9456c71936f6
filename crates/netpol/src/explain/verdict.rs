//! One connection's verdict in one line, for a failed expectation.

use super::{Sentence, few};
use crate::{
    cluster::Cluster,
    plugin::{OpenQuestion, Plugin},
    policy::Direction,
    scoreboard::{Cell, State},
    verdict::{Always, DirectionVerdict, PolicyTrace, Verdict},
};

/// So many policies are named.
const MOST_POLICIES: usize = 12;

/// `denied: shop/db is isolated for ingress by shop/deny-all, and no rule admits shop/web on TCP 80`
pub fn verdict_line(cluster: &Cluster, verdict: &Verdict) -> String {
    let line = usual_line(cluster, verdict);
    let open = verdict.open_questions();
    let notes: Vec<&str> = open
        .iter()
        .filter(|open| open.is_left_to_plugin())
        .map(|open| open_question(*open))
        .collect();
    if notes.is_empty() {
        return line;
    }
    format!("{line}. This depends on the network plugin: {}", notes.join(" "))
}

/// On what a cell depends.
pub(super) fn depends(cell: &Cell, has_blocks: bool) -> Vec<Sentence> {
    if cell.state != State::Depends {
        return Vec::new();
    }
    let mut told = Vec::new();
    if cell.asks_unknown_value {
        let text = open_question(OpenQuestion::UnknownValue);
        told.push(Sentence::plain(format!("Only the cluster knows: {text}")));
    }
    if !cell.asks_unknown_value || has_blocks {
        let text = open_question(OpenQuestion::BlocksOnPods);
        told.push(Sentence::plain(format!("The network plugin decides: {text}")));
    }
    told
}

/// On what an answer depends that leaves a question open.
pub const fn depends_on(question: OpenQuestion) -> &'static str {
    if question.is_left_to_plugin() {
        "the network plugin"
    } else {
        "the value of a label that is not in the files"
    }
}

/// What the documentation says where it leaves the answer to the network plugin, and why a value is not known.
pub const fn open_question(question: OpenQuestion) -> &'static str {
    match question {
        OpenQuestion::BlocksOnPods => {
            "an ipBlock covers a pod's own address; blocks \"should be cluster-external IPs, since Pod IPs are ephemeral and unpredictable\", but Kubernetes' own tests expect one to match a pod."
        }
        OpenQuestion::HostNetwork => {
            "a pod uses its node's network, and \"NetworkPolicy behaviour for hostNetwork pods is undefined\"; most plugins treat its traffic as the node's, so policies neither select nor match it."
        }
        OpenQuestion::UnknownValue => {
            "a policy asks for the value of a label that a controller sets when it starts the pod, such as a hash or the name of a CronJob's next Job."
        }
    }
}

/// The verdict with the usual network plugin.
fn usual_line(cluster: &Cluster, verdict: &Verdict) -> String {
    let connection = &verdict.connection;
    let (port, protocol) = (connection.port, connection.protocol);
    if verdict.is_over {
        return "denied: a pod that has finished has no address any more, and takes part in nothing"
            .to_owned();
    }
    match verdict.always {
        Some(Always::SamePod) => return "allowed: a pod cannot block access to itself".to_owned(),
        Some(Always::OwnNode | Always::OwnNodesPod) => {
            return "allowed: traffic between a pod and its own node is always allowed".to_owned();
        }
        None => {}
    }
    if verdict.is_unknown() {
        let askers = super::unknown::askers(cluster, verdict);
        let said: Vec<String> = askers.iter().map(|asker| asker.text.replace("**", "`")).collect();
        return format!("left open: {}", said.join(" ").trim_end_matches('.'));
    }
    let denying = Direction::ALL.into_iter().find(|direction| !verdict.allows(*direction));
    let (direction, word) = match denying {
        Some(direction) => (direction, "denied"),
        None => (deciding_side(verdict), "allowed"),
    };
    let (subject, peer) = match direction {
        Direction::Ingress => (&connection.destination, &connection.source),
        Direction::Egress => (&connection.source, &connection.destination),
    };
    let policies = match verdict.direction(direction) {
        DirectionVerdict::Isolated { policies } => policies,
        DirectionVerdict::HostNetwork { .. } => {
            return format!(
                "{word}: {subject} uses its node's network, where policies do not apply"
            );
        }
        _ => return format!("{word}: no policy restricts either end"),
    };
    let name = |trace: &PolicyTrace| {
        cluster.policy(trace.policy).map(|policy| policy.meta.name.to_string())
    };
    if word == "denied" {
        let names: Vec<String> = policies.iter().filter_map(name).collect();
        return format!(
            "denied: {} {} {direction} of {subject}, and no rule of {} admits {peer} on {protocol} {port}",
            counted("policy", "policies", &names),
            if names.len() == 1 { "restricts" } else { "restrict" },
            if names.len() == 1 { "it" } else { "theirs" },
        );
    }
    let admits = |trace: &&PolicyTrace| trace.admits(Plugin::USUAL, protocol, port);
    let names: Vec<String> = policies.iter().filter(admits).filter_map(name).collect();
    let admit = if names.len() == 1 { "admits" } else { "admit" };
    let who = counted("policy", "policies", &names);
    format!("allowed: {who} {admit} {peer} on {protocol} {port}")
}

/// `policy a`, `policies a and b`: names alone may be those of pods.
fn counted(one: &str, several: &str, names: &[String]) -> String {
    format!("{} {}", if names.len() == 1 { one } else { several }, few(names, MOST_POLICIES))
}

/// The side that had something to decide, the destination's first.
fn deciding_side(verdict: &Verdict) -> Direction {
    match (&verdict.ingress, &verdict.egress) {
        (DirectionVerdict::Isolated { .. }, _) => Direction::Ingress,
        (_, DirectionVerdict::Isolated { .. }) => Direction::Egress,
        (DirectionVerdict::HostNetwork { .. }, _) => Direction::Ingress,
        _ => Direction::Egress,
    }
}
