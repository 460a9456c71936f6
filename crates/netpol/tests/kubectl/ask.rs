//! Asks kubectl, which needs no cluster for it: `annotate --local` reads a file and prints its objects.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value as Json;

use crate::Answer;

/// How many files one kubectl is asked about.
const AT_ONCE: usize = 200;

/// Whether there is one to be asked.
pub(crate) fn is_there() -> bool {
    Command::new("kubectl")
        .args(["version", "--client"])
        .output()
        .is_ok_and(|it| it.status.success())
}

/// About one text.
pub(crate) fn one(text: &str) -> Answer {
    many(&[text.to_owned()]).pop().unwrap()
}

/// About many.
pub(crate) fn many(texts: &[String]) -> Vec<Answer> {
    let folder = folder();
    let answers = texts.chunks(AT_ONCE).flat_map(|texts| together(&folder, texts)).collect();
    fs::remove_dir_all(&folder).unwrap();
    answers
}

fn folder() -> PathBuf {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("kubectl-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Each text in a file with a name that tells its objects apart: what kubectl prints in order of files, and what it
/// says of those that it cannot read.
fn together(folder: &Path, texts: &[String]) -> Vec<Answer> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).unwrap();
    for (number, text) in texts.iter().enumerate() {
        fs::write(folder.join(format!("{number:06}.yaml")), text).unwrap();
    }
    let output = Command::new("kubectl")
        .args(["annotate", "--local", "-o", "json", "-f"])
        .arg(folder)
        .arg("asked=yes")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    let objects: Vec<Json> = serde_json::Deserializer::from_slice(&output.stdout)
        .into_iter::<Json>()
        .map(|object| without_annotation(object.unwrap()))
        .collect();
    let error_of = |number: usize| {
        let place = format!("{number:06}.yaml: ");
        errors.lines().find_map(|line| line.split_once(&place)).map(|(_, error)| error.to_owned())
    };
    // one object a file: otherwise each is asked about alone
    let wanted = (0..texts.len()).filter(|number| error_of(*number).is_none()).count();
    if texts.len() > 1 && wanted != objects.len() {
        return texts
            .chunks(texts.len().div_ceil(2))
            .flat_map(|texts| together(folder, texts))
            .collect();
    }
    let mut objects = objects.into_iter();
    (0..texts.len())
        .map(|number| {
            let error = error_of(number);
            let objects = match (&error, texts.len()) {
                (_, 1) => objects.by_ref().collect(),
                (None, _) => objects.next().into_iter().collect(),
                (Some(_), _) => Vec::new(),
            };
            let has_nothing = errors.contains("no objects passed");
            Answer { objects, error: error.filter(|_| !has_nothing) }
        })
        .collect()
}

/// An object as it was before it was annotated.
fn without_annotation(mut object: Json) -> Json {
    if let Some(metadata) = object.get_mut("metadata").and_then(Json::as_object_mut)
        && let Some(annotations) = metadata.get_mut("annotations").and_then(Json::as_object_mut)
    {
        annotations.remove("asked");
        if annotations.is_empty() {
            metadata.remove("annotations");
        }
    }
    object
}
