//! The one-way flow, checked: a file of the core names only files above it, no file of any crate leads back to itself, a
//! crate names only crates below it, and a foreign library is named only where its one file is.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot read its files has failed"
)]
#![expect(clippy::disallowed_methods, reason = "a test of the files reads the files")]

#[path = "layering/imports.rs"]
mod imports;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The core's files from top to bottom: each may use those before it.
const FLOW: &[&str] = &[
    "steps",
    "source",
    "field",
    "template",
    "remedy",
    "diagnostic",
    "scalar",
    "yaml",
    "empty",
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
    "release",
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
    ("protocol", &[]),
    ("render", &["netpol", "protocol"]),
    ("engine", &["netpol", "permalink", "lessons", "render", "protocol"]),
    ("cli", &["netpol", "permalink", "lessons", "render"]),
    ("playground", &["protocol"]),
    ("prerender", &["engine", "playground", "protocol"]),
    ("cheatsheet", &["netpol", "lessons", "render"]),
    ("xtask", &[]),
];

/// Circles that are still there, by crate: this list only ever gets shorter. A circle is allowed where all its files are on
/// one line of it.
const CIRCLES: &[(&str, &[&str])] = &[];

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

/// The circles of a crate's files, each file by its module's path.
fn circles_of(name: &str) -> Vec<Vec<String>> {
    let src = root().join("crates").join(name).join("src");
    let graph = imports::graph(&src, &rust_files(&src));
    let circles = imports::circles(&graph).into_iter();
    circles.map(|circle| circle.iter().map(|module| module.join("::")).collect()).collect()
}

#[test]
fn no_file_leads_back_to_itself() {
    for (name, _) in CRATES {
        let known = || CIRCLES.iter().filter(|(of, _)| of == name);
        let circles = circles_of(name);
        for circle in &circles {
            let is_known =
                known().any(|(_, files)| circle.iter().all(|file| files.contains(&file.as_str())));
            assert!(is_known, "these files of {name} name each other in a circle: {circle:?}");
        }
        for file in known().flat_map(|(_, files)| *files) {
            let is_there = circles.iter().flatten().any(|other| other == file);
            assert!(is_there, "{file} of {name} is in no circle any more: take it off CIRCLES");
        }
    }
}

#[test]
fn the_test_itself_sees_a_circle() {
    let file = |module: &str, text: &str| {
        (module.split("::").map(str::to_owned).collect(), text.to_owned())
    };
    let graph = imports::of_texts([
        (Vec::new(), "pub use words::side::Side; mod words; mod ends;".to_owned()),
        file(
            "words",
            "mod lane; mod side; pub(crate) use lane::{Lane, self as lanes}; pub struct Sentence;",
        ),
        // through a name that its folder hands on, through the crate's root, and by a path in its code
        file("words::lane", "use super::Sentence; fn f() -> crate::Side { 'a: loop {} }"),
        file(
            "words::side",
            "// crate::ends\nfn f<'a>(_: char) { f('\"'); super::Lane::new(\"crate::ends\") }",
        ),
        file("ends", "use crate::words::{self, lanes}; #[cfg(test)]\nmod tests { use super::*; }"),
    ]);
    let found: Vec<Vec<String>> = imports::circles(&graph)
        .into_iter()
        .map(|circle| circle.into_iter().map(|module| module.join("::")).collect())
        .collect();
    assert_eq!(found, [["words::lane", "words::side"]]);
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
            let is_ours = CRATES.iter().any(|(one, _)| *one == word) || word == "netpol-cli";
            assert!(!is_ours || allowed.contains(&word), "{name} may not depend on {word}");
        }
    }
}

#[test]
fn a_foreign_library_is_named_in_one_file_only() {
    let only = [
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
