//! Who reaches whom, for people and programs: the core's matrix with all that policies treat alike folded into one group,
//! each group named. Rows are made one at a time, so that a form can be written while it is read.

mod alike;
mod answers;
mod csv;
mod json;
mod phrase;
mod place;
mod pods;
mod text;

use std::collections::BTreeMap;

use netpol::{
    Cluster, PodId,
    addresses::IpSet,
    matrix::{Matrix, MatrixGroup},
    objects::Pod,
};

use answers::{Answer, AnswerId, Answers, NOBODY};

pub(crate) use csv::csv;
pub(crate) use json::json;
pub(crate) use text::text;

/// Who reaches whom, folded.
pub(crate) struct Reach<'c> {
    cluster: &'c Cluster,
    answers: Answers,
    /// Pods by namespace and name, then addresses.
    groups: Vec<Group>,
}

/// Ends of connections that the policies treat alike.
pub(crate) struct Group {
    name: String,
    members: Members,
    /// A group of the matrix that stands for all of them.
    first: usize,
    /// Another one, where there is any.
    second: Option<usize>,
}

pub(crate) enum Members {
    /// Pods of one namespace, by name.
    Pods(Vec<PodId>),
    /// Addresses outside the cluster.
    Addresses(IpSet),
}

/// Where a group stands among others.
type Order = (u8, String, Option<pods::Order>, Option<IpSet>);

impl<'c> Reach<'c> {
    /// Computes who reaches whom.
    pub(crate) fn of(cluster: &'c Cluster) -> Self {
        let answers = Answers::of(cluster);
        let classes = alike::classes(cluster, &answers);
        let group = |class: &Vec<usize>| Group::of(cluster, answers.matrix(), class);
        let mut groups: Vec<Group> = classes.iter().filter_map(group).collect();
        pods::name(cluster, &mut groups);
        place::name(&mut groups);
        groups.sort_by_cached_key(|group| group.order(cluster));
        distinguish(&mut groups);
        Self { cluster, answers, groups }
    }

    /// How a group reaches each of the groups. What it reaches among its own members is what one of them reaches of
    /// another: a single pod, which always reaches itself, reaches none.
    fn row(&self, source: usize) -> Vec<AnswerId> {
        let Some(Group { first, second, members, .. }) = self.groups.get(source) else {
            return vec![NOBODY; self.groups.len()];
        };
        let is_alone = members.count() == 1;
        let answers = self.answers.row(*first);
        let answer = |(at, group): (usize, &Group)| match at == source {
            true if is_alone => NOBODY,
            true => answers.get(second.unwrap_or(*first)).copied().unwrap_or(NOBODY),
            false => answers.get(group.first).copied().unwrap_or(NOBODY),
        };
        self.groups.iter().enumerate().map(answer).collect()
    }

    /// A row as a list: the groups that are reached alike together, all ports first, what depends last.
    fn reached(&self, row: &[AnswerId]) -> Vec<(&Answer, Vec<usize>)> {
        let mut by_answer: BTreeMap<AnswerId, Vec<usize>> = BTreeMap::new();
        for (at, id) in row.iter().enumerate().filter(|(_, id)| **id != NOBODY) {
            by_answer.entry(*id).or_default().push(at);
        }
        let mut reached: Vec<_> = by_answer
            .into_iter()
            .filter_map(|(id, groups)| Some((self.answers.get(id)?, groups)))
            .collect();
        reached.sort_by_key(|(answer, _)| (answer.sure.is_some(), !answer.ports.is_all(), *answer));
        reached
    }

    /// Whether any answer is left to the network plugin.
    pub(crate) fn depends(&self) -> bool {
        self.answers.depend()[0]
    }

    /// Whether any answer may depend on the value of a label that is not in the files.
    pub(crate) fn asks_unknown_values(&self) -> bool {
        self.answers.depend()[1]
    }

    fn pod_name(&self, id: PodId) -> String {
        self.cluster.pod(id).map_or_else(String::new, |pod| pod.meta.name.to_string())
    }
}

impl Group {
    fn of(cluster: &Cluster, matrix: &Matrix, class: &[usize]) -> Option<Self> {
        let first = *class.first()?;
        let all = class.iter().filter_map(|at| matrix.groups().get(*at));
        let members = if let MatrixGroup::Addresses(_) = matrix.groups().get(first)? {
            let sets = all.filter_map(|group| match group {
                MatrixGroup::Addresses(set) => Some(set),
                MatrixGroup::Pods(_) => None,
            });
            Members::Addresses(IpSet::union_of(sets))
        } else {
            let ids = |group: &MatrixGroup| match group {
                MatrixGroup::Pods(pods) => pods.clone(),
                MatrixGroup::Addresses(_) => Vec::new(),
            };
            let mut pods: Vec<PodId> = all.flat_map(ids).collect();
            pods.sort_by_cached_key(|id| cluster.pod(*id).map(|pod| pods::order(pod.name())));
            Members::Pods(pods)
        };
        Some(Self { name: String::new(), members, first, second: class.get(1).copied() })
    }

    /// Pods by namespace and name, then addresses, the rest of them last.
    fn order(&self, cluster: &Cluster) -> Order {
        match &self.members {
            Members::Pods(pods) => {
                let first = pods.first().and_then(|id| cluster.pod(*id));
                let namespace = first.map_or_else(String::new, |pod| pod.namespace().to_owned());
                (0, namespace, first.map(|pod| pods::order(pod.name())), None)
            }
            Members::Addresses(_) if self.name == place::REST => (2, String::new(), None, None),
            Members::Addresses(set) => (1, String::new(), None, Some(set.clone())),
        }
    }

    fn addresses(&self) -> Option<&IpSet> {
        match &self.members {
            Members::Addresses(set) => Some(set),
            Members::Pods(_) => None,
        }
    }

    /// The namespace of pods; `None` for addresses.
    fn namespace<'c>(&self, cluster: &'c Cluster) -> Option<&'c str> {
        let Members::Pods(pods) = &self.members else { return None };
        pods.first().and_then(|id| cluster.pod(*id)).map(Pod::namespace)
    }
}

/// Gives each group a name of its own: pods that `generateName` named may have the same, and so their groups.
fn distinguish(groups: &mut [Group]) {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for group in groups {
        let times = taken.entry(group.name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            group.name = format!("{} ({times})", group.name);
        }
    }
}

impl Members {
    /// How many pods.
    fn count(&self) -> usize {
        match self {
            Self::Pods(pods) => pods.len(),
            Self::Addresses(_) => 0,
        }
    }
}
