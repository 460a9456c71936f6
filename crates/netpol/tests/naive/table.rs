//! The scoreboard against single naive answers: every cell's state, and behind it every selected pod
//! with every peer on every port at a border.

use std::fmt;

use netpol::{
    Analysis, Cell, Column, Direction, PodId, State,
    ports::Protocol,
    scoreboard::{Admitted, Group, Peers, Share},
};

use super::{
    address::{Address, Block},
    evaluator::{Party, Plugin, Side, Way, affects, selects},
    generator::PROTOCOLS,
    questions::ip,
    world::{Pod, Policy, World},
};

/// Compares whole tables with naive answers, and counts both.
pub(crate) struct Auditor<'w> {
    world: &'w World,
    analysis: &'w Analysis,
    ports: Vec<u16>,
    /// Addresses outside the assumed pod network, and those inside it.
    outside: Vec<Address>,
    inside: Vec<Address>,
    /// Single answers that were compared.
    pub(crate) answers: usize,
    /// The states of the cells that were compared.
    pub(crate) states: Vec<State>,
}

/// A peer whom a cell must speak of.
struct Peer<'w> {
    party: Party<'w>,
    id: Id,
}

/// How the scoreboard lists a peer.
#[derive(Debug)]
enum Id {
    Pod(PodId),
    Address(Address),
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => write!(f, "{}", ip(*address)),
            other @ Self::Pod(_) => write!(f, "{other:?}"),
        }
    }
}

impl Id {
    fn is_in(&self, group: &Group) -> bool {
        match (self, &group.peers) {
            (Self::Pod(id), Peers::Pods(ids)) => ids.contains(*id),
            (Self::Address(address), Peers::Addresses(set)) => set.ips().contains(ip(*address)),
            _ => false,
        }
    }
}

/// What the naive answers of one cell were.
#[derive(Default)]
struct Seen {
    yes: bool,
    no: bool,
    depends: bool,
}

impl Seen {
    fn state(&self) -> State {
        match self {
            Self { depends: true, .. } => State::Depends,
            Self { yes: true, no: true, .. } => State::Partly,
            Self { yes: true, .. } => State::Allowed,
            Self { no: true, .. } => State::Denied,
            _ => State::Unrestricted,
        }
    }
}

impl<'w> Auditor<'w> {
    pub(crate) fn new(world: &'w World, analysis: &'w Analysis) -> Self {
        let pod_network = Block { address: Address::V4(0x0AF4_0000), prefix: 16 };
        let is_assumed = world.pods.iter().any(|pod| !pod.is_declared && !pod.is_finished());
        let is_pods = |address: &Address| {
            let mut pods = world.pods.iter().filter(|pod| !pod.host_network && !pod.is_finished());
            pods.any(|pod| pod.is_declared && pod.addresses.contains(address))
        };
        let is_inside =
            |address: &Address| is_pods(address) || is_assumed && pod_network.contains(*address);
        let (inside, outside) = world.border_addresses().into_iter().partition(is_inside);
        let (ports, answers, states) = (world.border_ports(), 0, Vec::new());
        Self { world, analysis, ports, outside, inside, answers, states }
    }

    /// What is wrong with the tables of both directions.
    pub(crate) fn complaints(&mut self) -> Vec<String> {
        let mut complaints = Vec::new();
        for (direction, way) in [(Direction::Ingress, Way::In), (Direction::Egress, Way::Out)] {
            let table = self.analysis.scoreboard(direction);
            let named = |policy: &&Policy, name: &str| {
                format!("{}/{}", policy.namespace, policy.name) == name
            };
            let mut rows = vec![("together".to_owned(), &table.together)];
            for row in &table.rows {
                let policy = self.analysis.cluster.policy(row.policy).unwrap();
                rows.push((policy.meta.name.to_string(), &row.cells));
            }
            if rows.len() != self.world.policies.len() + 1 {
                complaints.push(format!("{direction}: {} rows", rows.len()));
            }
            for (name, cells) in rows {
                let all = self.world.policies.iter();
                let policies: Vec<&Policy> =
                    all.filter(|policy| name == "together" || named(policy, &name)).collect();
                for column in Column::ALL {
                    let problem = self.audit(&policies, way, column, cells.get(column)).err();
                    let told = |why| format!("{direction}, {name}, {}: {why}", column.as_str());
                    complaints.extend(problem.map(told));
                }
            }
        }
        complaints
    }

