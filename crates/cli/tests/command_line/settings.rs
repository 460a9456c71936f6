//! `netpol.toml`: where it is looked for, what it may say, and what it does.

use crate::netpol::{Place, Run, policy};

/// A rule that lets everyone in, and two items that mean OR.
fn open(name: &str) -> String {
    policy(name, "{podSelector: {}, ingress: [{}]}")
}

/// A copy of nothing: what is below has a repository of its own, so that nothing above it speaks.
fn place(name: &str) -> Place {
    Place::named(name).with(".git/HEAD", "")
}

fn allows(run: &Run, number: &str) -> bool {
    run.out.contains(&format!("; {number} allowed by "))
}

#[test]
fn the_nearest_file_above_what_is_named_speaks() {
    let place = place("settings_search")
        .with("netpol.toml", "allow = [\"rule-admits-all\"]")
        .with("a/b/p.yaml", open("p"))
        .with("own/netpol.toml", "")
        .with("own/p.yaml", open("p"));
    for path in [".", "a", "a/b", "a/b/p.yaml", "a/../a/b"] {
        let run = place.netpol(&["lint", path]);
        assert!(run.out.contains(" by netpol.toml\n"), "{path}: {}", run.out);
    }
    assert!(allows(&place.netpol_reading(&open("p"), &["lint", "-"]), "1 finding"));
    assert!(!allows(&place.netpol(&["lint", "own"]), "1 finding"), "the nearer one speaks alone");
    let run = place.netpol(&["lint", "own", "a"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("`netpol.toml` and `own/netpol.toml` both speak"), "{}", run.err);
}

#[test]
fn what_is_above_the_repository_does_not_speak() {
    let place = place("settings_border")
        .with("netpol.toml", "allow = [\"rule-admits-all\"]")
        .with("repository/.git/HEAD", "")
        .with("repository/p.yaml", open("p"));
    assert!(!allows(&place.netpol(&["lint", "repository"]), "1 finding"));
}

#[test]
fn an_allowance_is_for_paths_and_has_a_reason() {
    let settings = "\
[[allow]]
code = [\"rule-admits-all\"]
paths = [\"vendor/**\", \"*.gen.yaml\"]
reason = \"not ours\"
";
    let place = place("settings_paths")
        .with("k/netpol.toml", settings)
        .with("k/vendor/x/p.yaml", open("p"))
        .with("k/q.gen.yaml", open("q"))
        .with("k/own.yaml", open("own"));
    let run = place.netpol(&["lint", "k"]);
    assert!(allows(&run, "2 findings"), "{}", run.out);
    assert!(run.out.contains("--> k/own.yaml:4:"), "{}", run.out);
    let run = place.netpol(&["lint", "k", "-o", "sarif"]);
    assert!(run.out.contains("\"justification\": \"not ours\""), "{}", run.out);
    // what a fix may touch is what is told
    let run = place.netpol(&["lint", "k/vendor", "--fix"]);
    assert!(run.err.ends_with("0 fixes made\n"), "{}", run.err);
}

#[test]
fn warnings_can_be_denied_for_a_folder() {
    let warned =
        policy("p", "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 2001:DB8::/32}}]}]}");
    let place = place("settings_deny")
        .with("a/p.yaml", &warned)
        .with("b/netpol.toml", "deny = \"warnings\"\n")
        .with("b/p.yaml", &warned);
    assert_eq!(place.netpol(&["check", "a"]).code, 0);
    assert_eq!(place.netpol(&["check", "b"]).code, 1);
    assert_eq!(place.netpol(&["check", "b", "--allow", "cidr-not-canonical"]).code, 0);
    assert_eq!(place.netpol(&["table", "b"]).code, 0, "a table denies nothing");
}

#[test]
fn an_entry_that_allows_nothing_is_told_where_the_whole_folder_is_looked_at() {
    let place = place("settings_unused")
        .with("k/netpol.toml", "allow = [\"rule-admits-all\", \"ipv4-only\"]\n")
        .with("k/p.yaml", open("p"));
    let run = place.netpol(&["lint", "k"]);
    let told = "\
note[unused-allow]: there is no `ipv4-only` to allow here
  --> k/netpol.toml:1:29
1 | allow = [\"rule-admits-all\", \"ipv4-only\"]
  |                             ^^^^^^^^^^^
";
    assert!(run.out.contains(told), "{}", run.out);
    assert!(
        run.out.ends_with("1 note in 1 file; 1 finding allowed by k/netpol.toml\n"),
        "{}",
        run.out
    );
    for arguments in
        [&["lint", "k/p.yaml"][..], &["check", "k"], &["lint", "k", "--allow", "unused-allow"]]
    {
        let run = place.netpol(arguments);
        assert!(!run.out.contains("unused-allow]"), "{arguments:?}: {}", run.out);
    }
    // another file has an error, and hides what would be told of it
    let place = place.with("k/broken.yaml", "a: [\n");
    assert!(!place.netpol(&["lint", "k"]).out.contains("unused-allow"));
}

#[test]
fn whatever_is_not_understood_is_told_at_its_place_and_nothing_is_answered() {
    let text = "\
alow = []
deny = \"notes\"
namespace = \"Shop\"
[[allow]]
code = \"rule-admit-all\"
path = [\"vendor\"]
[[allow]]
code = [\"unknown-field\", 3]
paths = [\"a\", \"../b\"]
[[allow]]
reason = \"\"
";
    let place = place("settings_wrong").with("netpol.toml", text).with("p.yaml", open("p"));
    for command in ["lint", "check", "table", "matrix", "test", "render", "link"] {
        let run = place.netpol(&[command, "p.yaml"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{command}");
        for told in [
            "error: unknown key `alow`\n  --> netpol.toml:1:1\n",
            "did you mean `allow`?",
            "error: warnings are all that can be denied\n  --> netpol.toml:2:8\n",
            "error: `Shop` is no name of a namespace: ",
            "error: no code `rule-admit-all`\n  --> netpol.toml:5:8\n",
            "did you mean `rule-admits-all`?",
            "error: unknown key `path`\n  --> netpol.toml:6:1\n",
            "did you mean `paths`?",
            "error: `unknown-field` is an error, and errors cannot be allowed\n  --> netpol.toml:8:9\n",
            "error: `code` has to be a text in quotes\n  --> netpol.toml:8:26\n",
            "error: `../b` is no pattern of paths: ",
            "error: an allowance without a `code`\n  --> netpol.toml:10:1\n",
        ] {
            assert!(run.err.contains(told), "{command}: {told}\n{}", run.err);
        }
    }
    for (text, told) in [
        ("allow = [", "  --> netpol.toml:1:"),
        ("allow = []\n[[allow]]\ncode = \"ipv4-only\"\n", "write each allowance as `[[allow]]`"),
        ("allow = []\n'allow' = []\n", "write each allowance as `[[allow]]`"),
        ("deny = \"warnings\"\ndeny = \"warnings\"\n", "duplicate key\n  --> netpol.toml:2:1\n"),
        ("allow = \"ipv4-only\"", "error: `allow` is a list"),
    ] {
        let place = Place::named("settings_syntax")
            .with(".git/HEAD", "")
            .with("netpol.toml", text)
            .with("p.yaml", open("p"));
        let run = place.netpol(&["check", "."]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains(told), "{text}: {}", run.err);
        let is_of_allow = text.matches("allow").count() > 1;
        assert_eq!(run.err.contains("write each allowance"), is_of_allow, "{text}: {}", run.err);
    }
    let place = place.with("netpol.toml", [0xff]);
    let run = place.netpol(&["check", "p.yaml"]);
    assert!(run.code == 2 && run.err.contains("`netpol.toml`: not UTF-8"), "{}", run.err);
}
