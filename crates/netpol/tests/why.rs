//! Explanations: what they say is kept as snapshots for review, and that they say what is so is held
//! against the evaluator over all expectation files.
#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]
#![expect(clippy::disallowed_methods, reason = "the core reads no files, its tests do")]

#[expect(dead_code, reason = "asked for the files only")]
mod expectation_files;
mod told;

use std::path::PathBuf;

use netpol::{
    Analysis, Column, Connection, Direction, Inputs, Scoreboard, Source, State, Subject, Witnesses,
    explain::{self, Bond},
};
use told::agreement::{all, assert_explained, assert_sound};

fn lesson(scenario: &lessons::Scenario) -> Analysis {
    Analysis::of(Inputs {
        text: vec![Source::new("policies", scenario.policies)],
        fallback: vec![Source::new("cluster", scenario.cluster_text())],
        ..Inputs::default()
    })
}

fn subjects(table: &Scoreboard) -> Vec<Subject> {
    let rows = table.rows.iter().map(|row| Subject::Policy(row.policy));
    rows.chain([Subject::Together]).collect()
}

/// Files whose policies and expectations are good, with what they say.
fn cases() -> Vec<(PathBuf, Analysis)> {
    let folders = [
        "addresses",
        "cluster",
        "combine",
        "isolation",
        "nodes",
        "peers",
        "ports",
        "selectors",
        "services",
        "until_1_35",
        "warn",
    ];
    let files =
        folders.iter().flat_map(|folder| expectation_files::files(&format!("cases/{folder}")));
    let upstream = expectation_files::files("upstream");
    files
        .chain(upstream)
        .map(|path| {
            let (_, analysis) = expectation_files::analysis(&path);
            (path, analysis)
        })
        .collect()
}

/// The diff of this snapshot is the review of a change of wording.
#[test]
fn the_whys_of_the_lessons_are_reviewed() {
    let mut text = String::new();
    for scenario in lessons::scenarios() {
        let analysis = lesson(scenario);
        let direction = match scenario.direction {
            lessons::Direction::Ingress => Direction::Ingress,
            lessons::Direction::Egress => Direction::Egress,
        };
        let table = analysis.scoreboard(direction);
        for subject in subjects(&table) {
            for column in Column::ALL {
                let why = explain::why(&analysis.cluster, &table, subject, column).unwrap();
                told::why(
                    &analysis,
                    &format!("{} {}", scenario.slug, column.as_str()),
                    &why,
                    &mut text,
                );
            }
        }
    }
    insta::assert_snapshot!("lessons", text);
}

const SHOP: &str = include_str!("told/shop.yaml");

fn shop() -> Analysis {
    let text = vec![Source::new("shop.yaml", SHOP)];
    let analysis = Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() });
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics);
    analysis
}

/// Each `# why` line of the file asks for a connection.
fn asked() -> Vec<Connection> {
    SHOP.lines()
        .filter_map(|line| line.strip_prefix("# why "))
        .map(|line| line.parse().unwrap())
        .collect()
}

#[test]
fn connections_and_every_kind_of_miss_are_reviewed() {
    let analysis = shop();
    let mut text = String::new();
    assert!(asked().len() >= 20);
    for connection in asked() {
        let explained = explain::connection(&analysis.cluster, &connection).unwrap();
        told::connection(&analysis, &explained, &mut text);
    }
    insta::assert_snapshot!("connections", text);
}

#[test]
fn funnels_are_reviewed() {
    let analysis = shop();
    let mut text = String::new();
    for connection in asked() {
        for arrival in explain::connection(&analysis.cluster, &connection).unwrap().arrivals {
            for side in arrival.sides {
                let funnel =
                    explain::funnel(&analysis.cluster, &arrival.connection, side.direction, None)
                        .unwrap();
                assert_eq!(funnel.is_allowed, side.is_allowed, "{connection}");
                told::funnel(&funnel, &mut text);
            }
        }
    }
    insta::assert_snapshot!("funnels", text);
}

#[test]
fn an_explanation_says_what_the_evaluator_says() {
    let mut count = 0;
    for (_, analysis) in cases() {
        for checked in &analysis.expectations {
            assert_explained(&analysis, &checked.expectation.connection);
            count += 1;
        }
    }
    assert!(count > 500, "{count}");
}

#[test]
fn every_place_of_a_why_is_written_somewhere() {
    for (path, analysis) in cases() {
        for direction in Direction::ALL {
            let table = analysis.scoreboard(direction);
            for subject in subjects(&table) {
                for column in Column::ALL {
                    let why = explain::why(&analysis.cluster, &table, subject, column).unwrap();
                    assert!(!why.steps.is_empty(), "{}", path.display());
                    assert_sound(&analysis, &why.steps);
                }
            }
        }
    }
}

