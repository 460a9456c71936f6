//! The matrix for people: below each source whom it reaches, by ports. Sources with equal answers share a block, and each
//! answer takes as few words as it can, so that large clusters stay readable.

use std::collections::BTreeMap;

use super::{Members, NO_PORT, PortsId, Reach, alike, phrase::Phrases, place::REST};
use crate::{
    formats::fold,
    ink::{BOLD, DIM, harmless, width},
    printer::Printer,
};

/// How wide the text may be.
const WIDEST: usize = 100;
/// How wide the column of ports may be; longer lists take a line of their own.
const WIDEST_PORTS: usize = 22;
/// How many pods are named that are left out.
const MOST_NAMES: usize = 5;

/// Writes the matrix as text. Unfolded, each pod has a block of its own; the destinations stay groups.
pub(crate) fn text(reach: &Reach<'_>, unfolds: bool, printer: &mut Printer) {
    let pods: usize = reach.groups.iter().map(|group| group.members.count()).sum();
    let groups = reach.groups.iter().filter(|group| group.members.count() > 0).count();
    let title = "Who reaches whom, on which ports";
    let amount = if groups == pods {
        counted(pods, "pod")
    } else {
        format!(
            "{} in {} that policies treat alike",
            counted(pods, "pod"),
            counted(groups, "group")
        )
    };
    printer.line(&format!("{}: {amount}", printer.ink().paint(BOLD, title)));
    let blocks = Blocks::of(reach);
    if unfolds {
        for (at, group) in reach.groups.iter().enumerate() {
            let names = match &group.members {
                Members::Pods(pods) => pods.iter().map(|id| reach.pod_name(*id)).collect(),
                Members::Addresses(_) => vec![group.name.clone()],
            };
            let lines = blocks.lines(&[at]);
            for name in &names {
                block(name, &lines, printer);
            }
            if printer.is_closed() {
                return;
            }
        }
    } else {
        for sources in blocks.sources() {
            block(&blocks.heading(&sources), &blocks.lines(&sources), printer);
            if printer.is_closed() {
                return;
            }
        }
    }
    footer(reach, printer);
}

fn block(heading: &str, lines: &[String], printer: &mut Printer) {
    printer.line("");
    for line in fold(&harmless(heading), WIDEST) {
        printer.line(&printer.ink().paint(BOLD, &line));
    }
    for line in lines {
        printer.line(line);
    }
}

/// The rows as blocks of text.
struct Blocks<'r> {
    reach: &'r Reach<'r>,
    phrases: Phrases<'r>,
    /// How wide the column of ports is.
    ports: usize,
}

impl<'r> Blocks<'r> {
    fn of(reach: &'r Reach<'_>) -> Self {
        let widths = reach.ports.iter().skip(1).map(|ports| width(&ports.to_string()));
        let ports = widths.filter(|width| *width <= WIDEST_PORTS).max().unwrap_or(0);
        Self { reach, phrases: Phrases::of(reach), ports }
    }

    /// The groups, those with equal rows together. A single pod reaches itself anyway, so that it may be counted
    /// among the reached, as it is by most others.
    fn sources(&self) -> Vec<Vec<usize>> {
        let usual = self.usual();
        let mut known: BTreeMap<u128, usize> = BTreeMap::new();
        let mut sources: Vec<Vec<usize>> = Vec::new();
        for at in 0..self.reach.groups.len() {
            let mut row = self.reach.row(at);
            if let (true, Some(slot), Some(usual)) =
                (self.is_single(at), row.get_mut(at), usual.get(at))
            {
                *slot = *usual;
            }
            let block = *known.entry(alike::print_of(&row)).or_insert(sources.len());
            match sources.get_mut(block) {
                Some(block) => block.push(at),
                None => sources.push(vec![at]),
            }
        }
        sources
    }

    /// On which ports most others reach each group, if there is such a majority (Boyer and Moore's vote).
    fn usual(&self) -> Vec<PortsId> {
        let count = self.reach.groups.len();
        let mut votes: Vec<(PortsId, usize)> = vec![(NO_PORT, 0); count];
        for source in 0..count {
            for (at, (id, vote)) in self.reach.row(source).into_iter().zip(&mut votes).enumerate() {
                let (leading, lead) = vote;
                if at == source && self.is_single(at) {
                    continue;
                }
                if *lead == 0 {
                    *vote = (id, 1);
                } else if *leading == id {
                    *lead += 1;
                } else {
                    *lead -= 1;
                }
            }
        }
        votes.into_iter().map(|(leading, _)| leading).collect()
    }