    fn audit(
        &mut self,
        policies: &[&Policy],
        way: Way,
        column: Column,
        cell: &Cell,
    ) -> Result<(), String> {
        let world = self.world;
        let isolates = |pod: &&Pod| {
            !pod.host_network
                && policies.iter().any(|p| affects(p, way) && selects(p, pod, &|| true))
        };
        let subjects: Vec<&Pod> = world.pods.iter().filter(isolates).collect();
        let listed: usize = cell.shares.iter().map(|share| share.subjects.len()).sum();
        if listed != subjects.len() {
            return Err(format!("{listed} selected pods instead of {}", subjects.len()));
        }
        let speaks = policies.iter().any(|policy| affects(policy, way));
        let is_on_node = |pod: &Pod| {
            pod.host_network
                && policies.iter().any(|p| affects(p, way) && selects(p, pod, &|| true))
        };
        let only_on_nodes = subjects.is_empty() && world.pods.iter().any(is_on_node);
        if cell.selects_nobody != (speaks && subjects.is_empty() && !only_on_nodes) {
            return Err(format!("selects_nobody is {}", cell.selects_nobody));
        }
        if cell.selects_host_network != only_on_nodes {
            return Err(format!("selects_host_network is {}", cell.selects_host_network));
        }
        let mut seen = Seen::default();
        for subject in subjects {
            self.audit_subject((policies, way, column), subject, cell, &mut seen)?;
        }
        self.states.push(cell.state);
        let state = if only_on_nodes { State::Depends } else { seen.state() };
        if state == cell.state { Ok(()) } else { Err(format!("{:?}, not {state:?}", cell.state)) }
    }

    /// One selected pod and everyone of the column.
    fn audit_subject(
        &mut self,
        (policies, way, column): (&[&Policy], Way, Column),
        subject: &Pod,
        cell: &Cell,
        seen: &mut Seen,
    ) -> Result<(), String> {
        let id = id(self.analysis, subject);
        let share = cell.shares.iter().find(|share| share.subjects.contains(id));
        let share = share.ok_or_else(|| format!("{} is not listed", subject.name))?;
        let peers = peers(self.world, self.analysis, &self.outside, subject, column);
        self.check_anyone((policies, way, column), subject, share, (peers.is_empty(), seen))?;
        self.check_groups(&share.groups, &peers)?;
        let asked = 2 * PROTOCOLS.len() * self.ports.len() * peers.len();
        for peer in &peers {
            let mut matching = share.groups.iter().filter(|group| peer.id.is_in(group));
            let (Some(group), None) = (matching.next(), matching.next()) else {
                return Err(format!("{} is not in one group", peer.id));
            };
            self.check_ports((policies, way), (subject, peer), &group.admitted, seen)?;
        }
        self.answers += asked;
        Ok(())
    }

    /// What is said to be open to whoever comes is open to strangers of every kind; where it is not, some
    /// stranger is refused or a rule asks for something. A column in which nobody is speaks of strangers alone.
    fn check_anyone(
        &self,
        (policies, way, column): (&[&Policy], Way, Column),
        subject: &Pod,
        share: &Share,
        (is_empty, seen): (bool, &mut Seen),
    ) -> Result<(), String> {
        if column == Column::External {
            return Ok(());
        }
        let strangers = self.world.strangers(&subject.namespace, column == Column::Same);
        let party = Party { name: None, pod: Some(subject), addresses: subject.addresses.clone() };
        for protocol in PROTOCOLS {
            let known = Protocol::from_name(protocol).unwrap();
            for port in self.ports.iter().copied() {
                let is_let_in = |stranger: &Pod| {
                    let peer = &Party { name: None, pod: Some(stranger), addresses: Vec::new() };
                    let plugin = Plugin::USUAL;
                    let side = Side { way, subject: &party, peer, port, protocol, plugin };
                    self.world.side_allows(policies, side)
                };
                let refused = strangers.iter().find(|stranger| !is_let_in(stranger));
                let is_said = share.anyone.contains(known, port);
                if is_said && refused.is_some()
                    || !is_said && refused.is_none() && !share.has_condition
                {
                    let name = &subject.name;
                    return Err(format!(
                        "{name} and whoever comes on {protocol} {port}: {refused:?}"
                    ));
                }
            }
        }
        seen.no |= !share.anyone.is_all();
        seen.yes |= is_empty && (share.has_condition || !share.anyone.is_empty());
        Ok(())
    }

