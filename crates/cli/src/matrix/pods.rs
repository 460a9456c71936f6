//! Names for groups of pods, as a shell would write them: `shop/web-{0..2}`, `shop/{api,db}`, `shop/*` for all pods of
//! the namespace that have a row, and `shop/api +7` where that would be too long.

use std::collections::BTreeMap;

use netpol::{Cluster, objects::Pod};

use super::{Group, Members};

/// The most cells that the names of a group may take.
const LONGEST: usize = 40;

/// Names in the order that people expect: `web-2` before `web-10`.
pub(super) type Order = (String, Option<u64>, String);

/// Where a pod's name stands among others.
pub(super) fn order(name: &str) -> Order {
    let (stem, number) = numbered(name);
    (stem.to_owned(), number, name.to_owned())
}

/// The number at the end of a name, if leaving it out and counting would give the same name.
fn numbered(name: &str) -> (&str, Option<u64>) {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = name.strip_prefix(stem).unwrap_or_default();
    let number = digits.parse().ok().filter(|number: &u64| number.to_string() == digits);
    if number.is_some() { (stem, number) } else { (name, None) }
}

/// Names all groups of pods.
pub(super) fn name(cluster: &Cluster, groups: &mut [Group]) {
    let mut in_namespace: BTreeMap<&str, usize> = BTreeMap::new();
    for group in groups.iter() {
        if let Some(namespace) = group.namespace(cluster) {
            *in_namespace.entry(namespace).or_default() += group.members.count();
        }
    }
    for group in groups.iter_mut() {
        let (Some(namespace), Members::Pods(pods)) = (group.namespace(cluster), &group.members)
        else {
            continue;
        };
        let names = pods.iter().filter_map(|id| cluster.pod(*id)).map(Pod::name);
        let is_whole = in_namespace.get(namespace) == Some(&pods.len());
        let is_assumed = |id| cluster.pod(id).is_some_and(Pod::is_assumed);
        let mark = match pods.iter().filter(|id| is_assumed(**id)).count() {
            0 => "",
            all if all == pods.len() => " [assumed]",
            _ => " [some assumed]",
        };
        let names = together(&names.collect::<Vec<_>>(), is_whole);
        group.name = format!("{namespace}/{names}{mark}");
    }
}

/// The names of some pods of a namespace, sorted, as one.
fn together(names: &[&str], is_whole: bool) -> String {
    let runs = runs(names);
    match runs.as_slice() {
        [] => String::new(),
        [(run, _)] => run.clone(),
        _ if is_whole => "*".to_owned(),
        [(first, count), ..] => {
            let all: Vec<&str> = runs.iter().map(|(run, _)| run.as_str()).collect();
            let all = format!("{{{}}}", all.join(","));
            if all.chars().count() <= LONGEST {
                all
            } else {
                format!("{first} +{}", names.len() - count)
            }
        }
    }
}

/// A name, and how many follow it in numbers.
struct Run<'n> {
    stem: &'n str,
    number: Option<u64>,
    count: u32,
}

/// Names that count on from one to the next as one each, with how many they are.
fn runs(names: &[&str]) -> Vec<(String, usize)> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for name in names {
        let (stem, number) = numbered(name);
        let follows = |run: &&mut Run<'_>| {
            let next = run.number.and_then(|first| first.checked_add(run.count.into()));
            run.stem == stem && number.is_some() && next == number
        };
        match runs.last_mut().filter(follows) {
            Some(run) => run.count += 1,
            None => runs.push(Run { stem, number, count: 1 }),
        }
    }
    let written = |Run { stem, number, count }: Run<'_>| match number {
        Some(first) if count > 1 => format!("{stem}{{{first}..{}}}", first + u64::from(count - 1)),
        Some(number) => format!("{stem}{number}"),
        None => stem.to_owned(),
    };
    runs.into_iter()
        .map(|run| (run.count as usize, written(run)))
        .map(|(n, name)| (name, n))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> String {
        let mut names = names.to_vec();
        names.sort_by_cached_key(|name| order(name));
        together(&names, false)
    }

    #[test]
    fn numbers_that_follow_are_counted() {
        assert_eq!(named(&["web-10", "web-9", "web-11"]), "web-{9..11}");
        assert_eq!(named(&["web-0", "web-1", "web-3", "db"]), "{db,web-{0..1},web-3}");
        assert_eq!(named(&["web-01", "web-02"]), "{web-01,web-02}", "a shell would count 1, 2");
        assert_eq!(named(&["7", "8"]), "{7..8}");
    }

    #[test]
    fn what_would_be_long_is_counted() {
        let names: Vec<String> = (0..9).map(|n| format!("web-7d4b9c5f6-{n}abcd")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(named(&names), "web-7d4b9c5f6-0abcd +8");
        assert_eq!(together(&names, true), "*");
        assert_eq!(together(&["db"], true), "db");
    }
}
