//! Who reaches whom, for people and programs: the core's matrix with all that policies treat alike folded into one group,
//! each group named. Rows are made one at a time, so that a form can be written while it is read.

mod alike;
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
    ports::PortSet,
};

pub(crate) use csv::csv;
pub(crate) use json::json;
pub(crate) use text::text;

/// Some ports by their place in [`Reach::ports`]. No port at all is [`NO_PORT`].
type PortsId = usize;

const NO_PORT: PortsId = 0;

/// Who reaches whom, folded.
pub(crate) struct Reach<'c> {
    cluster: &'c Cluster,
    matrix: Matrix,
    /// Pods by namespace and name, then addresses.
    groups: Vec<Group>,
    /// The group to which each group of the matrix belongs.
    group_of: Vec<usize>,
    ports: Vec<PortSet>,
    ids: BTreeMap<PortSet, PortsId>,
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
        let matrix = Matrix::of(cluster);
        let mut ports = vec![PortSet::empty()];
        let mut ids = BTreeMap::from([(PortSet::empty(), NO_PORT)]);
        for source in 0..matrix.groups().len() {
            for (set, _) in matrix.reached_from(source) {
                if !ids.contains_key(set) {
                    ids.insert(set.clone(), ports.len());
                    ports.push(set.clone());
                }
            }
        }
        let classes = alike::classes(cluster, &matrix, &ids);
        let mut groups: Vec<Group> =
            classes.iter().filter_map(|class| Group::of(cluster, &matrix, class)).collect();
        pods::name(cluster, &mut groups);
        place::name(&mut groups);
        groups.sort_by_cached_key(|group| group.order(cluster));
        distinguish(&mut groups);
        let group_of = group_of(&groups, &classes, matrix.groups().len());
        Self { cluster, matrix, groups, group_of, ports, ids }
    }

    /// On which ports a group reaches each of the groups. What it reaches among its own members is what one of them
    /// reaches of another: a single pod, which always reaches itself, reaches none.
    fn row(&self, source: usize) -> Vec<PortsId> {
        let mut row = vec![NO_PORT; self.groups.len()];
        let Some(Group { first, second, members, .. }) = self.groups.get(source) else {
            return row;
        };
        let is_alone = members.count() == 1;
        for (ports, destinations) in self.matrix.reached_from(*first) {
            let id = self.ids.get(ports).copied().unwrap_or(NO_PORT);
            for at in destinations {
                let Some(group) = self.group_of.get(at).copied() else { continue };
                let stands_for_it = if group == source {
                    !is_alone && at == second.unwrap_or(*first)
                } else {
                    self.groups.get(group).is_some_and(|group| group.first == at)
                };
                if let Some(slot) = row.get_mut(group).filter(|_| stands_for_it) {
                    *slot = id;
                }
            }
        }
        row
    }

    /// A row as a list: the groups that are reached on the same ports together, all ports first.
    fn reached(&self, row: &[PortsId]) -> Vec<(&PortSet, Vec<usize>)> {
        let mut by_ports: BTreeMap<PortsId, Vec<usize>> = BTreeMap::new();
        for (at, id) in row.iter().enumerate().filter(|(_, id)| **id != NO_PORT) {
            by_ports.entry(*id).or_default().push(at);
        }
        let mut reached: Vec<_> = by_ports
            .into_iter()
            .filter_map(|(id, groups)| Some((self.ports.get(id)?, groups)))
            .collect();
        reached.sort_by_key(|(ports, _)| (!ports.is_all(), *ports));
        reached
    }

    fn pod_name(&self, id: PodId) -> String {
        self.cluster.pod(id).map_or_else(String::new, |pod| pod.meta.name.to_string())
    }

    /// The pods that have no row, by the reason: on their node's network, and finished.
    fn left_out(&self) -> [Vec<String>; 2] {
        let names = |is_left_out: fn(&Pod) -> bool| {
            let pods = self.cluster.pods().iter().filter(|pod| is_left_out(pod));
            pods.map(|pod| pod.meta.name.to_string()).collect()
        };
        [names(|pod| pod.host_network && !pod.is_finished()), names(Pod::is_finished)]
    }

    /// The same in sentences, for forms that do not say it themselves.
    pub(crate) fn omissions(&self) -> Vec<String> {
        text::left_out(self)
    }
}

impl Group {
    fn of(cluster: &Cluster, matrix: &Matrix, class: &[usize]) -> Option<Self> {
        let first = *class.first()?;
        let all = class.iter().filter_map(|at| matrix.groups().get(*at));
        let members = if let MatrixGroup::Addresses(_) = matrix.groups().get(first)? {
            let add = |sum: IpSet, group: &MatrixGroup| match group {
                MatrixGroup::Addresses(set) => sum.union(set),
                MatrixGroup::Pods(_) => sum,
            };
            Members::Addresses(all.fold(IpSet::empty(), add))
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

/// The group to which each group of the matrix belongs.
fn group_of(groups: &[Group], classes: &[Vec<usize>], count: usize) -> Vec<usize> {
    let by_first: BTreeMap<usize, usize> =
        groups.iter().enumerate().map(|(at, group)| (group.first, at)).collect();
    let mut group_of = vec![0; count];
    for class in classes {
        let group = class.first().and_then(|first| by_first.get(first)).copied();
        for at in class {
            if let (Some(group), Some(slot)) = (group, group_of.get_mut(*at)) {
                *slot = group;
            }
        }
    }
    group_of
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
