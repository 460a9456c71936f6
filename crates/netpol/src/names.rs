//! Names as people say them → pods: a workload for its pods, a pod without its hash or its namespace, where only one can be
//! meant. Else those that could be.

mod nearest;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use self::nearest::nearest;
use crate::{
    classes::classes_of,
    cluster::{Cluster, PodId},
    connection::{Connection, Entity},
    meta::NamespacedName,
    policy::Direction,
};

/// The letters and digits of generated parts of names (apimachinery `util/rand`): no vowels, so that no words come about.
const SAFE: &str = "bcdfghjklmnpqrstvwxz2456789";
/// Kinds of pods of one workload that are asked about one by one.
const MOST_KINDS: usize = 24;
/// Names that are offered instead of one that is not there.
const MOST_OFFERED: usize = 4;
/// Namespaces that are searched for a numbered pod of a name that stands alone.
const MOST_HOMES: usize = 1_000;

/// Why a name means nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Nameless {
    /// There is no such pod.
    Unknown,
    /// These could be meant, all of them or the first ones.
    Several(Vec<String>),
}

/// Looks names up; what it needs beside the cluster's own index is made once.
pub(crate) struct Names<'c> {
    cluster: &'c Cluster,
    index: Option<Index>,
    /// The pods of workloads that have been asked for.
    kinds: BTreeMap<String, Result<Kinds, Nameless>>,
}

/// Pods of a workload, those together that are alike: two of each are enough.
type Kinds = Vec<Vec<Entity>>;

/// What names stand for, where they are not whole.
struct Index {
    /// The namespaces of pods and workloads of a name.
    homes: BTreeMap<String, BTreeSet<String>>,
    /// The pods of a workload, by `namespace/name`, of which only the pods are there.
    stems: BTreeMap<String, Vec<PodId>>,
    /// The namespaces of those.
    stem_homes: BTreeMap<String, BTreeSet<String>>,
}

impl<'c> Names<'c> {
    pub(crate) const fn new(cluster: &'c Cluster) -> Self {
        Self { cluster, index: None, kinds: BTreeMap::new() }
    }

    /// The connections that one means: one, or one for each kind of pods of the workloads that it names. The names in
    /// them are whole.
    pub(crate) fn meant(
        &mut self,
        connection: &Connection,
    ) -> Result<Vec<Connection>, (Entity, Nameless)> {
        let sources = self.ends(&connection.source)?;
        let destinations = self.ends(&connection.destination)?;
        let mut meant = Vec::with_capacity(sources.len() * destinations.len());
        for alike in &sources {
            let Some(source) = alike.first() else { continue };
            for alike in &destinations {
                // a pod reaches itself whatever the policies say: another one like it tells more
                let other = alike.iter().find(|end| *end != source).or_else(|| alike.first());
                let destination = other.unwrap_or(source).clone();
                meant.push(Connection { source: source.clone(), destination, ..*connection });
            }
        }
        Ok(meant)
    }

    /// The name in full, where it is one of a pod or a workload.
    pub(crate) fn whole(&mut self, entity: &Entity) -> Result<Entity, (Entity, Nameless)> {
        let Entity::Named(name) = entity else { return Ok(entity.clone()) };
        let homes = self.homes(name);
        let mut full = homes.iter().map(|home| NamespacedName::new(home.as_str(), name.as_str()));
        match (full.next(), homes.len()) {
            (Some(one), 1) => Ok(Entity::Pod(one)),
            (None, _) => Err((entity.clone(), Nameless::Unknown)),
            (Some(one), _) => {
                let all = [one].into_iter().chain(full).take(MOST_OFFERED);
                let all = all.map(|name| name.to_string()).collect();
                Err((entity.clone(), Nameless::Several(all)))
            }
        }
    }

    /// The pods that an end means, those together that are alike. Other ends are what they are.
    fn ends(&mut self, entity: &Entity) -> Result<Kinds, (Entity, Nameless)> {
        let whole = self.whole(entity)?;
        let Entity::Pod(name) = &whole else { return Ok(vec![vec![whole]]) };
        if self.cluster.find_pod(name).is_some() {
            return Ok(vec![vec![whole]]);
        }
        let key = name.to_string();
        if !self.kinds.contains_key(&key) {
            let kinds = self.kinds_of(name, &key);
            self.kinds.insert(key.clone(), kinds);
        }
        let kinds = self.kinds.get(&key).cloned().unwrap_or(Err(Nameless::Unknown));
        kinds.map_err(|nameless| (entity.clone(), nameless))
    }

    fn kinds_of(&mut self, workload: &NamespacedName, key: &str) -> Result<Kinds, Nameless> {
        let mut pods = self.cluster.replicas(workload);
        if pods.is_empty() {
            pods = self.index().stems.get(key).cloned().unwrap_or_default();
        }
        if pods.is_empty() {
            return Err(Nameless::Unknown);
        }
        let alike = self.alike(pods);
        if alike.len() > MOST_KINDS {
            let names = alike.iter().flatten().take(MOST_OFFERED).map(Entity::to_string);
            return Err(Nameless::Several(names.collect()));
        }
        Ok(alike)
    }

