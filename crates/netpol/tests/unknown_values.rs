//! Labels whose values only the cluster knows: nothing is asserted that would need them, and it is said why; never is it
//! put to the network plugin.

#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

use netpol::{
    Analysis, Code, Direction, Inputs, Plugin, Source, State, Subject, Verdict, Witnesses,
    evaluate, explain, lint, matrix::Matrix, plugin::OpenQuestion, scoreboard::Column,
};

/// A `CronJob`, a Job and a pod; what a policy makes of them follows.
const SHOP: &str = "
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
- {apiVersion: batch/v1, kind: CronJob, metadata: {name: backup, namespace: shop}, spec: {jobTemplate: {spec: {template: {}}}}}
- {apiVersion: batch/v1, kind: Job, metadata: {name: migrate, namespace: shop}, spec: {template: {}}}
- {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}}
---
";

fn analyse(specs: &[&str]) -> Analysis {
    let policy = |(at, spec): (usize, &&str)| {
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p-{at}, namespace: shop}}\nspec: {spec}\n---\n"
        )
    };
    let policies: Vec<String> = specs.iter().enumerate().map(policy).collect();
    let text = vec![Source::new("t", format!("{SHOP}{}", policies.concat()))];
    let analysis = Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() });
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics);
    analysis
}

fn ask(analysis: &Analysis, connection: &str) -> Verdict {
    evaluate(&analysis.cluster, &connection.parse().unwrap()).unwrap()
}

const ONE_RUN: &str =
    "{podSelector: {matchLabels: {job-name: backup-7}}, ingress: [{ports: [{port: 80}]}]}";
const OTHER_RUN: &str = "{podSelector: {matchLabels: {job-name: backup-8}}, ingress: [{ports: [{port: 80}, {port: 81}]}]}";

#[test]
fn a_pod_that_is_perhaps_selected_is_surely_let_in_only_where_every_policy_admits() {
    let analysis = analyse(&[ONE_RUN, OTHER_RUN]);
    let open = vec![OpenQuestion::UnknownValue];
    for (port, questions) in [(80, vec![]), (81, open.clone()), (82, open)] {
        let verdict = ask(&analysis, &format!("shop/web -> shop/backup:{port}"));
        assert_eq!(verdict.open_questions(), questions, "{port}");
        assert_eq!(verdict.is_unknown(), port != 80, "{port}");
        assert!(verdict.is_allowed_by(Plugin::USUAL), "{port}");
    }
    // the Job's name is known, and it is none of these
    let verdict = ask(&analysis, "shop/web -> shop/migrate:82");
    assert!(verdict.is_allowed() && !verdict.depends());
}

#[test]
fn a_policy_that_surely_selects_takes_the_doubt_away_as_far_as_it_opens() {
    let analysis = analyse(&[ONE_RUN, "{podSelector: {}, ingress: [{ports: [{port: 90}]}]}"]);
    let answer = |port: u16| {
        let verdict = ask(&analysis, &format!("shop/web -> shop/backup:{port}"));
        (verdict.is_allowed(), verdict.is_unknown())
    };
    assert_eq!(answer(90), (true, false));
    assert_eq!(answer(80), (true, true), "only if the perhaps is a yes");
    assert_eq!(answer(81), (false, false), "whatever the value is");
}

#[test]
fn the_table_the_matrix_and_the_why_say_that_the_value_is_not_in_the_files() {
    let peer = "{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {job-name: backup-7}}}]}]}";
    for spec in [ONE_RUN, peer] {
        let analysis = analyse(&[spec]);
        let table = analysis.scoreboard(Direction::Ingress);
        let row = table.rows.first().unwrap();
        let cell = row.cells.get(Column::Same);
        assert_eq!(cell.state, State::Depends, "{spec}");
        let mut said =
            vec![explain::reason(&analysis.cluster, cell, Column::Same, Direction::Ingress)];
        for subject in [Subject::Policy(row.policy), Subject::Together] {
            let why = explain::why(&analysis.cluster, &table, subject, Column::Same).unwrap();
            said.extend(why.steps.iter().map(|step| step.text.clone()));
            said.push(format!("{:?}", why.heading));
        }
        let said = said.join("\n");
        assert!(said.contains("not in the files") && !said.contains("plugin"), "{said}");
        let admitted = |plugin| {
            let matrix = Matrix::with(&analysis.cluster, plugin);
            let count = matrix.groups().len();
            let pairs = (0..count).flat_map(|from| (0..count).map(move |to| (from, to)));
            pairs.map(|(from, to)| matrix.ports(from, to)).collect::<Vec<_>>()
        };
        assert_ne!(admitted(Plugin::USUAL), admitted(Plugin::STRICTEST));
    }
}

#[test]
fn a_connection_is_explained_with_what_is_asked_and_what_the_controller_sets() {
    let analysis = analyse(&[ONE_RUN]);
    let asked = "shop/web -> shop/backup:81".parse().unwrap();
    let explained = explain::connection(&analysis.cluster, &asked).unwrap();
    assert!(explained.is_unknown);
    assert_eq!(
        explained.headline,
        "`shop/web` to `shop/backup` on TCP 81 **depends** on the value of a label that is not in the files."
    );
    let notes: Vec<&str> = explained
        .arrivals
        .iter()
        .flat_map(|one| &one.notes)
        .map(|note| note.text.as_str())
        .collect();
    let last = "Whether **p-0** selects `shop/backup`: `job-name=backup-7` asks for a value that is not in the files: the controller sets `job-name=backup-*`.";
    assert_eq!(notes.last(), Some(&last));
    assert!(!notes.concat().contains("plugin"), "{notes:?}");
    let line =
        explain::verdict_line(&analysis.cluster, &ask(&analysis, "shop/web -> shop/backup:81"));
    assert!(line.starts_with("left open: Whether `p-0` selects"), "{line}");
}

#[test]
fn an_expectation_of_a_value_that_nobody_knows_holds_only_as_depends() {
    let lines = "#? shop/web -> shop/backup:81 allowed\n#? shop/web -> shop/backup:81 denied\n#? shop/web -> shop/backup:81 depends\n#? shop/web -> shop/backup:80 depends\n";
    let text = vec![Source::new(
        "t",
        format!(
            "{SHOP}apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: shop}}\nspec: {ONE_RUN}\n{lines}"
        ),
    )];
    let analysis = Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() });
    let holds: Vec<bool> =
        analysis.expectations.iter().map(netpol::expect::Checked::holds).collect();
    assert_eq!(holds, [false, false, true, false]);
}

#[test]
fn no_lint_says_that_nobody_has_a_value_which_somebody_may_have() {
    let nobody = |spec: &str| {
        let found = lint::lints(&analyse(&[spec]));
        let codes = [Code::SelectsNoPod, Code::PeerMatchesNoPod];
        found.iter().any(|finding| codes.contains(&finding.diagnostic.code))
    };
    assert!(!nobody(ONE_RUN));
    assert!(!nobody(
        "{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {job-name: backup-7}}}]}]}"
    ));
    // no run of this one is called so
    assert!(nobody("{podSelector: {matchLabels: {job-name: restore-7}}}"));
    assert!(nobody("{podSelector: {matchLabels: {job-name: backup}}}"));
}
