//! Other texts that must mean the same: another order, another notation, rules taken apart.

use crate::opponent::{
    random::Random,
    tree::Tree::{self, Bool, Int, List, Map, Null, Text},
};

/// A tree as JSON, on one line.
pub(crate) fn json(tree: &Tree) -> String {
    match tree {
        Null => "null".to_owned(),
        Bool(value) => value.to_string(),
        Int(value) => value.to_string(),
        Text(text) => format!("{text:?}"),
        List(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(",")),
        Map(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{key:?}:{}", json(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
    }
}

/// The value under a key.
pub(crate) fn get<'t>(tree: &'t Tree, key: &str) -> Option<&'t Tree> {
    match tree {
        Map(entries) => entries.iter().find(|(other, _)| other == key).map(|(_, value)| value),
        _ => None,
    }
}

/// The same map with this value under this key.
fn with(tree: &Tree, key: &str, value: Tree) -> Tree {
    let Map(entries) = tree else { return tree.clone() };
    let others = entries.iter().filter(|(other, _)| other != key).cloned();
    Map(others.chain([(key.to_owned(), value)]).collect())
}

/// The kind of an object, its namespace and its name.
fn identity(object: &Tree) -> (String, String, String) {
    let metadata = get(object, "metadata");
    let text = |tree: Option<&Tree>, key| match tree.and_then(|tree| get(tree, key)) {
        Some(Text(text)) => Some(text.clone()),
        _ => None,
    };
    let kind = text(Some(object), "kind").unwrap_or_default();
    let namespace = text(metadata, "namespace").unwrap_or_else(|| "default".to_owned());
    (kind, namespace, text(metadata, "name").unwrap_or_default())
}

/// Whether it is of a kind.
pub(crate) fn is(object: &Tree, kind: &str) -> bool {
    identity(object).0 == kind
}

/// Every object that counts: lists taken apart, and of several with one name the last.
pub(crate) fn objects(documents: &[Tree]) -> Vec<Tree> {
    let mut objects: Vec<Tree> = Vec::new();
    for document in documents {
        let items = match get(document, "items") {
            Some(List(items)) => items.as_slice(),
            _ => std::slice::from_ref(document),
        };
        for item in items {
            objects.retain(|other| identity(other) != identity(item));
            objects.push(item.clone());
        }
    }
    objects
}

/// The same with all lists and maps below in another order.
fn shuffled(tree: &Tree, random: &mut Random) -> Tree {
    match tree {
        List(items) => {
            let mut items: Vec<_> = items.iter().map(|item| shuffled(item, random)).collect();
            random.shuffle(&mut items);
            List(items)
        }
        Map(entries) => {
            let entries = entries.iter();
            let mut entries: Vec<_> =
                entries.map(|(key, value)| (key.clone(), shuffled(value, random))).collect();
            random.shuffle(&mut entries);
            Map(entries)
        }
        scalar => scalar.clone(),
    }
}

/// The same objects in another order, and policies and namespaces with everything in them, too. The
/// order of the pods stays: it decides which addresses are assumed for them.
pub(crate) fn reordered(objects: &[Tree], random: &mut Random) -> Vec<Tree> {
    let is_movable = |object: &&Tree| is(object, "NetworkPolicy") || is(object, "Namespace");
    let movable = objects.iter().filter(is_movable);
    let mut movable: Vec<_> = movable.map(|object| shuffled(object, random)).collect();
    random.shuffle(&mut movable);
    let mut all: Vec<Tree> = objects.iter().filter(|object| !is_movable(object)).cloned().collect();
    for object in movable {
        all.insert(random.below(all.len() + 1), object);
    }
    all
}

/// Every rule in a policy of its own, beside one without rules.
pub(crate) fn taken_apart(objects: &[Tree]) -> Vec<Tree> {
    objects
        .iter()
        .flat_map(|object| {
            if is(object, "NetworkPolicy") {
                one_policy_a_rule(object)
            } else {
                vec![object.clone()]
            }
        })
        .collect()
}

fn one_policy_a_rule(policy: &Tree) -> Vec<Tree> {
    let empty = Map(Vec::new());
    let spec = get(policy, "spec").filter(|spec| **spec != Null).unwrap_or(&empty);
    let rules = |direction: &str| match get(spec, direction) {
        Some(List(rules)) => rules.clone(),
        _ => Vec::new(),
    };
    let types = match get(spec, "policyTypes") {
        Some(List(types)) if !types.is_empty() => types.clone(),
        _ if rules("egress").is_empty() => vec![Text("Ingress".to_owned())],
        _ => vec![Text("Ingress".to_owned()), Text("Egress".to_owned())],
    };
    let bare = with(&with(spec, "ingress", Null), "egress", Null);
    let bare = with(&bare, "policyTypes", List(types));
    let mut specs = vec![bare.clone()];
    for direction in ["ingress", "egress"] {
        let alone = |rule: &Tree| with(&bare, direction, List(vec![rule.clone()]));
        specs.extend(rules(direction).iter().map(alone));
    }
    let name = |at: usize| Text(format!("{}-{at}", identity(policy).2));
    let metadata = get(policy, "metadata").unwrap_or(&empty);
    let policy = |(at, spec)| {
        let named = with(policy, "metadata", with(metadata, "name", name(at)));
        with(&named, "spec", spec)
    };
    specs.into_iter().enumerate().map(policy).collect()
}
