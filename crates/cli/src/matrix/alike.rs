//! Groups of the matrix that are treated alike: of one namespace, reaching the same on the same ports, reached by the same,
//! and each the others as they reach it. Whether labels or addresses differ is nobody's business once no answer does.
//!
//! Sums of numbers that look like chance find them; then each is compared with the first of its class, answer by answer.

use std::collections::BTreeMap;

use netpol::{Cluster, matrix::MatrixGroup, objects::Pod};

use super::answers::{AnswerId, Answers, NOBODY};

/// The groups of the matrix by class; the first of a class is its lowest.
pub(super) fn classes(cluster: &Cluster, answers: &Answers) -> Vec<Vec<usize>> {
    classes_by(weight, cluster, answers)
}

/// Groups that seem to be alike.
struct Class {
    members: Vec<usize>,
    /// What each of them reaches of the others, if there are others.
    within: Option<AnswerId>,
}

fn classes_by(weight: Weight, cluster: &Cluster, answers: &Answers) -> Vec<Vec<usize>> {
    let homes = homes(cluster, answers);
    let prints = Prints::take(weight, answers, &homes);
    let mut found: BTreeMap<(usize, AnswerId, u128, u128), Vec<usize>> = BTreeMap::new();
    for (at, home) in homes.iter().enumerate() {
        for within in prints.among(at, answers) {
            let (out, into) = prints.with_itself(at, within);
            found.entry((*home, within, out, into)).or_default().push(at);
        }
    }
    let mut classes: Vec<Class> = Vec::new();
    let mut is_taken = vec![false; homes.len()];
    for ((_, within, ..), mut members) in found {
        members.retain(|at| is_taken.get(*at) == Some(&false));
        if members.len() > 1 {
            for at in &members {
                set(&mut is_taken, *at, true);
            }
            classes.push(Class { members, within: Some(within) });
        }
    }
    let alone = is_taken.iter().enumerate().filter(|(_, is_taken)| !**is_taken);
    classes.extend(alone.map(|(at, _)| Class { members: vec![at], within: None }));
    proven(answers, classes)
}

/// The classes without those members that differ from the first in any answer; these are alone.
fn proven(answers: &Answers, classes: Vec<Class>) -> Vec<Vec<usize>> {
    let is_like_first = compared(answers, &classes);
    let mut apart = Vec::new();
    for Class { members, .. } in classes {
        let is_proven = |at: &usize| is_like_first.get(*at) == Some(&true);
        let (alike, others): (Vec<usize>, Vec<usize>) = members.into_iter().partition(is_proven);
        apart.push(alike);
        apart.extend(others.into_iter().map(|at| vec![at]));
    }
    apart
}

/// Whether each group reaches the same as the first of its class, and is reached by everyone as that one is.
fn compared(answers: &Answers, classes: &[Class]) -> Vec<bool> {
    let count = answers.matrix().groups().len();
    let mut first_of: Vec<usize> = (0..count).collect();
    for Class { members, .. } in classes {
        for at in members {
            set(&mut first_of, *at, members.first().copied().unwrap_or(*at));
        }
    }
    let mut is_like_first = vec![true; count];
    for Class { members, within } in classes {
        let mut model: Option<Vec<AnswerId>> = None;
        for source in members {
            let mut row = answers.row(*source);
            if let Some(within) = within {
                // as if it reached itself as it does the others
                set(&mut row, *source, *within);
            }
            for (at, (answer, first)) in row.iter().zip(&first_of).enumerate() {
                if row.get(*first) != Some(answer) {
                    set(&mut is_like_first, at, false);
                }
            }
            if *model.get_or_insert_with(|| row.clone()) != row {
                set(&mut is_like_first, *source, false);
            }
        }
    }
    is_like_first
}

/// The namespace of each group as a number; addresses have one of their own.
fn homes(cluster: &Cluster, answers: &Answers) -> Vec<usize> {
    let mut numbers: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    let mut number = |group: &MatrixGroup| {
        let namespace = match group {
            MatrixGroup::Pods(pods) => {
                pods.first().and_then(|id| cluster.pod(*id)).map(Pod::namespace)
            }
            MatrixGroup::Addresses(_) => None,
        };
        let next = numbers.len();
        *numbers.entry(namespace).or_insert(next)
    };
    answers.matrix().groups().iter().map(&mut number).collect()
}

/// A number that looks like chance, the same on each run.
type Weight = fn(u64) -> u128;

/// What each group reaches and by whom it is reached, each as one number: the sum of a weight for the other end times a
/// weight for the answer. Equal rows have equal sums.
struct Prints {
    weight: Weight,
    out: Vec<u128>,
    into: Vec<u128>,
    /// What each group reaches of its own namespace, itself left out.
    near: Vec<Vec<AnswerId>>,
    /// What pods of one group reach of one another.
    within: Vec<AnswerId>,
}

