//! The small edits themselves, whatever comes of them.

use crate::{
    field::Origin,
    manifest::Manifest,
    policy::{Direction, NetworkPolicy},
    rewrite::{Rewrite, Rewriter},
    yaml::{Node, Value},
};

/// How many edits of one sort are tried: of the dashes, of the keys, of the rest.
const MOST_OF_A_SORT: usize = 13;

/// What an edit does, and the edit.
type Try = (String, Rewrite);

/// The edits of a policy, dashes first, then keys, then the rest.
pub(super) fn of(
    manifest: &Manifest,
    root: &Node,
    origin: &Origin,
    policy: &NetworkPolicy,
) -> Vec<Try> {
    let mut editor = Editor { root, rewriter: Rewriter::new(manifest), tries: Vec::new() };
    let spec = origin.key("spec");
    editor.dashes(&spec);
    let mut all = editor.taken();
    editor.keys(&spec);
    all.append(&mut editor.taken());
    editor.rest(&spec, policy);
    all.append(&mut editor.taken());
    all
}

struct Editor<'m> {
    root: &'m Node,
    rewriter: Rewriter<'m>,
    tries: Vec<Try>,
}

impl<'m> Editor<'m> {
    fn put(&mut self, title: &str, rewrite: Option<Rewrite>) {
        self.tries.extend(rewrite.map(|rewrite| (title.to_owned(), rewrite)));
    }

    /// What was put together, as many as are tried.
    fn taken(&mut self) -> Vec<Try> {
        self.tries.truncate(MOST_OF_A_SORT);
        std::mem::take(&mut self.tries)
    }

    /// The keys of a map.
    fn keys_of(&self, map: &Origin) -> Vec<&'m str> {
        match self.root.at(&map.path).map(|node| &node.value) {
            Some(Value::Mapping(entries)) => {
                entries.iter().map(|entry| entry.key.as_str()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The items of a list, as many as can be tried.
    fn items_of(&self, list: &Origin) -> Vec<Origin> {
        match self.root.at(&list.path).map(|node| &node.value) {
            Some(Value::Sequence(items)) => {
                (0..items.len().min(MOST_OF_A_SORT)).map(|at| list.index(at)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The rules of both directions, with the names of the lists that are in them.
    fn rules(&self, spec: &Origin) -> Vec<(Direction, Origin)> {
        let rules = Direction::ALL.into_iter().flat_map(|direction| {
            let rules = self.items_of(&spec.key(direction.field()));
            rules.into_iter().map(move |rule| (direction, rule))
        });
        rules.collect()
    }

    /// A dash more, a dash less: of peers, then of rules, then of ports.
    fn dashes(&mut self, spec: &Origin) {
        let rules = self.rules(spec);
        for (direction, rule) in &rules {
            for peer in self.items_of(&rule.key(direction.peers_field())) {
                self.dashes_of(&peer);
            }
        }
        for (_, rule) in &rules {
            self.dashes_of(rule);
            for port in self.items_of(&rule.key("ports")) {
                self.dashes_of(&port);
            }
        }
    }

    fn dashes_of(&mut self, item: &Origin) {
        for (at, key) in self.keys_of(item).into_iter().enumerate() {
            if at == 0 {
                let title = format!("take the dash before `{key}` away");
                self.put(&title, self.rewriter.join(item));
            } else {
                let title = format!("put a dash before `{key}`");
                self.put(&title, self.rewriter.split(item, key));
            }
        }
    }

    /// A key less.
    fn keys(&mut self, spec: &Origin) {
        let rules = self.rules(spec);
        for (direction, rule) in &rules {
            for peer in self.items_of(&rule.key(direction.peers_field())) {
                self.drop_keys(&peer, &["podSelector", "namespaceSelector"]);
            }
        }
        for (direction, rule) in &rules {
            self.drop_keys(rule, &[direction.peers_field(), "ports"]);
        }
        self.drop_keys(spec, &Direction::ALL.map(Direction::field));
        for (_, rule) in &rules {
            for port in self.items_of(&rule.key("ports")) {
                self.drop_keys(&port, &["protocol", "endPort"]);
            }
        }
    }

    fn drop_keys(&mut self, map: &Origin, keys: &[&str]) {
        for key in keys {
            self.put(&format!("drop `{key}`"), self.rewriter.remove(&map.key(key)));
        }
    }

    /// Another `policyTypes`, `{}` for a selector, and rules that say everything or nothing.
    fn rest(&mut self, spec: &Origin, policy: &NetworkPolicy) {
        self.policy_types(spec, policy);
        self.put(
            "select every pod: `podSelector: {}`",
            self.rewriter.set(&spec.key("podSelector"), "{}"),
        );
        for direction in Direction::ALL {
            let field = direction.field();
            let entry = format!("{field}: [{{}}]");
            match policy.written_rules(direction) {
                None if policy.affects(direction) => {
                    self.put(&format!("add `{entry}`"), self.rewriter.add_entry(spec, &entry));
                }
                None => {}
                Some(_) => {
                    let title = format!("write `{field}: []`");
                    self.put(&title, self.rewriter.set(&spec.key(field), "[]"));
                }
            }
        }
        for (direction, rule) in self.rules(spec) {
            self.put("write `- {}` for the rule", self.rewriter.replace(&rule, "{}"));
            for peer in self.items_of(&rule.key(direction.peers_field())) {
                for key in ["podSelector", "namespaceSelector"] {
                    let title = format!("write `{key}: {{}}`");
                    self.put(&title, self.rewriter.set(&peer.key(key), "{}"));
                }
            }
        }
    }

    fn policy_types(&mut self, spec: &Origin, policy: &NetworkPolicy) {
        let list = spec.key("policyTypes");
        let items = self.items_of(&list);
        for direction in Direction::ALL {
            let name = direction.as_str();
            let entry = format!("policyTypes: [{name}]");
            match items.as_slice() {
                [] => {
                    self.put(&format!("add `{entry}`"), self.rewriter.add_entry(spec, &entry));
                }
                [only] if !policy.policy_types.contains(&direction) => {
                    let title = format!("add `{name}` to `policyTypes`");
                    self.put(&title, self.rewriter.add_item(&list, name));
                    self.put(&format!("write `{entry}`"), self.rewriter.replace(only, name));
                }
                [_] => {}
                several => {
                    let title = format!("take `{name}` out of `policyTypes`");
                    let at = policy.policy_types.iter().position(|known| *known == direction);
                    let item = at.and_then(|at| several.get(at));
                    self.put(&title, item.and_then(|item| self.rewriter.remove(item)));
                }
            }
        }
        if items.is_empty() {
            let entry = "policyTypes: [Ingress, Egress]";
            self.put(&format!("add `{entry}`"), self.rewriter.add_entry(spec, entry));
        }
        self.put("drop `policyTypes`", self.rewriter.remove(&list));
    }
}
