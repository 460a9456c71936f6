//! The rules of one policy, told for one column: whom each item matches there, and by what the next
//! ones miss it.

use super::{
    Sentence, clause, few, near::peer_distance, nobody, place, reason::marked, rules::Rules,
};
use crate::{
    evaluate::{End, peer_trace, port_trace},
    objects::Pod,
    plugin::Plugin,
    policy::{Direction, Peer, PolicyPort, Rule},
    scoreboard::Column,
    verdict::{BlockOutcome, PeerTrace, PortTrace, Unmet},
};

/// Rules and items told one by one before the rest is counted.
const MOST_PARTS: usize = 8;
/// Pods named before the rest is counted.
const MOST_NAMES: usize = 5;
/// Kinds of misses told before the rest is counted.
const MOST_MISSES: usize = 3;

/// Pods that miss an item by the same thing.
struct Miss {
    distance: (u8, usize),
    clause: String,
    names: Vec<String>,
}

/// What an item makes of the pods of a column.
#[derive(Default)]
struct Found {
    matching: Vec<String>,
    /// Those of them that match by an address of their own: the network plugin decides.
    by_address: usize,
    missing: Vec<Miss>,
}

impl Rules<'_> {
    /// A sentence a rule.
    pub(super) fn tell(&self) -> Vec<Sentence> {
        let rules = self.policy.rules(self.direction);
        if rules.is_empty() {
            let text = format!(
                "Does a rule match? There is **no {} rule**, and no rule means {}.",
                self.direction,
                nobody(self.direction)
            );
            let place = place::rules(self.policy, self.direction);
            return vec![Sentence::new(text, place.into_iter().collect())];
        }
        let shown = rules.iter().enumerate().take(MOST_PARTS);
        let mut told: Vec<Sentence> = shown.map(|(at, rule)| self.rule(at, rule)).collect();
        if let Some(rest) = rules.get(MOST_PARTS..).filter(|rest| !rest.is_empty()) {
            let open = rest.iter().filter(|rule| self.opens(rule)).count();
            let of = match open {
                0 => "none of them matches here".to_owned(),
                1 => "one of them matches here".to_owned(),
                open => format!("{open} of them match here"),
            };
            let rest = rest.len();
            let place = place::rules(self.policy, self.direction);
            told.push(Sentence::new(
                format!("And {rest} more rules: {of}."),
                place.into_iter().collect(),
            ));
        }
        told
    }

    fn rule(&self, at: usize, rule: &Rule) -> Sentence {
        let which = match self.policy.rules(self.direction).len() {
            1 => "Does a rule match?".to_owned(),
            _ => format!("Does rule {} match?", at + 1),
        };
        let field = self.direction.peers_field();
        let on = match rule.ports.as_slice() {
            [] => String::new(),
            ports => format!(", on {}", clause::ports_name(ports)),
        };
        let text = match (rule.peers.as_slice(), rule.ports.as_slice()) {
            ([], []) => "The rule is empty (`{}`): **everyone, on every port**.".to_owned(),
            ([], ports) => {
                let ports = clause::ports_name(ports);
                format!("It has no `{field}`: **everyone**, but only on {ports}.")
            }
            ([item], _) => format!("{}{on}. {}", self.only(item), self.item(item)),
            (items, _) => {
                let may = if items.len() == 2 { "either" } else { "any of them" };
                let sum = self.sum(items);
                format!("{} `{field}` items, **{may} may match**{on}. {sum}", items.len())
            }
        };
        let text = format!("{which} {text}{}", self.unknown_names(rule));
        let item = if rule.peers.len() == 1 { Some(0) } else { None };
        let place = place::item(self.policy, self.direction, at, item);
        let place = place.map(|place| if rule.peers.len() > 1 { place.key(field) } else { place });
        let mut places: Vec<_> = place.into_iter().collect();
        if !rule.peers.is_empty() && !rule.ports.is_empty() {
            let rule = self.policy.rule_origin(self.direction, at);
            places.extend(rule.map(|rule| rule.key("ports")));
        }
        let details = if rule.peers.len() > 1 { self.items(at, rule) } else { Vec::new() };
        Sentence { text, places, details }
    }

    /// What a single item asks for.
    fn only(&self, item: &Peer) -> String {
        let asks = clause::asks(item, &self.policy.meta.name.namespace);
        let field = self.direction.peers_field();
        match item {
            Peer::Pods { namespaces: Some(_), pods: Some(_) } => {
                format!("One `{field}` item with two selectors, **both must match**: {asks}")
            }
            _ => format!("One `{field}` item: {asks}"),
        }
    }

    /// Who of the column matches one of several items.
    fn sum(&self, items: &[Peer]) -> String {
        if self.column == Column::External {
            let is_open = items.iter().any(|item| self.matches_any(item));
            let who = if is_open {
                "Some addresses outside the cluster match."
            } else {
                "**Nobody outside does.**"
            };
            return who.to_owned();
        }
        let mut matching = Vec::new();
        let mut all = 0;
        for (_, pod) in self.peers() {
            all += 1;
            if items.iter().any(|item| self.trace(item, pod).matches(Plugin::USUAL)) {
                matching.push(self.name(pod));
            }
        }
        match matching.len() {
            0 => "Nobody here matches.".to_owned(),
            count if count == all => "Everyone here matches.".to_owned(),
            _ => format!("Matching: **{}**.", few(&matching, MOST_NAMES)),
        }
    }

    fn trace(&self, item: &Peer, pod: &Pod) -> PeerTrace {
        peer_trace(self.cluster, &self.policy.meta.name.namespace, item, End::Pod(pod))
    }

    /// In its own namespace a pod goes by its name, elsewhere by its full name.
    fn name(&self, pod: &Pod) -> String {
        let name = match self.column {
            Column::Same => pod.name().to_owned(),
            _ => pod.meta.name.to_string(),
        };
        marked(name, pod.is_assumed())
    }

    fn items(&self, rule_at: usize, rule: &Rule) -> Vec<Sentence> {
        let field = self.direction.peers_field();
        let own = &self.policy.meta.name.namespace;
        let line = |(at, item): (usize, &Peer)| {
            let asks = clause::asks(item, own);
            let text = format!("`{field}[{at}]`: {asks}. {}", self.item(item));
            let place = place::item(self.policy, self.direction, rule_at, Some(at));
            Sentence::new(text, place.into_iter().collect())
        };
        let mut told: Vec<Sentence> =
            rule.peers.iter().enumerate().take(MOST_PARTS).map(line).collect();
        if let Some(rest) = rule.peers.get(MOST_PARTS..).filter(|rest| !rest.is_empty()) {
            let open = rest.iter().filter(|item| self.matches_any(item)).count();
            let text = format!("And {} more items, of which {open} match here.", rest.len());
            told.push(Sentence::plain(text));
        }
        told
    }

    /// Who of the column matches an item, and by what the others miss it.
    fn item(&self, item: &Peer) -> String {
        if self.column == Column::External {
            return self.outside(item);
        }
        let Found { matching, by_address, missing } = self.found(item);
        let mut text = match (matching.len(), missing.is_empty()) {
            (0, true) => "There is no pod here to match.".to_owned(),
            (0, false) => "Nobody here matches.".to_owned(),
            (_, true) => "Everyone here matches.".to_owned(),
            _ => format!("Matching: **{}**.", few(&matching, MOST_NAMES)),
        };
        if by_address > 0 {
            text.push_str(" They match by their own address, if the network plugin applies an `ipBlock` to pods.");
        }
        if missing.is_empty() {
            return text;
        }
        let shown = missing.iter().take(MOST_MISSES);
        let line = |miss: &Miss| format!("{}: {}", few(&miss.names, MOST_NAMES), miss.clause);
        let mut lines: Vec<String> = shown.map(line).collect();
        let more: usize = missing.iter().skip(MOST_MISSES).map(|miss| miss.names.len()).sum();
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        format!("{text} Not matching: {}.", lines.join("; "))
    }

    fn outside(&self, item: &Peer) -> String {
        match item {
            Peer::Pods { .. } => "Selectors look at labels, and an address outside has none: **nobody outside matches**.".to_owned(),
            Peer::IpBlock(_) if self.matches_any(item) => {
                "**Some addresses outside the cluster match**.".to_owned()
            }
            Peer::IpBlock(_) => "It holds no address outside the cluster.".to_owned(),
        }
    }

    fn found(&self, item: &Peer) -> Found {
        let mut found = Found::default();
        for (_, pod) in self.peers() {
            let name = self.name(pod);
            let trace = self.trace(item, pod);
            if trace.matches(Plugin::USUAL) {
                found.by_address += usize::from(matches!(trace, PeerTrace::Block { .. }));
                let is_unknown =
                    matches!(trace, PeerTrace::Selectors { pod: Some(Unmet::Unknown(_)), .. });
                found.matching.push(if is_unknown { format!("{name} (perhaps)") } else { name });
                continue;
            }
            let clause = self.clause(&trace, item, pod);
            let distance = peer_distance(item, &trace, Some(pod));
            match found.missing.iter_mut().find(|miss| miss.clause == clause) {
                Some(miss) => miss.names.push(name),
                None => found.missing.push(Miss { distance, clause, names: vec![name] }),
            }
        }
        // those that miss it most narrowly first
        found.missing.sort_by_key(|miss| miss.distance);
        found
    }

    /// What a pod lacks, in words that fit others like it.
    fn clause(&self, trace: &PeerTrace, item: &Peer, pod: &Pod) -> String {
        let (namespaces, pods) = match item {
            Peer::Pods { namespaces, pods } => (namespaces.as_ref(), pods.as_ref()),
            Peer::IpBlock(_) => (None, None),
        };
        match trace {
            PeerTrace::Selectors { namespace: Some(Unmet::NotOwnNamespace), .. } => {
                format!("not in `{}`", self.policy.meta.name.namespace)
            }
            PeerTrace::Selectors { namespace: Some(Unmet::Requirement(at)), .. } => {
                let unmet = namespaces.and_then(|selector| selector.requirements.get(*at));
                let lacks = unmet.map_or_else(String::new, clause::lacks);
                format!("namespace `{}` {lacks}", pod.namespace())
            }
            PeerTrace::Selectors { pod: Some(Unmet::Requirement(at)), .. } => {
                let unmet = pods.and_then(|selector| selector.requirements.get(*at));
                unmet.map_or_else(String::new, clause::lacks)
            }
            PeerTrace::Block { outcome: BlockOutcome::Excepted(_), .. } => {
                "`except` leaves it out".to_owned()
            }
            PeerTrace::Block { .. } => "its address is not in the block".to_owned(),
            _ => "no selector finds it".to_owned(),
        }
    }

    /// The port names of a rule that mean nothing on some of the pods that are called.
    fn unknown_names(&self, rule: &Rule) -> String {
        let names = rule.ports.iter().filter(|port| port.numbers().is_none());
        names.map(|port| self.unknown_name(rule, port)).collect::<Vec<_>>().concat()
    }

    fn unknown_name(&self, rule: &Rule, port: &PolicyPort) -> String {
        let name = clause::ports_name(std::slice::from_ref(port));
        if self.direction == Direction::Egress && self.column == Column::External {
            return format!(" An address has no port names, so {name} matches nothing here.");
        }
        // egress looks a name up on the pods that the rule leads to
        let is_meant = |pod: &&&Pod| {
            let matches = |item| self.trace(item, pod).matches(Plugin::USUAL);
            self.direction == Direction::Ingress
                || rule.peers.is_empty()
                || rule.peers.iter().any(matches)
        };
        let is_unknown =
            |pod: &&&Pod| matches!(port_trace(port, Some(pod)), PortTrace::UnknownName { .. });
        let called = self.called();
        let lacking: Vec<String> = called
            .iter()
            .filter(is_meant)
            .filter(is_unknown)
            .map(|pod| pod.name().to_owned())
            .collect();
        if lacking.is_empty() {
            return String::new();
        }
        let pods = few(&lacking, MOST_NAMES);
        format!(" No container of {pods} declares {name}, so it matches nothing there.")
    }
}
