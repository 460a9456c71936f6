//! SARIF logs against the schema of the standard's own committee. It is no part of this repository: the crate `serde-sarif` carries
//! it (its text of before errata 01), and cargo knows where that lies.

use std::{env, fs, path::Path, process::Command, sync::LazyLock};

use jsonschema::Validator;
use netpol::Code;
use serde_json::{Value, json};

use crate::netpol::{Place, policy};

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let options = ["--format-version=1", "--locked", "--filter-platform=host-tuple"];
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut metadata = Command::new(cargo);
    metadata.arg("metadata").args(options).current_dir(env!("CARGO_MANIFEST_DIR"));
    let metadata: Value = serde_json::from_slice(&metadata.output().unwrap().stdout).unwrap();
    let mut packages = metadata["packages"].as_array().unwrap().iter();
    let carrier = packages.find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = Path::new(carrier["manifest_path"].as_str().unwrap());
    let schema = fs::read_to_string(manifest.with_file_name("src").join("schema.json")).unwrap();
    let mut schema: Value = serde_json::from_str(&schema).unwrap();
    let title = "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema";
    assert_eq!(schema["title"], title);
    // it has a bracket too many, which not every reader of expressions bears; no log here names a language
    for of in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][of]["properties"]["language"];
        language.as_object_mut().unwrap().remove("pattern").unwrap();
    }
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
});

fn complaints(log: &Value) -> Vec<String> {
    let errors = SCHEMA.iter_errors(log);
    errors.map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The log of a command, valid.
fn valid_log(place: &Place, arguments: &[&str]) -> Value {
    let run = place.netpol(&[arguments, &["--output", "sarif"]].concat());
    let log = serde_json::from_str(&run.out).unwrap();
    assert_eq!(complaints(&log), [""; 0], "{arguments:?}");
    log
}

fn results(log: &Value) -> &[Value] {
    log["runs"][0]["results"].as_array().unwrap()
}

/// What a log can have: errors, warnings, notes and fixes, in files of all kinds of names, and files that cannot be read.
fn mixed(test: &str) -> Place {
    let long_form = policy("p", "{ingress: [{from: [{ipBlock: {cidr: 2001:DB8::/32}}]}]}");
    let note = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    let two_items = "{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {a: a}}}, {namespaceSelector: {matchLabels: {b: c}}}]}]}";
    Place::named(test)
        .with("errors.yaml", policy("p", "{ingres: [], ingress: [{from: [{}]}]}") + "---\na: [\n")
        .with("a b/ü#%?.yaml", long_form + note)
        .with("fixes.yaml", policy("p", two_items))
        .with("no-text.yaml", b"a: \xff\n")
        .with("empty.yaml", "")
        .with("clean/p.yaml", policy("p", "{podSelector: {}}"))
}

#[test]
fn errors_warnings_notes_and_fixes_are_valid() {
    let place = mixed("schema_mixed");
    let absolute = place.path("errors.yaml");
    for command in ["check", "lint"] {
        let log = valid_log(&place, &[command, ".", "gone.yaml"]);
        let levels: Vec<&Value> = results(&log).iter().map(|result| &result["level"]).collect();
        for level in ["error", "warning", "note"] {
            assert!(levels.contains(&&json!(level)), "{command}: {levels:?}");
        }
        let has_fix = results(&log).iter().any(|result| result.get("fixes").is_some());
        assert_eq!(has_fix, command == "lint");
        let faults = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
        assert!(!faults.as_array().unwrap().is_empty(), "{log}");
        valid_log(&place, &[command, absolute.to_str().unwrap()]);
    }
}

#[test]
fn a_clean_file_is_valid() {
    let place = mixed("schema_clean");
    assert_eq!(results(&valid_log(&place, &["check", "clean"])), [Value::Null; 0]);
    valid_log(&place, &["lint", "clean"]);
    valid_log(&place, &["check", "empty.yaml"]);
}

#[test]
fn what_the_page_of_any_code_shows_is_valid() {
    let mut place = Place::named("schema_pages");
    for code in Code::ALL {
        for (at, block) in code.page().split("```yaml\n").skip(1).enumerate() {
            let text = block.split("```").next().unwrap();
            place = place.with(&format!("{}-{at}.yaml", code.as_str()), text);
        }
    }
    // each alone: what one of them holds would hide what is missing in another
    for file in fs::read_dir(place.path("")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        valid_log(&place, &["lint", &name]);
    }
}

#[test]
fn a_damaged_log_is_not_valid() {
    let log = valid_log(&mixed("schema_damaged"), &["lint", "."]);
    let fixed = results(&log).iter().position(|result| result.get("fixes").is_some()).unwrap();
    let result = format!("/runs/0/results/{fixed}");
    let location = format!("{result}/locations/0/physicalLocation");
    let replacement = format!("{result}/fixes/0/artifactChanges/0/replacements/0");
    for (pointer, damage) in [
        ("/version".to_owned(), json!("2.2.0")),
        ("/runs/0/tool/driver/name".to_owned(), Value::Null),
        ("/runs/0/tool/driver/rules/0/defaultConfiguration/level".to_owned(), json!("fatal")),
        (format!("{result}/level"), json!("Warning")),
        (format!("{result}/message"), json!("a text")),
        (format!("{result}/ruleIndex"), json!(-2)),
        (format!("{location}/artifactLocation/uri"), json!("a file.yaml")),
        (format!("{location}/region/startLine"), json!(0)),
        (format!("{location}/region"), json!({ "startLine": 1, "line": 1 })),
        (format!("{replacement}/deletedRegion"), Value::Null),
        (replacement, json!({ "insertedContent": { "text": "" } })),
    ] {
        let mut damaged = log.clone();
        *damaged.pointer_mut(&pointer).unwrap() = damage;
        let [complaint] = complaints(&damaged).try_into().unwrap();
        assert!(complaint.starts_with(&pointer), "{pointer}: {complaint}");
    }
}
