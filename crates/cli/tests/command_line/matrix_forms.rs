//! `netpol matrix`: all forms, folded or not, say of every two pods what the core says. The text is read as a person reads it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use netpol::{
    Analysis, Inputs, Source, Witnesses,
    addresses::Cidr,
    matrix::{Matrix, MatrixGroup},
    ports::{PortRange, PortSet, Protocol},
};
use serde_json::Value;

use crate::netpol::Place;

/// Source, destination and ports. Pods by name, addresses by the first CIDR of their group.
type Pairs = BTreeSet<(String, String, String)>;

/// The ends of each group of the JSON form.
fn members(matrix: &Value) -> BTreeMap<String, Vec<String>> {
    let of = |group: &Value| {
        let pods = group["pods"].as_array().or(group["addresses"].as_array()).unwrap();
        let names = pods.iter().map(|name| name.as_str().unwrap().to_owned());
        (group["name"].as_str().unwrap().to_owned(), names.collect())
    };
    matrix["groups"].as_array().unwrap().iter().map(of).collect()
}

/// What a phrase of the text form stands for: names of groups.
fn meant(phrases: &str, groups: &BTreeMap<String, Vec<String>>) -> BTreeSet<String> {
    let is_pods = |name: &&String| groups[*name].iter().all(|member| !member.contains(['.', ':']));
    let pods = || groups.keys().filter(is_pods).cloned();
    let addresses = || groups.keys().filter(|name| !is_pods(name)).cloned();
    if phrases == "everyone" {
        return groups.keys().cloned().collect();
    }
    let (phrases, but) = phrases.split_once("every pod but ").unwrap_or((phrases, ""));
    let mut found = BTreeSet::new();
    if !but.is_empty() {
        let but: BTreeSet<String> =
            but.split(" and ").flat_map(|name| meant(name, groups)).collect();
        found.extend(pods().filter(|name| !but.contains(name)));
    }
    let mut rest = phrases.trim_end_matches(", ");
    while !rest.is_empty() {
        let named = groups.keys().filter(|name| rest.starts_with(name.as_str()));
        let named = named.max_by_key(|name| name.len()).cloned();
        let first = rest.split(", ").next().unwrap().to_owned();
        let taken = match (named, first.as_str()) {
            (_, "every pod") => {
                found.extend(pods());
                first
            }
            (_, "every address outside") => {
                found.extend(addresses());
                first
            }
            (Some(name), _) => {
                found.insert(name.clone());
                name
            }
            (None, _) => {
                let namespace =
                    first.strip_suffix('*').unwrap_or_else(|| panic!("`{rest}` means nothing"));
                found.extend(pods().filter(|name| name.starts_with(namespace)));
                first
            }
        };
        rest = rest.strip_prefix(taken.as_str()).unwrap().trim_start_matches(", ");
    }
    found
}

/// A block of the text form: the heading, and each list of ports with whom is reached on them. Folded lines are joined.
fn read_block(block: &str) -> (String, Vec<(String, String)>) {
    let (mut heading, mut ports) = (Vec::new(), Vec::new());
    let mut entries: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        if !line.starts_with(' ') {
            heading.push(line);
        } else if let Some((before, words)) = line.split_once('→') {
            ports.push(before.trim());
            entries.push((ports.join(" ").trim().to_owned(), words.trim().to_owned()));
            ports.clear();
        } else if line.starts_with("   ") {
            let words = &mut entries.last_mut().unwrap().1;
            *words = format!("{words} {}", line.trim());
        } else {
            ports.push(line.trim());
        }
    }
    (heading.join(" "), entries)
}

/// What the text form says, pod by pod. Only for texts whose policies name no addresses.
fn pairs_of_text(text: &str, groups: &BTreeMap<String, Vec<String>>) -> Pairs {
    let mut pairs = Pairs::new();
    for block in text.split("\n\n").skip(1).filter(|block| block.contains('→')) {
        let (heading, entries) = read_block(block);
        let heading = heading.split(" (").next().unwrap();
        for (ports, words) in entries.iter().filter(|(_, words)| words != "nobody") {
            for to in meant(words, groups) {
                for from in meant(heading, groups) {
                    pairs.extend(each_pair(&groups[&from], &groups[&to], ports));
                }
            }
        }
    }
    pairs
}

fn each_pair(from: &[String], to: &[String], ports: &str) -> Pairs {
    let pairs = from.iter().flat_map(|from| to.iter().map(move |to| (from, to)));
    // a single pod may be counted among those that it reaches; addresses reach none of them
    let counts = |(from, to): &(&String, &String)| {
        from != to && !(from.contains(['.', ':']) && to.contains(['.', ':']))
    };
    pairs.filter(counts).map(|(from, to)| (from.clone(), to.clone(), ports.to_owned())).collect()
}

