//! One edit away: the article's thesis, generated.
#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

use netpol::{
    Analysis, Column, Direction, Inputs, PolicyId, Source, Witnesses, explain,
    neighbours::{Flip, Neighbour, neighbours},
};

fn inputs(slug: &str) -> Inputs {
    let scenario = lessons::scenario(slug).unwrap();
    Inputs {
        text: vec![Source::new("policies", scenario.policies)],
        fallback: vec![Source::new("cluster", scenario.cluster_text())],
        ..Inputs::default()
    }
}

/// The neighbours of the first policy of a built-in text.
fn of_lesson(slug: &str) -> Vec<Neighbour> {
    let analysis = Analysis::of(inputs(slug));
    let (policy, _) = analysis.cluster.policies().next().unwrap();
    neighbours(&analysis, policy)
}

fn of_text(text: &str) -> Vec<Neighbour> {
    let text = vec![Source::new("text", text)];
    let analysis = Analysis::of(Inputs { text, ..Inputs::default() });
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics);
    let (policy, _) = analysis.cluster.policies().next().unwrap();
    neighbours(&analysis, policy)
}

fn policy(spec: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: shop}}\nspec:\n{spec}"
    )
}

fn titled<'n>(found: &'n [Neighbour], title: &str) -> &'n Neighbour {
    let named = found.iter().find(|neighbour| neighbour.title == title);
    assert!(named.is_some(), "{title}: {:?}", titles(found));
    named.unwrap()
}

fn titles(found: &[Neighbour]) -> Vec<&str> {
    found.iter().map(|neighbour| neighbour.title.as_str()).collect()
}

fn lines(neighbour: &Neighbour) -> Vec<String> {
    let line = |change: &netpol::rewrite::Change| {
        format!("{} {}", if change.is_added { '+' } else { '-' }, change.text.trim_end())
    };
    neighbour.lines.iter().map(line).collect()
}

fn flips(neighbour: &Neighbour) -> Vec<String> {
    let words = |answer: &netpol::neighbours::Answer| {
        format!("{} {}", answer.state.as_str(), answer.reason).trim_end().to_owned()
    };
    let flip = |flip: &Flip| {
        let Flip { direction, column, before, after } = flip;
        format!("{direction} {}: {} → {}", column.as_str(), words(before), words(after))
    };
    neighbour.flips.iter().map(flip).collect()
}

/// What the row of a policy says.
fn row(analysis: &Analysis, id: PolicyId) -> Vec<String> {
    let mut row = Vec::new();
    for direction in Direction::ALL {
        let table = analysis.scoreboard(direction);
        let cells = &table.rows.iter().find(|row| row.policy == id).unwrap().cells;
        row.extend(Column::ALL.map(|column| {
            let cell = cells.get(column);
            // whoever is refused, why is no part of the answer
            let is_denied = cell.state == netpol::State::Denied;
            let reason = explain::reason(&analysis.cluster, cell, column, direction);
            format!("{} {}", cell.state.as_str(), if is_denied { "" } else { &reason })
        }));
    }
    row
}

#[test]
fn and_with_labels_is_one_dash_away_from_or_with_labels() {
    let found = of_lesson("and-labels");
    assert_eq!(found[0].title, "put a dash before `podSelector`");
    assert_eq!(
        lines(&found[0]),
        ["-       podSelector:  # no dash: and", "+     - podSelector:  # no dash: and"]
    );
    assert_eq!(
        flips(&found[0]),
        [
            "ingress same: denied → partly model-monitor only",
            "ingress cross: partly ml-ops/model-monitor only → partly ml-ops only"
        ]
    );
}

#[test]
fn or_with_labels_is_one_dash_away_from_and_with_labels() {
    let found = of_lesson("or-labels");
    assert_eq!(found[0].title, "take the dash before `podSelector` away");
    assert_eq!(
        flips(&found[0]),
        [
            "ingress same: partly model-monitor only → denied",
            "ingress cross: partly ml-ops only → partly ml-ops/model-monitor only"
        ]
    );
}

