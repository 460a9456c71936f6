//! What is behind a port of a Service: the pods that its selector finds, or the addresses that somebody
//! keeps for one without a selector.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::IpAddr,
};

use crate::{
    addresses::Cidr,
    classes::{self, classes_of},
    cluster::{Cluster, PodId},
    connection::Entity,
    meta::Labels,
    objects::{
        ContainerPort, EndpointSlice, EndpointSubset, Phase, Pod, Service, ServicePort, TargetPort,
    },
    policy::Direction,
    ports::Protocol,
};

/// Where a connection to a Service arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Landing {
    /// At a pod.
    Pod(PodId),
    /// At an address that is no pod's.
    Address(IpAddr),
}

/// A landing, and the port where a connection arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Backend {
    pub(crate) at: Landing,
    pub(crate) port: u16,
}

impl Landing {
    /// How it is named as the end of a connection.
    pub(crate) fn entity(self, cluster: &Cluster) -> Option<Entity> {
        match self {
            Self::Pod(id) => cluster.pod(id).map(|pod| Entity::Pod(pod.meta.name.clone())),
            Self::Address(address) => Some(Entity::Address(address)),
        }
    }
}

/// A port of a Service, as it was asked for. A headless Service translates none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Door<'s> {
    service: &'s Service,
    entry: Option<&'s ServicePort>,
    port: u16,
    protocol: Protocol,
}

impl<'s> Door<'s> {
    /// `None` where the Service has no such port.
    pub(crate) fn of(service: &'s Service, port: u16, protocol: Protocol) -> Option<Self> {
        let mut entries = service.ports.iter();
        let entry = entries.find(|known| known.port == port && known.protocol == protocol);
        let is_there = service.is_headless || entry.is_some();
        is_there.then_some(Self { service, entry, port, protocol })
    }

    /// All that is behind it, in order.
    pub(crate) fn backends(self, cluster: &Cluster) -> Vec<Backend> {
        if self.service.selector.is_none() {
            let kept = cluster.endpoints_of(&self.service.meta.name);
            let all: BTreeSet<Backend> = kept.flat_map(|slice| self.kept(cluster, slice)).collect();
            return all.into_iter().collect();
        }
        let target = match self.entry {
            Some(entry) if !self.service.is_headless => entry.target.clone(),
            _ => TargetPort::Number(self.port),
        };
        let pods = cluster.subjects().filter(|(_, pod)| is_behind(self.service, pod));
        let arriving = pods.filter_map(|(id, pod)| {
            let port = port_on(pod, &target, self.protocol)?;
            Some(Backend { at: Landing::Pod(id), port })
        });
        arriving.collect()
    }

    /// What an object keeps for it: endpoints at the port that bears the Service port's name.
    fn kept(self, cluster: &Cluster, slice: &EndpointSlice) -> Vec<Backend> {
        let mut found = Vec::new();
        for subset in &slice.subsets {
            let ports = self.ports_of(subset);
            for endpoint in &subset.endpoints {
                let pod = endpoint.pod.as_ref().and_then(|name| cluster.find_pod(name));
                let pod = pod.or_else(|| cluster.find_address(endpoint.address));
                // one on its node's network is better known by the node's address
                let is_pod = |id: &PodId| {
                    cluster.pod(*id).is_some_and(|pod| !pod.is_finished() && !pod.host_network)
                };
                let at =
                    pod.filter(is_pod).map_or(Landing::Address(endpoint.address), Landing::Pod);
                found.extend(ports.iter().map(|port| Backend { at, port: *port }));
            }
        }
        found
    }

    fn ports_of(self, subset: &EndpointSubset) -> BTreeSet<u16> {
        if self.service.is_headless {
            return BTreeSet::from([self.port]);
        }
        let name = self.entry.map_or("", |entry| entry.name.as_str());
        let fits =
            subset.ports.iter().filter(|port| port.name == name && port.protocol == self.protocol);
        // a port of one name is there once
        fits.map(|port| port.port).take(1).collect()
    }
}

