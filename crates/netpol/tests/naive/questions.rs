//! What to ask of a cluster: everyone who is there or stands at a border of some block, and the
//! ports at the borders of everything that the policies mention.

use std::net::IpAddr;

use netpol::{Connection, Entity, NamespacedName, ports::Protocol};

use super::{
    address::{Address, Block},
    evaluator::{Question, Who},
    generator::PROTOCOLS,
    manifest::{IntOrString, Peer, Port, Rule},
    random::Random,
    world::World,
};

impl World {
    fn rules(&self) -> impl Iterator<Item = &Rule> {
        let specs = self.policies.iter().map(|policy| &policy.spec);
        specs.flat_map(|spec| spec.ingress.iter().chain(&spec.egress)).flatten().flatten()
    }

    fn peers(&self) -> impl Iterator<Item = &Peer> {
        self.rules().flat_map(|rule| rule.from.iter().chain(&rule.to)).flatten()
    }

    /// Every entry of `ports` that is not null.
    pub(crate) fn policy_ports(&self) -> impl Iterator<Item = &Port> {
        self.rules().filter_map(|rule| rule.ports.as_ref()).flatten().flatten()
    }

    /// Every port number that something mentions, the one below and the one above, and the ends.
    pub(crate) fn border_ports(&self) -> Vec<u16> {
        let mut ports = vec![1, u16::MAX];
        let mut add = |port: u16| {
            let near = [port.checked_sub(1), Some(port), port.checked_add(1)];
            ports.extend(near.into_iter().flatten().filter(|port| *port > 0));
        };
        for item in self.policy_ports() {
            if let Some(IntOrString::Int(port)) = item.port {
                add(port);
            }
            item.end_port.into_iter().for_each(&mut add);
        }
        for port in self.pods.iter().flat_map(|pod| &pod.ports) {
            add(port.container_port);
        }
        ports.sort_unstable();
        ports.dedup();
        ports
    }

    /// Every address at a border of some block or of the pod network, with its neighbours, those of
    /// pods, and the ends of both families.
    pub(crate) fn border_addresses(&self) -> Vec<Address> {
        let pod_network = Block { address: Address::V4(0x0AF4_0000), prefix: 16 };
        let ends = [Address::V4(0), Address::V4(u32::MAX), Address::V6(0), Address::V6(u128::MAX)];
        let mut addresses = Vec::from(ends);
        let blocks = self.peers().filter_map(|peer| peer.ip_block.as_ref());
        let written = blocks.flat_map(|block| block.except.iter().flatten().chain([&block.cidr]));
        let blocks = written.map(|cidr| Block::parse(cidr).unwrap());
        for end in blocks.chain([pod_network]).flat_map(|block| block.ends()) {
            addresses.push(end);
            addresses.extend(end.neighbours());
        }
        addresses.extend(self.pods.iter().flat_map(|pod| pod.addresses.iter().copied()));
        addresses.sort_unstable();
        addresses.dedup();
        addresses
    }

    /// Everyone who may stand at either end.
    pub(crate) fn everyone(&self) -> Vec<Who> {
        let pods = self.pods.iter().map(|pod| Who::Pod(pod.namespace.clone(), pod.name.clone()));
        pods.chain(self.border_addresses().into_iter().map(Who::Address)).collect()
    }

    /// That many questions, most of them about pods.
    pub(crate) fn questions(&self, count: usize, random: &mut Random) -> Vec<Question> {
        let (everyone, ports) = (self.everyone(), self.border_ports());
        let pods = &everyone[..self.pods.len()];
        let someone = |random: &mut Random| {
            let among = if pods.is_empty() || random.chance(20) { &everyone } else { pods };
            among[random.below(among.len())].clone()
        };
        let mut questions = Vec::with_capacity(count);
        while questions.len() < count {
            let (source, destination) = (someone(random), someone(random));
            if self.can_meet(&source, &destination) {
                let (port, protocol) = (random.pick(&ports), random.pick(&PROTOCOLS));
                questions.push(Question { source, destination, port, protocol });
            }
        }
        questions
    }

    /// An address of one family and a pod with addresses of the other only never do.
    pub(crate) fn can_meet(&self, a: &Who, b: &Who) -> bool {
        let can = |who: &Who, address: Address| match who {
            Who::Address(other) => other.is_like(address),
            Who::Pod(..) => {
                let pod = self.pods.iter().find(|pod| pod.is(who)).unwrap();
                pod.addresses.is_empty() || pod.addresses.iter().any(|own| own.is_like(address))
            }
        };
        match (a, b) {
            (Who::Address(address), other) | (other, Who::Address(address)) => can(other, *address),
            _ => true,
        }
    }
}

/// The question in the words of the evaluator under test.
pub(crate) fn connection(question: &Question) -> Connection {
    Connection {
        source: entity(&question.source),
        destination: entity(&question.destination),
        port: question.port,
        protocol: Protocol::from_name(question.protocol).unwrap(),
    }
}

fn entity(who: &Who) -> Entity {
    match who {
        Who::Pod(namespace, name) => Entity::Pod(NamespacedName::new(namespace, name)),
        Who::Address(address) => Entity::Address(ip(*address)),
    }
}

/// The address in the words of the evaluator under test.
pub(crate) fn ip(address: Address) -> IpAddr {
    match address {
        Address::V4(number) => IpAddr::V4(number.into()),
        Address::V6(number) => IpAddr::V6(number.into()),
    }
}
