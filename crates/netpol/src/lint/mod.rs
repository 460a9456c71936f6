//! Legal, but surprising: one file a lint. What each says, why, and what to write instead is its page
//! (`pages/<code>.md`); the API server would take all of it without a word.

mod all_addresses;
mod all_namespaces;
mod around;
mod block_covers_pods;
mod block_is_cluster_ip;
mod contained;
mod deny_by_name;
mod dns;
mod dns_hatch;
mod dns_over_tcp_only;
mod doors;
mod egress_without_dns;
mod empty_list_admits_all;
mod except_defeated;
mod except_removes_nothing;
mod ipv4_only;
mod isolates_without_rules;
mod known;
mod linter;
mod named_port_on_block;
mod named_port_unknown;
mod namespace_label_missing;
mod no_default_deny;
mod node_port;
mod peer_matches_no_pod;
mod peer_on_node_network;
mod pod_selector_stays_home;
mod policy_without_effect;
mod rule_admits_all;
mod rule_contained;
mod rules_without_type;
mod selectors_anded;
mod selectors_ored;
mod selects_no_pod;
mod service_port;
mod starters;

use crate::{
    allow::Allowed,
    analysis::Analysis,
    diagnostic::{Code, Diagnostic, MAX_DIAGNOSTICS},
    rewrite::Rewrite,
};

use linter::Linter;

/// What a lint found, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What and where.
    pub diagnostic: Diagnostic,
    /// An edit that mends it, where there is one that is surely meant.
    pub fix: Option<Fix>,
}

/// An edit that mends a finding; everything else in the text stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a button says it: "Add the DNS rule".
    pub title: String,
    /// The edit.
    pub rewrite: Rewrite,
}

/// A lint: looks at everything, says what it finds.
type Lint = fn(&Linter<'_>, &mut Vec<Finding>);

/// All lints.
const LINTS: &[Lint] = &[
    selectors_ored::lint,
    empty_list_admits_all::lint,
    rule_admits_all::lint,
    all_namespaces::lint,
    all_addresses::lint,
    ipv4_only::lint,
    block_covers_pods::lint,
    block_is_cluster_ip::lint,
    except_removes_nothing::lint,
    except_defeated::lint,
    rules_without_type::lint,
    isolates_without_rules::lint,
    policy_without_effect::lint,
    rule_contained::lint,
    deny_by_name::lint,
    no_default_deny::lint,
    selectors_anded::lint,
    pod_selector_stays_home::lint,
    namespace_label_missing::lint,
    selects_no_pod::lint,
    peer_matches_no_pod::lint,
    peer_on_node_network::lint,
    service_port::lint,
    node_port::lint,
    named_port_unknown::lint,
    named_port_on_block::lint,
    dns_over_tcp_only::lint,
    egress_without_dns::lint,
];

/// What the lints have to say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Linted {
    /// By place.
    pub found: Vec<Finding>,
    /// What would be found too if no comment allowed it.
    pub allowed: Vec<Allowed>,
}

/// Everything that is legal but surprising in the policies of an analysis, by place, but for what comments allow.
pub fn lints(analysis: &Analysis) -> Vec<Finding> {
    linted(analysis).found
}

/// The same, with what comments allow.
pub fn linted(analysis: &Analysis) -> Linted {
    let linter = Linter::new(analysis);
    let mut found = Vec::new();
    for lint in LINTS {
        lint(&linter, &mut found);
    }
    let mut allowances = analysis.allowances.clone();
    let sources = &analysis.manifest.sources;
    let allowed = allowances.sift(sources, &mut found, |finding| &finding.diagnostic);
    // where an object is left out, what it would be told of is not found either
    if !analysis.diagnostics.iter().any(Diagnostic::leaves_out) {
        let unknown = not_looked_for(analysis);
        let unused = allowances.unused().filter(|(code, _)| !unknown.contains(code));
        let unused = unused.take(MAX_DIAGNOSTICS);
        found.extend(unused.map(|(_, diagnostic)| Finding { diagnostic, fix: None }));
    }
    found.sort_by_key(|Finding { diagnostic, .. }| (diagnostic.source, diagnostic.span.start));
    found.truncate(MAX_DIAGNOSTICS);
    Linted { found, allowed }
}

/// Codes that are not found in a policy alone: they hang on the pods, namespaces and Services around it.
const OF_THE_CLUSTER: &[Code] = &[
    Code::DuplicateObject,
    Code::SharedName,
    Code::NamespaceAssumed,
    Code::BlockCoversPods,
    Code::PolicyWithoutEffect,
    Code::NoDefaultDeny,
    Code::SelectorsAnded,
    Code::PodSelectorStaysHome,
    Code::NamespaceLabelMissing,
    Code::SelectsNoPod,
    Code::PeerMatchesNoPod,
    Code::PodsAtRunTime,
    Code::ServicePort,
    Code::NamedPortUnknown,
    Code::EgressWithoutDns,
];

/// Codes whose absence means nothing here: the cluster that they hang on is not among the texts, or what they warn of has been
/// answered from outside.
pub fn not_looked_for(analysis: &Analysis) -> Vec<Code> {
    let mut codes = Vec::new();
    if !analysis.has_pods {
        codes.extend_from_slice(OF_THE_CLUSTER);
    }
    if analysis.manifest.is_landing_said() {
        codes.push(Code::NamespaceMissing);
    }
    codes
}
