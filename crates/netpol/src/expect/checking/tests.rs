//! What expectations cost, in steps: rules asked, and pods looked at to find those behind a Service.

use super::MOST_PARTS;
use crate::{Analysis, Code, Inputs, Source, Witnesses, steps};

/// Pods that all differ behind one Service, which is headless where it has no port, and a policy of so many rules.
fn text(pods: usize, rules: usize, port: &str, lines: impl Iterator<Item = String>) -> String {
    let pod = |at| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: p{at}, namespace: x, labels: {{a: \"{at}\", b: c}}}}\n---\n"
        )
    };
    let pods: String = (0..pods).map(pod).collect();
    let service = format!(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: s, namespace: x}}\nspec: {{selector: {{b: c}}, {port}}}\n---\n"
    );
    let rules = vec!["{}"; rules].join(", ");
    let policy = format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: x}}\nspec: {{podSelector: {{}}, ingress: [{rules}]}}\n"
    );
    let lines: String = lines.collect();
    [pods, service, policy, lines].concat()
}

fn asked(text: String) -> (Analysis, usize) {
    let text = vec![Source::new("text", text)];
    steps::of(|| Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() }))
}

const ONE_PORT: &str = "ports: [{port: 80}]";
const HEADLESS: &str = "clusterIP: None";

#[test]
fn a_line_that_is_there_a_thousand_times_is_asked_once() {
    let line = || "#? 1.1.1.1 -> svc:x/s:80 allowed\n".to_owned();
    let (once, steps) = asked(text(50, 100, ONE_PORT, std::iter::once(line())));
    let (many, steps_of_many) =
        asked(text(50, 100, ONE_PORT, std::iter::repeat_with(line).take(1_000)));
    assert_eq!((once.expectations.len(), many.expectations.len()), (1, 1_000));
    assert!(many.expectations.iter().all(crate::expect::Checked::holds));
    assert_eq!(steps_of_many, steps);
    assert!(steps >= 50 * 100, "{steps}");
}

#[test]
fn behind_a_service_the_first_pod_that_contradicts_is_enough() {
    let line = || std::iter::once("#? 1.1.1.1 -> svc:x/s:80 denied\n".to_owned());
    let (analysis, steps) = asked(text(500, 100, ONE_PORT, line()));
    assert!(!analysis.expectations[0].holds());
    assert!(steps <= 2 * 500 + 100, "{steps}");
}

#[test]
fn behind_a_headless_service_is_looked_once_whatever_the_ports() {
    let lines = (1..=200).map(|port| format!("#? 1.1.1.1 -> svc:x/s:{port} denied\n"));
    let (analysis, steps) = asked(text(300, 1, HEADLESS, lines));
    assert_eq!(analysis.expectations.len(), 200);
    let arrives = analysis.expectations[199].contradiction.as_ref().unwrap();
    assert_eq!(arrives.to_string(), "1.1.1.1 -> x/p0:200/TCP");
    assert!(steps <= 2 * 300 + 200, "{steps}");
}

#[test]
fn what_asks_too_much_is_checked_as_far_as_it_goes_and_the_rest_is_told() {
    let lines = (1..=2_000).map(|port| format!("#? 1.1.1.1 -> svc:x/s:{port} allowed\n"));
    let (analysis, steps) = asked(text(200, 500, HEADLESS, lines));
    assert!(steps <= MOST_PARTS + 200 * 500, "{steps}");
    let [told] = analysis.diagnostics.iter().filter(|one| one.is_error()).collect::<Vec<_>>()[..]
    else {
        panic!("{:?}", analysis.diagnostics)
    };
    let checked = analysis.expectations.len();
    assert!(checked > 10, "{checked}");
    assert_eq!(told.code, Code::TooLarge);
    assert!(told.message.contains(&format!("{} of them", 2_000 - checked)), "{told}");
    let source = &analysis.manifest.sources[0];
    let first = source.text().get(told.span.start..told.span.end);
    let expected = format!("#? 1.1.1.1 -> svc:x/s:{} allowed", checked + 1);
    assert_eq!(first, Some(expected.as_str()));
}

#[test]
fn telling_why_a_line_does_not_hold_counts_as_well() {
    let lines = (0..2_000).map(|_| "#? 1.1.1.1 -> x/p0:80 denied\n".to_owned());
    let (analysis, steps) = asked(text(1, 10_000, ONE_PORT, lines));
    assert!(analysis.expectations.len() < 2_000 && analysis.has_errors());
    let ((), telling) = steps::of(|| {
        for checked in &analysis.expectations {
            assert!(checked.verdict(&analysis.cluster).is_some());
        }
    });
    assert!(steps + telling <= MOST_PARTS + 20_000, "{steps} {telling}");
}