    /// Pods that get the same answers together, two of each.
    fn alike(&self, pods: Vec<PodId>) -> Kinds {
        let cluster = self.cluster;
        let pods = pods.into_iter().filter_map(|id| Some((id, cluster.pod(id)?)));
        let mut alike = Vec::new();
        for class in classes_of(pods, has_blocks(cluster)) {
            // what is always allowed depends on the node
            let mut of_node: BTreeMap<String, Vec<Entity>> = BTreeMap::new();
            for pod in class.pods.iter().filter_map(|id| cluster.pod(*id)) {
                let node = pod.host_address.map_or_else(String::new, |node| node.to_string());
                let alike = of_node.entry(node).or_default();
                if alike.len() < 2 {
                    alike.push(Entity::Pod(pod.meta.name.clone()));
                }
            }
            alike.extend(of_node.into_values());
        }
        alike
    }

    /// The namespaces in which a name means something, the first ones; the better it fits, the better.
    fn homes(&mut self, name: &str) -> Vec<String> {
        let cluster = self.cluster;
        let index = self.index();
        let first = |homes: &BTreeSet<String>| homes.iter().take(MOST_OFFERED).cloned().collect();
        if let Some(homes) = index.homes.get(name) {
            return first(homes);
        }
        let base = name.rsplit_once('-').and_then(|(base, _)| index.homes.get(base));
        let is_numbered = |home: &&String| {
            let name = NamespacedName::new(home.as_str(), name);
            cluster.find_pod(&name).is_some()
        };
        let homes = base.into_iter().flatten().take(MOST_HOMES);
        let numbered = homes.filter(is_numbered).take(MOST_OFFERED).cloned();
        let numbered: Vec<String> = numbered.collect();
        if numbered.is_empty() {
            return index.stem_homes.get(name).map(first).unwrap_or_default();
        }
        numbered
    }

    fn index(&mut self) -> &Index {
        let cluster = self.cluster;
        self.index.get_or_insert_with(|| Index::of(cluster))
    }
}

impl Index {
    fn of(cluster: &Cluster) -> Self {
        let (homes, stems, stem_homes) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut index = Self { homes, stems, stem_homes };
        for workload in cluster.numbered_workloads() {
            put(&mut index.homes, &workload.name, &workload.namespace);
        }
        for pod in cluster.pods() {
            put(&mut index.homes, pod.name(), pod.namespace());
        }
        for (id, pod) in cluster.running_pods().filter(|(_, pod)| pod.kind == "Pod") {
            for stem in stems_of(pod.name()) {
                put(&mut index.stem_homes, stem, pod.namespace());
                let full = format!("{}/{stem}", pod.namespace());
                index.stems.entry(full).or_default().push(id);
            }
        }
        index
    }
}

fn put(homes: &mut BTreeMap<String, BTreeSet<String>>, name: &str, namespace: &str) {
    let homes = homes.entry(name.to_owned()).or_default();
    if !homes.contains(namespace) {
        homes.insert(namespace.to_owned());
    }
}

/// What a pod's name may be without the parts that controllers generate: `coredns-7d9f8c9d-x2x7p` → `coredns-7d9f8c9d`
/// (its `ReplicaSet`) and `coredns`, `db-0` → `db`.
fn stems_of(name: &str) -> Vec<&str> {
    let is_safe = |part: &str| part.chars().all(|c| SAFE.contains(c));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    let Some((stem, last)) = name.rsplit_once('-') else { return Vec::new() };
    let mut stems = Vec::new();
    if is_number(last) || (last.len() == 5 && is_safe(last)) {
        stems.push(stem);
    }
    if last.len() == 5
        && is_safe(last)
        && let Some((shorter, hash)) = stem.rsplit_once('-')
        && (is_number(hash) || ((6..=10).contains(&hash.len()) && is_safe(hash)))
    {
        stems.push(shorter);
    }
    stems.retain(|stem| !stem.is_empty());
    stems
}

fn has_blocks(cluster: &Cluster) -> bool {
    cluster.policies().any(|(_, policy)| {
        Direction::ALL.into_iter().any(|direction| policy.blocks(direction).next().is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_parts_of_a_name_are_told_from_words() {
        assert_eq!(stems_of("coredns-7d9f8c9d-x2x7p"), ["coredns-7d9f8c9d", "coredns"]);
        assert_eq!(stems_of("node-exporter-x2x7p"), ["node-exporter"]);
        assert_eq!(stems_of("db-0"), ["db"]);
        assert_eq!(stems_of("backup-28934112-x2x7p"), ["backup-28934112", "backup"]);
        assert!(stems_of("redis-cache").is_empty(), "a word with vowels");
        assert!(stems_of("web").is_empty());
        assert!(stems_of("-0").is_empty());
    }
}