    fn is_single(&self, at: usize) -> bool {
        self.reach.groups.get(at).is_some_and(|group| group.members.count() == 1)
    }

    fn heading(&self, sources: &[usize]) -> String {
        let names = self.phrases.words(sources, None).join(", ");
        let only = match sources {
            [only] => self.reach.groups.get(*only),
            _ => None,
        };
        match only.map_or(0, |group| group.members.count()) {
            0 | 1 => names,
            pods => format!("{names} ({})", counted(pods, "pod")),
        }
    }

    /// Whom some groups with equal rows reach.
    fn lines(&self, sources: &[usize]) -> Vec<String> {
        let Some(first) = sources.first().copied() else { return Vec::new() };
        let mut row = self.reach.row(first);
        let mut no_matter = Some(first).filter(|at| self.is_single(*at));
        if let (Some(other), Some(slot)) = (sources.get(1), row.get_mut(first)) {
            // what the first of several reaches of itself is what another reaches of it
            no_matter = None;
            *slot = self.reach.row(*other).get(first).copied().unwrap_or(NO_PORT);
        }
        let mut lines = Vec::new();
        for (ports, groups) in self.reach.reached(&row) {
            let words = self.phrases.words(&groups, no_matter);
            self.entry(&ports.to_string(), &words.join(", "), &mut lines);
        }
        if lines.is_empty() {
            lines.push("  → nobody".to_owned());
        }
        lines
    }

    /// `  TCP 80  → shop/db, shop/api`
    fn entry(&self, ports: &str, words: &str, lines: &mut Vec<String>) {
        let column = self.ports;
        let mut start = format!("  {ports}{}", " ".repeat(column.saturating_sub(width(ports))));
        if width(ports) > column {
            lines.extend(fold(ports, WIDEST - 2).iter().map(|line| format!("  {line}")));
            start = " ".repeat(2 + column);
        }
        let indent = " ".repeat(column + 6);
        for (at, line) in fold(&harmless(words), WIDEST - column - 6).iter().enumerate() {
            lines.push(if at == 0 {
                format!("{start}  → {line}")
            } else {
                format!("{indent}{line}")
            });
        }
    }
}

/// What the reader has to know, and what is left out.
fn footer(reach: &Reach<'_>, printer: &mut Printer) {
    let mut notes = vec![
        "Who is not listed is not reached. A pod always reaches itself; a group that reaches itself is pods that reach one another."
            .to_owned(),
    ];
    if reach.groups.iter().any(|group| group.name == REST) {
        notes.push(format!("{REST}: outside the cluster, and not in another row."));
    }
    if reach.groups.iter().any(|group| group.name.contains(" +")) {
        notes.push("+N: and so many more, all treated alike; --output json names them.".to_owned());
    }
    notes.extend(left_out(reach));
    printer.line("");
    for line in notes.iter().flat_map(|note| fold(note, WIDEST)) {
        printer.line(&printer.ink().paint(DIM, &line));
    }
}

/// `left out: 2 pods on their node's network, on which policies have no defined effect: shop/a, shop/b`
pub(super) fn left_out(reach: &Reach<'_>) -> Vec<String> {
    let reasons = [
        " on the network of their nodes, where the effect of policies is undefined",
        " that came to an end",
    ];
    let lists = reach.left_out().into_iter().zip(reasons).filter(|(names, _)| !names.is_empty());
    let sentence = |(names, reason): (Vec<String>, &str)| {
        let shown: Vec<&str> = names.iter().take(MOST_NAMES).map(String::as_str).collect();
        let more = names.len().saturating_sub(MOST_NAMES);
        let more = if more > 0 { format!(" +{more}") } else { String::new() };
        let list = format!("{}{more}", shown.join(", "));
        format!("left out: {}{reason}: {}", counted(names.len(), "pod"), harmless(&list))
    };
    lists.map(sentence).collect()
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
