//! `netpol test`: what passes, what fails, what counts as an error, and the closing line.

use crate::netpol::{Place, SHOP, deny_all, documents};

fn case(expectations: &str) -> String {
    documents(&[SHOP, &deny_all()]) + expectations
}

#[test]
fn all_passed_is_0() {
    let text = case("#? shop/web -> shop/db:80 denied\n#? shop/web -> office/pc:53/UDP allowed\n");
    let run = Place::named("test_passed").with("a.yaml", text).netpol(&["test", "a.yaml"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "2 passed, 0 failed\n", ""));
}

#[test]
fn a_failed_one_is_1_and_is_printed_with_its_place_and_the_reason() {
    let text = case("# said of the shop:\n  #? shop/web -> shop/db:80 allowed  # hoped for\n");
    let line = text.lines().count();
    let run = Place::named("test_failed").with("a.yaml", text).netpol(&["test", "a.yaml"]);
    let expected = format!(
        "a.yaml:{line}:3: #? shop/web -> shop/db:80 allowed  # hoped for\n    denied: policy shop/deny-all restricts ingress of shop/db, and no rule of it admits shop/web on TCP 80\n0 passed, 1 failed\n"
    );
    assert_eq!((run.code, run.out), (1, expected));
}

#[test]
fn each_file_is_a_case_by_itself() {
    let place = Place::named("test_alone")
        .with("1.yaml", case("#? shop/web -> shop/db:80 denied\n"))
        .with("2.yaml", format!("{SHOP}#? shop/web -> shop/db:80 allowed\n"));
    let run = place.netpol(&["test", "."]);
    assert_eq!((run.code, run.out.as_str()), (0, "2 passed, 0 failed\n"), "{}", run.err);
}