#[test]
fn the_dash_turns_each_of_the_two_lessons_into_the_row_of_the_other() {
    let rows = ["and-labels", "or-labels"].map(|slug| {
        let of = |text: &str| {
            let inputs = Inputs { text: vec![Source::new("t", text)], ..inputs(slug) };
            let analysis = Analysis::of(inputs);
            let (id, _) = analysis.cluster.policies().next().unwrap();
            row(&analysis, id)
        };
        let text = lessons::scenario(slug).unwrap().policies;
        (of(text), of(&of_lesson(slug)[0].rewrite.apply(text)))
    });
    let [(and, and_with_a_dash), (or, or_without)] = rows;
    assert_eq!((&and_with_a_dash, &or_without), (&or, &and));
    assert_ne!(and, or);
}

#[test]
fn between_empty_selectors_the_dash_flips_nothing_and_the_eighth_row_is_one_key_from_the_seventh() {
    for slug in ["and-trap", "or-logic"] {
        let found = of_lesson(slug);
        assert!(!titles(&found).iter().any(|title| title.contains("dash")), "{:?}", titles(&found));
    }
    let found = of_lesson("specific-pod-ns");
    assert_eq!(
        flips(titled(&found, "drop `podSelector`")),
        ["ingress cross: partly model-monitor only → partly ml-ops only"]
    );
    assert_eq!(
        flips(titled(&found, "put a dash before `podSelector`")),
        ["ingress cross: partly model-monitor only → partly ml-ops only"]
    );
}

#[test]
fn allow_all_and_deny_all_are_one_line_apart() {
    let found = of_lesson("deny-all");
    assert_eq!(lines(titled(&found, "add `ingress: [{}]`")), ["+   ingress: [{}]"]);
    let found = of_lesson("allow-all");
    let all_denied =
        ["same", "cross", "external"].map(|column| format!("ingress {column}: allowed → denied"));
    assert_eq!(flips(titled(&found, "drop `ingress`")), all_denied);
}

#[test]
fn every_sort_of_edit_is_tried_dashes_first_then_keys_then_the_rest() {
    let found = of_lesson("egress-dns");
    assert_eq!(
        titles(&found),
        [
            "put a dash before `podSelector`",
            "put a dash before `ports`",
            "put a dash before `port`",
            "put a dash before `port`",
            "drop `podSelector`",
            "drop `namespaceSelector`",
            "drop `to`",
            "drop `ports`",
            "drop `egress`",
            "drop `protocol`",
            "add `Ingress` to `policyTypes`",
            "write `policyTypes: [Ingress]`",
            "write `- {}` for the rule",
        ]
    );
    assert_eq!(
        flips(titled(&found, "drop `protocol`")),
        ["egress cross: partly kube-dns only, TCP 53, UDP 53 → partly kube-dns only, TCP 53"]
    );
    let found = of_text(&policy(
        "  podSelector: {matchLabels: {app: db}}\n  policyTypes:\n  - Ingress\n  - Egress\n  ingress:\n  - ports:\n    - port: 80\n  - from:\n    - namespaceSelector: {matchLabels: {team: ops}}\n",
    ));
    for title in [
        "take the dash before `from` away",
        "take `Ingress` out of `policyTypes`",
        "take `Egress` out of `policyTypes`",
        "add `egress: [{}]`",
        "write `namespaceSelector: {}`",
    ] {
        titled(&found, title);
    }
    let nobody =
        "{matchExpressions: [{key: a, operator: Exists}, {key: a, operator: DoesNotExist}]}";
    let pod = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n";
    let found = of_text(&(policy(&format!("  podSelector: {nobody}\n")) + pod));
    titled(&found, "select every pod: `podSelector: {}`");
    let found = of_text(&policy("  podSelector: {}\n  egress: [{}]\n"));
    assert_eq!(
        titles(&found),
        ["drop `egress`", "add `policyTypes: [Egress]`", "add `ingress: [{}]`"]
    );
}

