//! The one-way flow, checked: a file of the core names only files above it, a crate only crates
//! below it, and a foreign library only where its one file is.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]
#![expect(clippy::disallowed_methods, reason = "a test of the files reads the files")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The core's files from top to bottom: each may use those before it.
const FLOW: &[&str] = &[
    "source",
    "field",
    "template",
    "remedy",
    "diagnostic",
    "scalar",
    "yaml",
    "kinds",
    "openshift",
    "secret",
    "meta",
    "selector",
    "ports",
    "addresses",
    "objects",
    "plugin",
    "policy",
    "validate",
    "decode",
    "fragment",
    "foreign",
    "manifest",
    "home",
    "allow",
    "rewrite",
    "replicas",
    "cluster",
    "connection",
    "verdict",
    "evaluate",
    "classes",
    "survey",
    "names",
    "backends",
    "resolve",
    "standing",
    "matrix",
    "scoreboard",
    "explain",
    "expect",
    "whole",
    "witness",
    "analysis",
    "neighbours",
    "lint",
    "repair",
];

/// Which crates of this workspace a crate may depend on.
const CRATES: &[(&str, &[&str])] = &[
    ("netpol", &[]),
    ("permalink", &[]),
    ("lessons", &[]),
    ("render", &["netpol"]),
    ("cli", &["netpol", "permalink", "lessons", "render"]),
    ("playground", &["netpol", "permalink", "lessons", "render"]),
    ("cheatsheet", &["netpol", "lessons", "render"]),
    ("xtask", &[]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The modules that a text names right after `crate::`, alone or in a group.
fn modules_used(text: &str) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for rest in text.split("crate::").skip(1) {
        let paths = rest.strip_prefix('{').map_or_else(|| vec![rest], group_paths);
        used.extend(paths.into_iter().filter_map(|path| {
            path.trim_start().split(|c: char| !(c.is_alphanumeric() || c == '_')).next()
        }));
    }
    used.retain(|word| FLOW.contains(word));
    used
}

/// The paths of `{a::X, b::{Y, Z}}`, from after the opening brace.
fn group_paths(group: &str) -> Vec<&str> {
    let depths = || {
        let mut depth = 1;
        move |c: char| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth
        }
    };
    let mut depth = depths();
    let end = group.find(|c| depth(c) == 0).unwrap_or(group.len());
    let mut depth = depths();
    group.split_at(end).0.split(|c| depth(c) == 1 && c == ',').collect()
}

#[test]
fn a_file_of_the_core_names_only_files_above_it() {
    let folder = root().join("crates/netpol/src");
    let place = |module: &str| FLOW.iter().position(|name| *name == module);
    let mut seen = BTreeSet::new();
    for path in rust_files(&folder) {
        let relative = path.strip_prefix(&folder).unwrap();
        let module =
            relative.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned();
        if module == "lib" {
            continue;
        }
        let at = place(&module);
        assert!(
            at.is_some(),
            "{module} has no place in the flow: add it to FLOW in tests/layering.rs"
        );
        let text = fs::read_to_string(&path).unwrap();
        for used in modules_used(&text) {
            assert!(
                place(used) <= at,
                "{} uses `{used}`, which comes later in the flow",
                relative.display()
            );
        }
        seen.insert(module);
    }
    let listed: BTreeSet<String> = FLOW.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(seen, listed, "FLOW in tests/layering.rs names what is not there");
}

#[test]
fn the_test_itself_sees_a_wrong_import() {
    let text = "use crate::{\n    meta::{Labels, evaluate},\n    verdict::Verdict,\n};\nfn f() -> crate::yaml::Node {}";
    let used: Vec<_> = modules_used(text).into_iter().collect();
    assert_eq!(used, ["meta", "verdict", "yaml"]);
}

#[test]
fn crates_depend_only_downwards() {
    for (name, allowed) in CRATES {
        let manifest =
            fs::read_to_string(root().join("crates").join(name).join("Cargo.toml")).unwrap();
        let dependencies = manifest.split("[dependencies]").nth(1).unwrap_or("");
        let dependencies = dependencies.split("\n[").next().unwrap_or("");
        for line in dependencies.lines() {
            let word = line.split(['.', ' ', '=']).next().unwrap_or("");
            let is_ours =
                ["netpol", "permalink", "lessons", "render", "playground", "netpol-cli", "xtask"]
                    .contains(&word);
            assert!(!is_ours || allowed.contains(&word), "{name} may not depend on {word}");
        }
    }
}

#[test]
fn a_foreign_library_is_named_in_one_file_only() {
    let only = [
        ("crates/netpol/src", "saphyr_parser", "yaml"),
        ("crates/playground/src", "web_sys", "browser"),
        ("crates/playground/src", "gloo", "browser"),
    ];
    for (folder, library, file) in only {
        for path in rust_files(&root().join(folder)) {
            let text = fs::read_to_string(&path).unwrap();
            // event types are what components are made of
            let text = text
                .replace("web_sys::HtmlTextAreaElement", "")
                .replace("web_sys::HtmlSelectElement", "");
            let names = text
                .lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(library));
            let is_allowed =
                path.ends_with(file) || path.components().any(|part| part.as_os_str() == file);
            assert!(!names || is_allowed, "{} names {library}: only {file} may", path.display());
        }
    }
}