    /// Nobody is listed who should not be.
    fn check_groups(&self, groups: &[Group], peers: &[Peer<'_>]) -> Result<(), String> {
        let is_asked =
            |id: &PodId| peers.iter().any(|peer| matches!(&peer.id, Id::Pod(other) if other == id));
        for group in groups {
            match &group.peers {
                Peers::Pods(ids) if !ids.ids().iter().all(is_asked) => {
                    return Err(format!("{ids:?} are too many"));
                }
                Peers::Addresses(set) => {
                    let set = set.ips();
                    if let Some(stray) = self.inside.iter().find(|a| set.contains(ip(**a))) {
                        return Err(format!("{} is a pod's address", ip(*stray)));
                    }
                }
                Peers::Pods(_) => {}
            }
        }
        Ok(())
    }

    fn check_ports(
        &self,
        (policies, way): (&[&Policy], Way),
        (subject, peer): (&Pod, &Peer<'_>),
        admitted: &Admitted,
        seen: &mut Seen,
    ) -> Result<(), String> {
        let party = Party { name: None, pod: Some(subject), addresses: subject.addresses.clone() };
        let (subject, peer, id) = (&party, &peer.party, &peer.id);
        for protocol in PROTOCOLS {
            let known = Protocol::from_name(protocol).unwrap();
            for port in self.ports.iter().copied() {
                let plugin = Plugin::USUAL;
                let side = Side { way, subject, peer, port, protocol, plugin };
                let documented = self.world.side_allows(policies, side);
                let plugin =
                    Plugin { blocks_match_pods: false, unknown_values_admit: false, ..plugin };
                let surely = self.world.side_allows(policies, Side { plugin, ..side });
                seen.yes |= surely;
                seen.no |= !surely;
                seen.depends |= surely != documented;
                let said = [&admitted.documented, &admitted.surely];
                if said.map(|set| set.contains(known, port)) != [documented, surely] {
                    let name = subject.pod.map_or("", |pod| &pod.name);
                    return Err(format!("{name} with {id} on {protocol} {port}: {admitted:?}"));
                }
            }
        }
        Ok(())
    }
}

fn id(analysis: &Analysis, pod: &Pod) -> PodId {
    let name = netpol::NamespacedName::new(&pod.namespace, &pod.name);
    analysis.cluster.find_pod(&name).unwrap()
}

/// Everyone of the column who is there. A selected pod is among its own peers, as its own replica.
fn peers<'w>(
    world: &'w World,
    analysis: &Analysis,
    outside: &[Address],
    subject: &Pod,
    column: Column,
) -> Vec<Peer<'w>> {
    if column == Column::External {
        let party = |address: &Address| Party { name: None, pod: None, addresses: vec![*address] };
        let peer = |address| Peer { party: party(address), id: Id::Address(*address) };
        return outside.iter().map(peer).collect();
    }
    let is_same = column == Column::Same;
    let is_here = |pod: &&Pod| {
        !pod.is_finished() && !pod.host_network && (pod.namespace == subject.namespace) == is_same
    };
    let party =
        |pod: &'w Pod| Party { name: None, pod: Some(pod), addresses: pod.addresses.clone() };
    let peer = |pod| Peer { party: party(pod), id: Id::Pod(id(analysis, pod)) };
    world.pods.iter().filter(is_here).map(peer).collect()
}