#[test]
fn a_shared_cluster_belongs_to_every_case() {
    let expectation = "#? shop/web -> shop/db:80 denied\n";
    let place = Place::named("test_cluster")
        .with("cluster.yaml", format!("{SHOP}#? shop/web -> shop/db:80 allowed\n"))
        .with("1.yaml", deny_all() + expectation)
        .with("2.yaml", deny_all() + expectation);
    let run = place.netpol(&["test", ".", "--cluster", "cluster.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (0, "2 passed, 0 failed\n"), "{}", run.err);
    assert!(run.err.contains("`#?` lines of `cluster.yaml` are not checked"), "{}", run.err);
    assert_eq!(place.netpol(&["test", "1.yaml"]).code, 2, "the built-in cluster has no shop");
}

#[test]
fn the_built_in_cluster_serves_where_a_file_brings_none() {
    let text = "#? ai-platform/chat-ui -> ai-platform/vector-db:6333 allowed\n";
    let run = Place::named("test_built_in").netpol_reading(text, &["test", "-"]);
    assert_eq!((run.code, run.closing_line()), (0, "1 passed, 0 failed"));
}

#[test]
fn an_unreadable_expectation_is_2_and_the_others_are_checked() {
    let text = case("#? shop/web -> shop/db:80 forbidden\n#? shop/web -> shop/db:80 allowed\n");
    let run = Place::named("test_unreadable").with("a.yaml", text).netpol(&["test", "a.yaml"]);
    assert_eq!((run.code, run.closing_line()), (2, "0 passed, 1 failed"));
    assert!(run.err.contains("error[expectation-syntax]"), "{}", run.err);
}

#[test]
fn an_unknown_pod_is_2() {
    let text = case("#? shop/web -> shop/dB:80 denied\n");
    let run = Place::named("test_unknown").with("a.yaml", text).netpol(&["test", "a.yaml"]);
    assert_eq!((run.code, run.closing_line()), (2, "0 passed, 0 failed"));
    assert!(run.err.contains("no pod `shop/dB` in this cluster"), "{}", run.err);
    assert!(run.err.contains("did you mean `shop/db`?"), "{}", run.err);
    assert!(!run.err.contains("no expectations found"), "{}", run.err);
}

#[test]
fn an_error_in_one_file_keeps_no_other_from_being_checked() {
    let place = Place::named("test_others")
        .with("1.yaml", case("spec: twice\n#? shop/web -> shop/db:80 denied\n"))
        .with(
            "2.yaml",
            case("#? shop/web -> shop/db:80 denied\n#? shop/db -> shop/web:1 allowed\n"),
        );
    let run = place.netpol(&["test", "missing.yaml", "1.yaml", "2.yaml"]);
    assert_eq!((run.code, run.closing_line()), (2, "1 passed, 1 failed"), "2 is worse than 1");
    assert!(run.err.contains("cannot read `missing.yaml`: no such file"), "{}", run.err);
    assert!(
        run.err.contains("`1.yaml` has errors: its 1 expectations are not checked"),
        "{}",
        run.err
    );
}

#[test]
fn to_check_nothing_is_no_success() {
    let run = Place::named("test_nothing").with("a.yaml", case("")).netpol(&["test", "a.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (2, "0 passed, 0 failed\n"));
    assert!(run.err.contains("no expectations found"), "{}", run.err);
}

#[test]
fn a_cluster_that_cannot_be_read_leaves_nothing_to_check() {
    let place =
        Place::named("test_no_cluster").with("a.yaml", case("#? shop/web -> shop/db:80 denied\n"));
    let run = place.netpol(&["test", "a.yaml", "--cluster", "gone.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (2, "0 passed, 0 failed\n"));
}

#[test]
fn a_hundred_thousand_expectations_are_checked() {
    let lines =
        "#? shop/web -> shop/db:80 denied\n#? 203.0.113.7 -> shop/db:80 denied\n".repeat(50_000);
    let run = Place::named("test_many").with("a.yaml", case(&lines)).netpol(&["test", "a.yaml"]);
    assert_eq!(run.closing_line(), "100000 passed, 0 failed");
}

#[test]
fn an_answer_that_depends_on_the_network_plugin_says_so_once_a_file() {
    let agent = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: agent, namespace: shop}\nspec: {hostNetwork: true}\n";
    let text = case(&format!(
        "{agent}#? office/pc -> shop/agent:80 allowed\n#? office/pc -> shop/agent:81 allowed\n#? office/pc -> shop/db:80 denied\n"
    ));
    let run = Place::named("test_plugin").with("a.yaml", text).netpol(&["test", "a.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (0, "3 passed, 0 failed\n"), "{}", run.err);
    let told = "`office/pc -> shop/agent:80/TCP allowed` holds (also line 31), but that depends on the network plugin";
    assert!(run.err.contains(told), "{}", run.err);
    assert_eq!(run.err.matches("depends on the network plugin").count(), 1, "{}", run.err);
    let text = case(&format!("{agent}#? office/pc -> shop/agent:80 denied\n"));
    let run = Place::named("test_plugin_failed").with("a.yaml", text).netpol(&["test", "a.yaml"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("shop/agent uses its node's network"), "{}", run.out);
    assert!(run.out.contains("This depends on the network plugin"), "{}", run.out);
}

#[test]
fn the_lines_that_depend_too_are_named_up_to_a_few() {
    let agent = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: agent, namespace: shop}\nspec: {hostNetwork: true}\n";
    let told = |count: usize| {
        let lines = "#? office/pc -> shop/agent:80 allowed\n".repeat(count);
        let text = case(&format!("{agent}{lines}"));
        let first = text.lines().position(|line| line.starts_with("#?")).unwrap() + 1;
        let run = Place::named("test_also").with("a.yaml", text).netpol(&["test", "a.yaml"]);
        let also = run.err.split_once(" holds").unwrap().1.split_once(", but").unwrap().0;
        (first, also.to_owned())
    };
    assert_eq!(told(1).1, "");
    let (first, also) = told(3);
    assert_eq!(also, format!(" (also lines {}, {})", first + 1, first + 2));
    let (_, also) = told(1000);
    assert!(also.starts_with(" (also lines ") && also.ends_with(" and 991 more)"), "{also}");
    assert!(also.len() < 100, "{also}");
}
