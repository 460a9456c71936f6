//! A folder of somebody else's, as CI sees a branch: what its links lead to, and what its file names would do to whoever reads
//! about them.
#![cfg(unix)]

use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt as _, os::unix::fs::symlink};

use serde_json::Value;

use crate::{
    lint::{ORED, joined},
    netpol::{Place, SHOP, documents, policy},
};

fn read(place: &Place, name: &str) -> String {
    fs::read_to_string(place.path(name)).unwrap()
}

/// `repo/` with links to `outside/`, to a file and to a folder, and to a file that is no manifest at all.
fn with_links_outward(test: &str) -> Place {
    let place = Place::named(test)
        .with("repo/own.yaml", policy("own", "{podSelector: {}}"))
        .with("outside/p.yaml", ORED)
        .with("secret", "token: hunter2\n");
    symlink("../outside/p.yaml", place.path("repo/file.yaml")).unwrap();
    symlink("../outside", place.path("repo/folder")).unwrap();
    symlink("../secret", place.path("repo/token.yaml")).unwrap();
    place
}

#[test]
fn no_link_is_followed_out_of_a_folder_and_each_is_named() {
    let place = with_links_outward("stranger_links");
    for command in ["check", "lint", "table", "test", "link", "render"] {
        let run = place.netpol(&[command, "repo"]);
        assert!(!format!("{}{}", run.out, run.err).contains("hunter2"), "{command}: {}", run.out);
        assert!(!run.out.contains("elsewhere"), "{command}: {}", run.out);
    }
    let run = place.netpol(&["check", "repo"]);
    assert_eq!(run.code, 0, "{}", run.out);
    let note = "note[left-alone]: 3 links out of the folder are left alone: also `repo/folder`, `repo/token.yaml`\n  --> repo/file.yaml:1:1\n";
    assert!(run.out.starts_with(note), "{}", run.out);
    // what somebody names is meant, a folder that is a link itself too
    assert!(place.netpol(&["table", "repo/file.yaml"]).out.contains("elsewhere/p"));
    assert!(place.netpol(&["table", "repo/folder"]).out.contains("elsewhere/p"));
}

#[test]
fn fixes_are_written_through_no_link_that_nobody_named() {
    let place = with_links_outward("stranger_fix").with("repo/.hidden/q.yaml", ORED);
    symlink(".hidden/q.yaml", place.path("repo/q.yaml")).unwrap();
    symlink(".hidden", place.path("repo/seen")).unwrap();
    let run = place.netpol(&["lint", "repo", "--fix"]);
    assert!(run.err.contains("`repo/q.yaml` is not mended: a link leads there"), "{}", run.err);
    assert!(run.err.contains("0 fixes made"), "{}", run.err);
    assert!(run.out.contains("selectors-ored"), "it is read all the same: {}", run.out);
    assert_eq!(
        (read(&place, "outside/p.yaml"), read(&place, "repo/.hidden/q.yaml")),
        (ORED.to_owned(), ORED.to_owned())
    );
    // a file that has a name of its own goes by that
    let place = Place::named("stranger_fix_inside").with("repo/z/p.yaml", ORED);
    symlink("z", place.path("repo/a")).unwrap();
    symlink("z/p.yaml", place.path("repo/a.yaml")).unwrap();
    let run = place.netpol(&["lint", "repo", "--fix"]);
    assert!(run.err.starts_with("note: repo/z/p.yaml:9: "), "{}", run.err);
    assert_eq!(read(&place, "repo/z/p.yaml"), joined());
}

#[test]
fn settings_that_are_a_link_out_of_the_repository_are_not_shown() {
    let place = Place::named("stranger_settings")
        .with("secret", "token: hunter2\n")
        .with("repo/.git/HEAD", "")
        .with("repo/shared.toml", "deny = \"warnings\"\n")
        .with("repo/k/p.yaml", ORED);
    symlink("../../secret", place.path("repo/k/netpol.toml")).unwrap();
    let run = place.netpol(&["check", "repo/k"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("repo/k/netpol.toml` is a link out of the folder"), "{}", run.err);
    assert!(!run.err.contains("hunter2"), "{}", run.err);
    fs::remove_file(place.path("repo/k/netpol.toml")).unwrap();
    symlink("../shared.toml", place.path("repo/k/netpol.toml")).unwrap();
    assert_eq!(place.netpol(&["lint", "repo/k"]).code, 1);
}

#[test]
fn names_that_are_no_text_lead_to_their_own_files() {
    let place = Place::named("stranger_bytes").with("k/n_\u{fffd}.yaml", ORED);
    for (name, policy) in [(b"k/n_\xff.yaml", "q"), (b"k/n_\xfe.yaml", "r")] {
        let text = ORED.replace("name: p", &format!("name: {policy}"));
        fs::write(place.path("").join(OsStr::from_bytes(name)), text).unwrap();
    }
    let run = place.netpol(&["lint", "k", "-o", "sarif"]);
    let log: Value = serde_json::from_str(&run.out).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let ored = results.iter().filter(|result| result["ruleId"] == "selectors-ored");
    let uris: Vec<&str> = ored
        .map(|one| {
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap()
        })
        .collect();
    assert_eq!(uris, ["k/n_%EF%BF%BD.yaml", "k/n_%FE.yaml", "k/n_%FF.yaml"]);
    let named = place.path("").join(OsStr::from_bytes(b"k/n_\xff.yaml"));
    let run = place.netpol(&[OsStr::new("lint"), named.as_os_str(), OsStr::new("--fix")]);
    assert!(run.err.contains("k/n_\\xff.yaml:9: "), "{}", run.err);
    assert_eq!(fs::read_to_string(named).unwrap(), joined().replace("name: p", "name: q"));
    assert_eq!(read(&place, "k/n_\u{fffd}.yaml"), ORED);
}

#[test]
fn file_names_do_nothing_in_any_form_of_an_explanation_or_a_list() {
    let text = documents(&[SHOP, &policy("p", "{podSelector: {}}")]);
    let names = [
        "x`<img src=1 onerror=alert(1)>``.yaml",
        "a\u{1b}]8;;http://evil\u{7}b\u{9b}31m\u{202e}.yaml",
        "a\nb.yaml",
    ];
    for name in names {
        let place = Place::named("stranger_names").with(name, &text);
        let forms = [
            &["explain", name, "pc -> db:80", "-o", "markdown"][..],
            &["explain", name, "pc -> db:80", "-o", "json"],
            &["check", name, "-o", "json"],
            &["lint", name, "-o", "sarif"],
            &["table", name, "-o", "json"],
        ];
        for form in forms {
            let out = place.netpol(form).out;
            let is_obeyed = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
            assert!(!out.chars().any(is_obeyed), "{form:?}: {out:?}");
        }
        let markdown = place.netpol(forms[0]).out;
        // nothing but text and code, and one line a step
        let events: Vec<_> = pulldown_cmark::Parser::new(&markdown).collect();
        let is_html = |event: &pulldown_cmark::Event<'_>| {
            matches!(event, pulldown_cmark::Event::Html(_) | pulldown_cmark::Event::InlineHtml(_))
        };
        assert!(!events.iter().any(is_html), "{markdown}");
        let is_place = |event: &pulldown_cmark::Event<'_>| matches!(event, pulldown_cmark::Event::Code(code) if code.starts_with(name.get(..1).unwrap()) && code.contains(".yaml:"));
        assert!(events.iter().any(is_place), "{markdown}");
    }
}
