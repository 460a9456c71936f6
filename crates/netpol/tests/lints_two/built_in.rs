//! The built-in texts: what opens wide or traps is named, and all others are quiet.

use netpol::{Analysis, Code, Inputs, Source, lint::lints};

/// The lints that speak, by scenario.
const SPEAK: &[(&str, &[Code])] = &[
    ("allow-all", &[Code::RuleAdmitsAll]),
    ("and-trap", &[Code::AllNamespaces]),
    ("cluster-internal", &[Code::AllNamespaces]),
    (
        "eight",
        &[Code::RuleAdmitsAll, Code::AllNamespaces, Code::AllNamespaces, Code::AllNamespaces],
    ),
    ("egress-deny-all", &[Code::EgressWithoutDns]),
    ("or-labels", &[Code::SelectorsOred]),
    ("or-logic", &[Code::AllNamespaces]),
    ("service-port", &[Code::AllNamespaces, Code::ServicePort]),
];

#[test]
fn built_in_texts_are_quiet_but_for_what_opens_wide_and_the_traps() {
    for scenario in lessons::scenarios() {
        let text = vec![Source::new("policies", scenario.policies)];
        let fallback = vec![Source::new("cluster", scenario.cluster_text())];
        let analysis = Analysis::of(Inputs { text, fallback, ..Inputs::default() });
        let found = lints(&analysis);
        let codes: Vec<_> = found.iter().map(|finding| finding.diagnostic.code).collect();
        let speak = SPEAK.iter().find(|(slug, _)| *slug == scenario.slug);
        assert_eq!(codes, speak.map_or(&[][..], |(_, codes)| *codes), "{}", scenario.slug);
    }
}