/// Where a cell lets someone through, a line opens it; where it lets nobody through, none does.
#[test]
fn a_cell_that_is_open_hangs_on_a_line_that_opens_it() {
    for (path, analysis) in cases() {
        for direction in Direction::ALL {
            let table = analysis.scoreboard(direction);
            let all = explain::hanging(&analysis.cluster, &analysis.manifest, &table);
            for row in &table.rows {
                for column in Column::ALL {
                    let cell = row.cells.get(column);
                    let mut groups = cell.shares.iter().flat_map(|share| share.groups.iter());
                    let is_empty = cell.shares.iter().all(|share| share.groups.is_empty());
                    let is_open = groups.any(|group| !group.admitted.documented.is_empty());
                    let opens = all.iter().any(|hanging| {
                        (hanging.subject, hanging.column, hanging.bond)
                            == (Subject::Policy(row.policy), column, Bond::Opens)
                    });
                    if cell.state != State::Unrestricted && !is_empty {
                        assert_eq!(opens, is_open, "{}: {column:?}", path.display());
                    }
                }
            }
        }
    }
}

#[test]
fn one_dash_shows_on_the_line_that_it_opens() {
    let analysis = lesson(lessons::scenario("or-labels").unwrap());
    let table = analysis.scoreboard(Direction::Ingress);
    let all = explain::hanging(&analysis.cluster, &analysis.manifest, &table);
    let line = |start: &str| {
        let text = analysis.manifest.sources[0].text();
        1 + text.lines().position(|line| line.trim_start().starts_with(start)).unwrap()
    };
    let opens = |line| -> Vec<Column> {
        let at = explain::hanging_at(&all, 0, line);
        let open = at
            .iter()
            .filter(|hanging| hanging.bond == Bond::Opens && hanging.subject != Subject::Together);
        open.map(|hanging| hanging.column).collect()
    };
    assert_eq!(opens(line("- namespaceSelector:")), [Column::Cross]);
    assert_eq!(opens(line("- podSelector:")), [Column::Same]);
    assert_eq!(explain::hanging_at(&all, 0, 100_000), Vec::<&explain::Hanging>::new());
}

#[test]
fn examples_are_let_through_as_their_cell_says() {
    let analysis = lesson(lessons::scenario(lessons::LANDING).unwrap());
    let table = analysis.scoreboard(Direction::Ingress);
    for row in &table.rows {
        for column in Column::ALL {
            let examples =
                explain::examples(&analysis.cluster, &table, Subject::Policy(row.policy), column);
            let state = row.cells.get(column).state;
            assert!(!examples.is_empty());
            for (at, connection) in examples.iter().enumerate() {
                let funnel = explain::funnel(
                    &analysis.cluster,
                    connection,
                    Direction::Ingress,
                    Some(row.policy),
                )
                .unwrap();
                match state {
                    State::Allowed => assert!(funnel.is_allowed),
                    State::Denied => assert!(!funnel.is_allowed),
                    _ if at == 0 => assert!(funnel.is_allowed),
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn long_lists_are_counted_not_cut() {
    let rule = |at| format!("{{from: [{{podSelector: {{matchLabels: {{app: x{at}}}}}}}]}}");
    let rules = (0..30).map(rule).collect::<Vec<_>>().join(", ");
    let text = format!(
        "{SHOP}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: many, namespace: lab}}\nspec: {{podSelector: {{}}, ingress: [{rules}]}}\n---\napiVersion: v1\nkind: Pod\nmetadata: {{name: rat, namespace: lab}}\n"
    );
    let inputs = Inputs {
        text: vec![Source::new("t", text)],
        witnesses: Witnesses::Off,
        ..Inputs::default()
    };
    let analysis = Analysis::of(inputs);
    let table = analysis.scoreboard(Direction::Ingress);
    let row = table.rows.last().unwrap();
    let why =
        explain::why(&analysis.cluster, &table, Subject::Policy(row.policy), Column::Same).unwrap();
    assert!(
        why.steps.iter().any(|step| step.text == "And 22 more rules: none of them matches here."),
        "{why:#?}"
    );
    let connection = "office/pc -> lab/rat:80".parse().unwrap();
    let explained = explain::connection(&analysis.cluster, &connection).unwrap();
    let steps = all(&explained.arrivals[0].sides[1].steps);
    assert!(
        steps.iter().any(|step| step.text == "And 22 more that are further off."),
        "{steps:#?}"
    );
}
