//! Random NetworkPolicies that an API server would take: every field missing, null, empty and given.

use super::{
    generator::{CONTROLLED_LABELS, POD_LABELS, PORT_NAMES, PORTS, PROTOCOLS, object, variant},
    random::Random,
    tree::{
        Tree::{self, Int, List, Map, Null},
        map, text,
    },
};

/// How many rules, peers or ports stand in a list.
const FEW: [usize; 4] = [1, 1, 2, 3];

type Alphabet = [(&'static str, &'static [&'static str])];

const NAMESPACE_LABELS: [(&str, &[&str]); 3] = [
    ("team", &["x", "y"]),
    ("tier", &["x", ""]),
    ("kubernetes.io/metadata.name", &["a", "b", "not-a"]),
];

/// A policy of that name.
pub(crate) fn policy(random: &mut Random, name: &str, namespace: &str) -> Tree {
    let mut metadata = vec![("name".to_owned(), text(name))];
    if namespace != "default" || random.chance(60) {
        metadata.push(("namespace".to_owned(), text(namespace)));
    }
    let mut fields = Vec::new();
    variant(&mut fields, random, "spec", (2, 2, 2), (map([]), spec));
    let mut policy = object("networking.k8s.io/v1", "NetworkPolicy", Map(metadata), []);
    if let Map(entries) = &mut policy {
        entries.extend(fields);
    }
    policy
}

fn spec(random: &mut Random) -> Tree {
    let mut spec = Vec::new();
    let pods = |random: &mut Random| {
        let alphabet = pod_labels(random);
        selector(random, alphabet)
    };
    variant(&mut spec, random, "podSelector", (15, 7, 35), (map([]), pods));
    variant(&mut spec, random, "policyTypes", (20, 5, 5), (List(Vec::new()), types));
    let rules = |peers| {
        move |random: &mut Random| {
            List((0..random.pick(&FEW)).map(|_| rule(random, peers)).collect())
        }
    };
    variant(&mut spec, random, "ingress", (10, 3, 5), (List(Vec::new()), rules("from")));
    variant(&mut spec, random, "egress", (14, 4, 6), (List(Vec::new()), rules("to")));
    random.shuffle(&mut spec);
    Map(spec)
}

fn types(random: &mut Random) -> Tree {
    let types: [&[&str]; 7] = [
        &["Ingress"],
        &["Egress"],
        &["Ingress", "Egress"],
        &["Egress", "Ingress"],
        &["Ingress", "Egress"],
        &["Ingress", "Egress"],
        &["Ingress", "Ingress"],
    ];
    List(random.pick(&types).iter().map(|name| text(*name)).collect())
}

fn rule(random: &mut Random, peers_field: &str) -> Tree {
    if random.chance(5) {
        return Null;
    }
    let mut rule = Vec::new();
    let peers = |random: &mut Random| List((0..random.pick(&FEW)).map(|_| peer(random)).collect());
    variant(&mut rule, random, peers_field, (14, 3, 3), (List(Vec::new()), peers));
    let ports = |random: &mut Random| List((0..random.pick(&FEW)).map(|_| port(random)).collect());
    variant(&mut rule, random, "ports", (35, 4, 4), (List(Vec::new()), ports));
    random.shuffle(&mut rule);
    Map(rule)
}

fn peer(random: &mut Random) -> Tree {
    let kind = random.below(10);
    let mut peer = Vec::new();
    let add = |peer: &mut Vec<_>, key: &str, value| peer.push((key.to_owned(), value));
    if kind < 6 {
        let alphabet = pod_labels(random);
        let selector = selector_or_empty(random, alphabet);
        add(&mut peer, "podSelector", selector);
    }
    if (3..8).contains(&kind) {
        let selector = selector_or_empty(random, &NAMESPACE_LABELS);
        add(&mut peer, "namespaceSelector", selector);
    }
    if kind >= 8 {
        let block = ip_block(random);
        add(&mut peer, "ipBlock", block);
    }
    // what is null is not there
    for key in ["podSelector", "namespaceSelector", "ipBlock"] {
        if peer.iter().all(|(other, _)| other != key) && random.chance(6) {
            add(&mut peer, key, Null);
        }
    }
    random.shuffle(&mut peer);
    Map(peer)
}

/// Labels that people set, or now and then those that controllers do.
fn pod_labels(random: &mut Random) -> &'static Alphabet {
    if random.chance(18) { &CONTROLLED_LABELS } else { &POD_LABELS }
}

fn selector_or_empty(random: &mut Random, alphabet: &Alphabet) -> Tree {
    if random.chance(20) { map([]) } else { selector(random, alphabet) }
}

fn selector(random: &mut Random, alphabet: &Alphabet) -> Tree {
    let mut selector = Vec::new();
    let label = random_label(random, alphabet);
    let given = |random: &mut Random| labels(random, &[label]);
    variant(&mut selector, random, "matchLabels", (45, 3, 5), (map([]), given));
    let given = |random: &mut Random| {
        List((0..random.pick(&[1, 2])).map(|_| requirement(random, alphabet)).collect())
    };
    variant(&mut selector, random, "matchExpressions", (50, 3, 5), (List(Vec::new()), given));
    Map(selector)
}

fn random_label(
    random: &mut Random,
    alphabet: &Alphabet,
) -> (&'static str, &'static [&'static str]) {
    alphabet[random.below(alphabet.len())]
}

fn requirement(random: &mut Random, alphabet: &Alphabet) -> Tree {
    let (key, values) = random_label(random, alphabet);
    let operator = random.pick(&["In", "NotIn", "Exists", "DoesNotExist"]);
    let mut requirement =
        vec![("key".to_owned(), text(key)), ("operator".to_owned(), text(operator))];
    if operator.ends_with("In") {
        let count = 1 + random.below(2);
        let values = (0..count).map(|_| value(random, values)).collect();
        requirement.push(("values".to_owned(), List(values)));
    } else {
        let nothing = || List(Vec::new());
        variant(&mut requirement, random, "values", (70, 15, 15), (nothing(), |_| nothing()));
    }
    random.shuffle(&mut requirement);
    Map(requirement)
}

/// A label's value; the empty one is now and then left out.
fn value(random: &mut Random, values: &[&'static str]) -> Tree {
    match random.pick(values) {
        "" if random.chance(30) => Null,
        value => text(value),
    }
}

/// Some labels of an alphabet, each key at most once.
pub(crate) fn labels(random: &mut Random, alphabet: &[(&'static str, &[&'static str])]) -> Tree {
    let mut labels = Vec::new();
    for (key, values) in alphabet {
        if alphabet.len() == 1 || random.chance(60) {
            let value = match random.pick(values) {
                "" if random.chance(30) => Null,
                value => text(value),
            };
            labels.push(((*key).to_owned(), value));
        }
    }
    Map(labels)
}

fn port(random: &mut Random) -> Tree {
    if random.chance(4) {
        return Null;
    }
    let mut port = Vec::new();
    let dice = random.below(10);
    if dice < 4 {
        port.push(("port".to_owned(), Int(random.pick(&PORTS))));
    } else if dice < 6 {
        let (first, last) = (random.pick(&PORTS), random.pick(&PORTS));
        port.push(("port".to_owned(), Int(first.min(last))));
        port.push(("endPort".to_owned(), Int(first.max(last))));
    } else if dice < 8 {
        let name = if random.chance(10) { "nobodys" } else { random.pick(&PORT_NAMES) };
        port.push(("port".to_owned(), text(name)));
    } else if random.chance(40) {
        port.push(("port".to_owned(), Null));
    }
    let protocol = |random: &mut Random| text(random.pick(&PROTOCOLS));
    variant(&mut port, random, "protocol", (45, 5, 0), (Null, protocol));
    Map(port)
}

/// A block, and inside it the blocks that it leaves out.
fn ip_block(random: &mut Random) -> Tree {
    let cidr = if random.chance(70) {
        Bits::v4(random, &[0x0A00_0000, 0x0A00_0004, 0x0AF4_0000, 0xC0A8_0000, 0xCB00_7100])
    } else {
        Bits::v6(random, &[0xFD00 << 112, (0xFD00 << 112) | 4, 0x2001_0DB8 << 96])
    };
    let mut block =
        vec![("cidr".to_owned(), text(cidr.written(random, cidr.prefix == cidr.width)))];
    let except = |random: &mut Random| {
        let inside = (0..random.pick(&[1, 2])).map(|_| cidr.inside(random));
        List(
            inside
                .collect::<Vec<_>>()
                .iter()
                .map(|bits| text(bits.written(random, false)))
                .collect(),
        )
    };
    let missing = if cidr.prefix == cidr.width { 90 } else { 45 };
    let nothing = List(Vec::new());
    if cidr.prefix == cidr.width {
        variant(&mut block, random, "except", (missing, 5, 5), (nothing.clone(), |_| nothing));
    } else {
        variant(&mut block, random, "except", (missing, 3, 3), (nothing, except));
    }
    Map(block)
}

/// A block as bits: the first `prefix` of `width` count.
#[derive(Clone, Copy)]
struct Bits {
    number: u128,
    prefix: u32,
    width: u32,
}

impl Bits {
    fn v4(random: &mut Random, bases: &[u128]) -> Self {
        let prefix = random.pick(&[0, 1, 8, 8, 15, 16, 24, 28, 29, 30, 31, 32]);
        Self { number: random.pick(bases) + u128::from(random.next() % 4), prefix, width: 32 }
    }

    fn v6(random: &mut Random, bases: &[u128]) -> Self {
        let prefix = random.pick(&[0, 1, 8, 32, 64, 120, 125, 126, 127, 128]);
        Self { number: random.pick(bases) + u128::from(random.next() % 4), prefix, width: 128 }
    }

    /// A smaller block of this one: the same first bits, the others by chance.
    fn inside(&self, random: &mut Random) -> Self {
        let longer = self.width - self.prefix;
        let prefix = self.prefix + 1 + u32::try_from(random.next() % u64::from(longer)).unwrap();
        let flipped = 1_u128 << random.below(usize::try_from(longer).unwrap());
        let number = if random.chance(50) { self.number } else { self.number ^ flipped };
        Self { number, prefix, width: self.width }
    }

    /// Mapped into IPv6 only where it has no exceptions: the API server compares prefixes as they are written.
    fn written(&self, random: &mut Random, may_be_mapped: bool) -> String {
        // set host bits are taken, with a warning
        let hosts = 1_u128.checked_shl(self.width - self.prefix).map_or(u128::MAX, |n| n - 1);
        let number = if random.chance(80) { self.number & !hosts } else { self.number };
        let prefix = self.prefix;
        if self.width == 32 {
            let [.., a, b, c, d] = number.to_be_bytes();
            match random.below(20) {
                0 if may_be_mapped => format!("::ffff:{a}.{b}.{c}.{d}/{}", prefix + 96),
                1 => format!("{a:03}.{b}.{c}.{d:02}/{prefix:02}"),
                _ => format!("{a}.{b}.{c}.{d}/{prefix}"),
            }
        } else {
            let address = std::net::Ipv6Addr::from(number);
            match random.below(4) {
                0 => format!("{}/{prefix}", address.to_string().to_uppercase()),
                1 => {
                    let groups: Vec<_> = address.segments().map(|s| format!("{s:04x}")).into();
                    format!("{}/{prefix}", groups.join(":"))
                }
                _ => format!("{address}/{prefix}"),
            }
        }
    }
}