/// What the core says of every two pods and addresses, with a network plugin.
fn pairs_of_core(
    text: &str,
    groups: &BTreeMap<String, Vec<String>>,
    plugin: netpol::Plugin,
) -> Pairs {
    let analysis = Analysis::of(Inputs {
        text: vec![Source::new("x", text)],
        fallback: vec![Source::new("built-in", lessons::CLUSTER)],
        witnesses: Witnesses::Add,
        ..Inputs::default()
    });
    let matrix = Matrix::with(&analysis.cluster, plugin);
    let ends = |group: &MatrixGroup| match group {
        MatrixGroup::Pods(pods) => pods
            .iter()
            .map(|id| analysis.cluster.pod(*id).unwrap().meta.name.to_string())
            .collect::<Vec<_>>(),
        MatrixGroup::Addresses(set) => {
            // the form may have folded it into a larger group, which then stands for it
            let address = set.first().unwrap();
            let holds = |cidr: &&String| {
                let (base, prefix) = cidr.split_once('/').unwrap_or(("0.0.0.0", "99"));
                let block =
                    base.parse().ok().and_then(|base| Cidr::new(base, prefix.parse().unwrap()));
                block.is_some_and(|block| block.contains(address))
            };
            groups
                .values()
                .filter(|members| members.iter().any(|cidr| holds(&cidr)))
                .flatten()
                .cloned()
                .collect()
        }
    };
    let mut pairs = Pairs::new();
    for (from, source) in matrix.groups().iter().enumerate() {
        for (to, destination) in matrix.groups().iter().enumerate() {
            let ports = matrix.ports(from, to);
            if !ports.is_empty() {
                pairs.extend(each_pair(&ends(source), &ends(destination), &ports.to_string()));
            }
        }
    }
    pairs
}

/// What the JSON form says, of every network plugin or of the usual one.
fn pairs_of_json(matrix: &Value, groups: &BTreeMap<String, Vec<String>>, is_surely: bool) -> Pairs {
    let mut pairs = Pairs::new();
    for row in matrix["rows"].as_array().unwrap() {
        for reached in row["reaches"].as_array().unwrap() {
            let mut set = PortSet::empty();
            let depends = reached.get("depends").is_some();
            let key = if is_surely && depends { "sure" } else { "ports" };
            for range in reached[key].as_array().unwrap() {
                let number = |key: &str| u16::try_from(range[key].as_u64().unwrap()).unwrap();
                let protocol = Protocol::from_name(range["protocol"].as_str().unwrap());
                let range = PortRange::new(number("first"), number("last"));
                set.add(&PortSet::of(protocol.unwrap(), range.unwrap()));
            }
            if set.is_empty() {
                continue;
            }
            for to in reached["destinations"].as_array().unwrap() {
                let (from, to) = (row["source"].as_str().unwrap(), to.as_str().unwrap());
                pairs.extend(each_pair(&groups[from], &groups[to], &set.to_string()));
            }
        }
    }
    pairs
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        // what is refused makes no groups
        if path.ends_with("bad") {
            continue;
        }
        if path.is_dir() {
            found.extend(yaml_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            found.push(path);
        }
    }
    found
}

#[test]
fn folded_or_not_every_form_says_what_the_core_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let (mut compared, mut texts, mut depending) = (0, 0, 0);
    for path in ["cases", "upstream"].iter().flat_map(|folder| yaml_files(&root.join(folder))) {
        let text = fs::read_to_string(&path).unwrap();
        let place = Place::named("matrix_forms").with("x.yaml", &text);
        let matrix: Value =
            serde_json::from_str(&place.netpol(&["matrix", "x.yaml", "-o", "json"]).out).unwrap();
        let groups = members(&matrix);
        let core = pairs_of_core(&text, &groups, netpol::Plugin::USUAL);
        assert_eq!(pairs_of_json(&matrix, &groups, false), core, "{}", path.display());
        let sure = pairs_of_core(&text, &groups, netpol::Plugin::STRICTEST);
        assert_eq!(pairs_of_json(&matrix, &groups, true), sure, "{}", path.display());
        depending += usize::from(sure != core);
        let unfolded = place.netpol(&["matrix", "x.yaml", "--unfold", "-o", "csv"]).out;
        let is_pods = |pair: &&(String, String, String)| {
            !format!("{}{}", pair.0, pair.1).contains(['.', ':'])
        };
        let rows = unfolded.lines().skip(1).filter_map(|line| {
            let mut fields = line.split(',');
            Some((fields.next()?.to_owned(), fields.next()?.to_owned()))
        });
        let rows: BTreeSet<_> = rows.collect();
        for (from, to, _) in core.iter().filter(is_pods) {
            assert!(rows.contains(&(from.clone(), to.clone())), "{}: {from} {to}", path.display());
        }
        compared += core.len();
        // what depends is written with a mark
        if sure == core && !text.contains("ipBlock") {
            let run = place.netpol(&["matrix", "x.yaml"]);
            assert_eq!(pairs_of_text(&run.out, &groups), core, "{}\n{}", path.display(), run.out);
            texts += 1;
        }
    }
    assert!(compared > 1000 && texts > 20, "{compared} pairs, {texts} texts");
    assert!(depending > 2, "{depending} texts leave something to the network plugin");
}
