//! Documents of YAML as trees, and changes of them that a person might make: a key dropped, an item more, a value that
//! stands elsewhere, a slip of the pen. Written as JSON, which every reader of YAML reads, so no change breaks the text.

use std::fmt::Write as _;

use netpol::{
    scalar::Scalar,
    yaml::{self, Node, Value},
};

/// Values that meet or just miss one another, by the keys under which they mean something.
const VALUES: &[(&str, &[&str])] = &[
    (
        "cidr",
        &["\"10.0.0.0/8\"", "\"10.1.0.0/16\"", "\"0.0.0.0/0\"", "\"::/0\"", "\"203.0.113.0/24\""],
    ),
    ("operator", &["\"In\"", "\"NotIn\"", "\"Exists\"", "\"DoesNotExist\""]),
    ("protocol", &["\"TCP\"", "\"UDP\"", "\"SCTP\""]),
    ("port", &["53", "80", "443", "8000", "65535", "\"http\"", "\"dns\""]),
    ("endPort", &["80", "443", "9000", "65535"]),
    ("namespace", &["\"shop\"", "\"ops\"", "\"default\""]),
    ("podIP", &["\"10.1.2.3\"", "\"10.244.0.7\"", "\"2001:db8::7\""]),
    ("hostNetwork", &["true", "false"]),
];
/// Parts of a policy, each whole.
const PARTS: &[(&str, &str)] = &[
    ("podSelector", "{\"matchLabels\":{\"app\":\"web\"}}"),
    ("podSelector", "{}"),
    ("namespaceSelector", "{}"),
    ("namespaceSelector", "{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"shop\"}}"),
    ("matchExpressions", "[{\"key\":\"app\",\"operator\":\"NotIn\",\"values\":[\"web\"]}]"),
    ("ingress", "[{}]"),
    ("egress", "[{\"to\":[{\"ipBlock\":{\"cidr\":\"10.0.0.0/8\",\"except\":[\"10.1.0.0/16\"]}}]}]"),
    ("ports", "[{\"port\":53,\"protocol\":\"UDP\"},{\"port\":\"http\"}]"),
    ("policyTypes", "[\"Ingress\",\"Egress\"]"),
];

/// The documents of a text.
pub struct Objects(Vec<Tree>);

#[derive(Clone)]
enum Tree {
    /// As JSON has it.
    Scalar(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

/// Numbers without end from one: xorshift, since a run must come out the same again.
struct Dice(u64);

impl Dice {
    fn new(seed: u32) -> Self {
        Self(u64::from(seed) << 1 | 1)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound.max(1)
    }
}

impl Objects {
    /// Reads a text; what is no YAML in it is left out.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let documents = yaml::documents(text);
        Self(documents.iter().filter_map(|document| document.root.as_ref()).map(Tree::of).collect())
    }

    /// Changes something, or a few things.
    pub fn change(&mut self, seed: u32) {
        let mut dice = Dice::new(seed);
        for _ in 0..=dice.below(3) {
            match dice.below(8) {
                0 if self.0.len() > 1 => {
                    let at = dice.below(self.0.len());
                    self.0.remove(at);
                }
                1 if !self.0.is_empty() => {
                    let at = dice.below(self.0.len());
                    self.0.push(self.0[at].clone());
                }
                _ => self.change_part(&mut dice),
            }
        }
    }

    /// Takes documents of another text.
    pub fn take_from(&mut self, other: Self, seed: u32) {
        let mut dice = Dice::new(seed);
        let taken: Vec<Tree> = other.0.into_iter().filter(|_| dice.below(2) == 0).collect();
        self.0.retain(|_| dice.below(4) > 0);
        self.0.extend(taken);
    }

    /// The text, as far as it has room.
    #[must_use]
    pub fn to_text(&self, room: usize) -> String {
        let mut text = String::new();
        for tree in &self.0 {
            let before = text.len();
            text.push_str(if before > 0 { "---\n" } else { "" });
            tree.write(&mut text);
            text.push('\n');
            if text.len() > room {
                text.truncate(before);
            }
        }
        text
    }

    fn change_part(&mut self, dice: &mut Dice) {
        let count = self.0.iter().map(Tree::count).sum();
        let at = dice.below(count);
        // what stands under the same key elsewhere, if the dice say so
        let donor = dice.below(count);
        let mut seen = 0;
        let donor = self.0.iter().find_map(|tree| tree.find("", donor, &mut seen));
        let donor = donor.map(|(key, tree)| (key.to_owned(), tree.clone()));
        let mut seen = 0;
        for tree in &mut self.0 {
            if tree.change("", at, &mut seen, donor.as_ref(), dice) {
                return;
            }
        }
    }
}

impl Tree {
    fn of(node: &Node) -> Self {
        match &node.value {
            Value::Scalar(scalar) => Self::Scalar(match scalar {
                Scalar::Null => "null".to_owned(),
                Scalar::Bool(is_so) => is_so.to_string(),
                Scalar::Int(number) => number.to_string(),
                Scalar::Float(number) => number.clone(),
                Scalar::Text(text) => quoted(text),
            }),
            Value::Sequence(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Mapping(entries) => {
                let entry = |entry: &yaml::Entry| (entry.key.clone(), Self::of(&entry.value));
                Self::Map(entries.iter().map(entry).collect())
            }
        }
    }

    fn count(&self) -> usize {
        1 + match self {
            Self::Scalar(_) => 0,
            Self::List(items) => items.iter().map(Self::count).sum(),
            Self::Map(entries) => entries.iter().map(|(_, tree)| tree.count()).sum(),
        }
    }

    /// The part of that number, and the key that it is under.
    fn find<'t>(
        &'t self,
        key: &'t str,
        at: usize,
        seen: &mut usize,
    ) -> Option<(&'t str, &'t Self)> {
        if std::mem::replace(seen, *seen + 1) == at {
            return Some((key, self));
        }
        match self {
            Self::Scalar(_) => None,
            Self::List(items) => items.iter().find_map(|item| item.find(key, at, seen)),
            Self::Map(entries) => entries.iter().find_map(|(key, tree)| tree.find(key, at, seen)),
        }
    }

