//! The reader of YAML against a second one: `serde_yaml` must see the same tree in every document,
//! but for what YAML 1.1, kubectl's dialect, reads otherwise than YAML 1.2.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]
#![expect(clippy::disallowed_methods, reason = "the core reads no files, its tests do")]
#![expect(clippy::disallowed_macros, reason = "a test says how much it has compared")]
#![expect(clippy::indexing_slicing, reason = "the alphabets are not empty")]

#[path = "naive/notation.rs"]
mod notation;
#[path = "naive/random.rs"]
#[expect(dead_code, reason = "nothing is put into another order here")]
mod random;
#[path = "naive/tree.rs"]
#[expect(dead_code, reason = "nothing is shrunk here")]
mod tree;
#[path = "naive/writing.rs"]
#[expect(dead_code, reason = "nothing is shrunk here")]
mod writing;

use std::{
    fs,
    path::{Path, PathBuf},
};

use netpol::{
    scalar::{Scalar, resolve},
    yaml::{self, Node, Value},
};
use notation::{FEATURES, tree};
use random::Random;
use serde::Deserialize;
use serde_yaml::Value as Other;
use tree::Tree;

/// Both readings in one notation: what differs shows as text.
fn ours(node: &Node) -> String {
    match &node.value {
        Value::Scalar(Scalar::Text(text)) => format!("{text:?}"),
        Value::Scalar(Scalar::Float(number)) => format!("{:?}", number.parse::<f64>().unwrap()),
        Value::Scalar(scalar) => scalar.to_string(),
        Value::Sequence(items) => list(items.iter().map(ours)),
        Value::Mapping(entries) => {
            map(entries.iter().map(|entry| (entry.key.clone(), ours(&entry.value))))
        }
    }
}

fn theirs(value: &Other) -> String {
    match value {
        Other::Null => "null".to_owned(),
        Other::Bool(value) => value.to_string(),
        Other::Number(number) => match number.as_i64() {
            Some(number) => number.to_string(),
            None => format!("{:?}", number.as_f64().unwrap()),
        },
        Other::String(text) => format!("{text:?}"),
        Other::Sequence(items) => list(items.iter().map(theirs)),
        Other::Mapping(entries) => map(entries.iter().map(|(key, value)| {
            let key = key.as_str().map_or_else(|| theirs(key), str::to_owned);
            (key, theirs(value))
        })),
        Other::Tagged(tagged) => theirs(&tagged.value),
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn map(entries: impl Iterator<Item = (String, String)>) -> String {
    // merged keys come in another order; a map has none
    let mut entries: Vec<_> = entries.map(|(key, value)| format!("{key:?}: {value}")).collect();
    entries.sort();
    format!("{{{}}}", entries.join(", "))
}

/// The documents as the core reads them; `None` where one has a fault.
fn our_documents(text: &str) -> Option<Vec<String>> {
    let documents = yaml::documents(text);
    let is_sound = documents.iter().all(|document| document.faults.is_empty());
    is_sound.then(|| documents.iter().filter_map(|d| d.root.as_ref()).map(ours).collect())
}

/// The documents as the other reads them; `None` where it cannot.
fn their_documents(text: &str) -> Option<Vec<String>> {
    let mut documents = Vec::new();
    for document in serde_yaml::Deserializer::from_str(text) {
        let mut value = Other::deserialize(document).ok()?;
        value.apply_merge().ok()?;
        documents.extend((!value.is_null()).then(|| theirs(&value)));
    }
    Some(documents)
}

fn assert_same(text: &str) {
    let (ours, theirs) = (our_documents(text), their_documents(text));
    assert!(ours.is_some(), "{text}\n{:?}", yaml::documents(text)[0].faults);
    assert_eq!(ours, theirs, "{text}");
}

/// Every YAML file of the project's tests and lessons.
fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders = vec![root.join("tests"), root.join("crates/lessons")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            // texts that kubectl reads in its own way
            if path.ends_with("text") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Words that YAML 1.1 and 1.2 read differently: plain ones that our reader takes for something else
/// than text while the other takes them for text, and the other way round.
fn has_oddity(text: &str) -> bool {
    let is_odd = |word: &str| {
        let both: Option<Other> = serde_yaml::from_str(word).ok();
        let same = match (resolve(word), both) {
            (Scalar::Text(_), Some(Other::String(_))) | (Scalar::Null, Some(Other::Null)) => true,
            (Scalar::Bool(ours), Some(Other::Bool(theirs))) => ours == theirs,
            (Scalar::Int(ours), Some(Other::Number(theirs))) => {
                theirs.as_i64().map(i128::from) == Some(ours)
            }
            (Scalar::Float(ours), Some(Other::Number(theirs))) => {
                theirs.as_f64() == ours.parse().ok()
            }
            _ => false,
        };
        !same
    };
    let code = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    code.flat_map(|line| line.split(|c: char| c.is_whitespace() || "{}[],:'\"".contains(c)))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphanumeric() || "+-.~".contains(c)))
        .any(|word| {
            let is_plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "+-._~".contains(c));
            is_plain && is_odd(word)
        })
}