impl Prints {
    fn take(weight: Weight, answers: &Answers, homes: &[usize]) -> Self {
        let count = homes.len();
        let ends: Vec<u128> = (0..count).map(|at| end_weight(weight, at)).collect();
        let ids = 0..answers.all().len();
        let weights: Vec<u128> = ids.map(|id| answer_weight(weight, id)).collect();
        let (mut out, mut into) = (vec![0_u128; count], vec![0_u128; count]);
        let (mut near, mut within) = (vec![Vec::new(); count], vec![NOBODY; count]);
        for (source, (home, own)) in homes.iter().zip(&ends).enumerate() {
            // the ends of each answer are added up first: so few products are made
            let by_answer: Vec<u128> = weights.iter().map(|one| own.wrapping_mul(*one)).collect();
            let (mut sums, mut reached) = (vec![0_u128; weights.len()], Vec::new());
            let row = answers.row(source);
            let others = ends.iter().zip(homes).zip(&mut into);
            for ((at, id), ((end, other_home), into)) in row.into_iter().enumerate().zip(others) {
                if at == source {
                    set(&mut within, source, id);
                    continue;
                }
                if let (Some(sum), Some(weight)) = (sums.get_mut(id), by_answer.get(id)) {
                    *sum = sum.wrapping_add(*end);
                    *into = into.wrapping_add(*weight);
                }
                if other_home == home && id != NOBODY && !reached.contains(&id) {
                    reached.push(id);
                }
            }
            let products = sums.iter().zip(&weights).map(|(sum, one)| sum.wrapping_mul(*one));
            set(&mut out, source, products.fold(0, u128::wrapping_add));
            set(&mut near, source, reached);
        }
        Self { weight, out, into, near, within }
    }

    /// What a group may reach of others like it. A single pod tells nothing of that, as it always reaches itself: then
    /// it is one of what it reaches of its namespace.
    fn among(&self, at: usize, answers: &Answers) -> Vec<AnswerId> {
        match answers.matrix().groups().get(at) {
            Some(MatrixGroup::Pods(pods)) if pods.len() == 1 => {
                let near = self.near.get(at).into_iter().flatten().copied();
                near.chain([NOBODY]).collect()
            }
            Some(MatrixGroup::Pods(_)) => self.within.get(at).copied().into_iter().collect(),
            Some(MatrixGroup::Addresses(_)) => vec![NOBODY],
            None => Vec::new(),
        }
    }

    /// Both sums, as if the group reached itself so: then two that are alike have equal ones.
    fn with_itself(&self, at: usize, within: AnswerId) -> (u128, u128) {
        let weight = self.weight;
        let own = end_weight(weight, at).wrapping_mul(answer_weight(weight, within));
        let sum = |sums: &[u128]| sums.get(at).copied().unwrap_or(0).wrapping_add(own);
        (sum(&self.out), sum(&self.into))
    }
}

/// A row as one number, by the same weights.
pub(super) fn print_of(row: &[AnswerId]) -> u128 {
    let part = |(at, id): (usize, &AnswerId)| {
        end_weight(weight, at).wrapping_mul(answer_weight(weight, *id))
    };
    row.iter().enumerate().map(part).fold(0, u128::wrapping_add)
}

fn set<T>(list: &mut [T], at: usize, value: T) {
    if let Some(slot) = list.get_mut(at) {
        *slot = value;
    }
}

fn end_weight(weight: Weight, at: usize) -> u128 {
    weight(2 * at as u64)
}

fn answer_weight(weight: Weight, id: AnswerId) -> u128 {
    if id == NOBODY { 0 } else { weight(2 * id as u64 + 1) }
}

fn weight(number: u64) -> u128 {
    let half = |number| u128::from(scattered(number));
    half(2 * number) << 64 | half(2 * number + 1)
}

/// The finishing steps of `SplitMix64` (Steele, Lea and Flood, 2014).
const fn scattered(number: u64) -> u64 {
    let mut z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use netpol::{Analysis, Inputs, Source, Witnesses};

    /// A pod that is closed, the one that reaches it, and three that are treated alike.
    fn cluster() -> Cluster {
        let pod = |name: &str, app: &str| {
            format!(
                "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: shop, labels: {{app: {app}}}}}\n---\n"
            )
        };
        let pods = [("a", "web"), ("b", "db"), ("c", "api"), ("d", "api-2"), ("e", "cache")];
        let pods: String = pods.iter().map(|(name, app)| pod(name, app)).collect();
        let policy = |name: &str, rules: &str| {
            format!(
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: shop}}\nspec: {{podSelector: {{matchLabels: {{app: {name}}}}}, ingress: [{rules}]}}\n---\n"
            )
        };
        // two that nothing tells apart but policies which change nothing
        let policies = [
            policy("db", "{from: [{podSelector: {matchLabels: {app: web}}}]}"),
            policy("api", "{}"),
            policy("api-2", "{}"),
        ]
        .concat();
        let text = vec![Source::new("x", format!("{pods}{policies}"))];
        let witnesses = Witnesses::Off;
        Analysis::of(Inputs { text, witnesses, ..Inputs::default() }).cluster
    }

    #[test]
    fn sums_that_agree_by_design_prove_nothing() {
        let cluster = cluster();
        let answers = Answers::of(&cluster);
        let sorted = |mut classes: Vec<Vec<usize>>| {
            classes.sort();
            classes
        };
        let pods = |classes: Vec<Vec<usize>>| {
            sorted(classes.into_iter().filter(|class| class.iter().all(|at| *at < 5)).collect())
        };
        assert_eq!(pods(classes(&cluster, &answers)), [vec![0], vec![1], vec![2, 3, 4]]);
        for weight in [(|_| 0) as Weight, |_| 1, |n| u128::from(n % 2)] {
            for class in pods(classes_by(weight, &cluster, &answers)) {
                let is_alike = class.len() == 1 || class.iter().all(|at| (2..5).contains(at));
                assert!(is_alike, "{class:?}");
            }
        }
    }
}
