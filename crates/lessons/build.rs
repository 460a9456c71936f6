//! Turns `groups.yaml` and `scenarios/*.yaml` into the Rust tables that `src/lib.rs` includes.
//! A mistake in a file stops the build and names the file and the field; what the texts mean is not known here.
//!
//! To add a scenario, add one file; [`ScenarioFile`] lists its fields.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// One chip of the rail, as `groups.yaml` lists it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupEntry {
    name: String,
    caption: String,
}

/// One file of `scenarios/`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScenarioFile {
    /// The name in links, equal to the file's name. Once published it never changes.
    slug: String,
    name: String,
    /// A group of `groups.yaml`.
    group: String,
    /// The position within the group.
    place: u32,
    caption: String,
    /// One or two sentences; backticks mark YAML.
    note: String,
    direction: Direction,
    /// The cell explained on the first view: `<policy>/same`, `<policy>/cross` or `<policy>/external`.
    open: Option<String>,
    /// The text itself; or else `join`.
    policies: Option<String>,
    /// The slugs whose texts make up this one, in order.
    join: Option<Vec<String>>,
    /// Objects that this scenario adds to the built-in cluster.
    cluster_adds: Option<String>,
}

#[derive(Deserialize, Debug)]
#[serde(rename_all = "lowercase")]
enum Direction {
    Ingress,
    Egress,
}

fn main() -> ExitCode {
    for input in ["build.rs", "cluster.yaml", "groups.yaml", "scenarios"] {
        println!("cargo::rerun-if-changed={input}");
    }
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error={}", error.replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), String> {
    let groups: Vec<GroupEntry> = from_yaml("groups.yaml", &read("groups.yaml")?)?;
    let scenarios = in_rail_order(&groups, read_scenarios()?)?;
    let code = tables(&groups, &scenarios, &read("cluster.yaml")?)?;
    let folder = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    fs::write(Path::new(&folder).join("tables.rs"), code)
        .map_err(|error| format!("tables.rs: {error}"))
}

fn read(file: &str) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))
}

fn from_yaml<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, String> {
    serde_yaml::from_str(text).map_err(|error| format!("{file}: {error}"))
}

fn read_scenarios() -> Result<Vec<ScenarioFile>, String> {
    let mut scenarios = Vec::new();
    let unreadable = |error: std::io::Error| format!("scenarios: {error}");
    for entry in fs::read_dir("scenarios").map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        // Editors keep their swap files beside the text, hidden.
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            continue;
        }
        let file = path.to_string_lossy().into_owned();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            return Err(format!("{file}: only .yaml files belong in this folder"));
        }
        let scenario: ScenarioFile = from_yaml(&file, &read(&file)?)?;
        check(&scenario, &path).map_err(|error| format!("{file}: {error}"))?;
        scenarios.push(scenario);
    }
    Ok(scenarios)
}

/// What can be said of one file without looking at the others.
fn check(scenario: &ScenarioFile, path: &Path) -> Result<(), String> {
    if path.file_stem().is_none_or(|stem| *stem != *scenario.slug) {
        return Err(format!("slug: `{}` differs from the file's name", scenario.slug));
    }
    for (field, value) in [
        ("slug", &scenario.slug),
        ("name", &scenario.name),
        ("caption", &scenario.caption),
        ("note", &scenario.note),
    ] {
        if value.trim().is_empty() {
            return Err(format!("{field}: must not be empty"));
        }
    }
    if scenario.policies.is_some() == scenario.join.is_some() {
        return Err("policies: exactly one of `policies` and `join` is needed".into());
    }
    opening(scenario).map(|_| ())
}

