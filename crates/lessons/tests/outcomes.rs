//! What the built-in texts say, judged by the evaluator: the article's table row for row, every
//! `#?` line true, and the words of every table kept as a snapshot for review.

use netpol::{Analysis, Cells, Column, Direction, Inputs, Source, Subject, explain};

fn analysis(scenario: &lessons::Scenario) -> Analysis {
    Analysis::of(Inputs {
        text: vec![Source::new(scenario.slug, scenario.policies)],
        fallback: vec![Source::new("cluster", scenario.cluster_text())],
        ..Inputs::default()
    })
}

const fn direction(scenario: &lessons::Scenario) -> Direction {
    match scenario.direction {
        lessons::Direction::Ingress => Direction::Ingress,
        lessons::Direction::Egress => Direction::Egress,
    }
}

fn cells(analysis: &Analysis, cells: &Cells, direction: Direction) -> [String; 3] {
    Column::ALL.map(|column| {
        let cell = cells.get(column);
        let reason = explain::reason(&analysis.cluster, cell, column, direction);
        format!("{} {reason}", cell.state.as_str()).trim_end().to_owned()
    })
}

/// UX.md, "The eight scenarios": name, from spec, same namespace, cross namespace, external.
const ARTICLE: [[&str; 5]; 8] = [
    ["Allow All", "ingress: [{}]", "allowed", "allowed", "allowed"],
    ["Deny All", "no ingress key", "denied", "denied", "denied"],
    ["Same NS Only", "podSelector: {}", "allowed", "denied", "denied"],
    ["Cluster Internal", "namespaceSelector: {}", "allowed", "allowed", "denied"],
    ["AND Trap ⚠", "both {}, same item", "allowed", "allowed", "denied"],
    ["OR Logic", "both {}, separate items", "allowed", "allowed", "denied"],
    ["Specific NS", "namespaceSelector with labels", "denied", "partly ml-ops only", "denied"],
    [
        "Specific Pod+NS",
        "both with labels, same item",
        "denied",
        "partly model-monitor only",
        "denied",
    ],
];

#[test]
fn the_eight_are_the_articles_table_row_for_row() {
    let scenario = lessons::scenario(lessons::LANDING).unwrap();
    let analysis = analysis(scenario);
    let table = analysis.scoreboard(Direction::Ingress);
    let rows: Vec<[String; 5]> = table
        .rows
        .iter()
        .map(|row| {
            let policy = analysis.cluster.policy(row.policy).unwrap();
            let title = lessons::title(&policy.meta.name.name).unwrap().to_owned();
            let [same, cross, external] = cells(&analysis, &row.cells, Direction::Ingress);
            [title, explain::spec_line(policy, Direction::Ingress), same, cross, external]
        })
        .collect();
    assert_eq!(rows, ARTICLE.map(|row| row.map(str::to_owned)));
    assert_eq!(cells(&analysis, &table.together, Direction::Ingress), ["allowed"; 3]);
    assert!(
        !analysis.added.has_cluster(),
        "the article's cluster needs no witnesses for the eight"
    );
}

#[test]
fn each_of_the_eight_says_alone_what_its_row_says() {
    for (scenario, row) in lessons::groups()[0].members.iter().skip(1).zip(ARTICLE) {
        let analysis = analysis(scenario);
        let table = analysis.scoreboard(Direction::Ingress);
        assert_eq!(
            cells(&analysis, &table.rows[0].cells, Direction::Ingress),
            row[2..],
            "{}",
            scenario.slug
        );
    }
}

#[test]
fn every_built_in_text_is_clean_and_its_expectations_hold() {
    for scenario in lessons::scenarios() {
        let analysis = analysis(scenario);
        assert!(analysis.diagnostics.is_empty(), "{}: {:?}", scenario.slug, analysis.diagnostics);
        let written = scenario.policies.lines().filter(|line| line.starts_with("#?")).count();
        assert_eq!(analysis.expectations.len(), written, "{}", scenario.slug);
        for checked in &analysis.expectations {
            assert!(checked.holds(), "{}: {}", scenario.slug, checked.expectation);
        }
    }
}

#[test]
fn the_cell_to_open_is_there_and_has_an_explanation() {
    for scenario in lessons::scenarios() {
        let Some(opening) = scenario.open else { continue };
        let analysis = analysis(scenario);
        let table = analysis.scoreboard(direction(scenario));
        let named = |row: &&netpol::Row| {
            analysis.cluster.policy(row.policy).unwrap().meta.name.name == opening.policy
        };
        let row = table
            .rows
            .iter()
            .find(named)
            .unwrap_or_else(|| panic!("{}: no such row", scenario.slug));
        let column = match opening.column {
            lessons::Column::Same => Column::Same,
            lessons::Column::Cross => Column::Cross,
            lessons::Column::External => Column::External,
        };
        assert!(
            explain::why(&analysis.cluster, &table, Subject::Policy(row.policy), column).is_some()
        );
    }
}

/// Every table and every explanation of the built-in texts: the diff of this snapshot is the review
/// of a change of wording.
#[test]
fn the_words_are_reviewed() {
    let mut text = String::new();
    for scenario in lessons::scenarios() {
        let analysis = analysis(scenario);
        let direction = direction(scenario);
        let table = analysis.scoreboard(direction);
        let mut line = |words: &str| {
            text.push_str(words);
            text.push('\n');
        };
        line(&format!("# {} ({direction})", scenario.slug));
        for row in &table.rows {
            let policy = analysis.cluster.policy(row.policy).unwrap();
            line(&format!("{} | {}", policy.meta.name, explain::spec_line(policy, direction)));
            line(&format!("  {}", cells(&analysis, &row.cells, direction).join(" | ")));
            for column in Column::ALL {
                let why =
                    explain::why(&analysis.cluster, &table, Subject::Policy(row.policy), column)
                        .unwrap();
                line(&format!(
                    "  {}: {} {}",
                    column.as_str(),
                    why.heading.headline,
                    why.heading.subline
                ));
                why.steps.iter().for_each(|step| line(&format!("    {}", step.text)));
            }
        }
        line(&format!(
            "together\n  {}\n",
            cells(&analysis, &table.together, direction).join(" | ")
        ));
    }
    insta::assert_snapshot!("words", text);
}