/// Those together that get the same answer from everyone.
pub(crate) fn alike(cluster: &Cluster, all: &[Backend], by_block: bool) -> Vec<Vec<Backend>> {
    let pods = all.iter().filter_map(|backend| match backend.at {
        Landing::Pod(id) => Some((id, cluster.pod(id)?)),
        Landing::Address(_) => None,
    });
    let host = |id: &PodId| cluster.pod(*id).and_then(|pod| pod.host_address);
    let mut alike: Vec<Vec<Backend>> = Vec::new();
    for class in classes_of(pods, by_block) {
        // what is always allowed depends on the node
        let mut of_node: BTreeMap<(Option<IpAddr>, u16), usize> = BTreeMap::new();
        for id in class.pods {
            let at = Landing::Pod(id);
            // each pod of a class was made of one of them; one left out would be a way in that nobody sees
            let port = port_at(all, at);
            debug_assert!(port.is_some(), "{at:?} is none of the backends");
            let Some(port) = port else { continue };
            let place = *of_node.entry((host(&id), port)).or_insert(alike.len());
            put(&mut alike, place, Backend { at, port });
        }
    }
    let borders = borders(cluster);
    let mut of_part: BTreeMap<(usize, u16), usize> = BTreeMap::new();
    for backend in all {
        if let Landing::Address(address) = backend.at {
            let part = borders.partition_point(|border| *border <= address);
            let place = *of_part.entry((part, backend.port)).or_insert(alike.len());
            put(&mut alike, place, *backend);
        }
    }
    alike
}

fn put(alike: &mut Vec<Vec<Backend>>, at: usize, backend: Backend) {
    match alike.get_mut(at) {
        Some(others) => others.push(backend),
        None => alike.push(vec![backend]),
    }
}

/// Where addresses begin to be treated otherwise: at the ends of all blocks, and at the nodes of pods.
fn borders(cluster: &Cluster) -> Vec<IpAddr> {
    let blocks = cluster.policies().flat_map(|(_, policy)| {
        Direction::ALL.into_iter().flat_map(move |direction| policy.blocks(direction)).copied()
    });
    let nodes = cluster.running_pods().filter_map(|(_, pod)| Cidr::of(pod.host_address?));
    classes::borders(blocks.chain(nodes))
}

/// The port at which a connection arrives at one of the backends, which are in order.
pub(crate) fn port_at(backends: &[Backend], landing: Landing) -> Option<u16> {
    let at = backends.binary_search_by_key(&landing, |backend| backend.at).ok()?;
    backends.get(at).map(|backend| backend.port)
}

pub(crate) fn port_on(pod: &Pod, target: &TargetPort, protocol: Protocol) -> Option<u16> {
    match target {
        TargetPort::Number(number) => Some(*number),
        TargetPort::Name(name) => {
            let is_named = |port: &&ContainerPort| {
                port.name.as_ref() == Some(name) && port.protocol == protocol
            };
            Some(pod.ports.iter().find(is_named)?.port)
        }
    }
}

/// The ports of a Service with the ports of a pod behind it where they lead.
pub(crate) fn leads<'s>(service: &'s Service, pod: &Pod) -> Vec<(&'s ServicePort, u16)> {
    if service.is_headless || !is_behind(service, pod) {
        return Vec::new();
    }
    let lead = |port: &'s ServicePort| Some((port, port_on(pod, &port.target, port.protocol)?));
    service.ports.iter().filter_map(lead).collect()
}

pub(crate) fn is_behind(service: &Service, pod: &Pod) -> bool {
    let matches = |selector: &Labels| {
        selector.iter().all(|(key, value)| pod.labels().get(key) == Some(value))
    };
    pod.namespace() == service.meta.name.namespace
        && pod.phase == Phase::Running
        && service.selector.as_ref().is_some_and(matches)
}