/// A tree in the notation of both.
fn written(tree: &Tree) -> String {
    match tree {
        Tree::Null => "null".to_owned(),
        Tree::Bool(value) => value.to_string(),
        Tree::Int(value) => value.to_string(),
        Tree::Text(text) => format!("{text:?}"),
        Tree::List(items) => list(items.iter().map(written)),
        Tree::Map(entries) => map(entries.iter().map(|(key, value)| (key.clone(), written(value)))),
    }
}

#[test]
fn every_tree_reads_as_it_was_written() {
    for seed in 0..3_000 {
        let random = &mut Random::new(seed);
        let count = 1 + random.below(3);
        let documents: Vec<Tree> = (0..count).map(|_| tree(random, 4)).collect();
        let text = writing::yaml(&documents, random);
        let expected: Vec<String> =
            documents.iter().filter(|document| **document != Tree::Null).map(written).collect();
        assert_eq!(their_documents(&text).as_ref(), Some(&expected), "seed {seed}\n{text}");
        assert_eq!(our_documents(&text).as_ref(), Some(&expected), "seed {seed}\n{text}");
    }
}

#[test]
fn every_feature_of_yaml_reads_the_same() {
    for text in FEATURES {
        assert_same(text);
    }
}

#[test]
fn every_file_of_the_project_reads_the_same() {
    let (mut same, mut odd, mut broken) = (0, Vec::new(), Vec::new());
    for path in files() {
        let text = fs::read_to_string(&path).unwrap();
        // to kubectl no map is the key of another one
        if text.contains("{{") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        match (our_documents(&text), their_documents(&text)) {
            (ours, theirs) if ours == theirs && ours.is_some() => same += 1,
            (None, _) | (_, None) => broken.push(name),
            _ if has_oddity(&text) => odd.push(name),
            (ours, theirs) => assert_eq!(ours, theirs, "{}", path.display()),
        }
    }
    println!("{same} files are the same; odd are {odd:?}; broken are {broken:?}");
    assert!(same >= 250 && odd.len() * 20 <= same && broken.is_empty());
}

/// Where both can read a text that somebody is in the middle of typing, they read the same.
#[test]
fn what_both_can_read_after_a_slip_of_the_finger_reads_the_same() {
    let (mut both, mut ours_only, mut theirs_only) = (0, 0, 0);
    let texts: Vec<String> = files().iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    for seed in 0..3_000 {
        let random = &mut Random::new(seed);
        let mut text = texts[random.below(texts.len())].clone();
        for _ in 0..random.pick(&[1, 2, 3]) {
            slip(&mut text, random);
        }
        match (our_documents(&text), their_documents(&text)) {
            (Some(ours), Some(theirs)) if ours == theirs => both += 1,
            (Some(_), None) => ours_only += 1,
            (None, Some(_)) => theirs_only += 1,
            (ours, theirs) => {
                assert!(ours == theirs || has_oddity(&text), "{ours:#?}\n{theirs:#?}\n{text}");
            }
        }
    }
    println!("{both} read the same, {ours_only} only here, {theirs_only} only there");
    // only here: a flow map that goes on at the margin; only there: a tab on a blank line
    assert!(both >= 1_000 && (ours_only + theirs_only) * 20 <= both);
}

fn slip(text: &mut String, random: &mut Random) {
    let at = random.below(text.len());
    if !text.is_char_boundary(at) || !text.is_char_boundary(at + 1) {
        return;
    }
    let keys = [
        " ", "  ", ":", "-", "- ", "\n", "#", "{", "}", "[", "]", ",", "'", "\"", "x", "&a ", "*a",
        "|", "\t",
    ];
    if random.chance(50) {
        text.remove(at);
    } else {
        text.insert_str(at, random.pick(&keys));
    }
}