    /// Changes the part of that number; whether it is in here.
    fn change(
        &mut self,
        key: &str,
        at: usize,
        seen: &mut usize,
        donor: Option<&(String, Self)>,
        dice: &mut Dice,
    ) -> bool {
        if std::mem::replace(seen, *seen + 1) == at {
            self.alter(key, donor, dice);
            return true;
        }
        match self {
            Self::Scalar(_) => false,
            Self::List(items) => {
                items.iter_mut().any(|item| item.change(key, at, seen, donor, dice))
            }
            Self::Map(entries) => {
                entries.iter_mut().any(|(key, tree)| tree.change(key, at, seen, donor, dice))
            }
        }
    }

    fn alter(&mut self, key: &str, donor: Option<&(String, Self)>, dice: &mut Dice) {
        // rarely, since what is refused is not evaluated
        if dice.below(16) == 0 {
            self.slip(dice);
            return;
        }
        let same = donor.filter(|(other, _)| other == key).map(|(_, tree)| tree);
        if let Some(same) = same.filter(|_| dice.below(2) == 0) {
            *self = same.clone();
            return;
        }
        match self {
            Self::Scalar(text) => {
                let known = VALUES.iter().find(|(name, _)| *name == key);
                let values =
                    known.map_or(&["\"web\"", "\"db\"", "\"shop\""][..], |(_, values)| values);
                values[dice.below(values.len())].clone_into(text);
            }
            Self::List(items) => match dice.below(4) {
                0 => items.clear(),
                1 if !items.is_empty() => drop(items.remove(dice.below(items.len()))),
                2 if !items.is_empty() => items.push(items[dice.below(items.len())].clone()),
                _ => items.extend(same.cloned()),
            },
            Self::Map(entries) => match dice.below(4) {
                0 if !entries.is_empty() => drop(entries.remove(dice.below(entries.len()))),
                1 => entries.clear(),
                2 if donor.is_some_and(|(name, _)| !name.is_empty()) => {
                    if let Some((name, tree)) = donor {
                        put(entries, name, tree.clone());
                    }
                }
                _ => {
                    let (name, part) = PARTS[dice.below(PARTS.len())];
                    let part = Objects::read(part).0.pop();
                    part.into_iter().for_each(|part| put(entries, name, part));
                }
            },
        }
    }

    /// What somebody may mistype: a letter left out of a key, a value left out, a list of one that is none, or the reverse.
    fn slip(&mut self, dice: &mut Dice) {
        match (&mut *self, dice.below(4)) {
            (Self::Map(entries), 0 | 1) if !entries.is_empty() => {
                let at = dice.below(entries.len());
                let letter = dice.below(entries[at].0.len());
                let letters = entries[at].0.char_indices().filter(|(index, _)| *index != letter);
                let name: String = letters.map(|(_, letter)| letter).collect();
                let (_, tree) = entries.remove(at);
                put(entries, &name, tree);
            }
            (Self::List(items), 0 | 1) if items.len() == 1 => *self = items.remove(0),
            (_, 2) => *self = Self::List(vec![self.clone()]),
            (Self::Scalar(text), 1) if !text.starts_with('"') => *text = format!("\"{text}\""),
            _ => *self = Self::Scalar("null".to_owned()),
        }
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Scalar(scalar) => text.push_str(scalar),
            Self::List(items) => {
                text.push('[');
                for (at, item) in items.iter().enumerate() {
                    text.push_str(if at > 0 { ", " } else { "" });
                    item.write(text);
                }
                text.push(']');
            }
            Self::Map(entries) => {
                text.push('{');
                for (at, (key, tree)) in entries.iter().enumerate() {
                    let _ = write!(text, "{}{}: ", if at > 0 { ", " } else { "" }, quoted(key));
                    tree.write(text);
                }
                text.push('}');
            }
        }
    }
}

/// A key is there once.
fn put(entries: &mut Vec<(String, Tree)>, name: &str, tree: Tree) {
    entries.retain(|(key, _)| key != name);
    entries.push((name.to_owned(), tree));
}

/// As JSON has it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => drop(write!(quoted, "\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
