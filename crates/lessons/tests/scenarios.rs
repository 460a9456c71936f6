//! What holds for every built-in text. Whether its `#?` lines come true is tested where the evaluator is.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic, its shared functions too"
)]

use std::collections::BTreeSet;

use lessons::{CLUSTER, LANDING, Scenario, groups, scenario, scenarios, title};
use serde_yaml::{Deserializer, Value};

const THE_EIGHT: [(&str, &str); 8] = [
    ("allow-all", "Allow All"),
    ("deny-all", "Deny All"),
    ("same-ns", "Same NS Only"),
    ("cluster-internal", "Cluster Internal"),
    ("and-trap", "AND Trap ⚠"),
    ("or-logic", "OR Logic"),
    ("specific-ns", "Specific NS"),
    ("specific-pod-ns", "Specific Pod+NS"),
];

/// The documents of a YAML stream; a document of comments alone is none.
fn documents(text: &str) -> Vec<Value> {
    Deserializer::from_str(text)
        .map(|document| serde::Deserialize::deserialize(document).unwrap())
        .filter(|document: &Value| !document.is_null())
        .collect()
}

fn text_of(slug: &str) -> &'static str {
    scenario(slug).unwrap().policies
}

fn names(one: &Scenario) -> Vec<String> {
    documents(one.policies)
        .iter()
        .map(|policy| policy["metadata"]["name"].as_str().unwrap().to_owned())
        .collect()
}

/// What a text shows by itself is what its scenario shows, so that a link need not say it.
#[test]
fn every_text_is_shown_in_the_direction_that_it_is_about() {
    for scenario in lessons::scenarios() {
        let text = vec![netpol::Source::new(scenario.slug, scenario.policies)];
        let analysis = netpol::Analysis::of(netpol::Inputs { text, ..Default::default() });
        let direction = match scenario.direction {
            lessons::Direction::Ingress => netpol::Direction::Ingress,
            lessons::Direction::Egress => netpol::Direction::Egress,
        };
        assert_eq!(analysis.own_direction(), direction, "{}", scenario.slug);
    }
}

#[test]
fn slugs_are_unique_and_need_no_escaping_in_a_link() {
    let slugs: BTreeSet<&str> = scenarios().iter().map(|one| one.slug).collect();
    assert_eq!(slugs.len(), scenarios().len());
    for slug in slugs {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(!slug.is_empty() && slug.chars().all(plain), "{slug}");
        assert_eq!(scenario(slug).unwrap().slug, slug);
    }
    assert!(scenario("no-such-scenario").is_none());
}

#[test]
fn published_slugs_stay() {
    let published = "eight allow-all deny-all same-ns cluster-internal and-trap or-logic specific-ns \
        specific-pod-ns rag-1-deny-all rag-2-two-doors rag-3-ml-ops and-labels or-labels badge-by-label badge-by-name \
        badge-expressions egress-deny-all egress-dns ipblock-except ipblock-internet http-same-ns named-port \
        service-port blank";
    for slug in published.split_whitespace() {
        assert!(scenario(slug).is_some(), "{slug} is gone, and links with it");
    }
}

#[test]
fn people_find_words_everywhere() {
    for one in scenarios() {
        let slug = one.slug;
        for word in [one.name, one.caption, one.note] {
            assert!(
                !word.is_empty() && word == word.trim() && !word.contains('\n'),
                "{slug}: {word}"
            );
        }
        assert!(one.note.ends_with('.'), "{slug}: {}", one.note);
        assert!(one.caption.chars().count() <= 32, "{slug}: {}", one.caption);
        assert_eq!(one.note.matches('`').count() % 2, 0, "{slug}: an open backtick");
    }
}

#[test]
fn the_landing_text_is_the_eight_policies_in_order() {
    let eight: Vec<&str> = THE_EIGHT.iter().map(|(slug, _)| text_of(slug)).collect();
    assert_eq!(text_of(LANDING), eight.join("---\n"));
}

#[test]
fn each_of_the_eight_holds_one_policy_named_like_its_slug_and_no_expectation() {
    for (slug, name) in THE_EIGHT {
        assert_eq!(names(scenario(slug).unwrap()), [slug]);
        assert!(!text_of(slug).contains("#?"), "{slug}");
        assert_eq!(title(slug), Some(name));
    }
    for other in ["eight", "and-labels", "rag-1-deny-all", ""] {
        assert_eq!(title(other), None, "{other}");
    }
}

#[test]
fn somebodys_own_deny_all_is_not_called_by_the_articles_name() {
    let eight = THE_EIGHT.map(|(slug, _)| slug);
    assert!(lessons::is_of_the_article(text_of("deny-all"), &["deny-all"]));
    // a changed one still has all eight
    assert!(lessons::is_of_the_article("anything", &eight));
    let own = text_of("deny-all").replace("ai-platform", "shop");
    assert!(!lessons::is_of_the_article(&own, &["deny-all"]));
}