/// The scenarios as the rail shows them: group by group, within a group by place.
fn in_rail_order(
    groups: &[GroupEntry],
    scenarios: Vec<ScenarioFile>,
) -> Result<Vec<ScenarioFile>, String> {
    let mut taken = BTreeSet::new();
    let mut placed = BTreeMap::new();
    for scenario in scenarios {
        let slug = &scenario.slug;
        let group =
            groups.iter().position(|group| group.name == scenario.group).ok_or_else(|| {
                let group = &scenario.group;
                format!("scenarios/{slug}.yaml: group: `{group}` is not in groups.yaml")
            })?;
        taken.insert(group);
        let place = scenario.place;
        if let Some(other) = placed.insert((group, place), scenario) {
            let slug = other.slug;
            return Err(format!(
                "scenarios/{slug}.yaml: place: {place} is taken by another scenario of this group"
            ));
        }
    }
    match (0..groups.len()).find(|group| !taken.contains(group)) {
        Some(empty) => Err(format!("groups.yaml: [{empty}]: no scenario is in it")),
        None => Ok(placed.into_values().collect()),
    }
}

/// The Rust source: `SCENARIOS` in rail order, and `GROUPS` that point into it.
fn tables(
    groups: &[GroupEntry],
    scenarios: &[ScenarioFile],
    cluster: &str,
) -> Result<String, String> {
    let mut rows = String::new();
    for scenario in scenarios {
        rows += &row(scenario, &policies(scenario, scenarios)?, cluster)?;
    }
    let mut chips = String::new();
    for group in groups {
        let members: Vec<String> = (0_usize..)
            .zip(scenarios)
            .filter(|(_, scenario)| scenario.group == group.name)
            .map(|(index, _)| format!("&SCENARIOS[{index}]"))
            .collect();
        let first = members.first().map_or("", String::as_str);
        let list = members.join(", ");
        let GroupEntry { name, caption } = group;
        let _ = writeln!(
            chips,
            "Group {{ name: {name:?}, caption: {caption:?}, first: {first}, members: &[{list}] }},"
        );
    }
    Ok(format!(
        "static SCENARIOS: [Scenario; {}] = [\n{rows}];\nstatic GROUPS: [Group; {}] = [\n{chips}];\n",
        scenarios.len(),
        groups.len()
    ))
}

fn row(scenario: &ScenarioFile, policies: &str, cluster: &str) -> Result<String, String> {
    let ScenarioFile { slug, name, group, caption, note, direction, cluster_adds, .. } = scenario;
    let open = opening(scenario)?;
    let cluster = cluster_adds.as_ref().map(|adds| format!("{cluster}---\n{adds}"));
    Ok(format!(
        "Scenario {{ slug: {slug:?}, name: {name:?}, group: {group:?}, caption: {caption:?}, note: {note:?}, \
         direction: Direction::{direction:?}, open: {open}, policies: {policies:?}, cluster: {cluster:?} }},\n"
    ))
}

/// The scenario's text; of a joined one, its parts with `---` between them.
fn policies(scenario: &ScenarioFile, scenarios: &[ScenarioFile]) -> Result<String, String> {
    let Some(parts) = &scenario.join else {
        return Ok(scenario.policies.clone().unwrap_or_default());
    };
    let texts: Option<Vec<&str>> = parts
        .iter()
        .map(|part| scenarios.iter().find(|other| other.slug == *part))
        .map(|other| other?.policies.as_deref())
        .collect();
    texts.map(|texts| texts.join("---\n")).ok_or_else(|| {
        let slug = &scenario.slug;
        format!("scenarios/{slug}.yaml: join: names a scenario that has no text of its own")
    })
}

/// The field `open` as a Rust expression.
fn opening(scenario: &ScenarioFile) -> Result<String, String> {
    let Some(open) = &scenario.open else {
        return Ok("None".into());
    };
    let (policy, column) = match open.split_once('/') {
        Some((policy, "same")) => (policy, "Same"),
        Some((policy, "cross")) => (policy, "Cross"),
        Some((policy, "external")) => (policy, "External"),
        _ => {
            return Err(format!("open: `{open}` is not <policy>/<same|cross|external>"));
        }
    };
    Ok(format!("Some(Opening {{ policy: {policy:?}, column: Column::{column} }})"))
}