#[test]
fn what_the_api_server_would_refuse_is_no_neighbour() {
    // two ipBlocks or an ipBlock and a selector are no single item; an empty item is none at all
    let found = of_text(&policy(
        "  ingress:\n  - from:\n    - ipBlock: {cidr: 10.0.0.0/8}\n    - podSelector: {}\n",
    ));
    assert!(!titles(&found).iter().any(|title| title.contains("dash")), "{:?}", titles(&found));
    let found = of_text(&policy("  ingress:\n  - ports:\n    - port: 80\n      endPort: 90\n"));
    assert!(!titles(&found).contains(&"put a dash before `endPort`"));
    titled(&found, "drop `endPort`");
}

#[test]
fn each_edit_does_to_the_row_what_its_flips_say() {
    for scenario in lessons::scenarios() {
        let inputs = Inputs { witnesses: Witnesses::Off, ..inputs(scenario.slug) };
        let analysis = Analysis::of(inputs.clone());
        for (id, policy) in analysis.cluster.policies() {
            let before = row(&analysis, id);
            for neighbour in neighbours(&analysis, id) {
                let text = vec![Source::new("text", neighbour.rewrite.apply(scenario.policies))];
                let edited = Analysis::of(Inputs { text, ..inputs.clone() });
                let same =
                    |(_, other): &(_, &netpol::NetworkPolicy)| other.meta.name == policy.meta.name;
                let (id, _) = edited.cluster.policies().find(same).unwrap();
                let mut expected = before.clone();
                for Flip { direction, column, before, after } in &neighbour.flips {
                    let at = *direction as usize * 3 + *column as usize;
                    assert_eq!(
                        expected[at],
                        format!("{} {}", before.state.as_str(), before.reason)
                    );
                    expected[at] = format!("{} {}", after.state.as_str(), after.reason);
                }
                assert_eq!(row(&edited, id), expected, "{}: {}", scenario.slug, neighbour.title);
            }
        }
    }
}

#[test]
fn items_of_lists_and_policies_behind_others_have_neighbours_too() {
    let item = "metadata: {name: NAME, namespace: shop}\n  spec:\n    podSelector: {}\n    ingress:\n    - from:\n      - podSelector: {matchLabels: {app: web}}\n        namespaceSelector: {matchLabels: {team: ops}}\n";
    let typed = format!("apiVersion: networking.k8s.io/v1\n  kind: NetworkPolicy\n  {item}");
    for (kind, item) in [("List", typed.as_str()), ("NetworkPolicyList", item)] {
        let version = if kind == "List" { "v1" } else { "networking.k8s.io/v1" };
        let items = ["a", "b"].map(|name| format!("- {}", item.replace("NAME", name)));
        let text =
            format!("# two\napiVersion: {version}\nkind: {kind}\nitems:\n{}", items.concat());
        let text = vec![Source::new("list", text)];
        let analysis = Analysis::of(Inputs { text, ..Inputs::default() });
        let ids: Vec<PolicyId> = analysis.cluster.policies().map(|(id, _)| id).collect();
        let [first, second] = [0, 1].map(|at| neighbours(&analysis, ids[at]));
        assert_eq!(first[0].title, "put a dash before `namespaceSelector`", "{kind}");
        assert_eq!(titles(&first), titles(&second), "{kind}");
        assert_eq!(second[0].lines[0].line - first[0].lines[0].line, item.lines().count());
    }
}

#[test]
fn a_policy_of_many_rules_is_bounded() {
    let rule = "  - from:\n    - podSelector: {matchLabels: {a: b}}\n      namespaceSelector: {}\n    ports:\n    - port: 80\n";
    let found = of_text(&policy(&format!("  podSelector: {{}}\n  ingress:\n{}", rule.repeat(300))));
    assert!(found.len() <= 39, "{}", found.len());
}
