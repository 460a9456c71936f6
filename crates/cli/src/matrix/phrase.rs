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
        let list = |wanted: bool| self.list(is_in, wanted, no_matter);
        let (inside, missing) = (list(true), list(false));
        if missing.is_empty() && inside.len() > 1 {
            vec![EVERY_POD.to_owned()]
        } else if missing.len() <= MOST_BUT && inside.len() > missing.len() + 2 {
            vec![format!("{EVERY_POD} but {}", missing.join(" and "))]
        } else {
            inside
        }
    }

    /// The pods that are in, or those that are not: namespaces as a whole where they can be.
    fn list(&self, is_in: &[bool], wanted: bool, no_matter: Option<usize>) -> Vec<String> {
        let counts = |at: usize| is_in.get(at) == Some(&wanted) && no_matter != Some(at);
        let mut found: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (at, (group, namespace)) in self.reach.groups.iter().zip(&self.namespaces).enumerate() {
            if let Some(namespace) = namespace.filter(|_| counts(at)) {
                found.entry(namespace).or_default().push(&group.name);
            }
        }
        let own = no_matter.and_then(|at| self.namespaces.get(at).copied().flatten());
        let words = |(namespace, names): (usize, Vec<&str>)| {
            let (name, size) = self.sizes.get(namespace).copied().unwrap_or_default();
            let is_whole = names.len() + usize::from(own == Some(namespace)) == size;
            if is_whole && size > 1 {
                vec![format!("{name}/*")]
            } else {
                names.into_iter().map(str::to_owned).collect()
            }
        };
        found.into_iter().flat_map(words).collect()
    }
}

const EVERY_POD: &str = "every pod";
