//! Some groups in few words: whole namespaces as one, and everyone but a few where that is shorter.

use std::collections::BTreeMap;

use netpol::addresses::IpSet;

use super::{Group, Reach, place};

/// How many may be named after "but".
const MOST_BUT: usize = 3;

/// Puts lists of groups into words.
pub(super) struct Phrases<'r> {
    reach: &'r Reach<'r>,
    /// The namespace of each group of pods, as a number.
    namespaces: Vec<Option<usize>>,
    /// The name of each namespace, and how many groups it has.
    sizes: Vec<(&'r str, usize)>,
    addresses: usize,
    /// The addresses of pods.
    inside: IpSet,
}

impl<'r> Phrases<'r> {
    pub(super) fn of(reach: &'r Reach<'_>) -> Self {
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        let mut sizes: Vec<(&str, usize)> = Vec::new();
        let mut number = |group: &Group| {
            let namespace = group.namespace(reach.cluster)?;
            let at = *known.entry(namespace).or_insert(sizes.len());
            match sizes.get_mut(at) {
                Some((_, count)) => *count += 1,
                None => sizes.push((namespace, 1)),
            }
            Some(at)
        };
        let namespaces: Vec<_> = reach.groups.iter().map(&mut number).collect();
        let addresses = namespaces.iter().filter(|namespace| namespace.is_none()).count();
        let inside = place::inside(reach.groups.iter().filter_map(Group::addresses));
        Self { reach, namespaces, sizes, addresses, inside }
    }

    /// The words for some groups. Whether the one that does not matter is among them makes no difference.
    pub(super) fn words(&self, groups: &[usize], no_matter: Option<usize>) -> Vec<String> {
        let mut is_in = vec![false; self.namespaces.len()];
        for at in groups {
            if let Some(slot) = is_in.get_mut(*at) {
                *slot = true;
            }
        }
        let pods = self.pods(&is_in, no_matter);
        let outside = groups.iter().filter_map(|at| self.reach.groups.get(*at));
        let outside: Vec<&Group> = outside.filter(|group| group.addresses().is_some()).collect();
        if outside.len() == self.addresses && pods == [EVERY_POD] {
            return vec!["everyone".to_owned()];
        }
        // first, so that nothing can be taken for one more that is left out after "but"
        self.outside(&outside).into_iter().chain(pods).collect()
    }

    /// The words for groups of addresses: their names, or those for all of them together if these are fewer.
    fn outside(&self, groups: &[&Group]) -> Vec<String> {
        let names: Vec<String> = groups.iter().map(|group| group.name.clone()).collect();
        match names.len() {
            0 | 1 => return names,
            all if all == self.addresses => return vec!["every address outside".to_owned()],
            _ => {}
        }
        let sets = groups.iter().filter_map(|group| group.addresses());
        let together = place::parts(&IpSet::union_of(sets), &self.inside);
        let length = |words: &[String]| words.iter().map(String::len).sum::<usize>();
        if length(&together) < length(&names) { together } else { names }
    }

    fn pods(&self, is_in: &[bool], no_matter: Option<usize>) -> Vec<String> {
        let counts = self.counts(is_in, no_matter);
        let list = |wanted: bool| self.list(is_in, wanted, &counts, no_matter);
        let length = |wanted: bool| {
            let words = counts.iter().map(|count| count.of(wanted));
            words.map(|(names, is_whole)| if is_whole { 1 } else { names }).sum::<usize>()
        };
        let (inside, missing) = (length(true), length(false));
        if missing == 0 && inside > 1 {
            vec![EVERY_POD.to_owned()]
        } else if missing <= MOST_BUT && inside > missing + 2 {
            vec![format!("{EVERY_POD} but {}", list(false).join(" and "))]
        } else {
            list(true)
        }
    }

    /// How many groups of each namespace are in, and how many are not.
    fn counts(&self, is_in: &[bool], no_matter: Option<usize>) -> Vec<Count> {
        let mut counts = vec![Count::default(); self.sizes.len()];
        for (at, (is_in, namespace)) in is_in.iter().zip(&self.namespaces).enumerate() {
            let Some(count) = namespace.and_then(|at| counts.get_mut(at)) else { continue };
            match (no_matter == Some(at), is_in) {
                (true, _) => count.no_matter += 1,
                (false, true) => count.inside += 1,
                (false, false) => count.missing += 1,
            }
        }
        counts
    }

    /// The pods that are in, or those that are not: namespaces as a whole where they can be.
    fn list(
        &self,
        is_in: &[bool],
        wanted: bool,
        counts: &[Count],
        no_matter: Option<usize>,
    ) -> Vec<String> {
        let mut found: Vec<Vec<&str>> = vec![Vec::new(); counts.len()];
        for (at, (group, namespace)) in self.reach.groups.iter().zip(&self.namespaces).enumerate() {
            let names = namespace.and_then(|at| found.get_mut(at));
            let is_meant = is_in.get(at) == Some(&wanted) && no_matter != Some(at);
            if let Some(names) = names.filter(|_| is_meant) {
                names.push(&group.name);
            }
        }
        let words = |((names, count), (name, _)): ((Vec<&str>, &Count), &(&str, usize))| match count
            .of(wanted)
        {
            (_, true) => vec![format!("{name}/*")],
            _ => names.into_iter().map(str::to_owned).collect(),
        };
        found.into_iter().zip(counts).zip(&self.sizes).flat_map(words).collect()
    }
}

/// The groups of a namespace.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    inside: usize,
    missing: usize,
    /// One that may be counted among either.
    no_matter: usize,
}

impl Count {
    /// How many are in, or are not, and whether these stand for the whole namespace.
    const fn of(&self, wanted: bool) -> (usize, bool) {
        let Self { inside, missing, no_matter } = *self;
        let (names, others) = if wanted { (inside, missing) } else { (missing, inside) };
        (names, names > 0 && others == 0 && names + no_matter > 1)
    }
}

const EVERY_POD: &str = "every pod";
