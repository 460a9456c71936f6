//! YAML is read as kubectl reads it: the same texts are refused, and the others hold the same values. Its answers to some spellings are
//! kept in `tests/kubectl/spellings.jsonl`; where a kubectl is on the PATH, it is asked about texts made up on the spot as well.
//!
//! `KUBECTL_DOCUMENTS=20000` asks about more of them, `KUBECTL_SEED=7` about others; `KUBECTL_RECORD=1` asks for the kept answers anew.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_macros, reason = "a test says how much it has compared")]
#![expect(clippy::indexing_slicing, reason = "the alphabets are not empty")]
#![expect(clippy::disallowed_methods, reason = "asks another program, and reads the answers kept")]

#[path = "kubectl/ask.rs"]
mod ask;
#[path = "kubectl/made_up.rs"]
mod made_up;
#[path = "naive/random.rs"]
#[expect(dead_code, reason = "nothing is put into another order here")]
mod random;

use std::{fs, path::PathBuf};

use netpol::{
    Code,
    scalar::Scalar,
    yaml::{Node, Value, documents},
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What somebody makes of a file: its objects up to the first document that cannot be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Answer {
    objects: Vec<Json>,
    /// Why the next document cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// A text and what kubectl makes of it.
#[derive(Debug, Serialize, Deserialize)]
struct Spelling {
    yaml: String,
    #[serde(flatten)]
    answer: Option<Answer>,
}

fn kept() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/kubectl/spellings.jsonl")
}

/// What we make of it.
fn ours(text: &str) -> Answer {
    let mut objects = Vec::new();
    for document in documents(text) {
        let mut faults = document.faults.iter();
        let fault = faults.find(|fault| matches!(fault.code, Code::YamlSyntax | Code::TooLarge));
        if let Some(fault) = fault {
            return Answer { objects, error: Some(fault.message.clone()) };
        }
        objects.extend(document.root.as_ref().map(json));
    }
    Answer { objects, error: None }
}

fn json(node: &Node) -> Json {
    match &node.value {
        Value::Scalar(Scalar::Null) => Json::Null,
        Value::Scalar(Scalar::Bool(value)) => Json::Bool(*value),
        Value::Scalar(Scalar::Int(number)) => number.to_string().parse::<f64>().unwrap().into(),
        Value::Scalar(Scalar::Float(number)) => number.parse::<f64>().unwrap().into(),
        Value::Scalar(Scalar::Text(text)) => Json::String(text.clone()),
        Value::Sequence(items) => items.iter().map(json).collect(),
        Value::Mapping(entries) => {
            entries.iter().map(|entry| (entry.key.clone(), json(&entry.value))).collect()
        }
    }
}

/// The same with each number as a float, as JSON has it.
fn with_floats(value: &Json) -> Json {
    match value {
        Json::Number(number) => number.as_f64().unwrap().into(),
        Json::Array(items) => items.iter().map(with_floats).collect(),
        Json::Object(map) => {
            map.iter().map(|(key, value)| (key.clone(), with_floats(value))).collect()
        }
        other => other.clone(),
    }
}

/// Where two answers differ, apart from the words of errors.
fn difference(text: &str, kubectl: &Answer) -> Option<String> {
    let mut ours = ours(text);
    // what is no object at all it reads, and has no use for
    let is_object = |value: &Json| {
        let is_text = |field: &str| value.get(field).is_some_and(Json::is_string);
        is_text("apiVersion") && is_text("kind")
    };
    ours.objects.retain(is_object);
    // a line that starts with `---` and goes on takes what stands before it from kubectl, but not from us
    if ours.error.as_ref().is_some_and(|error| error.starts_with("invalid Yaml document separator"))
    {
        ours.objects.pop();
    }
    let theirs: Vec<Json> = kubectl.objects.iter().map(with_floats).collect();
    let is_same = ours.objects == theirs && ours.error.is_some() == kubectl.error.is_some();
    (!is_same).then(|| {
        format!(
            "{text:?}\n   kubectl {:?} {:?}\n   here    {:?} {:?}",
            theirs, kubectl.error, ours.objects, ours.error
        )
    })
}

#[test]
fn spellings_are_read_as_kubectl_read_them() {
    let mut spellings: Vec<Spelling> = fs::read_to_string(kept())
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    if std::env::var_os("KUBECTL_RECORD").is_some() {
        for spelling in &mut spellings {
            spelling.answer = Some(ask::one(&spelling.yaml));
        }
        let lines = spellings.iter().map(|one| serde_json::to_string(one).unwrap() + "\n");
        fs::write(kept(), lines.collect::<String>()).unwrap();
    }
    assert!(spellings.len() >= 200, "only {} spellings are kept", spellings.len());
    let differences: Vec<String> = spellings
        .iter()
        .filter_map(|one| difference(&one.yaml, one.answer.as_ref().unwrap()))
        .collect();
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn made_up_texts_are_read_as_kubectl_reads_them() {
    if !ask::is_there() {
        println!("no kubectl on the PATH: only its kept answers are compared");
        return;
    }
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    let count: usize =
        number("KUBECTL_DOCUMENTS").map_or(600, |count: u64| count.try_into().unwrap());
    let texts = made_up::texts(number("KUBECTL_SEED").unwrap_or(1), count);
    let answers = ask::many(&texts);
    let readable = answers.iter().filter(|answer| answer.error.is_none()).count();
    let differences: Vec<String> =
        texts.iter().zip(&answers).filter_map(|(text, answer)| difference(text, answer)).collect();
    println!("{count} made-up texts compared with kubectl, {readable} of them readable");
    assert!(
        readable > count / 5,
        "only {readable} of {count} texts can be read: they try too little"
    );
    assert!(
        differences.is_empty(),
        "{} of {count} differ, such as:\n{}",
        differences.len(),
        differences.iter().take(20).cloned().collect::<Vec<_>>().join("\n")
    );
}