#[test]
fn the_eight_say_what_the_scoreboard_says_they_say() {
    let rules = [
        "[{}]",
        "~",
        "[{from: [{podSelector: {}}]}]",
        "[{from: [{namespaceSelector: {}}]}]",
        "[{from: [{podSelector: {}, namespaceSelector: {}}]}]",
        "[{from: [{podSelector: {}}, {namespaceSelector: {}}]}]",
        "[{from: [{namespaceSelector: {matchLabels: {name: ml-ops}}}]}]",
        "[{from: [{namespaceSelector: {matchLabels: {name: ml-ops}}, podSelector: {matchLabels: {app: model-monitor}}}]}]",
    ];
    for ((slug, _), rules) in THE_EIGHT.into_iter().zip(rules) {
        let ingress = match rules {
            "~" => String::new(),
            rules => format!(", ingress: {rules}"),
        };
        let spec = format!("{{podSelector: {{}}, policyTypes: [Ingress]{ingress}}}");
        let spec: Value = serde_yaml::from_str(&spec).unwrap();
        let [policy] = &documents(text_of(slug))[..] else { panic!("{slug}") };
        assert_eq!(policy["spec"], spec, "{slug}");
    }
}

#[test]
fn every_text_is_a_stream_of_policies_of_ai_platform() {
    for one in scenarios() {
        for policy in documents(one.policies) {
            assert_eq!(policy["apiVersion"], "networking.k8s.io/v1", "{}", one.slug);
            assert_eq!(policy["kind"], "NetworkPolicy", "{}", one.slug);
            assert_eq!(policy["metadata"]["namespace"], "ai-platform", "{}", one.slug);
        }
        let names = names(one);
        let distinct: BTreeSet<&String> = names.iter().collect();
        assert_eq!(distinct.len(), names.len(), "{}: {names:?}", one.slug);
    }
}

#[test]
fn only_the_blank_text_holds_no_policy_and_opens_no_cell() {
    for one in scenarios() {
        let is_blank = one.slug == "blank";
        assert_eq!(names(one).is_empty(), is_blank, "{}", one.slug);
        assert_eq!(one.open.is_none(), is_blank, "{}", one.slug);
    }
}

#[test]
fn the_cell_explained_first_is_in_the_table() {
    for one in scenarios() {
        if let Some(open) = one.open {
            assert!(
                names(one).iter().any(|name| name == open.policy),
                "{}: {}",
                one.slug,
                open.policy
            );
        }
    }
}

#[test]
fn texts_are_small_and_without_tabs_or_trailing_spaces() {
    for one in scenarios() {
        for text in [one.policies, one.cluster_text()] {
            assert!(text.len() <= 64 * 1024, "{}", one.slug);
            assert!(text.ends_with('\n'), "{}", one.slug);
            for line in text.lines() {
                assert!(!line.contains('\t') && line == line.trim_end(), "{}: {line}", one.slug);
                assert!(line.chars().count() <= 100, "{}: too wide: {line}", one.slug);
            }
        }
    }
}

#[test]
fn groups_cover_all_scenarios_in_order() {
    let members: Vec<Scenario> =
        groups().iter().flat_map(|group| group.members.iter().map(|one| **one)).collect();
    assert_eq!(members, scenarios());
    for group in groups() {
        assert!(!group.name.is_empty() && !group.caption.is_empty());
        assert_eq!(Some(&group.first), group.members.first());
        assert!(group.members.iter().all(|one| one.group == group.name));
    }
    assert_eq!(groups()[0].first.slug, LANDING);
    assert_eq!(groups().len(), 8);
}

#[test]
fn each_step_of_the_rag_app_keeps_the_policies_of_the_step_before() {
    let steps = ["rag-1-deny-all", "rag-2-two-doors", "rag-3-ml-ops"];
    for pair in steps.windows(2) {
        let (before, after) = (documents(text_of(pair[0])), documents(text_of(pair[1])));
        assert!(after.len() > before.len());
        assert!(after.starts_with(&before), "{} to {}", pair[0], pair[1]);
    }
}

#[test]
fn the_two_labelled_texts_differ_by_one_dash_and_share_a_cluster() {
    let (and, or) = (scenario("and-labels").unwrap(), scenario("or-labels").unwrap());
    assert_eq!(and.cluster, or.cluster);
    assert!(and.cluster.unwrap().starts_with(CLUSTER));
    let with_a_dash = and
        .policies
        .replace("      podSelector:", "    - podSelector:")
        .replace("and-labels", "or-labels");
    assert_eq!(documents(&with_a_dash), documents(or.policies));
}
