//! Groups of the matrix that are treated alike: of one namespace, reaching the same on the same ports, reached by the same,
//! and each the others as they reach it. Whether labels or addresses differ is nobody's business once no answer does.

use std::collections::BTreeMap;

use netpol::{
    Cluster,
    matrix::{Matrix, MatrixGroup},
    objects::Pod,
    ports::PortSet,
};

use super::{NO_PORT, PortsId};

/// The groups of the matrix by class; the first of a class is its lowest.
pub(super) fn classes(
    cluster: &Cluster,
    matrix: &Matrix,
    ids: &BTreeMap<PortSet, PortsId>,
) -> Vec<Vec<usize>> {
    let homes = homes(cluster, matrix);
    let prints = Prints::take(matrix, &homes, ids);
    let mut found: BTreeMap<(usize, PortsId, u128, u128), Vec<usize>> = BTreeMap::new();
    for (at, home) in homes.iter().enumerate() {
        for ports in prints.among(at, matrix) {
            let (out, into) = prints.with_itself(at, ports);
            found.entry((*home, ports, out, into)).or_default().push(at);
        }
    }
    let mut classes: Vec<Vec<usize>> = Vec::new();
    let mut is_taken = vec![false; homes.len()];
    let mut take = |class: Vec<usize>, least: usize| {
        let is_free = |at: &usize| is_taken.get(*at) == Some(&false);
        let class: Vec<usize> = class.into_iter().filter(is_free).collect();
        if class.len() < least {
            return;
        }
        for at in &class {
            if let Some(slot) = is_taken.get_mut(*at) {
                *slot = true;
            }
        }
        classes.push(class);
    };
    for class in found.into_values() {
        take(class, 2);
    }
    for at in 0..homes.len() {
        take(vec![at], 1);
    }
    classes
}

/// The namespace of each group as a number; addresses have one of their own.
fn homes(cluster: &Cluster, matrix: &Matrix) -> Vec<usize> {
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
    matrix.groups().iter().map(&mut number).collect()
}

/// What each group reaches and by whom it is reached, each as one number: the sum of a weight for the other end times a
/// weight for the ports. Equal sums mean equal rows, unless 128 bits happen to agree.
struct Prints {
    out: Vec<u128>,
    into: Vec<u128>,
    /// What each group reaches of its own namespace, itself left out.
    near: Vec<Vec<PortsId>>,
    /// What pods of one group reach of one another.
    within: Vec<PortsId>,
}

impl Prints {
    fn take(matrix: &Matrix, homes: &[usize], ids: &BTreeMap<PortSet, PortsId>) -> Self {
        let count = homes.len();
        let ends: Vec<u128> = (0..count).map(end_weight).collect();
        let (mut out, mut into) = (vec![0; count], vec![0; count]);
        let (mut near, mut within) = (vec![Vec::new(); count], vec![NO_PORT; count]);
        for (source, home) in homes.iter().enumerate() {
            let (mut sum, mut reached) = (0_u128, Vec::new());
            let own = ends.get(source).copied().unwrap_or(0);
            for (ports, destinations) in matrix.reached_from(source) {
                let id = ids.get(ports).copied().unwrap_or(NO_PORT);
                let (weight, mut is_near) = (ports_weight(id), false);
                for at in destinations {
                    if at == source {
                        set(&mut within, source, id);
                        continue;
                    }
                    let end = ends.get(at).copied().unwrap_or(0);
                    sum = sum.wrapping_add(end.wrapping_mul(weight));
                    if let Some(sum) = into.get_mut(at) {
                        *sum = u128::wrapping_add(*sum, own.wrapping_mul(weight));
                    }
                    is_near |= homes.get(at) == Some(home);
                }
                reached.extend(is_near.then_some(id));
            }
            set(&mut out, source, sum);
            set(&mut near, source, reached);
        }
        Self { out, into, near, within }
    }

    /// What a group may reach of others like it. A single pod tells nothing of that, as it always reaches itself: then
    /// it is one of what it reaches of its namespace.
    fn among(&self, at: usize, matrix: &Matrix) -> Vec<PortsId> {
        match matrix.groups().get(at) {
            Some(MatrixGroup::Pods(pods)) if pods.len() == 1 => {
                let near = self.near.get(at).into_iter().flatten().copied();
                near.chain([NO_PORT]).collect()
            }
            Some(MatrixGroup::Pods(_)) => self.within.get(at).copied().into_iter().collect(),
            Some(MatrixGroup::Addresses(_)) => vec![NO_PORT],
            None => Vec::new(),
        }
    }

    /// Both sums, as if the group reached itself on these ports: so two that are alike have equal ones.
    fn with_itself(&self, at: usize, ports: PortsId) -> (u128, u128) {
        let own = end_weight(at).wrapping_mul(ports_weight(ports));
        let sum = |sums: &[u128]| sums.get(at).copied().unwrap_or(0).wrapping_add(own);
        (sum(&self.out), sum(&self.into))
    }
}

/// A row as one number, by the same weights.
pub(super) fn print_of(row: &[PortsId]) -> u128 {
    let part = |(at, id): (usize, &PortsId)| end_weight(at).wrapping_mul(ports_weight(*id));
    row.iter().enumerate().map(part).fold(0, u128::wrapping_add)
}

fn set<T>(list: &mut [T], at: usize, value: T) {
    if let Some(slot) = list.get_mut(at) {
        *slot = value;
    }
}

fn end_weight(at: usize) -> u128 {
    weight(2 * at as u64)
}

fn ports_weight(id: PortsId) -> u128 {
    if id == NO_PORT { 0 } else { weight(2 * id as u64 + 1) }
}

/// A number that looks like chance, the same on each run.
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
