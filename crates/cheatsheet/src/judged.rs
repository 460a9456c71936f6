//! A text → the answers of its policies, in the cluster that the page would show them in.

use lessons::Scenario;
use netpol::{Analysis, Direction, Inputs, Source, Witnesses};
use render::Table;

/// The table of a built-in text, in its own direction.
pub(crate) fn table(scenario: &Scenario) -> Table {
    let direction = match scenario.direction {
        lessons::Direction::Ingress => Direction::Ingress,
        lessons::Direction::Egress => Direction::Egress,
    };
    of(scenario.policies, scenario.cluster_text(), direction)
}

/// The table of a policy for every pod of ai-platform; `rest` is what follows `podSelector` in its `spec`, a line each.
pub(crate) fn variant(rest: &str) -> Table {
    let head = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n\
                metadata: {name: variant, namespace: ai-platform}\nspec:\n  podSelector: {}\n";
    let lines = rest.lines().map(|line| format!("  {line}\n"));
    of(
        &lines.fold(head.to_owned(), |text, line| text + &line),
        lessons::CLUSTER,
        Direction::Ingress,
    )
}

fn of(policies: &str, cluster: &str, direction: Direction) -> Table {
    let analysis = Analysis::of(Inputs {
        text: vec![Source::new("policies", policies)],
        fallback: vec![Source::new("cluster", cluster)],
        witnesses: Witnesses::Add,
        ..Inputs::default()
    });
    Table::of(&analysis, direction)
}

/// The part of a policy that sets it apart: its rules, or what stands in their place. Not indented.
pub(crate) fn rules(policies: &str) -> String {
    let part = |key: &str| {
        let lines = || policies.lines().skip_while(|line| !line.trim_start().starts_with(key));
        let indent = lines().next().map(|line| line.len() - line.trim_start().len())?;
        let moved = lines().map(|line| line.get(indent..).unwrap_or_default());
        Some(moved.collect::<Vec<_>>().join("\n"))
    };
    ["ingress:", "egress:", "policyTypes:"].into_iter().find_map(part).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_are_cut_out_whole_and_moved_to_the_left() {
        let text =
            "spec:\n  policyTypes: [Ingress]\n  ingress:\n  - from:\n    - podSelector: {}\n";
        assert_eq!(rules(text), "ingress:\n- from:\n  - podSelector: {}");
        assert_eq!(
            rules("spec:\n  policyTypes: [Ingress]  # no rule\n"),
            "policyTypes: [Ingress]  # no rule"
        );
    }

    #[test]
    fn a_variant_is_one_policy_without_a_fault() {
        let table = variant("ingress:\n- from: []");
        assert_eq!(table.rows.len(), 1);
        assert!(table.together.iter().all(|answer| answer.word() == "Allowed"));
    }
}
