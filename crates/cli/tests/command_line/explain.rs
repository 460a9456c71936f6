//! `netpol explain`: the pages, and that none of them goes stale.

use netpol::{Code, Severity};
use serde_json::Value;

use crate::netpol::Place;

/// The fenced YAML blocks of a page, in order.
fn examples(page: &str) -> Vec<&str> {
    page.split("```yaml\n").skip(1).filter_map(|block| block.split("```").next()).collect()
}

/// Whether a code is a lint's, or about what nothing says, which only `netpol lint` tells.
fn is_told_by_lint(code: Code) -> bool {
    code == Code::UnusedAllow || code.is_lint()
}

/// What `netpol check`, or where a lint is meant `netpol lint`, says of a text: severity and code.
fn said(place: &Place, code: Code, text: &str) -> Vec<(String, String)> {
    let command = if is_told_by_lint(code) { "lint" } else { "check" };
    let run = place.netpol_reading(text, &[command, "-", "-o", "json"]);
    let all: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    all.iter().map(|one| (text(one, "severity"), text(one, "code"))).collect()
}

#[test]
fn every_page_has_its_code_as_heading_a_summary_and_two_examples() {
    for code in Code::ALL {
        let page = code.page();
        let mut lines = page.lines();
        assert_eq!(lines.next(), Some(format!("# {code}").as_str()));
        assert_eq!(lines.next(), Some(""), "{code}");
        assert!(lines.next().is_some_and(|line| !line.is_empty()), "{code}");
        assert_eq!(examples(page).len(), 2, "{code}");
        assert!(page.ends_with("```\n"), "{code}");
        // an address cannot be folded
        let folded = page.lines().filter(|line| !line.contains("https://"));
        let widest = folded.map(|line| line.chars().count()).max();
        assert!(widest <= Some(80), "{code}: a terminal shows 80 columns");
    }
}

#[test]
fn the_bad_example_of_each_page_yields_its_code_and_nothing_else() {
    let place = Place::named("explain_bad");
    for code in Code::ALL {
        let mut said = said(&place, *code, examples(code.page())[0]);
        if *code == Code::PodsAtRunTime {
            // it takes an object of somebody's own kind, and that is named as well
            said.retain(|(_, other)| other != Code::KindNotUsed.as_str());
        }
        assert!(!said.is_empty(), "{code}");
        // a warning of older releases, which the newest refuse
        let is_refused = *code == Code::CidrNotCanonical;
        let severity = if is_refused { Severity::Error } else { code.severity() };
        for one in &said {
            assert_eq!(one, &(severity.to_string(), code.to_string()));
        }
    }
}

#[test]
fn the_good_example_of_each_page_has_no_fault() {
    let place = Place::named("explain_good");
    for code in Code::ALL {
        for (severity, other) in said(&place, *code, examples(code.page())[1]) {
            assert_ne!(other, code.to_string());
            assert_eq!(severity, Severity::Note.to_string(), "{code}: {other}");
        }
    }
}

#[test]
fn a_page_is_printed_as_it_is() {
    let run = Place::named("explain_page").netpol(&["explain", "required-value"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(run.out, Code::RequiredValue.page());
}

#[test]
fn without_a_code_all_are_listed_with_a_line_each() {
    let run = Place::named("explain_list").netpol(&["explain"]);
    assert_eq!(run.code, 0);
    assert_eq!(run.out.lines().count(), Code::ALL.len());
    for (line, code) in run.out.lines().zip(Code::ALL) {
        let mut words = line.split_whitespace();
        assert_eq!(words.next(), Some(code.as_str()));
        assert_eq!(words.next(), Some(code.severity().to_string().as_str()));
        assert!(line.ends_with('.'), "{line}");
    }
}

#[test]
fn an_unknown_code_is_2_and_the_one_that_was_meant_is_named() {
    let place = Place::named("explain_unknown");
    for (asked, meant) in [
        ("required-valeu", "did you mean `required-value`?"),
        ("Unknown_Field", "did you mean `unknown-field`?"),
        ("xyz", "`netpol explain` lists all codes"),
        ("", "`netpol explain` lists all codes"),
    ] {
        let run = place.netpol(&["explain", asked]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{asked}");
        assert!(run.err.starts_with(&format!("error: no code `{asked}`\n")), "{}", run.err);
        assert!(run.err.contains(meant), "{}", run.err);
    }
}
